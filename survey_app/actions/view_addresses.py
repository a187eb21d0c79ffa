"""Addresses of this application's own pages, read without trust: which page, and what is chosen there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from transcripts.messages import MessageError, sentence

PAGES = ("dashboard", "beside", "find", "framework", "topics", "agreement")
"""Pages that show something of the study and can be tied to a sentence."""
OWN = frozenset({"study", "lang", "coder"})
"""What belongs to whoever looks and not to what is shown: it is not kept."""
LONGEST_ADDRESS = 4_000
MOST_CHOICES = 40
LONGEST_VALUE = 200
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class ForeignAddress(MessageError):
    """An address that is none of a page of this study."""


@dataclass(frozen=True, slots=True)
class View:
    """A page and what is chosen there: pairs of a name in the address and a value; a name may come twice."""

    page: str
    query: tuple[tuple[str, str], ...] = ()


def view_of_address(address: str, slug: str) -> View:
    """The view that an address shows, as copied from the browser. Raises ForeignAddress: no page of ours that shows
    something, another study's, or more than an address of ours can hold."""
    parsed = _parsed(address)
    if parsed is None:
        raise ForeignAddress(
            sentence("This is no address of a page here. Copy it from the browser while the dashboard is open.")
        )
    page, pairs = parsed
    if any(name == "study" and value != slug for name, value in pairs):
        raise ForeignAddress(sentence("This address belongs to another study. Open the page in this study first."))
    view = read_view({"page": page, "query": [[name, value] for name, value in pairs if name not in OWN]})
    if view is None:
        raise ForeignAddress(sentence("This address chooses something that no page here knows. Copy it anew."))
    return view


def write_view(view: View) -> dict[str, Any]:
    """The view as JSON can hold it; `read_view` gives it again."""
    return {"page": view.page, "query": [list(pair) for pair in view.query]}


def read_view(given: object) -> View | None:
    """The view that a mapping says; None where it says none."""
    if not isinstance(given, dict) or given.get("page") not in PAGES or not isinstance(given.get("query"), list):
        return None
    if len(given["query"]) > MOST_CHOICES or not all(_is_choice(pair) for pair in given["query"]):
        return None
    return View(given["page"], tuple((name, value) for name, value in given["query"]))


def _parsed(address: str) -> tuple[str, list[tuple[str, str]]] | None:
    if len(address) > LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(address.strip())
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=MOST_CHOICES)
    except ValueError:
        return None
    page = parts.path.rstrip("/").rpartition("/")[2]
    return (page, pairs) if parts.scheme in ("http", "https", "") and page in PAGES else None


def _is_choice(pair: object) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(each, str) for each in pair)
        and bool(_NAME.fullmatch(pair[0]))
        and pair[0] not in OWN
        and len(pair[1]) <= LONGEST_VALUE
        and pair[1].isprintable()
    )
