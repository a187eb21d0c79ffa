"""The coding desk on the screen: our own component, its text sent once, then only operations and answers."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import streamlit as st

from survey_app import session
from survey_app.actions.answered import Name
from survey_app.actions.coding_desk import read_operations, take
from survey_app.actions.desk_news import state_of
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
from survey_app.components.desk.telling import told_since, told_whole
from survey_app.language import current, translate
from survey_app.store.log import Store
from transcripts.messages import Message, MessageError


@dataclass(frozen=True, slots=True)
class OnDesk:
    """What lies there: the text and the codebook, each as the browser reads it."""

    sheet: Sheet
    pages: Pages


@st.fragment
def coding_desk(sheet: Sheet) -> None:
    """Mount the desk. Each message of the browser runs this function alone, not the page."""
    key = f"desk-{sheet.desk.source_id}-{sheet.desk.coder_id}"
    store, sync = session.store(), (st.session_state.get(key) or {}).get("sync")
    kept: OnDesk | None = st.session_state.get(f"{key}-lying {current()}")
    lying = OnDesk(sheet, kept.pages if kept else open_pages(open_book(store, sheet.desk)))
    if kept and kept.sheet.version > sheet.version:
        lying = kept
    try:
        data, lying = answer(store, lying, sync)
    except MessageError as problem:  # the text, or the place in the study, is gone: the desk stays, closed
        data = {"gone": translate(problem.message)}
    st.session_state[f"{key}-lying {current()}"] = lying
    data["at"] = st.query_params.get("at")  # the statement that a link leads to
    _component()(key=key, data=data, on_sync_change=partial(_take_before_anything_else, sheet.desk, key))


def answer(store: Store, lying: OnDesk, message: object) -> tuple[dict[str, Any], OnDesk]:
    """Take what the browser sent (`sync`, None at first), and say what became of it and what it does not have yet.

    Text and codebook are read anew where they have changed since, here or in another tab. What of other coders is seen
    is decided each time; where that has changed since, everything is told anew. `state` is read first: what changes
    while the rest is read is then news.
    """
    heard = message if isinstance(message, dict) else {}
    desk = lying.sheet.desk
    done, refused = _settle(store, desk, heard.get("out"))
    state = state_of(store, desk.study_id, desk.source_id, desk.coder_id)
    lying = _newest(store, lying)
    sheet, pages = lying.sheet, lying.pages
    has_text = heard.get("have") == sheet.hash
    said: dict[str, Any] = {
        "hash": sheet.hash, "place": sheet.place, "doc": None if has_text else sheet.doc,
        "book": None if has_text and heard.get("book") == pages.hash else pages.words | {"hash": pages.hash},
        "terms": None, "codings": None, "changes": [], "marks": [], "looked": [], "done": done, "heard": heard.get("n"),
        "refused": [{"client": name[0], "seq": name[1], "text": translate(why)} for name, why in refused],
        "recording": sound_of(store, desk), "others": None, "otherChanges": [], "state": state,
    }  # fmt: skip
    since = heard.get("revision")
    if has_text and isinstance(since, int):
        moved = changes_since(store, desk, since)
        if since <= moved.revision and heard.get("terms") == moved.terms.word:
            return said | told_since(moved), lying
    return said | told_whole(snapshot(store, desk), sheet), lying


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
    with suppress(MessageError):  # the desk says it
        _settle(session.store(), desk, (state.get("sync") or {}).get("out"))


def _settle(store: Store, desk: Desk, sent: object) -> tuple[list[Name], list[tuple[Name, Message]]]:
    operations, unknown = read_operations(sent)
    taken = take(store, desk, operations)
    return [*taken.done, *(name for name, _why in unknown)], [*taken.refused, *unknown]
