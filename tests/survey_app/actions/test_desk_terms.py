"""Two people in one study at once: what each may code, what each may change, and what each sees of the other."""

from contextlib import contextmanager
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import event as happening
from sqlalchemy import update

from survey_app.actions.coding_desk import Operation, take
from survey_app.actions.correcting import correct_turn
from survey_app.actions.desk_news import has_news, state_of
from survey_app.actions.desk_paper import Desk, changes_since, snapshot
from survey_app.actions.desk_terms import terms_within
from survey_app.actions.rights import NotPermitted
from survey_app.store import codes as code_rows
from survey_app.store import schema, sources
from survey_app.store.log import new_id, now
from survey_app.store.progress import progress

SECRET = "Nobody but me may read this."
OF_ALL = ("split", "merge", "correct", "shift", "code")


@pytest.fixture
def here(team):
    """The team at the first session of the demo: desks and stores by role, and what an owner does there."""
    study, people = team
    owner = people["owner"][0]
    with owner.reading() as connection:
        source = sources.sources(connection, study["id"], "session")[0]["id"]
        text = sources.source(connection, source)["text"]
        statements = sources.statements(connection, source)
        code = next(row["id"] for row in code_rows.codes(connection, study["id"]) if row["short"] == "P01")
    desks = {
        role: Desk(study["id"], source, coder["id"], coder["key"]) for role, (_store, coder) in people.items() if coder
    }
    stores = {role: store for role, (store, _coder) in people.items()}
    return SimpleNamespace(
        study=study["id"], source=source, text=text, statements=statements, code=code, desks=desks, stores=stores,
        owner=owner,
    )  # fmt: skip


def assign(here, role, mode="blind", **more):
    """Give the text to somebody, as the log has it."""
    row = {"study_id": here.study, "coder_id": here.desks[role].coder_id, "source_id": here.source, "mode": mode,
           "created_at": now()}  # fmt: skip
    with here.owner.change(here.study, "A", "assign") as change:
        return change.insert(schema.assignment, row | more)[0]


def reassign(here, assignment, **values):
    with here.owner.change(here.study, "A", "assign") as change:
        change.update(schema.assignment, assignment, **values)


def open_comparison(here):
    with here.owner.change(here.study, "A", "open_comparison") as change:
        return change.insert(schema.opening, {"source_id": here.source, "at": now(), "person": "A"})[0]


def close_comparison(here, opening):
    with here.owner.change(here.study, "A", "close_comparison") as change:
        change.delete(schema.opening, opening)


def code_at(here, role, seq, number=0, **more):
    """Put a code on a statement; returns what became of it and the coding's id."""
    row, coding = here.statements[number], str(uuid4())
    return act(
        here, role, seq, "add", coding=coding, code=here.code, start=row["start"], end=row["end"], **more
    ), coding


def act(here, role, seq, do, **values):
    operation = Operation(client=f"tab {role}", seq=seq, do=do, **values)
    taken = take(here.stores[role], here.desks[role], [operation])
    assert taken.done == [operation.name]
    return [str(why) for _name, why in taken.refused]


def seen(here, role):
    return snapshot(here.stores[role], here.desks[role])


def news(here, role, since, state):
    desk = here.desks[role]
    return has_news(here.stores[role], desk.study_id, desk.source_id, desk.coder_id, since, state)


def word(here, role):
    desk = here.desks[role]
    return state_of(here.stores[role], desk.study_id, desk.source_id, desk.coder_id)


@contextmanager
def asked(store):
    """Every query of a store while the block lasts: (words, values)."""
    questions = []

    def note(_connection, _cursor, words, values, _context, _many):
        if words.startswith("SELECT"):
            questions.append((words, values))

    happening.listen(store.engine, "after_cursor_execute", note)
    yield questions
    happening.remove(store.engine, "after_cursor_execute", note)


