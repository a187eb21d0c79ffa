"""Notices in place of published versions: which can be reached, and how one is left."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from survey_app.language import in_each_language, translate
from survey_app.publishing.folders import UnwritableRelease
from survey_app.publishing.withdrawing import withdraw_release
from survey_app.settings import settings
from survey_app.store import schema
from survey_app.store.log import Change, Row, now
from transcripts.messages import Message, sentence

PART_WITHDRAWN = sentence("Part of what it showed may no longer be shown.")
REPLACED = sentence("A newer version stands in its place.")


def folder_of(release: Row) -> Path:
    """Where a release was written."""
    return Path(release["manifest"].get("elsewhere") or settings().releases_folder)


def reachable(release: Row) -> bool:
    """Whether a notice can be left in the place of a version."""
    place = folder_of(release) / release["slug"] / f"v{release['version']}"
    return place.is_dir() and os.access(place, os.W_OK)


def not_here(release: Row) -> Message:
    """That a version cannot be reached, and what to do."""
    return sentence(
        "Version {version} of “{slug}” in {folder} cannot be reached: take it down there yourself, and then say on the "
        "page “Publish” that nobody can open it any more.",
        version=release["version"], slug=release["slug"], folder=str(folder_of(release)),
    )  # fmt: skip


def leave_notices(change: Change, releases: Sequence[Row], reason: tuple[str, str]) -> tuple[int, list[Message]]:
    """Notices in place of versions, with the reason in English and in Russian, and a mark in the store, inside an open
    change; how many there are, and what stood in the way of others."""
    done, problems = 0, []
    for row in releases:
        if not reachable(row):
            problems.append(not_here(row))
            continue
        try:
            withdraw_release(folder_of(row), row["slug"], row["version"], *reason, now())
        except UnwritableRelease as problem:
            problems.append(problem.message)
            continue
        mark_withdrawn(change, row)
        done += 1
    return done, problems


def mark_withdrawn(change: Change, release: Row) -> None:
    """Write down that nobody can open a version any more."""
    change.update(schema.release, release["id"], manifest=release["manifest"] | {"withdrawn_at": now()})


def in_both(reason: Message) -> tuple[str, str]:
    """A reason in English and in Russian."""
    told = in_each_language(lambda: translate(reason))
    return told["en"], told["ru"]
