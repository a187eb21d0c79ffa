"""To take back what was published: of a version nothing stays but a notice, and `latest` leads to what is left."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from survey_app.language import LANGUAGES, _, language_name, use
from survey_app.publishing.folders import (
    WITHDRAWN,
    UnwritableRelease,
    check_slug,
    point_latest,
    put,
    versions_in,
    withdrawn_in,
)
from survey_app.publishing.methods import date_before_stop
from survey_app.publishing.public_page import templates
from transcripts.messages import sentence


def withdraw_release(folder: Path, slug: str, version: int, reason_en: str, reason_ru: str, at: str) -> Path:
    """Leave a notice in the place of a version; returns its folder. `at` is UTC in ISO 8601; a reason may be "".

    The notice takes the place of the page first, and what breaks off is finished by doing it again. Of a version that
    was withdrawn before, the notice is written anew.
    Raises UnwritableRelease where there is no such version, or where nothing can be written.
    """
    home = folder / check_slug(slug)
    if version not in versions_in(folder, slug):
        raise UnwritableRelease(
            sentence("There is no version {version} in {folder}.", version=version, folder=str(home))
        )
    gone = {version, *withdrawn_in(folder, slug)}
    newest = max(set(versions_in(folder, slug)) - gone, default=None)
    told = {"version": version, "at": at, "reason_en": reason_en.strip(), "reason_ru": reason_ru.strip()}
    try:
        _leave_notice(home / f"v{version}", told, newest)
        for each in gone - {version}:  # those withdrawn before lead to what is the newest now
            before = home / f"v{each}"
            _leave_notice(before, json.loads((before / WITHDRAWN).read_text("utf-8")), newest)
        if newest is None:
            (home / "latest").mkdir(exist_ok=True)
            _leave_notice(home / "latest", told, None)
        else:
            point_latest(home, templates().get_template("latest.html"))
    except OSError as problem:
        raise UnwritableRelease(
            sentence(
                "Version {version} in {folder} cannot be withdrawn: {reason}. Do it again when the folder can be "
                "written.",
                version=version, folder=str(home), reason=problem.strerror or type(problem).__name__,
            )
        ) from problem  # fmt: skip
    return home / f"v{version}"


def take_down(folder: Path, slug: str, reason_en: str, reason_ru: str, at: str) -> list[int]:
    """Withdraw every version that still stands; returns their numbers. Raises UnwritableRelease."""
    standing = sorted(set(versions_in(folder, slug)) - set(withdrawn_in(folder, slug)))
    for version in standing:
        withdraw_release(folder, slug, version, reason_en, reason_ru, at)
    return standing


def _leave_notice(place: Path, told: Mapping[str, Any], newest: int | None) -> None:
    put(place / "index.html", _notice(told, newest))
    put(place / WITHDRAWN, json.dumps(told, ensure_ascii=False))
    for each in place.iterdir():
        if each.name not in {WITHDRAWN, "index.html"}:
            each.unlink()


def _notice(told: Mapping[str, Any], newest: int | None) -> str:
    parts = []
    for language in LANGUAGES:
        with use(language):
            parts.append(
                {"language": language, "name": language_name(language),
                 "head": _("Version {version} was withdrawn", version=told["version"]),
                 "text": _("It was published here and withdrawn on {date}. What it held is no longer shown.",
                           date=date_before_stop(told["at"])),
                 "reason": told[f"reason_{language}"],
                 "onward": _("To the newest version ({version})", version=newest) if newest else ""}
            )  # fmt: skip
    return templates().get_template("withdrawn.html").render(parts=parts, newest=newest)