def test_blind_coders_are_told_nothing_of_each_other_whatever_they_ask(here):
    assign(here, "coder")
    assign(here, "researcher")
    before, state = seen(here, "coder"), word(here, "coder")
    refused, coding = code_at(here, "researcher", 1)
    assert refused == []
    act(here, "researcher", 2, "memo", about=here.statements[0]["id"], label="statement", text=SECRET)
    act(here, "researcher", 3, "flag", about=here.statements[0]["id"], text="1")
    act(here, "researcher", 4, "look", statements=[here.statements[5]["id"]])
    desk = here.desks["coder"]
    with asked(here.stores["coder"]) as questions:
        moved, now_seen = changes_since(here.stores["coder"], desk, before.revision), seen(here, "coder")
        assert not news(here, "coder", before.revision, state)
    assert (moved.codings, moved.marks, moved.looked, moved.others) == ([], [], [], [])
    assert now_seen.others == before.others == []
    assert (now_seen.codings, now_seen.marks, now_seen.looked_at) == (before.codings, before.marks, before.looked_at)
    assert coding not in repr((moved, now_seen))
    assert SECRET not in repr((moved, now_seen))
    assert here.desks["researcher"].coder_id not in repr((moved, now_seen))
    with here.owner.reading() as connection:
        answers = [repr(connection.exec_driver_sql(*question).all()) for question in questions]
    assert len(answers) > 10
    assert not [answer for answer in answers if coding in answer or SECRET in answer]


def test_where_both_code_openly_each_sees_the_others_codings_and_no_more(here):
    assign(here, "coder", "open")
    assign(here, "researcher", "open")
    before, state = seen(here, "coder"), word(here, "coder")
    _refused, coding = code_at(here, "researcher", 1)
    act(here, "researcher", 2, "memo", about=coding, label="coding", text=SECRET)
    assert news(here, "coder", before.revision, state)
    moved = changes_since(here.stores["coder"], here.desks["coder"], before.revision)
    assert [change["id"] for change in moved.others] == [coding]
    assert (moved.codings, moved.marks) == ([], [])
    assert coding in {row["id"] for row in seen(here, "coder").others}
    assert coding not in {row["id"] for row in seen(here, "coder").codings}
    assert SECRET not in repr(seen(here, "coder"))
    assert dict(moved.terms.others) == {here.desks["researcher"].coder_id: here.desks["researcher"].coder_key}
    act(here, "researcher", 3, "remove", coding=coding)
    gone = changes_since(here.stores["coder"], here.desks["coder"], moved.revision)
    assert [(change["id"], change["coding"]) for change in gone.others] == [(coding, None)]


def test_an_assignment_that_becomes_blind_takes_the_others_away_with_the_next_answer(here):
    own = assign(here, "coder", "open")
    assign(here, "researcher", "open")
    code_at(here, "researcher", 1)
    before, state = seen(here, "coder"), word(here, "coder")
    assert before.others
    reassign(here, own, mode="blind")
    assert news(here, "coder", before.revision, state)
    moved = changes_since(here.stores["coder"], here.desks["coder"], before.revision)
    assert moved.terms.word != before.terms.word
    assert moved.others == seen(here, "coder").others == []


def test_an_opened_comparison_shows_the_others_and_a_closed_one_takes_them_away(here):
    own = assign(here, "coder")
    assign(here, "researcher")
    code_at(here, "researcher", 1)
    opening = open_comparison(here)
    assert seen(here, "coder").others == [], "their own blind work is not finished"
    reassign(here, own, finished_at=now())
    shown = seen(here, "coder")
    assert shown.others
    assert not shown.terms.openly
    close_comparison(here, opening)
    assert seen(here, "coder").others == []


def test_whoever_sits_at_the_machine_sees_on_a_desk_what_its_coder_sees(here, store):
    desk = here.desks["coder"]
    assert snapshot(store, desk).others == []
    open_comparison(here)
    with store.reading() as connection:
        terms = terms_within(connection, store, desk.study_id, desk.source_id, desk.coder_id)
    assert here.desks["owner"].coder_id in terms.other_ids
    assert terms.closed is None


def test_codings_of_others_are_out_of_reach_of_every_act(here):
    assign(here, "coder", "open")
    assign(here, "researcher", "open")
    _refused, theirs = code_at(here, "researcher", 1)
    row = here.statements[3]
    for seq, (do, more) in enumerate(
        [("remove", {}), ("resize", {"start": row["start"], "end": row["end"]}), ("accept", {}),
         ("memo", {"about": theirs, "label": "coding", "text": "mine"})], start=1,
    ):  # fmt: skip
        assert act(here, "coder", seq, do, coding=theirs, **more)
    assert theirs in {coding["id"] for coding in seen(here, "researcher").codings}
    assert act(here, "coder", 9, "undo") == ["There is nothing more to undo in this text."]


