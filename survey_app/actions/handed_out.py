"""What readers may have although no page of ours shows it: deposit packages, reports, and versions that a copy knew.

Every new version is judged beside them as beside those that stand. Nothing takes their place; a person can say that
nobody can read one any more.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from survey_app.actions.rights import needs
from survey_app.language import _
from survey_app.publishing.methods import date_in_words
from survey_app.store import results, schema
from survey_app.store.log import Row, Store, fetch, now
from survey_app.store.team import Role

DEPOSIT, REPORT, COPY = "deposit", "report", "copy"


@needs(Role.RESEARCHER)
def handed_out(store: Store, study: Row) -> list[Row]:
    """What readers may still have, newest first."""
    with store.reading() as connection:
        return results.handed_out(connection, study["id"])


@needs(Role.RESEARCHER)
def outside_versions(store: Store, study: Row) -> list[Row]:
    """The same in the form of releases, to be judged beside others: without a number, by the name that people know."""
    return [
        {"id": row["id"], "slug": called(row), "version": 0, "manifest": {"kept": row["kept"] or None}}
        for row in handed_out(store, study)
    ]


@needs(Role.RESEARCHER)
def hand_out(
    store: Store, person: str, study: Row, kind: str, name: str, kept: Mapping[str, Any], *,
    still: Callable[[], object] = lambda: None,
) -> None:  # fmt: skip
    """Note what is given to readers: who is counted where, what is hidden and quoted; the same once only.

    `still` raises where it may no longer go out: it is asked when nobody else can publish any more.
    """
    kept = json.loads(json.dumps(kept))
    with store.reading() as connection:
        if _is_known(connection, study["id"], kind, kept):
            return
    with store.change(study["id"], person, "hand_out") as change:
        still()
        if not _is_known(change.connection, study["id"], kind, kept):
            values = {"kind": kind, "name": name, "at": now(), "person": person, "kept": kept}
            change.insert(schema.handed_out, {"study_id": study["id"]} | values)


@needs(Role.RESEARCHER)
def nobody_reads(store: Store, person: str, study: Row, handed_id: str) -> None:
    """Write down that nobody can read it any more: nothing is judged beside it from then on."""
    with store.change(study["id"], person, "nobody_reads") as change:
        fetch(change.connection, schema.handed_out, handed_id, study["id"])
        change.update(schema.handed_out, handed_id, over_at=now())


def called(row: Row) -> str:
    """What was given out, as people know it."""
    if row["kind"] == COPY:
        return _("“{name}” (known from a copy)", name=row["name"])
    if row["kind"] == REPORT:
        return _("the report for readers of {date}", date=date_in_words(row["at"]))
    return _("the deposit package of {date}", date=date_in_words(row["at"]))


def _is_known(connection: Connection, study_id: str, kind: str, kept: Mapping[str, Any]) -> bool:
    there = results.handed_out(connection, study_id)
    return any((row["kind"], row["kept"]) == (kind, kept) for row in there)
