"""The versions of a codebook: who made them by what, and what differs between two of them, read from the log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from coding.codebook_changes import Difference, code_differences, section_differences
from survey_app.actions.rights import needs
from survey_app.actions.seen_codings import only_seen
from survey_app.store import codes as code_rows
from survey_app.store import schema
from survey_app.store.log import Row, Store, rows
from survey_app.store.team import Role


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its number, when and by whom it was made, and the act (`kind`: do, undo, redo)."""

    number: int
    at: str
    person: str
    verb: str
    kind: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two versions; `codings` and `gone` count codings that got another code, or went into
    others, on the way: of those that are seen."""

    differences: list[Difference]
    codings: int
    gone: int


@needs(Role.CODER)
def versions(store: Store, study_id: str) -> list[Version]:
    """All versions, newest first."""
    version, change = schema.codebook_version, schema.change
    query = (
        select(version.c.number, change.c.at, change.c.person, change.c.verb, change.c.kind)
        .join(change, version.c.change_id == change.c.id)
        .where(version.c.study_id == study_id)
        .order_by(version.c.number.desc())
    )
    with store.reading() as connection:
        return [Version(**row) for row in rows(connection, query)]


@needs(Role.CODER)
def compare_versions(store: Store, study_id: str, older: int, newer: int) -> Comparison:
    """What differs between version `older` and a later one; with `older` one less, what a version changed."""
    version, event = schema.codebook_version, schema.event
    query = (
        select(event)
        .join(version, version.c.change_id == event.c.change_id)
        .where(version.c.study_id == study_id, version.c.number > older, version.c.number <= newer)
        .where(event.c.entity.in_(["code", "codebook", "coding"]))
        .order_by(version.c.number, event.c.id)
    )
    with store.reading() as connection:
        events = rows(connection, query)
        present = {row["id"]: row for row in code_rows.codes(connection, study_id, archived=True)}
        touched = {one["entity_id"]: one["before"] or one["after"] for one in events if one["entity"] == "coding"}
        named = [row | {"id": row_id} for row_id, row in touched.items()]
        seen = {row["id"] for row in only_seen(connection, store, study_id, named)}
    before, after = _net([one for one in events if one["entity"] == "code"])
    found = code_differences(before, after, present)
    was, now = _net([one for one in events if one["entity"] == "codebook"])
    for row_id, old in was.items():
        new = now[row_id]
        if old and new:
            found += section_differences(old, new)
    first, last = _net([one for one in events if one["entity_id"] in seen])
    codings = sum(
        bool(old and (new := last[row_id]) and old["code_id"] != new["code_id"]) for row_id, old in first.items()
    )
    return Comparison(found, codings, sum(bool(old) and not last[row_id] for row_id, old in first.items()))


def _net(events: list[Row]) -> tuple[dict[str, Row | None], dict[str, Row | None]]:
    """The first state and the last of every row that was touched."""
    before: dict[str, Row | None] = {}
    after: dict[str, Row | None] = {}
    for one in events:
        before.setdefault(one["entity_id"], one["before"])
        after[one["entity_id"]] = one["after"]
    return before, after