def test_a_text_of_somebody_else_takes_nothing_and_says_why_once_and_again(here):
    assign(here, "researcher")
    refused, coding = code_at(here, "coder", 1)
    assert refused == ["This text is not assigned to you. Choose another text, or ask the researcher for it."]
    assert code_at(here, "coder", 1)[0] == refused
    for seq, do in enumerate(("undo", "redo", "look", "unlook", "flag", "memo", "remove", *OF_ALL), start=2):
        assert act(here, "coder", seq, do) == refused
    assert coding not in {row["id"] for row in seen(here, "coder").codings}
    assert str(seen(here, "coder").terms.closed) == refused[0]


def test_what_was_stored_before_the_text_was_handed_in_is_settled_and_nothing_after_it_is(here):
    own = assign(here, "coder")
    row, coding = here.statements[0], str(uuid4())
    first = {"coding": coding, "code": here.code, "start": row["start"], "end": row["end"]}
    assert act(here, "coder", 1, "add", **first) == []
    state, since = word(here, "coder"), seen(here, "coder").revision
    reassign(here, own, finished_at=now())
    assert news(here, "coder", since, state)
    assert act(here, "coder", 1, "add", **first) == [], "its answer was lost: it is not told that it failed"
    assert act(here, "coder", 2, "remove", coding=coding) == [
        "You have handed in this text, so it is closed for changes. Ask the researcher to give it back."
    ]
    assert coding in {row["id"] for row in seen(here, "coder").codings}
    reassign(here, own, finished_at="")
    assert act(here, "coder", 3, "remove", coding=coding) == []


def test_a_coder_changes_nothing_that_belongs_to_all_and_a_researcher_may(here):
    row = here.statements[1]
    at = row["start"] + here.text[row["start"] : row["end"]].index(" ") + 1
    splitting = {"statements": [row["id"]], "start": at, "revision": 0}
    for seq, do in enumerate(OF_ALL, start=1):
        (why,) = act(here, "coder", seq, do, **(splitting if do == "split" else {}))
        assert why.startswith("Your role in this study does not allow this.")
    assert not seen(here, "coder").terms.shapes
    assert seen(here, "researcher").terms.shapes
    assert act(here, "researcher", 1, "split", **splitting) == []


def test_who_is_a_researcher_no_more_turns_back_none_of_what_belongs_to_all(here, store):
    row = here.statements[1]
    at = row["start"] + here.text[row["start"] : row["end"]].index(" ") + 1
    assert code_at(here, "researcher", 1)[0] == []
    assert act(here, "researcher", 2, "split", statements=[row["id"]], start=at, revision=0) == []
    with store.writing() as connection:
        member = schema.membership
        mine = member.c.coder_id == here.desks["researcher"].coder_id
        connection.execute(update(member).where(mine).values(role="coder"))
    own = {coding["id"] for coding in seen(here, "researcher").codings}
    assert act(here, "researcher", 3, "undo") == []
    assert len(own - {coding["id"] for coding in seen(here, "researcher").codings}) == 1
    with store.reading() as connection:
        assert len(sources.statements(connection, here.source)) == len(here.statements) + 1


def test_a_reader_and_a_stranger_ask_in_vain(here):
    for store in (here.stores["reader"], here.owner.acting(new_id()), here.owner.acting("")):
        desk = here.desks["coder"]
        with pytest.raises(NotPermitted):
            has_news(store, desk.study_id, desk.source_id, desk.coder_id, 0, "")
        with pytest.raises(NotPermitted):
            snapshot(store, desk)
    with pytest.raises(NotPermitted):
        snapshot(here.stores["coder"], here.desks["researcher"])


@pytest.fixture
def sampled(here):
    """The coder has the first two statements to code, and no others."""
    sample = {"study_id": here.study, "name": "twice", "created_at": now()}
    with here.owner.change(here.study, "A", "draw_sample") as change:
        (drawn,) = change.insert(schema.sample, sample)
        change.insert(schema.sampled, [{"sample_id": drawn, "statement_id": row["id"]} for row in here.statements[:2]])
    assign(here, "coder", sample_id=drawn)
    return here


