"""Where releases lie: `<slug>/vN/` for each version, `<slug>/latest/` for the newest. A version is never changed."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from jinja2 import Template

from transcripts.messages import MessageError, sentence

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
WITHDRAWN = "withdrawn.json"
"""The file that makes of a folder a notice: when and why."""
_VERSION = re.compile(r"v([1-9][0-9]*)")


class UnwritableRelease(MessageError):
    """A release that cannot be put where it should go."""


def check_slug(slug: str) -> str:
    """The slug, if it may stand in an address. Raises UnwritableRelease."""
    if not _SLUG.fullmatch(slug):
        raise UnwritableRelease(
            sentence(
                "“{slug}” cannot be a name in an address: use small Latin letters, digits and hyphens, at most 60, and "
                "begin with a letter or digit.",
                slug=slug,
            )
        )
    return slug


def versions_in(folder: Path, slug: str) -> list[int]:
    """The versions of a release that lie in `folder`, ascending."""
    home = folder / check_slug(slug)
    if not home.is_dir():
        return []
    return sorted(int(found.group(1)) for each in home.iterdir() if (found := _VERSION.fullmatch(each.name)))


@contextmanager
def staging(home: Path) -> Iterator[Path]:
    """A hidden folder beside the versions, gone afterwards unless `claim` took it. Raises UnwritableRelease."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        written = Path(mkdtemp(prefix=".making-", dir=home))
        written.chmod(0o755)
        try:
            yield written
        finally:
            shutil.rmtree(written, ignore_errors=True)
            with suppress(OSError):
                home.rmdir()  # only if nothing at all lies in it
    except OSError as problem:
        raise UnwritableRelease(
            sentence(
                "The release cannot be written to {folder}: {reason}. Choose another folder, or make room there.",
                folder=str(home), reason=problem.strerror or type(problem).__name__,
            )
        ) from problem  # fmt: skip


def claim(written: Path, home: Path, version: int) -> Path:
    """Turn a finished staging folder into a version. Raises UnwritableRelease if that version is there already."""
    final = home / f"v{version}"
    try:
        if not final.exists():
            return written.rename(final)
    except OSError:  # a folder that is not empty cannot be replaced: of two who publish at once, one comes too late
        if not final.exists():
            raise
    raise UnwritableRelease(
        sentence("Version {version} lies in {folder} already and stays as it is.", version=version, folder=str(home))
    )


def withdrawn_in(folder: Path, slug: str) -> list[int]:
    """The versions that lie there as a notice alone, ascending."""
    home = folder / check_slug(slug)
    return [version for version in versions_in(folder, slug) if (home / f"v{version}" / WITHDRAWN).is_file()]


def newest_in(home: Path) -> int | None:
    """The newest version that is not withdrawn; None where there is none."""
    kept = set(versions_in(home.parent, home.name)) - set(withdrawn_in(home.parent, home.name))
    return max(kept, default=None)


def point_latest(home: Path, template: Template) -> None:
    """Let `latest/` lead to the newest version, by an address that holds on any server and on disk."""
    latest = home / "latest"
    latest.mkdir(exist_ok=True)
    put(latest / "index.html", template.render(version=newest_in(home)))
    (latest / WITHDRAWN).unlink(missing_ok=True)


def put(place: Path, text: str) -> None:
    """Write a file whole or not at all, in the place of what was there."""
    made = place.with_name(f".{place.name}")
    made.write_text(text, "utf-8")
    os.replace(made, place)
