"""How trainees did against the adjudicated codings: shown to them once they have handed in, and to researchers."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, select

from coding.adjudication import TrainingResult, training_result
from coding.agreement import Agreement, agreement
from coding.comparing import ADJUDICATED as DECIDED
from coding.comparing import what_was_given
from coding.frames import Frames
from coding.judgements import UnusableCodings, judgements_of
from survey_app.actions.may_code import sampled_statements
from survey_app.actions.results import frames_with_training
from survey_app.actions.rights import acting_member, needs
from survey_app.store import schema
from survey_app.store.log import Row, Store
from survey_app.store.sight import ADJUDICATED, TRAINING, assignments
from survey_app.store.team import Role

REFERENCE = "adjudicated"
"""In the place of a second coder."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A training that was handed in: `row` is the assignment, `statements` those compared, by id.

    `agreement` is with what was decided, as between two coders; None where nothing can be compared.
    """

    row: Row
    result: TrainingResult
    agreement: Agreement | None
    statements: dict[str, Row]


@needs(Role.CODER, of_others=True)
def trainings(store: Store, study_id: str, coder_id: str | None = None) -> list[Trained]:
    """The trainings handed in: one's own for a coder, everybody's or one coder's for researchers.

    What the one who acts may not see (`store.sight`) is left out.
    """
    member = acting_member(store, study_id)
    if member is not None and member.role < Role.RESEARCHER:
        coder_id = member.coder_id or ""
    with store.reading() as connection:
        done = [
            row
            for row in assignments(connection, study_id)
            if row["purpose"] == TRAINING and row["finished_at"] and coder_id in {None, row["coder_id"]}
        ]
        if not done:
            return []
        frames = frames_with_training(store, study_id)
        seen = set(frames.codings.loc[frames.codings["layer"] == ADJUDICATED, "source_id"])
        return [_trained(connection, study_id, frames, row) for row in done if row["source_id"] in seen]


def _trained(connection: Connection, study_id: str, frames: Frames, row: Row) -> Trained:
    source_id, coder = row["source_id"], row["coder_key"]
    drawn = sampled_statements(connection, study_id, source_id, row["coder_id"])
    statements = frames.statements[frames.statements["source_id"] == source_id]
    if drawn is not None:
        statements = statements[statements["statement_id"].isin(drawn)]
    here = frames.codings[frames.codings["source_id"] == source_id]
    codings = here[(here["layer"] == ADJUDICATED) | (here["coder_id"] == coder)]
    reviews = _looks(connection, source_id, row["coder_id"], coder)
    settled = _settled(connection, source_id)
    decided = statements["statement_id"].tolist() if settled is None else settled
    given = what_was_given(statements, codings, reviews, [coder], codes=frames.codes, decided=decided)
    compared = {statement_id for statement_id, _decided, _own in given.both(DECIDED, coder)}
    return Trained(
        row, training_result(given, coder), _agreement(statements, codings, compared, coder),
        {each["statement_id"]: each for each in statements.to_dict("records") if each["statement_id"] in compared},
    )  # fmt: skip


def _agreement(statements: pd.DataFrame, codings: pd.DataFrame, compared: set[str], coder: str) -> Agreement | None:
    """As between two coders: the trainee, and what was decided."""
    who = codings["coder_id"].where(codings["layer"] != ADJUDICATED, REFERENCE)
    looks = pd.DataFrame(
        [(statement_id, one) for statement_id in sorted(compared) for one in (coder, REFERENCE)],
        columns=["statement_id", "coder_id"],
    )
    kept = statements[statements["statement_id"].isin(compared)]
    try:
        return agreement(judgements_of(kept, codings.assign(layer="coder", coder_id=who), looks), resamples=0)
    except UnusableCodings:
        return None


def _looks(connection: Connection, source_id: str, coder_id: str, coder_key: str) -> pd.DataFrame:
    review, statement = schema.review, schema.statement
    query = select(review.c.statement_id).join(statement, statement.c.id == review.c.statement_id)
    found = connection.scalars(query.where(statement.c.source_id == source_id, review.c.coder_id == coder_id))
    return pd.DataFrame([(each, coder_key) for each in found], columns=["statement_id", "coder_id"])


def _settled(connection: Connection, source_id: str) -> set[str] | None:
    """Statements of a source that are decided; None where no decision is kept, as after an import: then all are."""
    decision, statement = schema.decision, schema.statement
    query = select(decision.c.statement_id).join(statement, statement.c.id == decision.c.statement_id)
    return set(connection.scalars(query.where(statement.c.source_id == source_id))) or None
