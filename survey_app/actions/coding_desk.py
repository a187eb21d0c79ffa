"""The coding desk's side of the server: apply what the browser sends once and only once, and tell what was refused.

Each operation is a change of its own, so that undo takes back one keystroke. Whether the text is the coder's to code,
and what belongs to all is theirs to change, is asked inside the transaction that writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from survey_app.actions import desk_codings, desk_marks
from survey_app.actions.answered import REFUSED, Name, Taken, answered, remember
from survey_app.actions.correcting import VERB as CORRECT
from survey_app.actions.correcting import correct_turn_within, take_back
from survey_app.actions.desk_codings import NEW_CODE
from survey_app.actions.desk_marks import MARKS
from survey_app.actions.desk_operations import Operation, open_operation
from survey_app.actions.desk_paper import CodingRefused, Desk, need_place, reviews
from survey_app.actions.desk_sample import need_sampled, of_the_sample
from survey_app.actions.desk_terms import Terms, terms_within
from survey_app.actions.recordings import SHIFT, shift_within
from survey_app.actions.rights import needs, permit
from survey_app.actions.segmenting import MERGE, SPLIT, merge_within, split_within, turn_back_segmenting
from survey_app.store import codebooks, schema, undo
from survey_app.store.log import Row, Store
from survey_app.store.revisions import open_source
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, counted, sentence

VERBS = (
    "add_coding",
    "remove_coding",
    "look_at_coding",
    "resize_coding",
    NEW_CODE,
    *MARKS,
    SPLIT,
    MERGE,
    CORRECT,
    SHIFT,
)
"""What undo turns back on the desk; having looked at a statement is not undone."""
OF_ALL = {"split": SPLIT, "merge": MERGE, "correct": CORRECT, "shift": SHIFT, "code": NEW_CODE}
"""Operations that change what belongs to everybody who codes the text, with their verbs: a researcher's."""
MOST_PASSED = 200
"""So many changes that can be turned no more are stepped over at one keystroke."""


class PassedOver(MessageError):
    """Changes that an undo or a redo (`kind`) can turn no more: the next one goes on with what follows them."""

    def __init__(self, changes: list[Row], why: list[Message], kind: str) -> None:
        super().__init__(why[0] if len(why) == 1 and why[0] != undo.CHANGED_SINCE else _passed(len(why), kind))
        self.changes = changes


def _passed(count: int, kind: str) -> Message:
    if kind == "undo":
        return counted(
            "{count} change cannot be undone any more: the same place has been changed since. "
            "Undo again for the one before it.",
            "{count} changes cannot be undone any more: the same places have been changed since. "
            "Undo again for the one before them.", count,
        )  # fmt: skip
    return counted(
        "{count} change cannot be done again: the same place has been changed since.",
        "{count} changes cannot be done again: the same places have been changed since.", count,
    )  # fmt: skip


@needs(Role.CODER)
def take(store: Store, desk: Desk, operations: Iterable[Operation]) -> Taken:
    """Apply operations in order, in one transaction; one that was applied before is settled without a repetition.

    A refused operation leaves every coding as it is, and the rest goes on. When this returns, all is on disk.
    """
    waiting = list(operations)
    taken = Taken([], [])
    if not waiting:
        return taken
    with store.writing() as connection:
        settled = answered(connection, [operation.name for operation in waiting])
        try:
            need_place(connection, desk.study_id, desk.source_id, desk.coder_id)
        except CodingRefused as problem:
            return Taken([each.name for each in waiting], [(each.name, problem.message) for each in waiting])
        terms = terms_within(connection, store, desk.study_id, desk.source_id, desk.coder_id)
        for operation in waiting:
            if operation.name not in settled:
                try:
                    with connection.begin_nested():
                        _need_permission(connection, store, desk, operation, terms)
                        _do(connection, desk, operation, terms)
                except MessageError as problem:
                    taken.refused.append((operation.name, problem.message))
                    remember(open_operation(connection, desk, operation, REFUSED), desk.coder_id, problem.message)
                    if isinstance(problem, PassedOver):
                        for change in problem.changes:
                            undo.pass_over(connection, change, desk.coder_key)
                settled[operation.name] = None
            elif why := settled[operation.name]:
                taken.refused.append((operation.name, why))
            taken.done.append(operation.name)
    return taken


def _need_permission(connection: Connection, store: Store, desk: Desk, operation: Operation, terms: Terms) -> None:
    """Raise CodingRefused for a text or a statement that is not the coder's to code, NotPermitted for their role."""
    if terms.closed is not None:
        raise CodingRefused(terms.closed)
    if operation.do in OF_ALL:
        permit(connection, store, desk.study_id, Role.RESEARCHER)
    if terms.sampled is not None:
        need_sampled(connection, desk, operation, terms.sampled)


