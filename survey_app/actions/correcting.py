"""Correct the text of a source: a turn, or the whole by a corrected file. Each correction is a revision of it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select, update

from survey_app.actions.bringing_in import Recognised
from survey_app.actions.devices import keep_told_apart
from survey_app.actions.following import Corrected, Lying, as_turns, follow
from survey_app.actions.places_follow import lying_places
from survey_app.actions.proposals import as_speaker, guess
from survey_app.actions.restoring import settle_as_before
from survey_app.actions.rights import needs
from survey_app.store import deidentification, schema, sources, undo
from survey_app.store.log import Change, Row, Store, new_id, now, open_change, rows
from survey_app.store.revisions import FILE, TURN, History, close_revision, move_after, open_source, put
from survey_app.store.team import Role
from transcripts.edits import edits_between
from transcripts.messages import MessageError, sentence
from transcripts.moderator import propose_roles
from transcripts.revise import Carrier

LONGEST_TURN = 200_000
"""Code points of a turn that can be typed."""
VERB = "correct_turn"


class CorrectionRefused(MessageError):
    """A text that cannot be corrected as it was asked; nothing has changed."""


@needs(Role.RESEARCHER)
def correct_turn(
    store: Store, person: str, study_id: str, source_id: str, turn_index: int, text: str, *, seen: int
) -> Corrected:
    """Give a turn other words; who spoke is not touched. `seen` is the revision that the person had before them.

    Codings and statements follow their words. Raises CorrectionRefused when somebody has changed the turn since.
    """
    with store.writing() as connection:
        return correct_turn_within(connection, person, study_id, source_id, turn_index, text, seen=seen)


def correct_turn_within(
    connection: Connection, person: str, study_id: str, source_id: str, turn_index: int, text: str, *, seen: int,
    **client: Any,
) -> Corrected:  # fmt: skip
    """The same inside a writing transaction; `client` and `seq` name the change."""
    source = open_source(connection, study_id, source_id)
    turn = _turn(connection, source, turn_index, seen)
    words = _typed(source, text)
    change = open_change(connection, study_id, person, VERB, scope=source_id, **client)
    return _correct(change, source, turn, words, person)


def take_back(connection: Connection, done: Row, person: str, kind: str, **client: Any) -> Corrected:
    """Undo a correction of a turn (with `kind` "redo": do it again): it has the words again that it had.

    Raises CorrectionRefused when the turn has been changed since.
    """
    event = schema.event
    query = select(event.c.after).where(event.c.change_id == done["id"], event.c.entity == "revision")
    closed = connection.scalar(query)
    source = open_source(connection, done["study_id"], done["scope"])
    history = History(connection, source["id"])
    if closed is not None:
        number = closed["number"]
        there, back = (number + 1, number) if kind == "undo" else (number, number + 1)
        index = history.turn_of_first_edit(number)
        wanted = history.turns(back)[index]
        turn = _turn(connection, source, index, there)
    change = open_change(
        connection, done["study_id"], person, VERB, scope=done["scope"], kind=kind, target=done["id"], **client
    )
    undo.mark(connection, done, kind)
    if closed is None:  # it was told to change nothing
        return Corrected(source["revision"])
    corrected = _correct(change, source, turn, history.text(back)[wanted["start"] : wanted["end"]], person)
    return replace(corrected, cut=settle_as_before(change, source["id"], back, turn=index))


@needs(Role.RESEARCHER)
def restore_revision(store: Store, person: str, study_id: str, source_id: str, number: int) -> Corrected:
    """Make the text of revision `number` the newest one. What was cut since, and nobody has moved, is whole again."""
    with store.change(study_id, person, "restore_revision") as change:
        connection = change.connection
        source = open_source(connection, study_id, source_id)
        history = History(connection, source_id)
        if not 0 <= number < history.newest:
            raise CorrectionRefused(sentence("This text has no such revision. Load the page again."))
        turns, text = history.turns(number), history.text(number)
        corrected = _retext(change, source, text, turns, reason="restored", person=person)
        _write(change, source_id, history.file(number))
        _speakers(change, study_id, source_id, {})
        return replace(corrected, cut=settle_as_before(change, source_id, number))


@needs(Role.RESEARCHER)
def replace_file(store: Store, person: str, study: Row, source_id: str, found: Recognised) -> Corrected:
    """A corrected file becomes the newest revision of the source. Who spoke is taken from the file.

    Statements stay with their words, codings with theirs; new words become new statements. Raises CorrectionRefused
    for a file without a transcript, and for one that says the very same.
    """
    transcript = found.transcript
    if transcript is None or not transcript.turns:
        raise CorrectionRefused(found.problem or sentence("This file holds nothing that could be stored."))
    if transcript.parts:
        raise CorrectionRefused(
            sentence("{file} holds several interviews. Cut the one that is corrected into a file.", file=found.file)
        )
    with store.change(study["id"], person, "replace_file") as change:
        source = open_source(change.connection, study["id"], source_id)
        _refuse_answers(source)
        if source["kind"] != found.kind:
            raise CorrectionRefused(
                sentence("{file} is of another kind than {key}. Choose the right source.", file=found.file,
                         key=source["key"])
            )  # fmt: skip
        turns = [
            {"index": turn.index, "speaker": turn.speaker, "start": turn.start, "end": turn.end,
             "start_s": turn.start_s, "end_s": turn.end_s, "folded": turn.folded}
            for turn in transcript.turns
        ]  # fmt: skip
        if source["text"] == transcript.text and _plain(sources.turns(change.connection, source_id)) == turns:
            raise CorrectionRefused(sentence("{file} says the very same as the text that is there.", file=found.file))
        corrected = _retext(change, source, transcript.text, turns, reason="replaced", person=person)
        of_file = (found.file, found.sha256, transcript.shape, transcript.clock)
        _write(change, source_id, dict(zip(FILE, of_file, strict=True)))
        _speakers(change, study["id"], source_id, propose_roles(transcript))
        return corrected


def _correct(change: Change, source: Row, turn: Row, words: str, person: str) -> Corrected:
    connection, old = change.connection, source["text"]
    start, end = turn["start"], turn["end"]
    edits = [
        edit._replace(start=edit.start + start, end=edit.end + start) for edit in edits_between(old[start:end], words)
    ]
    if not edits:
        return Corrected(source["revision"])
    text = f"{old[:start]}{words}{old[end:]}"
    statement, coding = schema.statement, schema.coding
    on_turn = select(statement).where(statement.c.source_id == source["id"], statement.c.turn == turn["index"])
    touching = select(coding).where(coding.c.source_id == source["id"], coding.c.start < end, coding.c.end > start)
    lying = Lying(
        rows(connection, on_turn.order_by(statement.c.start)),
        rows(connection, touching.order_by(coding.c.start, coding.c.id)),
        lying_places(deidentification.places_in(connection, source["id"]), start, end),
    )
    close_revision(change, source, text, edits, reason="turn", person=person, at=now())
    by = len(words) - (end - start)
    move_after(connection, source["id"], end, by)
    moved = turn | {"end": end + by}
    put(connection, schema.turn, [moved], "end")
    return follow(change, source, text, edits, as_turns(text, [moved]), lying)


def _retext(change: Change, source: Row, text: str, turns: list[Row], *, reason: str, person: str) -> Corrected:
    """Give a source another text and other turns, and let everything on it follow."""
    connection, source_id = change.connection, source["id"]
    edits = list(edits_between(source["text"], text))
    coding, section, turn = schema.coding, schema.section, schema.turn
    lying = Lying(
        sources.statements(connection, source_id),
        rows(connection, select(coding).where(coding.c.source_id == source_id).order_by(coding.c.start, coding.c.id)),
        deidentification.places_in(connection, source_id),
    )
    before = _plain(sources.turns(connection, source_id))
    carrier = Carrier(edits, text)
    if reason == "replaced":
        turns = keep_told_apart(before, turns, carrier)
    kept = {name: source[name] for name in FILE} | {"turns": [list(row.values()) for row in before]}
    close_revision(change, source, text, edits, reason=reason, person=person, at=now(), **kept)
    connection.execute(turn.delete().where(turn.c.source_id == source_id))
    connection.execute(turn.insert(), [row | {"id": new_id(), "source_id": source_id} for row in turns])
    sections = rows(connection, select(section).where(section.c.source_id == source_id).order_by(section.c.start))
    change.delete(section, [row["id"] for row in sections])
    starts = {row["start"] for row in turns}
    moved: dict[int, Row] = {}
    for row in sections:
        place = carrier.carry(row["start"], row["start"] + 1).start
        place = max((start for start in starts if start <= place), default=0)
        moved.setdefault(place, row | {"start": place})
    change.insert(section, list(moved.values()))
    return follow(change, source, text, edits, as_turns(text, turns), lying, retimed=True)


def _write(change: Change, source_id: str, values: Row) -> None:
    """Say of a source from which file it is now; its revisions keep what it was from before."""
    table = schema.source
    change.connection.execute(update(table).where(table.c.id == source_id).values(**values))


def _speakers(change: Change, study_id: str, source_id: str, told: dict[str, str]) -> None:
    """Display names follow the turns: new ones are proposed, those that are gone leave unless they are confirmed."""
    connection, table = change.connection, schema.speaker
    said = {row["speaker"] for row in sources.turns(connection, source_id)} - {""}
    present = rows(connection, select(table).where(table.c.source_id == source_id))
    new = sorted(said - {row["display_name"] for row in present})
    guesses = guess(connection, study_id, new, told, leave_out=source_id)
    change.insert(table, [as_speaker(source_id, name, guesses[name]) for name in new])
    change.delete(table, [row["id"] for row in present if not row["confirmed"] and row["display_name"] not in said])


def _turn(connection: Connection, source: Row, index: int, seen: int) -> Row:
    """The turn as it is, if it still says what it said in revision `seen`."""
    _refuse_answers(source)
    turns = sources.turns(connection, source["id"])
    if not 0 <= index < len(turns):
        raise CorrectionRefused(sentence("This turn is no longer there. Load the page again."))
    present = turns[index]
    if seen != source["revision"]:
        history = History(connection, source["id"])
        if not 0 <= seen < history.newest:
            raise CorrectionRefused(sentence("This text has no such revision. Load the page again."))
        before = history.turns(seen)
        words = history.text(seen)[before[index]["start"] : before[index]["end"]] if index < len(before) else None
        if words != source["text"][present["start"] : present["end"]]:
            raise CorrectionRefused(
                sentence("Somebody has corrected this turn in the meantime. Read it as it is now, then correct it.")
            )
    return present


def _refuse_answers(source: Row) -> None:
    if source["kind"] == "answer":
        raise CorrectionRefused(sentence("What people wrote in a questionnaire stays as they wrote it."))


def _typed(source: Row, text: str) -> str:
    """What a person typed, in one line."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if not words:
        raise CorrectionRefused(sentence("A turn cannot be without words. Nothing was changed."))
    if len(words) > LONGEST_TURN:
        raise CorrectionRefused(
            sentence("This is longer than the {limit} letters that a turn may have.", limit=LONGEST_TURN)
        )
    return words


def _plain(turns: list[Row]) -> list[Row]:
    return [{name: row[name] for name in TURN} for row in turns]
