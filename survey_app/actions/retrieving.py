"""Find coded statements by a query, and keep queries. A coder finds their own codings or the adjudicated ones."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from coding.frames import Frames
from coding.queries import ADJUDICATED, Query, find, renamed, tally
from coding.query_form import read_query, write_query
from survey_app.actions.results import coded_statements, frames_of
from survey_app.actions.rights import needs
from survey_app.actions.undoing import undo_own
from survey_app.store import retrieval, schema
from survey_app.store.log import Row, Store, fetch, now
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

LONGEST_NAME = 120
MOST_SAVED = 200
VERBS = ("save_query", "delete_query")


class QueryProblem(MessageError):
    """A query that cannot be kept."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found: statements (`coding.queries.COLUMNS`), experts and statements by group, and the study."""

    query: Query
    statements: pd.DataFrame
    counts: pd.DataFrame
    frames: Frames


@needs(Role.CODER)
def retrieve(store: Store, study_id: str, coder_id: str, query: Query) -> Found:
    """Run a query as this coder. Raises UnusableQuery, and Gone for a coder of another study.

    A code that was merged into another is looked for as the other. With groups chosen, k and n are of the experts of
    these groups.
    """
    frames = frames_of(store, study_id)
    with store.reading() as connection:
        coder = fetch(connection, schema.coder, coder_id, study_id)
        merged = retrieval.merged_codes(connection, study_id)
        values = retrieval.values_of(connection, study_id, coder_id)
        days = retrieval.days_of(connection, study_id)
    query = replace(query, that=renamed(query.that, merged))
    found = find(
        query, frames.statements, coded_for(store, study_id, query.layer, coder["key"]), frames.codes, frames.experts,
        pd.DataFrame(values, columns=["statement_id", "attribute", "value"]), days,
    )  # fmt: skip
    experts = frames.experts
    if query.where.groups:
        experts = experts[experts["group_id"].isin(query.where.groups)]
    return Found(query, found, tally(found, experts, frames.groups), frames)


@needs(Role.CODER)
def coded_for(store: Store, study_id: str, layer: str, coder_key: str) -> pd.DataFrame:
    """The codes of statements that a coder may see: the adjudicated ones where asked for, else their own."""
    return coded_statements(store, study_id, None if layer == ADJUDICATED else coder_key)


def by_expert(found: Found) -> list[dict[str, Any]]:
    """The statements with those of one expert together: groups in their order, those of nobody known last."""
    order = {key: place for place, key in enumerate(found.frames.groups.sort_values("order")["group_id"])}
    experts = {key: place for place, key in enumerate(found.frames.experts["expert_id"])}
    last = len(order) + len(experts)
    rows: list[dict[str, Any]] = found.statements.to_dict("records")  # type: ignore[assignment]
    return sorted(rows, key=lambda row: (order.get(row["group_id"], last), experts.get(row["expert_id"], last)))


@needs(Role.CODER)
def queries_of(store: Store, study_id: str, coder_id: str) -> list[Row]:
    """The coder's saved queries by name; `query` is as `coding.query_form` writes it."""
    with store.reading() as connection:
        return retrieval.saved_queries(connection, study_id, coder_id)


@needs(Role.CODER)
def save_query(store: Store, person: str, study_id: str, coder_id: str, name: str, query: Query) -> str:
    """Keep a query under a name of its own; returns its id. Raises QueryProblem."""
    written = write_query(read_query(write_query(query)))
    with store.change(study_id, person, "save_query") as change:
        fetch(change.connection, schema.coder, coder_id, study_id)
        known = retrieval.saved_queries(change.connection, study_id, coder_id)
        if len(known) >= MOST_SAVED:
            raise QueryProblem(
                sentence("You have {most} saved queries already. Delete some that you no longer need.", most=MOST_SAVED)
            )
        row = {"study_id": study_id, "coder_id": coder_id, "name": _free(known, name), "query": written}
        return change.insert(schema.saved_query, row | {"created_at": now()})[0]


@needs(Role.CODER)
def replace_query(
    store: Store, person: str, study_id: str, coder_id: str, query_id: str, name: str, query: Query
) -> None:
    """Put a query and its name in the place of a saved one: one change, or none where both are as they were.

    Raises QueryProblem, and Gone for a query of somebody else.
    """
    written = write_query(read_query(write_query(query)))
    with store.reading() as connection:
        present = _own(connection, study_id, coder_id, query_id)
    if present["query"] == written and present["name"] == " ".join(name.split()):
        return
    with store.change(study_id, person, "save_query") as change:
        own = _own(change.connection, study_id, coder_id, query_id)
        others = [
            row for row in retrieval.saved_queries(change.connection, study_id, coder_id) if row["id"] != own["id"]
        ]
        change.update(schema.saved_query, own["id"], name=_free(others, name), query=written)


@needs(Role.CODER)
def follow_merges(store: Store, study_id: str, query: Query) -> Query:
    """The query with codes that were merged into others by the keys of the others."""
    with store.reading() as connection:
        return replace(query, that=renamed(query.that, retrieval.merged_codes(connection, study_id)))


@needs(Role.CODER)
def delete_query(store: Store, person: str, study_id: str, coder_id: str, query_id: str) -> None:
    """Forget a saved query; undo brings it back. Raises Gone for a query of somebody else."""
    with store.change(study_id, person, "delete_query") as change:
        change.delete(schema.saved_query, _own(change.connection, study_id, coder_id, query_id)["id"])


def _own(connection: Connection, study_id: str, coder_id: str, query_id: str) -> Row:
    found = retrieval.saved_queries(connection, study_id, coder_id)
    own = next((row for row in found if row["id"] == query_id), None)
    return own or fetch(connection, schema.saved_query, query_id, "")


def _free(known: list[Row], name: str) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise QueryProblem(sentence("A query that is kept needs a name."))
    if len(wanted) > LONGEST_NAME:
        raise QueryProblem(sentence("The name is longer than {most} characters. Shorten it.", most=LONGEST_NAME))
    if any(row["name"] == wanted for row in known):
        raise QueryProblem(sentence("You already have a query named “{name}”. Choose another name.", name=wanted))
    return wanted


@needs(Role.CODER)
def undo_query(store: Store, person: str, study_id: str) -> bool:
    """Turn back this person's own last change of saved queries. False: there is none. Raises UndoRefused."""
    with store.writing() as connection:
        return undo_own(connection, person, study_id, VERBS) > 0
