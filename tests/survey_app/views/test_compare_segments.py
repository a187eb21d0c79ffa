"""Two segments beside each other: k/n at both ends, no interval below five, p beside the smallest that is possible."""

from dataclasses import replace

import pytest

from coding.inference import benjamini_hochberg, fisher_p
from coding.segments import Segment, Segmentation, by_groups
from survey_app.views import compare_segments as view

from .conftest import EXPECTED

PAIRS = Segmentation(
    "pairs", "Pairs", "Пары",
    (
        Segment("inside", "Inside", "Внутри", ("reg", "loc")),
        Segment("outside", "Outside", "Снаружи", ("civ", "bus")),
        Segment("both", "Both", "Оба", ("sci",)),
        Segment("nobody", "Nobody", "Никто", ()),
    ),
)  # fmt: skip


def marks(figure):
    """Share of each code and segment, from the two traces of marks."""
    return {
        tuple(mark): x
        for trace in figure.data if trace.mode == "markers"
        for mark, x in zip(trace.customdata, trace.x, strict=True)
    }  # fmt: skip


def words(figure):
    return [word.text for word in figure.layout.annotations]


def test_skills_of_local_and_civil_experts_could_not_differ_more_and_show_nothing(frames):
    """D2's like: three against three, where p is at least 0.10."""
    rows = view.prepare(frames, by_groups(frames.groups), "loc", "civ")
    skills = rows[rows.code_id == "prob.skills"]
    assert skills[["segment", "k", "n"]].to_numpy().tolist() == [["loc", 3, 3], ["civ", 0, 3]]
    assert skills.p.iloc[0] == skills.smallest_p.iloc[0] == pytest.approx(0.1)
    assert skills.difference.tolist() == [1.0, 1.0]
    assert rows["low"].isna().all()


def test_regions_and_society_differ_on_skills(english):
    """D3: 5 of 6 against 0 of 5, p = 0.0152."""
    rows = view.prepare(english, PAIRS, "inside", "outside")
    assert len(rows) == 2 * 43
    skills = rows[rows.code_id == "prob.skills"].iloc[0]
    assert round(skills.p, 4) == 0.0152
    each = rows.drop_duplicates("code_id")
    assert each.adjusted_p.tolist() == pytest.approx(benjamini_hochberg(each.p))
    assert (each.difference.abs().diff().dropna() <= 1e-9).all()
    table = view.table(rows)
    line = table.loc[("prob.skills", "inside")]
    assert line["p (Fisher)"] == "0.0152"
    assert line["smallest p possible"] == "0.0022"  # 1 of the 462 ways to choose 5 of 11
    assert line["Inside"] == "5 of 6 (44 to 97 %)"
    assert line["Outside"] == "0 of 5 (0 to 43 %)"
    assert len(table) == 43


def test_both_ends_are_shares_with_their_counts(english):
    figure = view.figure(view.prepare(english, PAIRS, "inside", "outside"))
    found = marks(figure)
    assert len(found) == 24
    assert found["prob.skills", "inside"] == pytest.approx(5 / 6)
    assert found["prob.skills", "outside"] == 0
    assert {"5/6", "0/5", "31 more in the table"} <= set(words(figure))
    assert list(figure.layout.xaxis.ticktext) == ["nobody", "half", "everybody"]


def test_rows_go_from_the_firsts_favour_to_the_seconds(english):
    figure = view.figure(view.prepare(english, PAIRS, "inside", "outside"))
    shares = marks(figure)
    order = [mark[0] for mark in figure.data[-1].customdata]
    apart = [shares[code, "inside"] - shares[code, "outside"] for code in order]
    assert apart == sorted(apart, reverse=True)
    turned = view.figure(view.prepare(english, PAIRS, "outside", "inside"))
    assert {code for code, _segment in marks(turned)} == set(order)


def test_intervals_are_drawn_from_five_experts_on(english):
    lines = [
        trace for trace in view.figure(view.prepare(english, PAIRS, "inside", "both")).data if trace.mode == "lines"
    ]
    assert [len(trace.x) for trace in lines] == [3 * 12, 3 * 12, 0]  # the dumbbells, six experts, three experts


def test_the_finding_says_how_sure_it_is(english):
    local = view.finding(view.prepare(english, by_groups(english.groups), "loc", "civ"))
    assert local.startswith("They differ most on “Skills shortage among officials”: Local authorities 3 of 3")
    assert local.endswith("the smallest p possible here is 0.10.")
    assert view.finding(view.prepare(english, PAIRS, "inside", "outside", root="prob")) == (
        "They differ most on “Interdepartmental exchange not digital enough”: Inside 6 of 6, Outside 0 of 5. "
        "That they differ here is hardly chance, even though 15 codes were compared."
    )
    assert view.finding(view.prepare(english, PAIRS, "inside", "outside", root="plat")).endswith(
        "Chance alone often makes such differences."
    )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("pair", [("loc", "loc"), ("loc", "nothing"), ("nothing", "civ")])
def test_two_that_are_not_two_are_refused_in_words(english, pair, dark):
    rows = view.prepare(english, by_groups(english.groups), *pair)
    assert view.finding(rows) == "Choose two different groups that have experts."
    assert view.figure(rows, dark=dark).layout.annotations[0].text == view.finding(rows)
    assert view.table(rows).empty


def test_a_segment_of_nobody_and_codes_that_nobody_names(english):
    assert view.prepare(english, PAIRS, "inside", "nobody").empty
    silent = view.prepare(replace(english, codings=english.codings.head(0)), PAIRS, "inside", "outside")
    assert view.finding(silent) == "Neither of the two has named any of these codes."
    assert words(view.figure(silent)) == [view.finding(silent)]
    assert set(view.table(silent)["p (Fisher)"]) == {"1.00"}


@pytest.mark.parametrize("contrast", EXPECTED["contrasts"], ids=lambda one: f"{one['code']}-{one['left']}")
def test_the_demos_contrasts_as_two_segments(frames, contrast):
    two = Segmentation(
        "two", "Two", "Два",
        tuple(Segment(side, side, side, tuple(contrast[side].split("+"))) for side in ("left", "right")),
    )  # fmt: skip
    rows = view.prepare(frames, two, "left", "right")
    left, right = rows[rows.code_id == contrast["code"]].to_dict("records")
    assert (f"{left['k']}/{left['n']}", f"{right['k']}/{right['n']}") == (contrast["left_k_n"], contrast["right_k_n"])
    assert round(left["p"], 4) == contrast["fisher_two_sided"]
    assert left["p"] == fisher_p(left["k"], left["n"], right["k"], right["n"])