def _do(connection: Connection, desk: Desk, operation: Operation, terms: Terms) -> None:
    """Whoever may not change what belongs to all turns back none of their earlier changes of it either."""
    verbs = VERBS if terms.shapes else tuple(verb for verb in VERBS if verb not in OF_ALL.values())
    if operation.do == "undo":
        _undo(connection, desk, operation, verbs)
    elif operation.do == "redo":
        _redo(connection, desk, operation, verbs)
    else:
        _ACTS[operation.do](connection, desk, operation)


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


def _shift(connection: Connection, desk: Desk, operation: Operation) -> None:
    shift_within(
        connection, desk.coder_key, desk.study_id, desk.source_id, operation.seconds, client=operation.client,
        seq=operation.seq,
    )  # fmt: skip


def _one_statement(operation: Operation) -> str:
    if len(operation.statements) != 1:
        raise CodingRefused(sentence("The browser sent something unknown. Load the page again."))
    return operation.statements[0]


def _undo(connection: Connection, desk: Desk, operation: Operation, verbs: tuple[str, ...]) -> None:
    mine = (connection, desk.study_id, desk.coder_key, desk.source_id, verbs)
    done, passed = undo.done_by(*mine, MOST_PASSED), undo.done_by(*mine, undo.MOST_TRIED_AGAIN, passed=True)
    both = sorted([*done, *passed], key=lambda change: int(change["id"]), reverse=True)
    if not _turn_first(connection, desk, operation, both, "undo", {change["id"] for change in passed}):
        raise CodingRefused(sentence("There is nothing more to undo in this text."))


def _redo(connection: Connection, desk: Desk, operation: Operation, verbs: tuple[str, ...]) -> None:
    undone = undo.undone_by(connection, desk.study_id, desk.coder_key, desk.source_id, verbs, MOST_PASSED)
    if not _turn_first(connection, desk, operation, undone, "redo", set()):
        raise CodingRefused(sentence("There is nothing to do again in this text."))


def _turn_first(
    connection: Connection, desk: Desk, operation: Operation, changes: list[Row], kind: str, passed: set[int]
) -> bool:
    """Turn the first of these changes that can be; False: none of them. Those `passed` over are tried in silence.

    Raises PassedOver, having turned nothing, with all that turn out to be turned no more before one that can.
    """
    refused: list[Row] = []
    why: list[Message] = []
    turned = False
    for change in changes:
        try:
            with connection.begin_nested() as attempt:
                _turn(connection, desk, operation, change, kind)
                if refused:
                    attempt.rollback()  # it is for the next keystroke: this one tells what is stepped over
            turned = True
            break
        except MessageError as problem:
            if change["id"] not in passed:
                refused.append(change)
                why.append(problem.message)
    if refused:
        raise PassedOver(refused, why, kind)
    return turned


def _turn(connection: Connection, desk: Desk, operation: Operation, change: Row, kind: str) -> None:
    name: dict[str, Any] = {"client": operation.client, "seq": operation.seq}
    if change["verb"] == NEW_CODE and kind == "undo":
        desk_codings.need_unused(connection, change)
    if change["verb"] == CORRECT:
        take_back(connection, change, desk.coder_key, kind, **name)
    elif change["verb"] in {SPLIT, MERGE}:
        turn_back_segmenting(connection, change, desk.coder_key, kind, **name)
    elif kind == "undo":
        undo.turn_back(connection, change, desk.coder_key, **name)
    else:
        undo.do_again(connection, change, desk.coder_key, **name)
    if change["verb"] == NEW_CODE:
        codebooks.rise_version_after(connection, desk.study_id)


def _look(connection: Connection, desk: Desk, operation: Operation) -> None:
    ours = of_the_sample(connection, desk)
    before = {row["statement_id"] for row in reviews(connection, desk)}
    new = [one for one in dict.fromkeys(operation.statements) if one in ours and one not in before]
    open_operation(connection, desk, operation, "look_at").insert(
        schema.review, [{"statement_id": one, "coder_id": desk.coder_id} for one in new]
    )


def _unlook(connection: Connection, desk: Desk, operation: Operation) -> None:
    given = set(operation.statements)
    taken_back = [row["id"] for row in reviews(connection, desk) if row["statement_id"] in given]
    open_operation(connection, desk, operation, "look_away").delete(schema.review, taken_back)


_ACTS: dict[str, Callable[[Connection, Desk, Operation], None]] = {
    "add": desk_codings.add, "remove": desk_codings.remove, "resize": desk_codings.resize,
    "accept": desk_codings.accept, "code": desk_codings.new_code, "flag": desk_marks.flag, "value": desk_marks.value,
    "memo": desk_marks.memo, "look": _look, "unlook": _unlook, "split": _split, "merge": _merge, "correct": _correct,
    "shift": _shift,
}  # fmt: skip
