"""A confirmed mapping is kept as plain values, fits a file like its own, and is not taken on trust."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.profiles import Mapped, UnusableMapping, apply, likest, read_mapping, read_mapping_file
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.rosters.tables import UnreadableTable
from tests.coding.demo_study import guide
from tests.survey_app.questionnaires.forms import FORM, as_csv, demo_form, propose_columns, table_of
from transcripts.messages import MessageError

TABLE = read_questionnaire(FORM, demo_form()).table
COLUMNS = propose_columns(TABLE, guide())
MAPPED = Mapped({column.name: column for column in COLUMNS}, respondent=TABLE.columns[2], platform="Google Forms")


def damaged(**values):
    plain = json.loads(json.dumps(MAPPED.to_json()))
    plain["columns"][TABLE.columns[4]] |= values
    return plain


def test_a_mapping_comes_back_as_it_was():
    changed = replace(COLUMNS[7], reverse=True, nothing=("не знаю",), points=COLUMNS[20].points)
    mapped = replace(MAPPED, columns=MAPPED.columns | {changed.name: changed})
    assert read_mapping_file("m.json", json.dumps(mapped.to_json()).encode()) == mapped


def test_it_is_proposed_for_the_same_file_and_for_one_that_is_mostly_the_same():
    other = table_of(["id", "Why?"], ["L1", "So."])
    nearly = table_of([*TABLE.columns[:-3], "New?"], *[[row[name] for name in TABLE.columns[:-3]] + ["x"]
                      for row in TABLE.rows[:3]])  # fmt: skip
    assert likest([MAPPED], TABLE) is MAPPED
    assert likest([MAPPED], nearly) is MAPPED
    assert likest([MAPPED], other) is None
    applied = apply(MAPPED, propose_columns(nearly, None))
    assert applied.new == ("New?",)
    assert applied.missing == TABLE.columns[-3:]
    assert applied.columns[7] == COLUMNS[7]


def test_what_a_definition_knows_stays_as_defined():
    defined = replace(COLUMNS[8], kind="single", defined=True)
    applied = apply(MAPPED, [defined, COLUMNS[9]])
    assert applied.columns == (defined, COLUMNS[9])
    assert applied.taken == {COLUMNS[9].name}


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "magic"}, {"item_id": ""}, {"item_id": 7}, {"label": ["one"]}, {"reverse": "yes"}, {"place": -1},
        {"place": True}, {"points": [{"value": "x"}]}, {"points": [{"value": float("nan"), "en": "a"}]},
        {"points": [{"value": 1, "run": "rm"}]}, {"points": {}}, {"cannot_say": ["98"]}, {"nothing": [1]},
        {"lowest": 10**400}, {"name": "x"}, {"surprise": 1}, {"separator": "x" * 20_000},
    ],
)  # fmt: skip
def test_a_damaged_mapping_gets_one_sentence(values):
    with pytest.raises(UnusableMapping, match="damaged at"):
        read_mapping(damaged(**values))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "no mapping"), (b"[" * 200_000, "no mapping"), (b"\xff\xfe\x00", "no mapping"), (b"[]", "no mapping"),
        (b'{"format": "rakurs-mapping", "version": 1, "columns": {}}', "names no columns"),
        (b'{"format": "rakurs-mapping", "version": 2, "columns": {"a": {}}}', "another version"),
        (b"", "is empty"), (b" " * 4_000_001, "too large"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_mapping_gets_one_sentence(content, says):
    with pytest.raises((UnusableMapping, UnreadableTable), match=says):
        read_mapping_file("m.json", content)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda one: st.lists(one)
                    | st.dictionaries(st.sampled_from(["format", "version", "columns", "kind", "points"]), one)))  # fmt: skip
def test_nothing_but_a_sentence_comes_of_any_json(plain):
    for each in (plain, {"format": "rakurs-mapping", "version": 1, "columns": {"a": plain}}):
        with pytest.raises(MessageError):
            read_mapping(each)


def test_a_mapping_of_other_headers_leaves_the_proposals():
    table = read_questionnaire("form.csv", as_csv(["id", "Why?"], ["L1", "So."])).table
    proposed = propose_columns(table, None)
    assert apply(MAPPED, proposed).columns == proposed
