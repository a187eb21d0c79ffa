"""The codings that lie on one statement: which of them count for it, and what is left when the adjudicated ones go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, select

from coding.codings import places_of_codes
from coding.comparing import Given, what_was_given
from survey_app.store import schema, sources
from survey_app.store.decisions import decision_on
from survey_app.store.log import Change, Row, fetch, rows
from survey_app.store.revisions import open_source
from survey_app.store.sight import ADJUDICATED

_NOBODY = pd.DataFrame(columns=["statement_id", "coder_id"])


@dataclass(frozen=True, slots=True)
class Nearby:
    """A statement of which something is decided. `statements` are all of its text; `codings` those that overlap it, of
    every layer, with the keys of code and coder; `decided` is the decision on it, None where there is none."""

    source_id: str
    statement: Row
    statements: pd.DataFrame
    codings: pd.DataFrame
    decided: Row | None

    def given(self, coders: Iterable[str]) -> Given:
        """What these coders gave the statement."""
        names = [key for key in dict.fromkeys(coders) if key]
        return what_was_given(self.statements, self.codings, _NOBODY, names)


def nearby(connection: Connection, study_id: str, statement_id: str) -> Nearby:
    """Take hold of a statement inside a writing transaction: others who would decide at its text wait. Raises Gone."""
    found = fetch(connection, schema.statement, statement_id)
    source = open_source(connection, study_id, found["source_id"])
    statement = fetch(connection, schema.statement, statement_id)
    text, listed = source["text"], sources.statements(connection, source["id"])
    statements = pd.DataFrame(
        {
            "statement_id": [row["id"] for row in listed],
            "source_id": source["id"],
            "order": range(len(listed)),
            "start": [row["start"] for row in listed],
            "end": [row["end"] for row in listed],
            "text": [text[row["start"] : row["end"]] for row in listed],
        }
    )
    return Nearby(
        source["id"], statement, statements, _codings(connection, source["id"], statement),
        decision_on(connection, statement_id),
    )  # fmt: skip


def clear(change: Change, here: Nearby) -> None:
    """Take the decision and the adjudicated codings off the statement. What such a coding says of its neighbours stays
    there, under the name of who decided on them."""
    if here.decided is not None:
        change.delete(schema.decision, here.decided["id"])
    settled = here.codings[here.codings["layer"] == ADJUDICATED]
    placed = places_of_codes(here.statements, settled)
    here_id = here.statement["id"]
    for coding_id in placed[placed["statement_id"] == here_id]["coding_id"].tolist():
        row = fetch(change.connection, schema.coding, coding_id)
        beside = placed[(placed["coding_id"] == coding_id) & (placed["statement_id"] != here_id)]
        before, after = (
            beside[beside["start"] < here.statement["start"]],
            beside[beside["start"] >= here.statement["end"]],
        )
        kept = [(part["start"].min(), part["end"].max()) for part in (before, after) if len(part)]
        change.delete(schema.coding, coding_id)
        change.insert(
            schema.coding,
            [
                {name: value for name, value in row.items() if name != "id"} | {"start": int(start), "end": int(end)}
                for start, end in kept
            ],
        )


def _codings(connection: Connection, source_id: str, statement: Row) -> pd.DataFrame:
    coding, code, coder = schema.coding, schema.code, schema.coder
    query = (
        select(
            coding.c.id.label("coding_id"), coding.c.source_id, coding.c.start, coding.c.end,
            code.c.key.label("code_id"), coder.c.key.label("coder_id"), coding.c.layer, coding.c.origin,
        )
        .join(code, code.c.id == coding.c.code_id)
        .join(coder, coder.c.id == coding.c.coder_id)
        .where(coding.c.source_id == source_id)
        .where(coding.c.start < statement["end"], coding.c.end > statement["start"])
    )  # fmt: skip
    names = ["coding_id", "source_id", "start", "end", "code_id", "coder_id", "layer", "origin"]
    return pd.DataFrame(rows(connection, query), columns=names)
