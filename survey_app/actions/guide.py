"""The interview guide of a study, and which of its questions is asked where in each session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from survey_app.actions.bringing_in import guide_questions
from survey_app.actions.following import as_turns
from survey_app.actions.rights import needs
from survey_app.actions.undoing import undo_last
from survey_app.store import schema, sources
from survey_app.store.log import Change, Row, Store, fetch, rows
from survey_app.store.revisions import open_source, rise
from survey_app.store.team import Role
from transcripts.guide import Section, align, keys_by_turn
from transcripts.messages import MessageError, sentence
from transcripts.model import Turn

CONFIRM = "confirm_sections"
KINDS = ("question", "follow_up", "intro", "off_guide")


class GuideProblem(MessageError):
    """A guide or an alignment that cannot be stored."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A turn of the moderator (or the beginning of the talk), and what is talked about from there on.

    `score` and `runner_up`, 0 to 1, are those of the proposal; a confirmed section has none.
    """

    turn: Turn
    kind: str
    question_key: str
    score: float = 0.0
    runner_up: float = 0.0


@dataclass(frozen=True, slots=True)
class Alignment:
    """A session with its sections: those that were confirmed or, where none were, those proposed."""

    source: Row
    asked: tuple[Asked, ...]
    confirmed: bool
    moderated: bool


@needs(Role.RESEARCHER)
def sessions_of_guide(store: Store, study_id: str) -> list[Row]:
    """The sessions of the study, each with `confirmed` (somebody has confirmed its sections) and `moderated`."""
    table = schema.section
    with store.reading() as connection:
        found = sources.sources(connection, study_id, "session")
        moderated = {
            row["source_id"]
            for row in sources.speakers(connection, study_id, "session")
            if row["role"] == "moderator" and row["turns"]
        }
        confirmed = set(connection.scalars(select(table.c.source_id).distinct()))
    return [row | {"confirmed": row["id"] in confirmed, "moderated": row["id"] in moderated} for row in found]


@needs(Role.RESEARCHER)
def alignment(store: Store, study_id: str, source_id: str, *, anew: bool = False) -> Alignment:
    """One session; `anew` proposes even where sections were confirmed."""
    questions = guide_questions(store, study_id)
    with store.reading() as connection:
        source = fetch(connection, schema.source, source_id, study_id)
        turns = as_turns(source["text"], sources.turns(connection, source_id))
        roles = _roles(connection, source_id)
        kept = _sections(connection, source_id)
    moderated = "moderator" in roles.values()
    if kept and not anew:
        return Alignment(source, _confirmed(turns, roles, kept), True, moderated)
    found = align(turns, roles, questions)
    asked = tuple(Asked(turns[each.turn], each.kind, each.question_key, each.score, each.runner_up) for each in found)
    return Alignment(source, asked, bool(kept), moderated)


@needs(Role.RESEARCHER)
def confirm_sections(
    store: Store, person: str, study_id: str, source_id: str, chosen: Sequence[tuple[int, str, str]]
) -> int:
    """Store what is talked about from which turn on: (turn index, kind, question key) in order.

    Every statement of the session carries its question from then on; returns how many changed. One act, one undo.
    """
    with store.change(study_id, person, CONFIRM, scope=source_id) as change:
        connection = change.connection
        source = open_source(connection, study_id, source_id)
        turns = sources.turns(connection, source_id)
        known = {row["key"] for row in questions_of(connection, study_id)}
        _check(chosen, len(turns), known | {row["question_key"] for row in _sections(connection, source_id)})
        store_sections(change, source_id, turns, chosen)
        by_turn = keys_by_turn([Section(turn, key, kind) for turn, kind, key in chosen], len(turns))  # type: ignore[arg-type]
        changed = 0
        for row in sources.statements(connection, source["id"]):
            if row["question_key"] != by_turn[row["turn"]]:
                change.update(schema.statement, row["id"], question_key=by_turn[row["turn"]])
                changed += 1
        rise(connection, source_id)
        return changed


def store_sections(
    change: Change, source_id: str, turns: Sequence[Row], chosen: Sequence[tuple[int, str, str]]
) -> None:
    """Write sections in the place of those that are there, without touching statements."""
    table = schema.section
    change.delete(table, [row["id"] for row in _sections(change.connection, source_id)])
    change.insert(
        table,
        [
            {"source_id": source_id, "start": turns[turn]["start"], "kind": kind,
             "question_key": key if kind in {"question", "follow_up"} else ""}
            for turn, kind, key in chosen
        ],
    )  # fmt: skip


@needs(Role.RESEARCHER)
def undo_sections(store: Store, person: str, study_id: str, source_id: str) -> bool:
    """Turn back the last confirmation of a session, whoever made it. False: there is nothing to undo."""
    with store.writing() as connection:
        return undo_last(connection, person, study_id, CONFIRM, source_id)


def questions_of(connection: Connection, study_id: str) -> list[Row]:
    """The questions of the guide in their order, each with how many sections and statements refer to it."""
    table, section, statement = schema.question, schema.section, schema.statement
    found = rows(connection, select(table).where(table.c.study_id == study_id).order_by(table.c.position, table.c.key))
    used: dict[str, int] = {}
    for each in (section, statement):
        query = (
            select(each.c.question_key)
            .join(schema.source, schema.source.c.id == each.c.source_id)
            .where(schema.source.c.study_id == study_id, schema.source.c.kind != "answer")
        )
        for key in connection.scalars(query):
            used[key] = used.get(key, 0) + 1
    return [row | {"used": used.get(row["key"], 0)} for row in found]


@needs(Role.RESEARCHER)
def save_questions(store: Store, person: str, study_id: str, wanted: Sequence[Mapping[str, str]]) -> None:
    """Make the guide what `wanted` says, in its order: {key, task, ask_en, ask_ru}; an empty key is a new question.

    Raises GuideProblem when a question is empty, comes twice, or is gone while sections or statements refer to it.
    """
    with store.change(study_id, person, "save_guide") as change:
        present = {row["key"]: row for row in questions_of(change.connection, study_id)}
        named = [row.get("key") or "" for row in wanted]
        gone = [row for key, row in present.items() if key not in named]
        for old in gone:
            if old["used"]:
                raise GuideProblem(
                    sentence(
                        "The question “{question}” is asked in sessions and stays. Change these sections first.",
                        question=old["ask_en"] or old["ask_ru"],
                    )
                )
        change.delete(schema.question, [old["id"] for old in gone])
        taken = {*present, *named}
        for position, row in enumerate(wanted):
            values = {name: " ".join(str(row.get(name) or "").split()) for name in ("task", "ask_en", "ask_ru")}
            if not (values["ask_en"] or values["ask_ru"]):
                raise GuideProblem(sentence("A question needs words, in English or in Russian."))
            key = row.get("key") or ""
            if key and named.count(key) > 1:
                raise GuideProblem(sentence("The key {key} stands twice in the guide.", key=key))
            if key in present:
                change.update(schema.question, present[key]["id"], position=position, **values)
                continue
            key = key or next(name for name in (f"q{number}" for number in range(1, 10_000)) if name not in taken)
            taken.add(key)
            change.insert(schema.question, {"study_id": study_id, "key": key, "position": position} | values)


def _check(chosen: Sequence[tuple[int, str, str]], turns: int, known: set[str]) -> None:
    last = -1
    for turn, kind, key in chosen:
        if kind not in KINDS or not last < turn < turns:
            raise GuideProblem(sentence("The sections do not fit the text any more. Load the page again."))
        if kind in {"question", "follow_up"} and key not in known:
            raise GuideProblem(
                sentence("A follow-up needs a question above it. Choose the question that is asked there.")
                if kind == "follow_up"
                else sentence("The guide has no question {key} any more. Load the page again.", key=key)
            )
        last = turn


def _roles(connection: Connection, source_id: str) -> dict[str, str]:
    table = schema.speaker
    found = rows(connection, select(table).where(table.c.source_id == source_id))
    return {row["display_name"]: row["role"] for row in found}


def _sections(connection: Connection, source_id: str) -> list[Row]:
    table = schema.section
    return rows(connection, select(table).where(table.c.source_id == source_id).order_by(table.c.start))


def _confirmed(turns: Sequence[Turn], roles: Mapping[str, str], kept: Sequence[Row]) -> tuple[Asked, ...]:
    """What was confirmed, at the turn that each section begins with; further turns of the moderator follow it up."""
    begins = {row["start"]: row for row in kept}
    found: list[Asked] = []
    key = ""
    for turn in turns:
        row = begins.get(turn.start)
        if row is not None:
            key = row["question_key"]
            found.append(Asked(turn, row["kind"], key))
        elif roles.get(turn.speaker) == "moderator":
            kind = "follow_up" if key else (found[-1].kind if found else "intro")
            found.append(Asked(turn, kind, key))
    return tuple(found)
