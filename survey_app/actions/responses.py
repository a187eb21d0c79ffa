"""What experts answered to a questionnaire: one row for the closed items, and their words at the end of the text of
each open item, so that nothing which lies on these texts ever moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from survey_app.actions.following import remove_statements
from survey_app.actions.instruments import QuestionnaireProblem
from survey_app.actions.worked import worked_turns
from survey_app.store import instruments, schema
from survey_app.store.answers import Packed
from survey_app.store.log import Change, Row, fetch, now, rows
from transcripts.messages import sentence

FIRST_POSITION = 1_000
"""Open answers stand after everything that was said."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A questionnaire as one expert filled it in. `answers` and `open_answers` are by the item's key in the study;
    `row` is that of the file (0: filled in here), `at` the time in ISO 8601 or ""."""

    expert_id: str
    expert_key: str
    answers: Mapping[str, Packed] = field(default_factory=dict)
    open_answers: Mapping[str, str] = field(default_factory=dict)
    row: int = 0
    at: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class _Room:
    """Whose words stay, by item, and how many of these although others were written now."""

    staying: Mapping[str, set[str]]
    kept: int


def add_response(change: Change, study: Row, instrument: Row, filled: Filled, *, file_name: str = "") -> int:
    """Store what one expert answered, in the place of what they had answered before; open answers with which the
    researchers have worked stay as they were. Returns how many of these would read otherwise now, or be gone."""
    return _put(change, study, instrument, [filled], file_name, keeping=True)


def add_responses(
    change: Change, study: Row, instrument: Row, filled: Sequence[Filled], *, file_name: str = ""
) -> None:  # fmt: skip
    """The same for many at once; all of it or nothing: QuestionnaireProblem names everybody with whose open answers
    the researchers have worked, and who writes otherwise now."""
    _put(change, study, instrument, filled, file_name)


def _put(
    change: Change, study: Row, instrument: Row, filled: Sequence[Filled], file_name: str, *, keeping: bool = False
) -> int:  # fmt: skip
    items = instruments.items(change.connection, study["id"], instrument["id"])
    open_items = [row for row in items if row["type"] == "open"]
    before = _there(change, instrument["id"])
    written = {row["key"]: {each.expert_id: each for each in filled if each.open_answers.get(row["key"])}
               for row in open_items}  # fmt: skip
    again = [each for each in filled if each.expert_id in before]
    room = _make_room(change, study["id"], [row["key"] for row in open_items], filled, keeping=keeping)
    for key, expert_ids in room.staying.items():
        for expert_id in expert_ids:
            written[key].pop(expert_id, None)
    for each in again:
        change.update(schema.response, before[each.expert_id], **_told(each, file_name))
    change.insert(
        schema.response,
        [
            {"study_id": study["id"], "instrument_id": instrument["id"], "expert_id": each.expert_id}
            | _told(each, file_name)
            for each in filled if each.expert_id not in before
        ],
    )  # fmt: skip
    for place, item in enumerate(open_items):
        position = FIRST_POSITION * (instrument["position"] + 1) + place
        _append(change, study, item, list(written[item["key"]].values()), position, file_name)
    return room.kept


def take_back(change: Change, study_id: str, instrument: Row, expert_id: str) -> int:
    """Remove what one expert answered, except open answers with which the researchers have worked; returns how many
    of these stay."""
    stay = 0
    for source, worked, free in _words_of(change, study_id, instrument, expert_id):
        stay += len(worked)
        if free:
            _blank(change, source, free)
    there = _there(change, instrument["id"])
    if expert_id in there:
        change.delete(schema.response, there[expert_id])
    return stay


def worked_words(change: Change, study_id: str, instrument: Row, expert_id: str) -> dict[str, str]:
    """The open answers of one expert with which the researchers have worked, by the item's key."""
    return {
        turn["item_key"]: source["text"][turn["start"] : turn["end"]]
        for source, worked, _free in _words_of(change, study_id, instrument, expert_id) for turn in worked
    }  # fmt: skip


