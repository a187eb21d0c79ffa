"""The last look at what goes out: every string of it, wherever it came from, as texts that names are looked for in."""

import json
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from survey_app.language import _
from survey_app.publishing.methods_note import LITERATURE
from survey_app.publishing.own_words import OwnText, of_key

QUOTED = "quotes"
"""What a release calls its quotes: they have a gate of their own."""
_WRITTEN = (".html", ".csv", ".yaml", ".md", ".cff", ".bib")
_SHORT = 60


def texts_of_content(content: Mapping[str, Any]) -> list[OwnText]:
    """Every string of a release once, keys among them, except its quotes."""
    told = {name: part for name, part in content.items() if name not in {QUOTED, "data_hash"}}
    return [each for text, path in _places(told).items() for each in _as_texts(text, path)]


def texts_of_files(files: Mapping[str, bytes]) -> list[OwnText]:
    """What files by these names say: lines of those that are text, a release in one of them string by string."""
    found = []
    for name, content in files.items():
        if name.endswith(".json"):
            found += texts_of_content(json.loads(content))
        elif name.endswith(_WRITTEN) and not name.startswith(f"{QUOTED}/"):
            where = _("the file {file}", file=name)
            lines = dict.fromkeys(content.decode().splitlines())
            found += [OwnText(where, _without_literature(unescape(line))) for line in lines]
    return found


def _as_texts(text: str, path: str) -> Iterator[OwnText]:
    short = text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
    where = _("what readers would get (“{said}”, under {path})", said=short, path=path)
    yield OwnText(where, _without_literature(text))
    if not any(sign.isspace() for sign in text):
        yield of_key(where, text)


def _without_literature(text: str) -> str:
    """Without what we cite ourselves: its authors are nobody of the study, even if somebody is called like them."""
    for cited in LITERATURE:
        text = text.replace(cited, "")
    return text


def _places(content: Any) -> dict[str, str]:
    """Each string and where it stands first."""
    found: dict[str, str] = {}
    waiting: list[tuple[Any, str]] = [(content, "")]
    while waiting:
        part, path = waiting.pop()
        if isinstance(part, str):
            found.setdefault(part, path or "/")
        elif isinstance(part, Mapping):
            for key, value in part.items():
                waiting += [(str(key), path), (value, f"{path}/{key}")]
        elif isinstance(part, list | tuple):
            waiting += [(each, path) for each in part]
    return found
