"""The coding desk on the screen: our own component, its text sent once, then only operations and answers."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import streamlit as st

from survey_app import session
from survey_app.actions.coding_desk import Name, read_operations, take
from survey_app.actions.desk_paper import Desk, changes_since, lay_before, snapshot, version_of
from survey_app.components.desk.sheet import Sheet, lay_out
from survey_app.language import translate
from survey_app.store.log import Row, Store
from transcripts.messages import Message


@st.fragment
def coding_desk(sheet: Sheet) -> None:
    """Mount the desk. Each message of the browser runs this function alone, not the page."""
    key = f"desk-{sheet.desk.source_id}-{sheet.desk.coder_id}"
    state = st.session_state.get(key) or {}
    kept: Sheet = st.session_state.get(f"{key}-sheet", sheet)
    data, newest = answer(session.store(), kept if kept.version > sheet.version else sheet, state.get("sync"))
    st.session_state[f"{key}-sheet"] = newest
    _component()(key=key, data=data, on_sync_change=partial(_take_before_anything_else, sheet.desk, key))


def answer(store: Store, sheet: Sheet, message: object) -> tuple[dict[str, Any], Sheet]:
    """Take what the browser sent (`sync`, None at first), and say what became of it and what it does not have yet.

    The sheet is laid out anew where the text or its statements have changed since, here or in another tab.
    """
    heard = message if isinstance(message, dict) else {}
    done, refused = _settle(store, sheet.desk, heard.get("out"))
    if version_of(store, sheet.desk) > sheet.version:
        sheet = lay_out(lay_before(store, sheet.desk))
    has_text = heard.get("have") == sheet.hash
    said: dict[str, Any] = {
        "hash": sheet.hash, "place": sheet.place, "doc": None if has_text else sheet.doc, "codings": None,
        "changes": [], "done": done, "heard": heard.get("n"),
        "refused": [{"client": name[0], "seq": name[1], "text": translate(why)} for name, why in refused],
    }  # fmt: skip
    since = heard.get("revision")
    if has_text and isinstance(since, int):
        revision, changes = changes_since(store, sheet.desk, since)
        if since <= revision:
            moved = [change | {"coding": change["coding"] and _coding(change["coding"])} for change in changes]
            return said | {"revision": revision, "changes": moved}, sheet
    now = snapshot(store, sheet.desk)
    fresh = {"revision": now.revision, "codings": [_coding(row) for row in now.codings], "looked_at": now.looked_at}
    return said | fresh, sheet


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
    }
