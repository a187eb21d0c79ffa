"""The public page: a snapshot as a folder that opens from disk and that any server can hand out."""

import gzip
import json
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey_app.language import LANGUAGES, use
from survey_app.publishing.edition import edition
from survey_app.publishing.folders import check_slug, claim, point_latest, staging
from survey_app.publishing.page_words import script_words
from survey_app.publishing.snapshot import Snapshot, Tell, untold

ROOM = Path(__file__).parent
SCRIPTS = ("address.js", "searching.js", "comparing.js", "tables.js", "pictures.js", "quotes.js", "marks.js", "page.js")
"""Parts of the page's one script, in their order."""
FONT = "source-sans.woff2", "SourceSansVF-Upright.*.woff2"
"""The font as the release names it, and as it lies in the Streamlit that is installed. SIL Open Font License 1.1."""


def write_release(
    snapshot: Snapshot, folder: Path, *, extra_files: Mapping[str, bytes] | None = None,
    drawn: Mapping[str, str] | None = None,
) -> Path:  # fmt: skip
    """Write `<folder>/<slug>/vN/` and point `<slug>/latest/` to the newest version; returns the version's folder.

    Every text gets a packed copy beside it, for servers that can hand it out; `extra_files` are written as they are, by
    their names; `drawn` are its `pages`, if they were drawn before. The version appears whole or not at all. Raises
    UnwritableRelease for a bad name, a version that is there already, and a folder that cannot be written.
    """
    home = folder / check_slug(snapshot.slug)
    with staging(home) as written:
        texts = {
            **(drawn or pages(snapshot)),
            "page.js": script(),
            "release.css": (ROOM / "assets" / "release.css").read_text("utf-8"),
        }
        for name, text in texts.items():
            (written / name).write_text(text, "utf-8")
        (written / "release.json").write_bytes(snapshot.canonical)
        for name, content in (extra_files or {}).items():
            (written / name).write_bytes(content)
        _copy_font(written)
        for name in (*texts, "release.json"):
            content = (written / name).read_bytes()
            (written / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        final = claim(written, home, snapshot.version)
        point_latest(home, templates().get_template("latest.html"))
    return final


def pages(snapshot: Snapshot, tell: Tell = untold) -> dict[str, str]:
    """The texts of a version by their file names: index.html with both languages, the study's own first, and for each
    segmentation and language a script with what its segments say, which is loaded when a reader asks.
    `tell` hears of each language before its turn."""
    content = snapshot.content
    first = content["language"]
    environment = templates()
    panels = environment.get_template("panels.html")
    editions, words, found = [], {}, {}
    for language in sorted(LANGUAGES, key=lambda each: each != first):
        tell(language)
        with use(language):
            here = edition(snapshot, language)
            files = {by: f"segments-{number}-{language}.js" for number, by in enumerate(content["segmentations"], 1)}
            words[language] = _for_script(content[language]) | {"files": files}
        editions.append(here)
        for by, name in files.items():
            told = {
                question["key"]: panels.render(edition=here, question=question, by=by) for question in here["questions"]
            }
            found[name] = _as_script(name, told)
    index = environment.get_template("release.html").render(
        editions=editions, first=first, version=snapshot.version, cells=_cells(content), words=words
    )
    return {"index.html": index, **found}


def page(snapshot: Snapshot) -> str:
    """The HTML of a version."""
    return pages(snapshot)["index.html"]


def _as_script(name: str, told: dict[str, str]) -> str:
    packed = [json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in (name, told)]
    return f"((rakurs) => {{ (rakurs.panels ??= {{}})[{packed[0]}] = {packed[1]}; }})(globalThis.rakurs ??= {{}});\n"


def script() -> str:
    """The page's script: one classic file, since modules do not open from disk."""
    return "\n".join((ROOM / "assets" / name).read_text("utf-8") for name in SCRIPTS)


def _cells(content: dict[str, Any]) -> dict[str, Any]:
    """The cells as the script reads them: [k, n, statements] by segmentation, segment and code, null for hidden."""
    found: dict[str, Any] = {}
    for cell in content["cells"]:
        told = [cell["k"], cell["n"], cell["statements"]] if cell["shown"] else [None, cell["n"], None]
        found.setdefault(cell["segmentation"], {}).setdefault(cell["segment"], {})[cell["code"]] = told
    return found


def _for_script(told: dict[str, Any]) -> dict[str, Any]:
    """Names and words of one language; the language must be in force."""
    return {
        "codes": {code["id"]: code["name"] for code in told["codes"]},
        "roots": [code["id"] for code in told["codes"] if code["id"] == code["root"]],
        "questions": {question["key"]: question["codes"] for question in told["questions"]},
        "segments": {
            each["key"]: {segment["key"]: segment["name"] for segment in each["segments"]}
            for each in told["segmentations"]
        },
        "words": script_words(),
    }


def _copy_font(target: Path) -> None:
    """Take the application's font along; without it the page falls back on the reader's own."""
    spec = find_spec("streamlit")
    name, pattern = FONT
    for root in (spec.submodule_search_locations or []) if spec else []:
        for font in (Path(root) / "static" / "static" / "media").glob(pattern):
            shutil.copyfile(font, target / name)


def templates() -> Environment:
    """The templates of pages; what they are filled with is shown as text."""
    environment = Environment(
        loader=FileSystemLoader(ROOM / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment
