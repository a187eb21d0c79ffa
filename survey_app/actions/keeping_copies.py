"""The copies of studies in the data folder: when another is due, which stay, which are there."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from survey_app.actions.backing_up import Progress, back_up
from survey_app.actions.backup_format import (
    LONGEST_MANIFEST,
    MANIFEST,
    SLUG,
    SUFFIX,
    BackupProblem,
    Manifest,
    file_name,
    read_manifest,
)
from survey_app.actions.rights import needs
from survey_app.store.copying import newest_change
from survey_app.store.log import Row, Store
from survey_app.store.migrate import revisions
from survey_app.store.team import Role

DAYS = 7
WEEKS = 4
_NAME = re.compile(rf"(?P<slug>.+)-(?P<at>\d{{4}}-\d\d-\d\d-\d{{6}}){re.escape(SUFFIX)}")
_FORGOTTEN = timedelta(days=1)
"""Age at which a copy that was never finished is swept away."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a study that lies in the data folder."""

    file: Path
    at: datetime
    bytes: int


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Which copies stay: the newest of a day, for the last seven days that have any; the same for four weeks.

    Of the newest day all stay: what is copied after a mistake must not sweep away what was copied before it.
    """
    moments = list(moments)
    newest_of_day: dict[date, datetime] = {}
    newest_of_week: dict[tuple[int, int], datetime] = {}
    for moment in sorted(moments):
        newest_of_day[moment.date()] = moment
        newest_of_week[moment.isocalendar()[:2]] = moment
    today = max(newest_of_day, default=None)
    return (
        {moment for moment in moments if moment.date() == today}
        | set(sorted(newest_of_day.values())[-DAYS:])
        | set(sorted(newest_of_week.values())[-WEEKS:])
    )


def copies_of(folder: Path, slug: str) -> list[Copy]:
    """The copies of a study below `folder`, newest first."""
    found = []
    with suppress(OSError):
        for file in _home(folder, slug).iterdir():
            name = _NAME.fullmatch(file.name)
            if name is not None and name["slug"] == slug:
                at = datetime.strptime(name["at"], "%Y-%m-%d-%H%M%S").replace(tzinfo=UTC)
                found.append(Copy(file, at, file.stat().st_size))
    return sorted(found, key=lambda copy: copy.at, reverse=True)


def copied(folder: Path) -> list[str]:
    """Names of the studies of which there are copies, also of those that are no more."""
    with suppress(OSError):
        return sorted(home.name for home in folder.iterdir() if copies_of(folder, home.name))
    return []


@needs(Role.OWNER)
def copy_now(
    store: Store, study: Row, folder: Path, *, at: datetime | None = None,
    progress: Progress = lambda _share: None,
) -> Copy:  # fmt: skip
    """Make a copy below `folder` and sweep away those that need not stay. Raises BackupProblem.

    Sound and pictures are left out: they never change, lie in the data folder already, and eleven copies would fill it.
    """
    moment = (at or datetime.now(UTC)).replace(microsecond=0)
    home = _home(folder, study["slug"])
    file = back_up(
        store, study, home / file_name(home.name, moment.isoformat()), at=moment.isoformat(), progress=progress
    )  # fmt: skip
    _sweep(folder, study["slug"])
    return Copy(file, moment, file.stat().st_size)


@needs(Role.OWNER)
def is_due(store: Store, study: Row, folder: Path, at: datetime) -> bool:
    """Whether the study has no copy of this day yet and has changed since its last one, or its tables have."""
    there = copies_of(folder, study["slug"])
    if not there:
        return True
    if there[0].at.date() >= at.date():
        return False
    said = _manifest(there[0].file)
    if said is None or said.study["id"] != study["id"] or said.schema != revisions()[0]:
        return True
    with store.reading() as connection:
        return newest_change(connection, study["id"]) != said.last_change


def _home(folder: Path, slug: str) -> Path:
    return folder / slug if SLUG.fullmatch(slug) else folder / "study"


def _manifest(file: Path) -> Manifest | None:
    try:
        with ZipFile(file) as archive, archive.open(MANIFEST) as opened:
            return read_manifest(opened.read(LONGEST_MANIFEST), file.name)
    except (OSError, BadZipFile, BackupProblem, KeyError, RuntimeError, EOFError):
        return None


def _sweep(folder: Path, slug: str) -> None:
    there = copies_of(folder, slug)
    stay = kept(copy.at for copy in there)
    for copy in there:
        if copy.at not in stay:
            copy.file.unlink(missing_ok=True)
    for part in _home(folder, slug).glob(".making-*.part"):
        with suppress(OSError):
            if part.stat().st_mtime < time.time() - _FORGOTTEN.total_seconds():
                part.unlink()
