"""What is filled in: read without trust, judged by the rules, and brought into the tables."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.editions import difference, effects
from survey_app.questionnaires.filling import Filled, asked, day_of, read_filled
from survey_app.questionnaires.filling_rules import only_relevant, progress, relevant, sheets, trouble_words, troubles
from survey_app.questionnaires.guide_form import instrument_of_guide
from survey_app.questionnaires.handing_in import closed_answers, item_rows, open_answers
from survey_app.questionnaires.instrument import Instrument, Item, Option
from tests.survey_app.form.forms import EVERYTHING

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from([item.key for item in EVERYTHING.items] + ["strange"])


def filled(**answers):
    return read_filled(EVERYTHING, {"answers": answers})


@given(JSON | st.fixed_dictionaries({"answers": st.dictionaries(KEYS, JSON), "words": st.dictionaries(KEYS, JSON)}))
def test_anything_is_read_and_what_is_kept_stays_the_same(plain):
    found = read_filled(EVERYTHING, plain)
    kept = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert read_filled(EVERYTHING, kept) == found
    assert set(found.answers) <= {item.key for item in asked(EVERYTHING)}
    troubles(EVERYTHING, found)
    closed_answers(EVERYTHING, only_relevant(EVERYTHING, found))


@pytest.mark.parametrize(
    ("typed", "number"),
    [("5", 5.0), (" 3,5 ", 3.5), ("1 000", 1000.0), ("−2", -2.0), (7, 7.0), ("", None), ("nan", "nan"), ("1e9", "1e9"),
     (float("inf"), None), (True, None), ([5], None), ("1,000", "1,000"), ("-12,500", "-12,500"), ("0,125", 0.125),
     ("1,0005", 1.0005)],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(typed, number):
    assert filled(tenure=typed).answers.get("tenure") == number


def test_a_comma_for_thousands_is_refused_with_a_sentence():
    found = filled(tenure="1,000")
    assert troubles(EVERYTHING, found)["tenure"] == "number"
    assert "no comma for thousands" in str(trouble_words(EVERYTHING.item("tenure"), "number", 0))


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2024-02-29", date(2024, 2, 29)), ("20240229", None), ("2024-W09-4", None), ("2024-2-29", None), ("2023-02-29", None),
     ("0000-01-01", None), ("٢٠٢٤-02-29", None)],
)  # fmt: skip
def test_a_day_is_year_month_and_day(typed, day):
    assert day_of(typed) == day


def test_that_one_cannot_say_stands_beside_no_choice():
    item = Item("a", "multi", ("A", ""), options=(
        Option("x", ("X", ""), 1), Option("no", ("Cannot say", ""), 98, cannot_say=True)))  # fmt: skip
    form = Instrument("one", ("", ""), (item,))
    assert read_filled(form, {"answers": {"a": ["no", "x"]}}).answers == {"a": ["x"]}
    aside = read_filled(form, {"answers": {"a": ["no"]}})
    assert [said.cannot_say for said in closed_answers(form, aside)] == [True]


def test_words_stand_only_beside_what_is_chosen_and_asks_for_them():
    plain = {"answers": {"role": "other"}, "words": {"role": {"other": " I listen ", "plan": "no"}}}
    assert read_filled(EVERYTHING, plain).words == {"role": {"other": "I listen"}}
    plain["answers"]["role"] = "plan"
    assert read_filled(EVERYTHING, plain).words == {}


def test_a_page_a_section_and_lines_with_their_matrix():
    assert [sheet.section.key for sheet in sheets(EVERYTHING)] == ["you", "city", "end"]
    assert [item.key for item in sheets(EVERYTHING)[1].questions] == ["read", "ways", "agree", "order"]


def test_a_section_that_is_not_asked_takes_its_questions_along():
    assert not {"mood", "word", "why"} & relevant(EVERYTHING, filled(tenure=1))
    assert {"mood", "word", "why"} <= relevant(EVERYTHING, filled(tenure=3))


def test_what_is_not_asked_has_no_answer_and_no_say():
    kept = only_relevant(EVERYTHING, filled(role="build", since="2024-01-01", tenure=5))
    assert kept == Filled({"role": "build", "tenure": 5.0})


def test_progress_counts_a_matrix_once_and_only_what_is_asked():
    assert progress(EVERYTHING, Filled()) == (0, 5)
    half = {"role": "plan", "agree.noise": "p1"}
    assert progress(EVERYTHING, filled(**half)) == (1, 6)
    assert progress(EVERYTHING, filled(**half, **{"agree.clean": "p2"})) == (2, 6)


def test_a_reversed_scale_is_turned_as_an_imported_one_is():
    points = (Option("a", ("Never", ""), 1), Option("b", ("Always", ""), 5))
    form = Instrument("one", ("", ""), (Item("x", "likert", ("X", ""), options=points, reverse=True),))
    (said,) = closed_answers(form, read_filled(form, {"answers": {"x": "b"}}))
    assert said.value == 1.0


def test_every_answer_belongs_to_an_item():
    from survey_app.actions.survey_files import study_guide

    for form in (EVERYTHING, instrument_of_guide(study_guide())):
        rows = item_rows(form)
        ids = [row["item_id"] for row in rows]
        assert len(ids) == len(set(ids))
        assert all(row["parent_id"] in {"", *ids[:place]} for place, row in enumerate(rows))
        one = {item.key: _some(form, item) for item in asked(form)}
        full = read_filled(form, {"answers": one})
        assert set(full.answers) == {item.key for item in asked(form)}
        assert {said.item_id for said in closed_answers(form, full)} | set(open_answers(form, full)) <= set(ids)


def _some(form, item):
    from survey_app.questionnaires.filling import options_of

    keys = [option.key for option in options_of(form, item)]
    return {"numeric": 5, "date": "2024-01-01", "open": "words", "multi": keys[:2], "rank": keys[:2]}.get(
        item.kind, keys[0] if keys else None
    )


def test_what_another_edition_changes():
    without = tuple(item for item in EVERYTHING.items if item.key != "word")
    reworded = replace(without[1], label=("How many years?", ""))
    other = replace(without[2], kind="open")
    new = Item("more", "open", ("More?", ""))
    found = difference(EVERYTHING, replace(EVERYTHING, items=(without[0], reworded, other, *without[3:], new)))
    assert [[item.key for item in some] for some in (found.gone, found.new, found.reworded, found.other)] == [
        ["word"], ["more"], ["tenure"], ["since"],
    ]  # fmt: skip
    assert len(effects(found, 3)) == 4
    assert effects(difference(EVERYTHING, EVERYTHING), 3) == []
