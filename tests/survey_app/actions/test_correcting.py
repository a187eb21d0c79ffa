"""Corrected texts on the store: no coding is lost, what was cut says so, every revision can come back."""

from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from survey_app.actions.bringing_in import recognise_file
from survey_app.actions.checking import check_store
from survey_app.actions.coding_desk import Operation, take
from survey_app.actions.correcting import CorrectionRefused, correct_turn, replace_file, restore_revision
from survey_app.actions.desk_paper import snapshot
from survey_app.actions.people import confirm_speakers
from survey_app.actions.quotes import decide_quote
from survey_app.actions.text_history import difference, revisions, waiting_for_a_look
from survey_app.store import schema, sources
from survey_app.store.log import fetch, rows

SKILLS = "prob.skills"


def text_of(place):
    with place.store.reading() as connection:
        return fetch(connection, schema.source, place.source)["text"]


def turns_of(place):
    text = text_of(place)
    with place.store.reading() as connection:
        return [text[row["start"] : row["end"]] for row in sources.turns(connection, place.source)]


def statements_of(place):
    text = text_of(place)
    with place.store.reading() as connection:
        return [text[row["start"] : row["end"]] for row in sources.statements(connection, place.source)]


def coded(place, desk=None):
    """The words under each coding of a coder, with whether they need a look."""
    text = text_of(place)
    return [
        (text[row["start"] : row["end"]], row["needs_look"])
        for row in snapshot(place.store, desk or place.desk).codings
    ]


class Tab:
    """A browser's tab at a desk: sends operations with names of its own, true of the revision it was opened at."""

    def __init__(self, place, desk=None):
        self.place, self.desk, self.client, self.seq = place, desk or place.desk, str(uuid4()), 0
        with place.store.reading() as connection:
            source = fetch(connection, schema.source, place.source)
        self.revision, self.text = source["revision"], source["text"]

    def send(self, do, **values):
        self.seq += 1
        operation = Operation(client=self.client, seq=self.seq, do=do, **values)
        return [str(why) for _name, why in take(self.place.store, self.desk, [operation]).refused]

    def code(self, words, code=SKILLS):
        start = self.text.index(words)
        return self.send(
            "add", coding=str(uuid4()), code=self.place.codes[code], start=start, end=start + len(words),
            revision=self.revision,
        )  # fmt: skip

    def correct(self, turn, text):
        return self.send("correct", turn=turn, text=text, revision=self.revision)


def correct(place, turn, text, seen=None):
    seen = Tab(place).revision if seen is None else seen
    return correct_turn(place.store, "B", place.study["id"], place.source, turn, text, seen=seen)


def swapped(place, turn, old, new):
    return correct(place, turn, turns_of(place)[turn].replace(old, new))


def test_codings_of_everybody_keep_their_words(place):
    Tab(place).code("nobody trains anybody")
    Tab(place, place.other).code("Обмен данными")
    done = swapped(place, 1, "Skills are missing", "The skills of all are lacking")
    assert (done.revision, done.kept, done.cut) == (1, 1, ())
    assert coded(place) == [("nobody trains anybody", False)]
    assert coded(place, place.other) == [("Обмен данными", False)]
    assert check_store(place.store) == []


def test_a_coding_whose_words_were_cut_is_kept_and_says_so(place):
    Tab(place).code("nobody trains anybody")
    done = swapped(place, 1, ", and nobody trains anybody", "")
    assert len(done.cut) == 1
    assert [look for _words, look in coded(place)] == [True]
    assert waiting_for_a_look(place.store, place.study["id"]) == {place.source: 1}
    coding = snapshot(place.store, place.desk).codings[0]["id"]
    assert Tab(place).send("accept", coding=coding) == []
    assert waiting_for_a_look(place.store, place.study["id"]) == {}


def test_a_coding_on_a_whole_statement_stays_on_the_whole_of_it(place):
    whole = statements_of(place)[1]
    Tab(place).code(whole)
    correct(place, 1, f"{turns_of(place)[1]} Every day.")
    assert coded(place) == [(statements_of(place)[1], False)]
    assert statements_of(place)[1].endswith("Every day.")


