"""The server's side of settling by keyboard: apply what the browser sends, once and only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection

from coding.codings import codes_of_statements
from survey_app.actions.adjudicating import (
    LONGEST_REASON,
    CannotSettle,
    Settler,
    reopen_within,
    settle_within,
    settler,
    undo_within,
)
from survey_app.actions.anchors import anchor_within
from survey_app.actions.answered import REFUSED, Name, Taken, answered, remember
from survey_app.actions.rights import needs, sight_of
from survey_app.store import decisions as decision_rows
from survey_app.store.log import Row, Store, open_change
from survey_app.store.sight import comparable
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, sentence

UNKNOWN = sentence("The browser sent something unknown. Load the page again.")


class Step(BaseModel):
    """One act of the browser. `codes` leads from the key of a code to that of the coder whose words are taken, "" for
    the whole statement; `decision` is what the decision will be called, `seen` the one that was on the screen."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    client: str = Field(min_length=1, max_length=64)
    seq: int = Field(ge=1, le=2**31 - 1)
    do: Literal["settle", "reopen", "undo", "anchor"]
    statement: str = Field("", max_length=36)
    decision: str = Field("", max_length=36)
    seen: str = Field("", max_length=36)
    codes: dict[str, str] = Field(default={}, max_length=100)
    reason: str = Field("", max_length=LONGEST_REASON)
    code: str = Field("", max_length=80)
    counter: bool = False

    @property
    def name(self) -> Name:
        """What it is called in the log."""
        return self.client, self.seq


@needs(Role.CODER)
def take_steps(store: Store, person: str, study_id: str, steps: Sequence[Step]) -> Taken:
    """Apply steps in order; one that was applied before is settled without a repetition, and a refused one leaves
    everything as it is. When this returns, all is on disk."""
    taken = Taken([], [])
    if not steps:
        return taken
    with store.writing() as connection:
        who = settler(connection, store, person, study_id)
        known = answered(connection, [step.name for step in steps])
        for step in steps:
            if step.name not in known:
                known[step.name] = _take(connection, who, step)
            if why := known[step.name]:
                taken.refused.append((step.name, why))
            taken.done.append(step.name)
    return taken


def read_steps(sent: object) -> tuple[list[Step], list[tuple[Name, Message]]]:
    """Understand what a browser sent: steps, and those that make no sense but have a name to answer to."""
    steps: list[Step] = []
    refused: list[tuple[Name, Message]] = []
    for entry in sent if isinstance(sent, list) else []:
        try:
            steps.append(Step.model_validate(entry))
        except ValidationError:
            client, seq = (entry.get("client"), entry.get("seq")) if isinstance(entry, dict) else (None, None)
            if isinstance(client, str) and isinstance(seq, int):
                refused.append(((client, seq), UNKNOWN))
    return steps, refused


def _take(connection: Connection, who: Settler, step: Step) -> Message | None:
    """Do one step; why it was refused, or None."""
    name: dict[str, Any] = {"client": step.client, "seq": step.seq}
    try:
        with connection.begin_nested():
            problem = _ACTS[step.do](connection, who, step, name)
    except MessageError as refused:
        problem = refused
    if problem is None:
        return None
    remember(open_change(connection, who.study_id, who.person, REFUSED, **name), who.coder_id, problem.message)
    return problem.message


def _settle(connection: Connection, who: Settler, step: Step, name: dict[str, Any]) -> None:
    settle_within(
        connection, who, step.statement, step.codes, step.reason, seen=step.seen, decision_id=step.decision, **name
    )


def _reopen(connection: Connection, who: Settler, step: Step, name: dict[str, Any]) -> None:
    if not reopen_within(connection, who, step.statement, seen=step.seen, **name):
        raise CannotSettle(sentence("Nothing is decided here yet."))


def _undo(connection: Connection, who: Settler, step: Step, name: dict[str, Any]) -> MessageError | None:
    turned = undo_within(connection, who, **name)
    if isinstance(turned, MessageError):
        return turned  # what is passed over is noted, and stays so
    return None if turned else CannotSettle(sentence("There is no decision of yours to take back."))


def _anchor(connection: Connection, who: Settler, step: Step, name: dict[str, Any]) -> None:
    anchor_within(connection, who, step.statement, step.code, step.reason, counter=step.counter, **name)


_ACTS: dict[str, Callable[[Connection, Settler, Step, dict[str, Any]], MessageError | None]] = {
    "settle": _settle, "reopen": _reopen, "undo": _undo, "anchor": _anchor,
}  # fmt: skip


@needs(Role.CODER)
def decided_now(store: Store, study_id: str, statements: pd.DataFrame) -> dict[str, Row]:
    """What is decided of these statements (rows of STATEMENTS) now: by id {id, who, reason, how, codes: keys}.

    Only of texts that the one who acts may compare.
    """
    with store.reading() as connection:
        can = comparable(connection, sight_of(connection, store, study_id), study_id)
        statements = statements[statements["source_id"].isin(can)]
        wanted = set(statements["statement_id"])
        found = [row for row in decision_rows.decisions(connection, study_id) if row["statement_id"] in wanted]
        decided = [row["statement_id"] for row in found]
        lying = decision_rows.settled_codings(connection, study_id, decided)
    codings = pd.DataFrame(lying, columns=decision_rows.CODING)
    statements = statements[statements["statement_id"].isin(decided)]
    codes: dict[str, set[str]] = {}
    placed = codes_of_statements(statements, codings)
    for statement_id, code_id in zip(placed["statement_id"], placed["code_id"], strict=True):
        codes.setdefault(statement_id, set()).add(code_id)
    return {
        row["statement_id"]: {
            "id": row["id"], "who": row["coder_key"], "reason": row["reason"], "how": row["how"],
            "codes": sorted(codes.get(row["statement_id"], ())),
        }
        for row in found
    }  # fmt: skip
