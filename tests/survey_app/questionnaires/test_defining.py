"""An uploaded definition always wins: over the guide, the platform, and the answers."""

import pytest

from survey_app.questionnaires import columns as proposals
from survey_app.questionnaires import definitions as kinds
from survey_app.questionnaires.defining import unknown_to, with_definition
from survey_app.questionnaires.definitions import Definition, definitions, read_definition
from survey_app.questionnaires.export import Export
from survey_app.questionnaires.instrument import Instrument, Item, Option
from survey_app.rosters.tables import UnreadableTable
from tests.coding.demo_study import guide
from tests.survey_app.questionnaires.forms import table_of

LEVELS = (Option("lo", ("low", "низко"), 1), Option("hi", ("high", "высоко"), 2))
INSTRUMENT = Instrument(
    "form", ("Form", ""),
    (
        Item("mood", "likert", ("How is the mood?", "Как настроение?"), options=LEVELS, code="prob.skills"),
        Item("grid", "likert", ("How good is it?", "")),
        Item("grid.web", "likert", ("the web site", "сайт"), parent="grid", reverse=True),
        Item("grid.app", "likert", ("the application", "приложение"), parent="grid"),
        Item("why", "open", ("Why?", "Почему?")),
    ),
)  # fmt: skip


def proposed(header, *rows):
    told = with_definition(Export("", table_of(header, *rows)), INSTRUMENT)
    return told, {column.name: column for column in proposals.propose_columns(told, guide())}


@pytest.mark.parametrize("header", ["mood", "How is the mood?", "Как настроение? / How is the mood?"])
def test_a_column_is_known_by_its_key_or_by_its_words(header):
    _told, columns = proposed(["id", header], ["L1", "2"], ["C1", "low"])
    column = columns[header]
    assert (column.kind, column.item_id, column.code_id, column.defined) == ("likert", "mood", "prob.skills", True)
    assert [point["ru"] for point in column.points] == ["низко", "высоко"]


def test_lines_are_known_by_their_words_and_by_their_own_key():
    for web, app in (("How good is it? [the web site]", "How good is it? [the application]"), ("grid.web", "grid.app")):
        _told, columns = proposed(["id", web, app], ["L1", "1", "2"], ["C1", "2", "1"])
        assert [columns[name].item_id for name in (web, app)] == ["grid.web", "grid.app"], web
        assert [columns[name].reverse for name in (web, app)] == [True, False]
        assert columns[app].parent_id == "grid"


def test_an_open_question_stays_open_however_its_answers_look():
    _told, columns = proposed(["id", "Why?"], ["L1", "5"], ["C1", "4"])
    assert columns["Why?"].kind == "open"


def test_what_the_definition_does_not_know_is_named():
    told, columns = proposed(["id", "mood", "Anything else?"], ["L1", "low", "no"])
    assert unknown_to(told) == ("id", "Anything else?")
    assert not columns["Anything else?"].defined


def test_the_surest_kind_reads_a_definition(monkeypatch):
    found = (
        Definition("A", lambda _brought: 0.2, lambda _brought: Instrument("a", ("", ""), ())),
        Definition("B", lambda brought: float(brought.name.endswith(".b")), lambda _brought: INSTRUMENT),
    )
    monkeypatch.setattr(kinds, "definitions", lambda: found)
    assert read_definition("form.b", b"x") is INSTRUMENT
    with pytest.raises(UnreadableTable, match="defines no question"):
        read_definition("form.a", b"x")
    with pytest.raises(UnreadableTable, match="is empty"):
        read_definition("form.b", b"")


def test_what_nobody_knows_gets_one_sentence():
    with pytest.raises(UnreadableTable, match="no definition"):
        read_definition("holiday.txt", b"We went to the sea.")
    assert isinstance(definitions(), tuple)