def test_what_was_coded_in_the_old_text_meanwhile_lies_on_the_same_words(place):
    tab = Tab(place)
    swapped(place, 0, "Welcome, everybody.", "A very warm welcome to everybody here.")
    assert tab.code("nobody trains anybody") == []
    assert coded(place) == [("nobody trains anybody", False)]


def test_a_coding_removed_before_a_correction_comes_back_at_the_right_words(place):
    tab = Tab(place)
    tab.code("nobody trains anybody")
    tab.send("remove", coding=snapshot(place.store, place.desk).codings[0]["id"])
    swapped(place, 0, "Welcome", "A warm welcome")
    assert tab.send("undo") == []
    assert coded(place) == [("nobody trains anybody", False)]
    assert tab.send("undo") == []
    assert coded(place) == []
    assert tab.send("redo") == []
    assert coded(place) == [("nobody trains anybody", False)]


def test_undo_of_a_correction_brings_back_words_statements_codings_and_marks(place):
    tab = Tab(place)
    before, turns = statements_of(place), turns_of(place)
    tab.code("nobody trains anybody")
    with place.store.reading() as connection:
        second = sources.statements(connection, place.source)[1]["id"]
    tab.send("look", statements=[second])
    assert tab.correct(1, "Quite something else was said.") == []
    assert [look for _words, look in coded(place)] == [True]
    assert tab.send("undo") == []
    assert (turns_of(place), statements_of(place)) == (turns, before)
    assert coded(place) == [("nobody trains anybody", False)]
    assert snapshot(place.store, place.desk).looked_at == [second]
    assert tab.send("redo") == []
    assert turns_of(place)[1] == "Quite something else was said."
    assert [look for _words, look in coded(place)] == [True]


def test_a_correction_is_undone_after_another_turn_was_corrected(place):
    Tab(place).code("nobody trains anybody")
    tab = Tab(place)
    assert tab.correct(1, "Something else.") == []
    swapped(place, 0, "Welcome", "A warm welcome")
    assert tab.send("undo") == []
    assert coded(place) == [("nobody trains anybody", False)]
    assert turns_of(place)[0].startswith("A warm welcome")


def test_a_turn_that_somebody_corrected_meanwhile_is_not_overwritten(place):
    swapped(place, 1, "Skills", "Digital skills")
    with pytest.raises(CorrectionRefused, match="meantime"):
        correct(place, 1, "My own words.", seen=0)
    assert correct(place, 3, "Коротко.", seen=0).revision == 2


@pytest.mark.parametrize(("text", "problem"), [("  \n ", "without words"), ("x" * 200_001, "longer")])
def test_what_cannot_be_a_turn_is_refused(place, text, problem):
    with pytest.raises(CorrectionRefused, match=problem):
        correct(place, 1, text)
    assert revisions(place.store, place.study["id"], place.source)[0]["number"] == 0


def test_a_correction_that_changes_nothing_makes_no_revision(place):
    assert correct(place, 1, f"  {turns_of(place)[1]}\n").revision == 0


def test_a_released_quote_whose_words_change_is_taken_back(place):
    study = place.study
    with place.store.change(study["id"], "A", "set") as change:
        expert = change.insert(schema.expert, {"study_id": study["id"], "key": "E1", "consent": "yes"})[0]
        anna = next(row for row in sources.speakers(change.connection, study["id"]) if row["display_name"] == "Anna")
        statement = sources.statements(change.connection, place.source)[1]["id"]
    confirm_speakers(place.store, "A", study["id"], [{"id": anna["id"], "role": "expert", "expert_key": "E1"}])
    assert expert
    decide_quote(place.store, "A", study, statement, "released")
    assert swapped(place, 3, "Обмен", "Весь обмен").quotes == 0
    assert swapped(place, 1, "Skills", "Digital skills").quotes == 1
    with place.store.reading() as connection:
        assert rows(connection, schema.quote_decision.select()) == []


CORRECTED = (
    "WEBVTT\n\n1\n00:01:00.000 --> 00:01:50.000\nModerator: Welcome, everybody. Shall we begin?\n\n"
    "2\n00:02:00.000 --> 00:02:50.000\nAnna K: Skills are missing 👩‍👩‍👧 everywhere, and nobody teaches anybody.\n\n"
    "3\n00:02:51.000 --> 00:02:55.000\nVera: That is what I see every single day.\n\n"
    "4\n00:04:00.000 --> 00:04:50.000\nБорис: Обмен данными идёт бума\u0301жной почтой, и это надолго. "
    "Мы ждём ответа по три недели.\n"
)


