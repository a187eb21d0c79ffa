"""Versions that readers can open and no row of the store knows: of a publication that broke off, or of a study that was
deleted and came back from a copy. Nobody can judge anything beside them, so they are taken down first."""

from contextlib import suppress
from pathlib import Path

from survey_app.actions.rights import needs
from survey_app.publishing.folders import UnwritableRelease, versions_in, withdrawn_in
from survey_app.settings import settings
from survey_app.store import results
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message, counted, sentence


@needs(Role.RESEARCHER)
def unrecorded(store: Store, study: Row) -> dict[str, list[int]]:
    """Their numbers by the names of the study: its own, and those under which it has published."""
    with store.reading() as connection:
        names = dict.fromkeys([study["slug"], *(row["slug"] for row in results.releases(connection, study["id"]))])
        rows = {name: results.versions_of(connection, name) for name in names}
    found = {
        name: _lying(name, rows[name]) - _notices(name)
        for name in names
        if all(row["study_id"] == study["id"] for row in rows[name])
    }
    return {name: sorted(versions) for name, versions in found.items() if versions}


@needs(Role.RESEARCHER)
def unrecorded_reasons(store: Store, study: Row, slug: str) -> list[Message]:
    """Why nothing goes out before these are taken down; and why not under `slug` where a study that is no longer here
    has published under it."""
    found = unrecorded(store, study)
    reasons = [
        counted(
            "Readers can open {count} version of “{slug}” of which nobody knows any more whom it counted. Take it down "
            "first, on the page “Publish”.",
            "Readers can open {count} versions of “{slug}” of which nobody knows any more whom they counted. Take them "
            "down first, on the page “Publish”.",
            len(versions), slug=name,
        )
        for name, versions in found.items()
    ]  # fmt: skip
    if slug and slug != study["slug"] and slug not in found:
        with store.reading() as connection:
            known = results.versions_of(connection, slug)
        if not known and _lying(slug, known):
            reasons.append(
                sentence(
                    "“{slug}” was published by a study that is no longer here; readers would take this one for it. "
                    "Choose another name.",
                    slug=slug,
                )
            )
    return reasons


def _lying(name: str, known: list[Row]) -> set[int]:
    """Versions in our folder of releases that the store does not know to be there."""
    folder, lying = settings().releases_folder, set[int]()
    with suppress(UnwritableRelease):  # what cannot be a name in an address was never one
        lying.update(versions_in(folder, name))
    places = {row["version"]: Path(row["manifest"].get("elsewhere") or folder) for row in known}
    return {version for version in lying if version not in places or places[version].resolve() != folder.resolve()}


def _notices(name: str) -> set[int]:
    with suppress(UnwritableRelease):
        return set(withdrawn_in(settings().releases_folder, name))
    return set()
