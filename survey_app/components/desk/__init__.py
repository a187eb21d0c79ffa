"""The coding desk on the screen: our own component, its text sent once, then only operations and answers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import streamlit as st

from survey_app import session
from survey_app.actions.answered import Name
from survey_app.actions.coding_desk import read_operations, take
from survey_app.actions.desk_paper import (
    Desk,
    book_version,
    changes_since,
    lay_before,
    open_book,
    snapshot,
    version_of,
)
from survey_app.components.desk.book import Pages, open_pages
from survey_app.components.desk.sheet import Sheet, lay_out
from survey_app.components.desk.sound import sound_of
from survey_app.language import current, translate
from survey_app.store.log import Row, Store
from transcripts.messages import Message


@dataclass(frozen=True, slots=True)
class OnDesk:
    """What lies there: the text and the codebook, each as the browser reads it."""

    sheet: Sheet
    pages: Pages


@st.fragment
def coding_desk(sheet: Sheet) -> None:
    """Mount the desk. Each message of the browser runs this function alone, not the page."""
    key = f"desk-{sheet.desk.source_id}-{sheet.desk.coder_id}"
    state = st.session_state.get(key) or {}
    kept: OnDesk | None = st.session_state.get(f"{key}-lying {current()}")
    lying = OnDesk(sheet, kept.pages if kept else open_pages(open_book(session.store(), sheet.desk)))
    if kept and kept.sheet.version > sheet.version:
        lying = kept
    data, newest = answer(session.store(), lying, state.get("sync"))
    st.session_state[f"{key}-lying {current()}"] = newest
    data["at"] = st.query_params.get("at")  # the statement that a link leads to
    _component()(key=key, data=data, on_sync_change=partial(_take_before_anything_else, sheet.desk, key))


def answer(store: Store, lying: OnDesk, message: object) -> tuple[dict[str, Any], OnDesk]:
    """Take what the browser sent (`sync`, None at first), and say what became of it and what it does not have yet.

    Text and codebook are read anew where they have changed since, here or in another tab.
    """
    heard = message if isinstance(message, dict) else {}
    desk = lying.sheet.desk
    done, refused = _settle(store, desk, heard.get("out"))
    lying = _newest(store, lying)
    sheet, pages = lying.sheet, lying.pages
    has_text = heard.get("have") == sheet.hash
    said: dict[str, Any] = {
        "hash": sheet.hash, "place": sheet.place, "doc": None if has_text else sheet.doc,
        "book": None if has_text and heard.get("book") == pages.hash else pages.words | {"hash": pages.hash},
        "codings": None, "changes": [], "marks": [], "done": done, "heard": heard.get("n"),
        "refused": [{"client": name[0], "seq": name[1], "text": translate(why)} for name, why in refused],
        "recording": sound_of(store, desk),
    }  # fmt: skip
    since = heard.get("revision")
    if has_text and isinstance(since, int):
        revision, changes, marks = changes_since(store, desk, since)
        if since <= revision:
            moved = [change | {"coding": change["coding"] and _coding(change["coding"])} for change in changes]
            return said | {"revision": revision, "changes": moved, "marks": marks}, lying
    now = snapshot(store, desk)
    fresh = {
        "revision": now.revision, "codings": [_coding(row) for row in now.codings], "looked_at": now.looked_at,
        "marks": now.marks,
    }  # fmt: skip
    return said | fresh, lying


def _newest(store: Store, lying: OnDesk) -> OnDesk:
    sheet, pages = lying.sheet, lying.pages
    if version_of(store, sheet.desk) > sheet.version:
        sheet = lay_out(lay_before(store, sheet.desk))
    if book_version(store, sheet.desk) != pages.version:
        pages = open_pages(open_book(store, sheet.desk))
    return OnDesk(sheet, pages)


@cache
def _component() -> Callable[..., Any]:
    """Registered at the first use: outside a running application Streamlit cannot know the packaged files."""
    return st.components.v2.component("survey-app.desk", js="desk.js", css="desk.css", isolate_styles=False)


def _take_before_anything_else(desk: Desk, key: str) -> None:
    """Store what was sent even when the same click leaves this page or changes who codes."""
    state = st.session_state.get(key) or {}
    _settle(session.store(), desk, (state.get("sync") or {}).get("out"))


def _settle(store: Store, desk: Desk, sent: object) -> tuple[list[Name], list[tuple[Name, Message]]]:
    operations, unknown = read_operations(sent)
    taken = take(store, desk, operations)
    return [*taken.done, *(name for name, _why in unknown)], [*taken.refused, *unknown]


def _coding(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "start": row["start"],
        "end": row["end"],
        "code": row["code_id"],
        "look": row["needs_look"],
        "book": row.get("codebook_version", 0),  # events of older versions of Rakurs know none
    }
