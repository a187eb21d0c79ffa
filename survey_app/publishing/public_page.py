"""The public page: a snapshot as a folder that opens from disk and that any server can hand out."""

import gzip
import shutil
from collections.abc import Mapping
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey_app.language import LANGUAGES, language_name, ngettext, use
from survey_app.publishing.folders import check_slug, claim, point_latest, staging
from survey_app.publishing.methods import citation, date_in_words
from survey_app.publishing.page_words import page_words
from survey_app.publishing.quotes import quotes_per_cell
from survey_app.publishing.snapshot import Snapshot

ROOM = Path(__file__).parent
ASSETS = ("release.css", "page.js", "charts.js")
FONTS = {
    "source-serif.woff2": "SourceSerifVariable-Roman.*.woff2",
    "source-sans.woff2": "SourceSansVF-Upright.*.woff2",
}
"""Fonts as the release names them, and as they lie in the Streamlit that is installed. SIL Open Font License 1.1."""
PACKED = ("index.html", "release.json", "plotly.min.js")
"""Files that get a packed copy beside them, for servers that can hand it out."""


def write_release(snapshot: Snapshot, folder: Path, *, extra_files: Mapping[str, bytes] | None = None) -> Path:
    """Write `<folder>/<slug>/vN/` and point `<slug>/latest/` to the newest version; returns the version's folder.

    `extra_files` are written beside the page, by their names. The version appears whole or not at all. Raises
    UnwritableRelease for a bad name, a version that is there already, and a folder that cannot be written.
    """
    home = folder / check_slug(snapshot.slug)
    with staging(home) as written:
        (written / "index.html").write_text(page(snapshot), "utf-8")
        (written / "release.json").write_bytes(snapshot.canonical)
        for name in ASSETS:
            shutil.copyfile(ROOM / "assets" / name, written / name)
        shutil.copyfile(str(files("plotly") / "package_data" / "plotly.min.js"), written / "plotly.min.js")
        _copy_fonts(written)
        for name, content in (extra_files or {}).items():
            (written / name).write_bytes(content)
        for name in PACKED:
            content = (written / name).read_bytes()
            (written / f"{name}.gz").write_bytes(gzip.compress(content, 6, mtime=0))
        final = claim(written, home, snapshot.version)
        point_latest(home, templates().get_template("latest.html"))
    return final


def page(snapshot: Snapshot) -> str:
    """The HTML of a version: both languages in one document, the study's own first."""
    content = snapshot.content
    first = content["language"]
    editions = []
    for language in sorted(LANGUAGES, key=lambda each: each != first):
        with use(language):
            editions.append(_edition(snapshot, language))
    return templates().get_template("release.html").render(editions=editions, first=first, version=snapshot.version)


def _edition(snapshot: Snapshot, language: str) -> dict[str, Any]:
    """What the templates need for one language, computed in that language."""
    content, told = snapshot.content, snapshot.content[language]
    names = {code["id"]: code["name"] for code in told["codes"]}
    segments = {segment["key"]: segment["name"] for segment in told["segments"]}
    cells = quotes_per_cell(content["quotes"])
    return {
        "language": language,
        "others": {each: language_name(each) for each in LANGUAGES},
        "words": page_words(),
        "told": told,
        "code_names": names,
        "segment_names": segments,
        "cells": cells,
        "shares": {
            (each["code"], each["segment"]): round(100 * each["k"] / each["n"]) if each["n"] else 0
            for each in content["counts"]
        },
        "cell_words": {cell: ngettext("{count} quote", "{count} quotes", count) for cell, count in cells.items()},
        "segment_sizes": [
            segment | {"experts": ngettext("{count} expert", "{count} experts", segment["n"])}
            for segment in told["segments"]
        ],
        "shelves": _shelves(told["codes"], content["quotes"], names),
        "date": date_in_words(content["created"]),
        "citation": citation(told, content, snapshot.hash),
        "hash": snapshot.hash,
        "version": snapshot.version,
        "software": content["software"],
        "drawings": told["drawings"],
    }  # fmt: skip


def _shelves(codes: list[dict[str, Any]], quotes: list[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    """Quotes by root and code, in the codebook's order; a quote with two codes stands under each."""
    found = []
    for root in (code for code in codes if code["id"] == code["root"]):
        boxes = []
        for code in codes:
            held = [quote for quote in quotes if code["id"] in quote["codes"]] if code["root"] == root["id"] else []
            if held:
                count = ngettext("{count} quote", "{count} quotes", len(held))
                boxes.append({"id": code["id"], "name": names[code["id"]], "quotes": held, "count": count})
        if boxes:
            found.append({"name": root["name"], "boxes": boxes})
    return found


def _copy_fonts(target: Path) -> None:
    """Take the application's fonts along; without them the page falls back on the reader's own."""
    spec = find_spec("streamlit")
    for root in (spec.submodule_search_locations or []) if spec else []:
        for name, pattern in FONTS.items():
            for font in (Path(root) / "static" / "static" / "media").glob(pattern):
                shutil.copyfile(font, target / name)


def templates() -> Environment:
    """The templates of pages; what they are filled with is shown as text."""
    environment = Environment(
        loader=FileSystemLoader(ROOM / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    return environment