def count_words(connection: Connection, study_id: str, instrument_id: str, expert_id: str) -> int:
    """How many open answers of an expert there are, with a response of theirs or after it was taken back."""
    items = instruments.items(connection, study_id, instrument_id)
    texts = instruments.open_sources(connection, study_id, [row["key"] for row in items])
    return sum(len(_turns_of(connection, source["id"], [expert_id])) for source in texts.values())


def items_with_words(connection: Connection, study_id: str, instrument_id: str) -> set[str]:
    """Keys of the open items under which there are words, also of experts whose response was taken back."""
    items = instruments.items(connection, study_id, instrument_id)
    texts = instruments.open_sources(connection, study_id, [row["key"] for row in items])
    turn = schema.turn
    ids = [source["id"] for source in texts.values()]
    spoken = set(connection.scalars(select(turn.c.source_id).where(turn.c.source_id.in_(ids))))
    return {key for key, source in texts.items() if source["id"] in spoken}


def _words_of(
    change: Change, study_id: str, instrument: Row, expert_id: str
) -> list[tuple[Row, list[Row], list[Row]]]:  # fmt: skip
    """The texts in which an expert wrote: each with their turns with which the researchers worked, and the others."""
    items = instruments.items(change.connection, study_id, instrument["id"])
    found = []
    for key, source in instruments.open_sources(change.connection, study_id, [row["key"] for row in items]).items():
        turns = [turn | {"item_key": key} for turn in _turns_of(change.connection, source["id"], [expert_id])]
        touched = worked_turns(change.connection, source["id"], turns)
        worked = [turn for turn in turns if turn["id"] in touched]
        free = [turn for turn in turns if turn["id"] not in touched]
        found.append((fetch(change.connection, schema.source, source["id"]), worked, free))
    return found


def _told(filled: Filled, file_name: str) -> Row:
    return {
        "file_name": file_name, "row": filled.row, "at": filled.at, "language": filled.language,
        "answers": dict(filled.answers),
    }  # fmt: skip


def _there(change: Change, instrument_id: str) -> dict[str, str]:
    """Ids of the responses to a questionnaire, by the expert's."""
    table = schema.response
    found = change.connection.execute(
        select(table.c.expert_id, table.c.id).where(table.c.instrument_id == instrument_id)
    )
    return {row.expert_id: row.id for row in found}


def _append(
    change: Change, study: Row, item: Row, said: Sequence[Filled], position: int, file_name: str
) -> None:  # fmt: skip
    """One turn and one statement an answer, at the end of the item's text; the speaker is the expert's key."""
    if not said:
        return
    connection, turn, speaker = change.connection, schema.turn, schema.speaker
    there = instruments.open_sources(connection, study["id"], [item["key"]]).get(item["key"])
    words = [each.open_answers[item["key"]] for each in said]
    known: set[str] = set()
    start = first = 0
    if there is None:
        here, other = ("ru", "en") if study["language"] == "ru" else ("en", "ru")
        source_id = change.insert(
            schema.source,
            {"study_id": study["id"], "key": instruments.source_key(item["key"]), "kind": "answer",
             "title": str(item[f"label_{here}"] or item[f"label_{other}"]), "language": study["language"],
             "shape": "questionnaire", "clock": "none", "file_name": file_name, "text": "\n".join(words),
             "created_at": now(), "position": position},
        )[0]  # fmt: skip
    else:
        source_id = there["id"]
        text = fetch(connection, schema.source, source_id)["text"]
        start = len(text) + 1 if text else 0
        whole = "\n".join([text, *words] if text else words)
        change.update(schema.source, source_id, text=whole, version=there["version"] + 1)
        indexes = connection.scalars(select(turn.c.index).where(turn.c.source_id == source_id))
        first = max(indexes, default=-1) + 1
        known = set(connection.scalars(select(speaker.c.display_name).where(speaker.c.source_id == source_id)))
    turns, statements = [], []
    for index, (each, text) in enumerate(zip(said, words, strict=True), first):
        place = {"source_id": source_id, "start": start, "end": start + len(text)}
        turns.append(place | {"index": index, "speaker": each.expert_key})
        statements.append(place | {"turn": index, "question_key": item["key"]})
        start += len(text) + 1
    change.insert(turn, turns)
    change.insert(schema.statement, statements)
    change.insert(
        speaker,
        [
            {"source_id": source_id, "display_name": each.expert_key, "role": "expert", "expert_id": each.expert_id,
             "confirmed": True}
            for each in said if each.expert_key not in known
        ],
    )  # fmt: skip


