"""The coding desk's side of the server: apply what the browser sends once and only once, and tell what was refused.

Each operation is a change of its own, so that undo takes back one keystroke. A coder sees their own codings alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection, insert, select

from survey_app.actions.correcting import LONGEST_TURN, correct_turn_within, take_back
from survey_app.actions.correcting import VERB as CORRECT
from survey_app.actions.desk_paper import LAYER, CodingRefused, Desk, need_place, reviews
from survey_app.actions.segmenting import MERGE, SPLIT, merge_within, split_within, turn_back_segmenting
from survey_app.store import codebooks, schema, undo
from survey_app.store.log import Change, Row, Store, now, open_change, rows
from survey_app.store.revisions import History, open_source
from transcripts.messages import Message, MessageError, sentence
from transcripts.revise import Carried

VERBS = ("add_coding", "remove_coding", "look_at_coding", SPLIT, MERGE, CORRECT)
"""What undo turns back on the desk; having looked at a statement is not undone."""
REFUSED = "refused"
Name = tuple[str, int]
"""(client, seq): what an operation is called in the log."""


class Operation(BaseModel):
    """One act of the browser. Undo and redo need no more than their name.

    `revision` is that of the text which the browser showed: all places refer to it. None: the present one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    client: str = Field(min_length=1, max_length=64)
    seq: int = Field(ge=1, le=2**31 - 1)
    do: Literal["add", "remove", "undo", "redo", "look", "unlook", "accept", "split", "merge", "correct"]
    coding: str = Field("", pattern=r"^([0-9a-f-]{36})?$")
    code: str = Field("", max_length=36)
    start: int = 0
    end: int = 0
    statements: list[str] = Field(default=[], max_length=20_000)
    revision: int | None = Field(None, ge=0)
    turn: int = Field(-1, ge=-1)
    text: str = Field("", max_length=LONGEST_TURN + 1)

    @property
    def name(self) -> Name:
        """What it is called in the log."""
        return self.client, self.seq


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message: names of the operations that are settled; those refused among them, and why."""

    done: list[Name]
    refused: list[tuple[Name, Message]]


def take(store: Store, desk: Desk, operations: Iterable[Operation]) -> Taken:
    """Apply operations in order, in one transaction; one that was applied before is settled without a repetition.

    A refused operation leaves every coding as it is, and the rest goes on. When this returns, all is on disk.
    """
    waiting = list(operations)
    taken = Taken([], [])
    if not waiting:
        return taken
    with store.writing() as connection:
        settled = _settled(connection, waiting)
        try:
            need_place(connection, desk.study_id, desk.source_id, desk.coder_id)
        except CodingRefused as problem:
            return Taken([each.name for each in waiting], [(each.name, problem.message) for each in waiting])
        for operation in waiting:
            if operation.name not in settled:
                try:
                    with connection.begin_nested():
                        _ACTS[operation.do](connection, desk, operation)
                except MessageError as problem:
                    taken.refused.append((operation.name, problem.message))
                    _remember(connection, desk, operation, problem.message)
                settled[operation.name] = None
            elif why := settled[operation.name]:
                taken.refused.append((operation.name, why))
            taken.done.append(operation.name)
    return taken


def read_operations(sent: object) -> tuple[list[Operation], list[tuple[Name, Message]]]:
    """Understand what a browser sent: operations, and those that make no sense but have a name to answer to."""
    operations: list[Operation] = []
    refused: list[tuple[Name, Message]] = []
    for entry in sent if isinstance(sent, list) else []:
        try:
            operations.append(Operation.model_validate(entry))
        except ValidationError:
            client, seq = (entry.get("client"), entry.get("seq")) if isinstance(entry, dict) else (None, None)
            if isinstance(client, str) and isinstance(seq, int):
                refused.append(((client, seq), sentence("The browser sent something unknown. Load the page again.")))
    return operations, refused


def _settled(connection: Connection, operations: list[Operation]) -> dict[Name, Message | None]:
    """Names of those operations that the log holds already, each with why it was refused, or None."""
    change, event = schema.change, schema.event
    clients = {operation.client for operation in operations}
    lowest = min(operation.seq for operation in operations)
    query = (
        select(change.c.client, change.c.seq, event.c.after)
        .outerjoin(event, (event.c.change_id == change.c.id) & (event.c.entity == REFUSED))
        .where(change.c.client.in_(clients), change.c.seq >= lowest)
    )
    return {(client, seq): Message(**why) if why else None for client, seq, why in connection.execute(query)}


def _remember(connection: Connection, desk: Desk, operation: Operation, why: Message) -> None:
    """Settle a refused operation: sent again, it must not be done after all, and is refused with the same words."""
    change = _open(connection, desk, operation, REFUSED)
    refusal = {"change_id": change.number, "entity": REFUSED, "entity_id": desk.coder_id, "after": asdict(why)}
    connection.execute(insert(schema.event).values(refusal))


def _add(connection: Connection, desk: Desk, operation: Operation) -> None:
    code, coding = schema.code, schema.coding
    place = _place(connection, desk, operation)
    found = rows(connection, select(code).where(code.c.id == operation.code, code.c.study_id == desk.study_id))
    if not found or found[0]["archived"]:
        raise CodingRefused(
            sentence("This code is no longer in use in the codebook. Load the page again and choose another.")
        )
    same = (
        (coding.c.source_id == desk.source_id) & (coding.c.coder_id == desk.coder_id) & (coding.c.layer == LAYER)
        & (coding.c.code_id == operation.code) & (coding.c.start == place.start) & (coding.c.end == place.end)
    )  # fmt: skip
    twin = connection.scalar(select(coding.c.id).where(same | (coding.c.id == operation.coding)).limit(1))
    if twin or not operation.coding:
        raise CodingRefused(sentence("This passage has the code {code} already.", code=found[0]["short"]))
    _open(connection, desk, operation, "add_coding").insert(
        coding,
        {"id": operation.coding, "source_id": desk.source_id, "start": place.start, "end": place.end,
         "code_id": operation.code, "coder_id": desk.coder_id, "layer": LAYER, "created_at": now(),
         "needs_look": place.cut, "codebook_version": codebooks.version_of(connection, desk.study_id)},
    )  # fmt: skip


def _place(connection: Connection, desk: Desk, operation: Operation) -> Carried:
    """Where the passage of an operation is in the text as it is now."""
    source = open_source(connection, desk.study_id, desk.source_id)
    start, end, length = operation.start, operation.end, len(source["text"])
    if operation.revision in {None, source["revision"]}:
        if 0 <= start < end <= length:
            return Carried(start, end, False)
    elif operation.revision is not None and operation.revision < source["revision"]:
        history = History(connection, desk.source_id)
        if 0 <= start < end <= len(history.text(operation.revision)):
            return history.carry(start, end, operation.revision)
    raise CodingRefused(sentence("This passage does not lie in the text. Nothing was coded; select it again."))


def _remove(connection: Connection, desk: Desk, operation: Operation) -> None:
    _need_own(connection, desk, operation, sentence("This coding is no longer there. Nothing was removed."))
    _open(connection, desk, operation, "remove_coding").delete(schema.coding, operation.coding)


def _accept(connection: Connection, desk: Desk, operation: Operation) -> None:
    """A coding whose words were cut is right as it lies now."""
    _need_own(connection, desk, operation, sentence("This coding is no longer there."))
    _open(connection, desk, operation, "look_at_coding").update(schema.coding, operation.coding, needs_look=False)


def _need_own(connection: Connection, desk: Desk, operation: Operation, problem: Message) -> None:
    coding = schema.coding
    own = select(coding.c.id).where(
        coding.c.id == operation.coding, coding.c.source_id == desk.source_id, coding.c.coder_id == desk.coder_id,
        coding.c.layer == LAYER,
    )  # fmt: skip
    if connection.scalar(own) is None:
        raise CodingRefused(problem)


def _split(connection: Connection, desk: Desk, operation: Operation) -> None:
    split_within(
        connection, desk.coder_key, desk.study_id, desk.source_id, _one_statement(operation), operation.start,
        operation.revision, client=operation.client, seq=operation.seq,
    )  # fmt: skip


def _merge(connection: Connection, desk: Desk, operation: Operation) -> None:
    merge_within(
        connection, desk.coder_key, desk.study_id, desk.source_id, _one_statement(operation),
        client=operation.client, seq=operation.seq,
    )  # fmt: skip


def _correct(connection: Connection, desk: Desk, operation: Operation) -> None:
    seen = operation.revision
    if seen is None:
        seen = int(open_source(connection, desk.study_id, desk.source_id)["revision"])
    correct_turn_within(
        connection, desk.coder_key, desk.study_id, desk.source_id, operation.turn, operation.text, seen=seen,
        client=operation.client, seq=operation.seq,
    )  # fmt: skip


def _one_statement(operation: Operation) -> str:
    if len(operation.statements) != 1:
        raise CodingRefused(sentence("The browser sent something unknown. Load the page again."))
    return operation.statements[0]


def _undo(connection: Connection, desk: Desk, operation: Operation) -> None:
    done = undo.last_done(connection, desk.study_id, desk.coder_key, desk.source_id, VERBS)
    if done is None:
        raise CodingRefused(sentence("There is nothing more to undo in this text."))
    _turn(connection, desk, operation, done, "undo")


def _redo(connection: Connection, desk: Desk, operation: Operation) -> None:
    undone = undo.last_undone(connection, desk.study_id, desk.coder_key, desk.source_id, VERBS)
    if undone is None:
        raise CodingRefused(sentence("There is nothing to do again in this text."))
    _turn(connection, desk, operation, undone, "redo")


def _turn(connection: Connection, desk: Desk, operation: Operation, change: Row, kind: str) -> None:
    name = {"client": operation.client, "seq": operation.seq}
    if change["verb"] == CORRECT:
        take_back(connection, change, desk.coder_key, kind, **name)
    elif change["verb"] in {SPLIT, MERGE}:
        turn_back_segmenting(connection, change, desk.coder_key, kind, **name)
    elif kind == "undo":
        undo.turn_back(connection, change, desk.coder_key, **name)
    else:
        undo.do_again(connection, change, desk.coder_key, **name)


def _look(connection: Connection, desk: Desk, operation: Operation) -> None:
    statement = schema.statement
    ours = set(connection.scalars(select(statement.c.id).where(statement.c.source_id == desk.source_id)))
    before = {row["statement_id"] for row in reviews(connection, desk)}
    new = [one for one in dict.fromkeys(operation.statements) if one in ours and one not in before]
    _open(connection, desk, operation, "look_at").insert(
        schema.review, [{"statement_id": one, "coder_id": desk.coder_id} for one in new]
    )


def _unlook(connection: Connection, desk: Desk, operation: Operation) -> None:
    given = set(operation.statements)
    taken_back = [row["id"] for row in reviews(connection, desk) if row["statement_id"] in given]
    _open(connection, desk, operation, "look_away").delete(schema.review, taken_back)


_ACTS: dict[str, Callable[[Connection, Desk, Operation], None]] = {
    "add": _add, "remove": _remove, "undo": _undo, "redo": _redo, "look": _look, "unlook": _unlook,
    "accept": _accept, "split": _split, "merge": _merge, "correct": _correct,
}  # fmt: skip


def _open(connection: Connection, desk: Desk, operation: Operation, verb: str) -> Change:
    return open_change(
        connection, desk.study_id, desk.coder_key, verb, scope=desk.source_id, client=operation.client,
        seq=operation.seq,
    )  # fmt: skip
