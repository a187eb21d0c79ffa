"""Claims and verdicts in words: what a reader of a report reads, and the table behind it."""

import pytest

from coding.claims import AtLeast, AtMost, FirstAmong, Measured, MoreIn, MoreNamed
from coding.robustness import (
    AS_COUNTED,
    CODINGS,
    GROUPS,
    STATEMENTS,
    STATEMENTS_WITHOUT,
    WITHOUT,
    Reanalysis,
    readings,
    reanalyses,
    verdict,
)
from coding.segments import Segment, by_groups
from survey_app.language import use
from survey_app.views.claim_words import Names, claim_words, number_words, table, verdict_words
from tests.coding.demo_study import demo

NAMES = Names({"a": "Skills", "b": "Data", "r": "Problems"}, {"loc": "Local", "reg": "Regional"})
YES, NO = Measured(True, ((3, 4),)), Measured(False, ((2, 4),))
SEGMENT = Segment("upper", "Upper", "Верх", ("fed", "reg"))


def line(*turned, first=YES, others=2):
    same = [Reanalysis(WITHOUT, f"Z{n}", first) for n in range(others)]
    rows = [Reanalysis(AS_COUNTED, "adjudicated", first), *turned, *same]
    return verdict_words(rows, verdict(rows), NAMES)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (AtLeast("a", 1, 2), "“Skills” is named by at least half of the experts"),
        (AtLeast("a", 3, 3, ("loc",)), "“Skills” is named by all experts (Local)"),
        (AtLeast("a", 7, 20), "“Skills” is named by at least 7 of 20 experts"),
        (AtMost("a", 0, 5), "“Skills” is named by no expert"),
        (AtMost("a", 1, 4, ("loc", "reg")), "“Skills” is named by at most a quarter of the experts (Local, Regional)"),
        (MoreNamed("a", "b"), "“Skills” is named by more experts than “Data”"),
        (MoreIn("a", ("loc",)), "“Skills” is named by a larger share of Local than of all others"),
        (MoreIn("a", ("loc",), ("reg",)), "“Skills” is named by a larger share of Local than of Regional"),
        (FirstAmong("a", "r"), "“Skills” is named by more experts than anything else of “Problems”"),
        (AtLeast("gone", 1, 2), "“gone” is named by at least half of the experts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_claim_is_a_phrase(claim, said):
    assert claim_words(claim, NAMES) == said


def test_one_line_says_what_breaks():
    assert line() == "Holds: 3 of 4. It holds in all 2 re-analyses."
    assert line(Reanalysis(WITHOUT, "S2", NO)) == "Holds: 3 of 4. It holds in 2 of 3 re-analyses; it breaks without S2."
    assert line(
        *(Reanalysis(WITHOUT, key, NO) for key in "XY"), Reanalysis(CODINGS, "B", NO),
        Reanalysis(GROUPS, "upper", NO, segment=SEGMENT),
    ) == (
        "Holds: 3 of 4. It holds in 2 of 6 re-analyses; it breaks without any one of X, Y, as coded by B, "
        "for “Upper” instead."
    )  # fmt: skip
    many = line(*(Reanalysis(WITHOUT, key, NO) for key in "UVWXY"))
    assert many.endswith("it breaks without any one of 5 experts.")


def test_what_does_not_hold_says_where_it_would():
    assert line(first=NO) == "Does not hold: 2 of 4. Nor does it hold in any of 2 re-analyses."
    assert line(Reanalysis(STATEMENTS, "", YES), first=NO) == (
        "Does not hold: 2 of 4. It would hold in 1 of 3 re-analyses: by statements."
    )
    both = line(Reanalysis(STATEMENTS, "", NO), Reanalysis(STATEMENTS_WITHOUT, "S2", NO))
    assert both.endswith("it breaks by statements, with S2 and without.")
    nobody = Measured(None, ((0, 0),))
    assert line(first=nobody, others=0) == "It cannot be said whether this holds: nobody is there to be counted."
    assert number_words(nobody, NAMES) == "–"


def test_what_was_not_answered_is_not_counted():
    said = line(Reanalysis(CODINGS, "C", Measured(None, ((0, 0),))))
    assert said == "Holds: 3 of 4. It holds in all 2 re-analyses."


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_table_has_a_row_for_each_re_analysis_what_breaks_first(language):
    frames = demo(language)
    rows = reanalyses(readings(frames), AtLeast("prob.skills", 1, 2), [by_groups(frames.groups)])
    with use(language):
        shown = table(rows, NAMES)
        yes, no = shown.iloc[0, 2], shown.iloc[1, 2]  # coder B
    assert len(shown) == len(rows)
    assert yes != no
    experts = shown.iloc[-20:, 2].tolist()
    assert experts == [no] * 10 + [yes] * 10
    assert not shown.iloc[:, 1].str.contains("%").any()