def test_a_corrected_file_is_a_new_revision_of_the_same_source(place):
    Tab(place).code("nobody trains anybody")
    Tab(place, place.other).code("Обмен данными")
    found = recognise_file(place.store, place.study["id"], "panel_corrected.vtt", CORRECTED.encode())
    done = replace_file(place.store, "A", place.study, place.source, found)
    assert done.revision == 1
    assert turns_of(place)[1:3] == [
        "Skills are missing 👩‍👩‍👧 everywhere, and nobody teaches anybody.", "That is what I see every single day.",
    ]  # fmt: skip
    assert coded(place) == [("nobody teaches anybody", False)]
    assert coded(place, place.other) == [("Обмен данными", False)]
    with place.store.reading() as connection:
        names = [row["display_name"] for row in sources.speakers(connection, place.study["id"])]
        assert fetch(connection, schema.source, place.source)["file_name"] == "panel_corrected.vtt"
    assert sorted(names) == ["Anna K", "Moderator", "Vera", "Борис"]
    assert check_store(place.store) == []
    with pytest.raises(CorrectionRefused, match="the very same"):
        replace_file(place.store, "A", place.study, place.source, found)


LISTED = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\nAnna,a@example.org,10:00,11:00,60\n"
CHAT = "10:01:02 From  Anna  to  Everyone : Hello\n10:01:09 From  Boris  to  Everyone : Good day to all\n"


@pytest.mark.parametrize(("name", "content"), [("list.csv", LISTED), ("chat.txt", CHAT), ("empty.vtt", "")])
def test_what_cannot_take_the_place_of_a_talk_is_refused(place, name, content):
    found = recognise_file(place.store, place.study["id"], name, content.encode())
    with pytest.raises(CorrectionRefused):
        replace_file(place.store, "A", place.study, place.source, found)
    assert revisions(place.store, place.study["id"], place.source)[0]["number"] == 0


def test_an_older_revision_becomes_the_newest_one_with_all_that_lay_on_it(place):
    tab = Tab(place)
    before, turns = statements_of(place), turns_of(place)
    tab.code("the answers come")
    found = recognise_file(place.store, place.study["id"], "panel_corrected.vtt", CORRECTED.encode())
    replace_file(place.store, "A", place.study, place.source, found)
    assert [look for _words, look in coded(place)] == [True]
    restore_revision(place.store, "A", place.study["id"], place.source, 0)
    assert (turns_of(place), statements_of(place)) == (turns, before)
    assert coded(place) == [("the answers come", False)]
    told = revisions(place.store, place.study["id"], place.source)
    assert [(row["number"], row["reason"], row["file_name"]) for row in told] == [
        (2, "restored", "panel.vtt"), (1, "replaced", "panel_corrected.vtt"), (0, "file", "panel.vtt"),
    ]  # fmt: skip
    assert check_store(place.store) == []


def test_what_a_coder_said_of_a_statement_comes_back_with_its_words(place):
    with place.store.reading() as connection:
        last = sources.statements(connection, place.source)[-1]["id"]
    tab = Tab(place)
    tab.send("look", statements=[last])
    tab.send("flag", about=last, text="1")
    tab.send("value", about=last, label="channel", text="online")
    marked = marks_of(place)
    assert sorted(table for table, *_rest in marked) == ["flag", "review", "statement_value"]
    found = recognise_file(place.store, place.study["id"], "panel_corrected.vtt", CORRECTED.encode())
    replace_file(place.store, "A", place.study, place.source, found)
    assert marks_of(place) == []
    restore_revision(place.store, "A", place.study["id"], place.source, 0)
    assert marks_of(place) == marked


def marks_of(place):
    with place.store.reading() as connection:
        return [
            (table.name, row["statement_id"], row["coder_id"], row.get("value"))
            for table in (schema.review, schema.flag, schema.statement_value)
            for row in rows(connection, table.select())
        ]