def test_outside_a_sample_nothing_is_coded_and_nothing_counts_as_looked_at(sampled):
    inside, outside = sampled.statements[0], sampled.statements[2]
    assert code_at(sampled, "coder", 1)[0] == []
    assert code_at(sampled, "coder", 2, 2)[0] == [
        "Only the statements of your sample are coded here; this one is there to be read."
    ]
    spanning = {"coding": str(uuid4()), "code": sampled.code, "start": inside["start"], "end": outside["end"]}
    assert act(sampled, "coder", 3, "add", **spanning) == [
        "These words reach beyond the statements of your sample. Nothing was coded; choose fewer of them."
    ]
    assert act(sampled, "coder", 4, "value", about=outside["id"], label="modality", text="fact")
    assert act(sampled, "coder", 5, "value", about=inside["id"], label="modality", text="fact") == []
    had = set(seen(sampled, "coder").looked_at)
    act(sampled, "coder", 6, "unlook", statements=[row["id"] for row in sampled.statements])
    act(sampled, "coder", 7, "look", statements=[inside["id"], outside["id"]])
    assert had
    assert seen(sampled, "coder").looked_at == [inside["id"]]
    assert seen(sampled, "coder").terms.sampled == {row["id"] for row in sampled.statements[:2]}


def test_how_far_a_coder_is_counts_their_sample_alone(sampled):
    act(sampled, "coder", 1, "unlook", statements=[row["id"] for row in sampled.statements])
    act(sampled, "coder", 2, "look", statements=[sampled.statements[0]["id"]])
    with sampled.owner.reading() as connection:
        far = {
            row["coder_id"]: row for row in progress(connection, sampled.study) if row["source_id"] == sampled.source
        }
    assert (far[sampled.desks["coder"].coder_id]["looked"], far[sampled.desks["coder"].coder_id]["total"]) == (1, 2)
    assert far[sampled.desks["researcher"].coder_id]["total"] == len(sampled.statements)


def test_two_coders_and_a_correction_between_them_lose_nothing(here):
    """Both have sent places of the text as it was before the researcher corrected it."""
    row = here.statements[1]
    with here.owner.reading() as connection:
        turn = next(
            turn for turn in sources.turns(connection, here.source) if turn["index"] == here.statements[0]["turn"]
        )
    words = here.text[turn["start"] : turn["end"]]
    correct_turn(here.stores["researcher"], here.desks["researcher"].coder_key, here.study, here.source, turn["index"],
                 f"Well. {words}", seen=0)  # fmt: skip
    wanted = here.text[row["start"] : row["end"]]
    made = {role: code_at(here, role, 1, 1, revision=0) for role in ("coder", "owner")}
    with here.owner.reading() as connection:
        text = sources.source(connection, here.source)["text"]
    for role, (refused, coding) in made.items():
        assert refused == []
        there = next(found for found in seen(here, role).codings if found["id"] == coding)
        assert text[there["start"] : there["end"]] == wanted


def test_two_desks_of_one_coder_see_each_others_work_and_keep_both_memos(here):
    desk, about = here.desks["coder"], here.statements[0]["id"]
    since, state = seen(here, "coder").revision, word(here, "coder")
    first = Operation(client="one", seq=1, do="memo", about=about, label="statement", text="From here.", seen="")
    second = Operation(client="two", seq=1, do="memo", about=about, label="statement", text="From there.", seen="")
    looking = Operation(client="two", seq=2, do="look", statements=[here.statements[7]["id"]])
    here_looked = here.statements[7]["id"] not in seen(here, "coder").looked_at
    take(here.stores["coder"], desk, [first])
    take(here.stores["coder"], desk, [second, looking])
    assert news(here, "coder", since, state)
    moved = changes_since(here.stores["coder"], desk, since)
    assert [mark["text"] for mark in moved.marks][-1] == "From here.\n\nFrom there."
    assert [look["ids"] for look in moved.looked] == ([[here.statements[7]["id"]]] if here_looked else [])


def test_a_desk_far_behind_is_told_to_ask_and_one_that_knows_all_is_not(here):
    now_seen, state = seen(here, "coder"), word(here, "coder")
    assert not news(here, "coder", now_seen.revision, state)
    assert news(here, "coder", now_seen.revision + 5, state), "a database that was restored knows less"
    assert news(here, "coder", now_seen.revision - 501, state)
    assert news(here, "coder", now_seen.revision, ""), "a desk that was shut asks whether it may open"
