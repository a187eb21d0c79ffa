"""What a browser may ask of the coding desk: one operation for each act, each with a name of its own in the log."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from survey_app.actions.answered import Name
from survey_app.actions.correcting import LONGEST_TURN
from survey_app.actions.desk_paper import Desk
from survey_app.store.log import Change, open_change


class Operation(BaseModel):
    """One act of the browser. Undo and redo need no more than their name.

    `about` and `label` tell what a flag, a value or a memo belongs to: the id of a row, and the attribute or the kind
    of the row. Their `text` is what is set; none takes it away. A new code hangs under `parent` and is called `label`.

    `seen` are the words over which a memo was written: what another tab has made of them meanwhile stays above it.

    `revision` is that of the text which the browser showed: all places refer to it. None: the present one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    client: str = Field(min_length=1, max_length=64)
    seq: int = Field(ge=1, le=2**31 - 1)
    do: Literal["add", "remove", "undo", "redo", "look", "unlook", "accept", "split", "merge", "correct", "resize",
                "flag", "value", "memo", "code", "shift"]  # fmt: skip
    coding: str = Field("", pattern=r"^([0-9a-f-]{36})?$")
    code: str = Field("", max_length=36)
    parent: str = Field("", max_length=36)
    about: str = Field("", max_length=36)
    label: str = Field("", max_length=120)
    start: int = 0
    end: int = 0
    statements: list[str] = Field(default=[], max_length=20_000)
    revision: int | None = Field(None, ge=0)
    turn: int = Field(-1, ge=-1)
    text: str = Field("", max_length=LONGEST_TURN + 1)
    seconds: float = 0.0
    seen: str | None = Field(None, max_length=LONGEST_TURN + 1)

    @property
    def name(self) -> Name:
        """What it is called in the log."""
        return self.client, self.seq


def open_operation(connection: Connection, desk: Desk, operation: Operation, verb: str) -> Change:
    """Begin the change that an operation makes: the coder's, at this source."""
    return open_change(
        connection, desk.study_id, desk.coder_key, verb, scope=desk.source_id, client=operation.client,
        seq=operation.seq,
    )  # fmt: skip