def test_the_difference_of_two_revisions_is_told_turn_by_turn(place):
    before = turns_of(place)[1]
    swapped(place, 1, "Skills are", "Skill is")
    swapped(place, 2, "Thank you.", "Thanks.")
    study = place.study["id"]
    assert difference(place.store, study, place.source, 0) == [(1, before, before.replace("Skills are", "Skill is"))]
    assert difference(place.store, study, place.source, 1) == [(2, "Thank you.", "Thanks.")]
    assert [row["words"] for row in revisions(place.store, study, place.source)] == [1, 2, 0]


class Corrections(RuleBasedStateMachine):
    """Whatever two coders and a corrector do in whatever order: every coding has words, or says that it lost some."""

    place = None

    @initialize()
    def begin(self):
        type(self).copies += 1
        self.here = type(self).make(type(self).copies)
        self.tabs = [Tab(self.here), Tab(self.here, self.here.other)]
        self.words = {}

    @rule(tab=st.integers(0, 1), start=st.integers(0, 200), length=st.integers(1, 40))
    def code(self, tab, start, length):
        tab = self.tabs[tab]
        text = text_of(self.here)
        start = min(start, len(text) - 2)
        end = min(start + length, len(text))
        if not text[start:end].strip():
            return
        coding = str(uuid4())
        revision = Tab(self.here).revision
        values = {"coding": coding, "code": self.here.codes[SKILLS], "start": start, "end": end}
        if not tab.send("add", revision=revision, **values):
            self.words[coding] = text[start:end]

    @rule(
        turn=st.integers(0, 6),
        at=st.integers(0, 60),
        gone=st.integers(0, 20),
        put=st.sampled_from(["", " well ", "ё", "a. B"]),
    )
    def correct(self, turn, at, gone, put):
        words = turns_of(self.here)[turn]
        new = words[:at] + put + words[at + gone :]
        if new.strip():
            before = {row["id"]: row for tab in self.tabs for row in snapshot(self.here.store, tab.desk).codings}
            start = sum(len(each) + 1 for each in turns_of(self.here)[:turn])
            correct(self.here, turn, new)
            self._outside_unchanged(before, start, start + len(words))

    @rule(tab=st.integers(0, 1), do=st.sampled_from(["undo", "redo"]))
    def turn_back(self, tab, do):
        self.tabs[tab].send(do)

    @rule(nth=st.integers(0, 10), share=st.floats(0.1, 0.9))
    def split(self, nth, share):
        with self.here.store.reading() as connection:
            found = sources.statements(connection, self.here.source)
        row = found[nth % len(found)]
        at = row["start"] + int((row["end"] - row["start"]) * share)
        self.tabs[0].send("split", statements=[row["id"]], start=at)

    @rule(nth=st.integers(0, 10))
    def merge(self, nth):
        with self.here.store.reading() as connection:
            found = sources.statements(connection, self.here.source)
        self.tabs[1].send("merge", statements=[found[nth % len(found)]["id"]])

    @rule(back=st.integers(1, 3))
    def restore(self, back):
        newest = revisions(self.here.store, self.here.study["id"], self.here.source)[0]["number"]
        if newest >= back:
            restore_revision(self.here.store, "A", self.here.study["id"], self.here.source, newest - back)

    @invariant()
    def everything_fits_together(self):
        if not hasattr(self, "here"):
            return
        assert check_store(self.here.store) == []
        text = text_of(self.here)
        with self.here.store.reading() as connection:
            statements = sources.statements(connection, self.here.source)
        assert all(a["end"] <= b["start"] for a, b in pairwise(statements))
        assert all(text[row["start"] : row["end"]].strip() for row in statements)
        for tab in self.tabs:
            for row in snapshot(self.here.store, tab.desk).codings:
                assert text[row["start"] : row["end"]].strip()

    def _outside_unchanged(self, before, start, end):
        text = text_of(self.here)
        for tab in self.tabs:
            for row in snapshot(self.here.store, tab.desk).codings:
                was = before[row["id"]]
                if was["end"] <= start or was["start"] >= end:
                    assert len(text[row["start"] : row["end"]]) == was["end"] - was["start"]
                    assert row["needs_look"] == was["needs_look"]


def test_any_order_of_acts_leaves_every_coding_with_words(make_place):
    Corrections.make, Corrections.copies = staticmethod(make_place), 0
    machine = Corrections.TestCase
    machine.settings = settings(
        max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    machine().runTest()
