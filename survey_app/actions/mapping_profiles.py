"""Mappings of a questionnaire's columns that a study keeps, to be proposed again for a file like it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from survey_app.actions.rights import needs
from survey_app.questionnaires.profiles import LONGEST_NAME, Mapped, UnusableMapping, read_mapping
from survey_app.store import schema
from survey_app.store.log import Row, Store, fetch, now, rows
from survey_app.store.team import Role
from transcripts.messages import sentence

MOST_KEPT = 100


@dataclass(frozen=True)
class Profile:
    """A mapping that is kept: its id, its name, when it was kept, and what it says."""

    id: str
    name: str
    created_at: str
    mapped: Mapped


@needs(Role.RESEARCHER)
def mapping_profiles(store: Store, study_id: str) -> list[Profile]:
    """What the study keeps, by name; what was changed beyond use by other hands is left out."""
    with store.reading() as connection:
        found = _kept(connection, study_id)
    profiles = []
    for row in found:
        try:
            profiles.append(Profile(row["id"], row["name"], row["created_at"], read_mapping(row["mapping"])))
        except UnusableMapping:
            continue
    return profiles


@needs(Role.RESEARCHER)
def keep_mapping(store: Store, person: str, study_id: str, name: str, mapped: Mapped) -> str:
    """Keep a mapping under a name, in the place of one that has it; returns its id. Raises UnusableMapping."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise UnusableMapping(sentence("A mapping needs a name."))
    mapping = json.loads(json.dumps(mapped.to_json() | {"name": name}))
    read_mapping(mapping)
    with store.change(study_id, person, "keep_mapping") as change:
        kept = _kept(change.connection, study_id)
        same = next((row for row in kept if row["name"] == name), None)
        if same is not None:
            if same["mapping"] != mapping:
                change.update(schema.mapping_profile, same["id"], platform=mapped.platform, mapping=mapping)
            return str(same["id"])
        if len(kept) >= MOST_KEPT:
            raise UnusableMapping(
                sentence("The study keeps {most} mappings already. Delete some that are no longer needed.",
                         most=MOST_KEPT)
            )  # fmt: skip
        row = {"study_id": study_id, "name": name, "platform": mapped.platform, "mapping": mapping}
        return change.insert(schema.mapping_profile, row | {"created_at": now()})[0]


@needs(Role.RESEARCHER)
def delete_mapping(store: Store, person: str, study_id: str, mapping_id: str) -> None:
    """Forget a mapping; questionnaires stored with it stay. Raises Gone for one of another study."""
    with store.change(study_id, person, "delete_mapping") as change:
        change.delete(
            schema.mapping_profile, fetch(change.connection, schema.mapping_profile, mapping_id, study_id)["id"]
        )


def _kept(connection: Connection, study_id: str) -> list[Row]:
    table = schema.mapping_profile
    return rows(connection, select(table).where(table.c.study_id == study_id).order_by(table.c.name))