def _make_room(
    change: Change, study_id: str, item_keys: list[str], again: Sequence[Filled], *, keeping: bool
) -> _Room:  # fmt: skip
    """Take out what these experts wrote before and write otherwise now, also those whose response was taken back.

    Blanks stand where their words were: no other answer moves. Words with which the researchers have worked stay when
    `keeping`; otherwise QuestionnaireProblem is raised.
    """
    by_id = {each.expert_id: each for each in again}
    staying: dict[str, set[str]] = {}
    gone: list[tuple[Row, list[Row]]] = []
    held: list[Row] = []
    for key, source in instruments.open_sources(change.connection, study_id, item_keys).items():
        whole = fetch(change.connection, schema.source, source["id"])
        turns = _turns_of(change.connection, source["id"], by_id.keys())
        other = [
            turn for turn in turns
            if by_id[turn["expert_id"]].open_answers.get(key) != whole["text"][turn["start"] : turn["end"]]
        ]  # fmt: skip
        touched = worked_turns(change.connection, source["id"], other)
        held += [turn for turn in other if turn["id"] in touched]
        leaving = [turn for turn in other if turn["id"] not in touched]
        staying[key] = {turn["expert_id"] for turn in turns if turn not in leaving}
        gone.append((whole, leaving))
    if held and not keeping:
        names = sorted({by_id[turn["expert_id"]].expert_key for turn in held})
        raise QuestionnaireProblem(
            sentence(
                "Open answers of {names} carry codings or other work, and are different now. Nothing was stored: "
                "leave these rows out, or remove the codings, flags, reviews, values, memos and decisions first.",
                names=", ".join(names),
            )
        )
    for source, leaving in gone:
        if leaving:
            _blank(change, source, leaving)
    return _Room(staying, len(held))


def _turns_of(connection: Connection, source_id: str, expert_ids: Iterable[str]) -> list[Row]:
    """Turns of a text that are these experts', each with `expert_id`."""
    turn, speaker = schema.turn, schema.speaker
    query = (
        select(turn, speaker.c.expert_id)
        .join(speaker, (speaker.c.source_id == turn.c.source_id) & (speaker.c.display_name == turn.c.speaker))
        .where(turn.c.source_id == source_id)
        .order_by(turn.c.start)
    )
    wanted = set(expert_ids)
    return [row for row in rows(connection, query) if row["expert_id"] in wanted]


def _blank(change: Change, source: Row, leaving: Sequence[Row]) -> None:
    """Remove turns with their statements; their words become blanks of the same length."""
    text, kept, done = source["text"], [], 0
    for turn in leaving:
        kept += [text[done : turn["start"]], " " * (turn["end"] - turn["start"])]
        done = turn["end"]
    indexes = {turn["index"] for turn in leaving}
    statement = schema.statement
    found = rows(change.connection, select(statement).where(statement.c.source_id == source["id"]))
    remove_statements(change, source["id"], [row["id"] for row in found if row["turn"] in indexes])
    change.delete(schema.turn, [turn["id"] for turn in leaving])
    change.update(schema.source, source["id"], text="".join(kept) + text[done:], version=source["version"] + 1)
