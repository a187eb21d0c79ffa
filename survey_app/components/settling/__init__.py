"""Settling by keyboard on the screen: our own component, its statements sent once, then only steps and answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.answered import Name
from survey_app.actions.settling import decided_now, read_steps, take_steps
from survey_app.components.comparison import Chosen
from survey_app.components.settling.papers import Papers, lay_out
from survey_app.components.telling import telling_problems
from survey_app.language import _, translate
from survey_app.store.log import Row, Store
from transcripts.messages import Message


@dataclass(frozen=True, slots=True)
class Table:
    """Who settles what: the papers before one person. `statements` are the rows of STATEMENTS that lie there."""

    study_id: str
    coder_key: str
    papers: Papers
    statements: pd.DataFrame


def settling(study: Row, coder: Row, chosen: Chosen) -> None:
    """Every difference of what is chosen, one at a time; the one that a link leads to, even if nobody differs on it."""
    rows = chosen.comparison.rows
    listed = rows["statement_id"].tolist()
    differing = set(rows[~rows["agree"]]["statement_id"])
    asked = str(st.query_params.get("at") or "")
    items = [key for key in chosen.comparison.statements if key in differing or (key == asked and key in listed)]
    if not items:
        st.success(_("The coders do not differ on any statement here."), icon=":material/done_all:")
        return
    with telling_problems():
        statements = chosen.comparison.frames.statements
        statements = statements[statements["statement_id"].isin(items)]
        papers = lay_out(session.store(), study, coder, chosen, items)
        _settle(Table(study["id"], coder["key"], papers, statements))


@st.fragment
def _settle(table: Table) -> None:
    """Mount the component. Each message of the browser runs this function alone, not the page."""
    key = f"settling-{table.study_id}-{table.coder_key}"
    state = st.session_state.get(key) or {}
    data = answer(session.store(), table, state.get("sync"))
    data["at"] = st.query_params.get("at")  # the statement that a link leads to
    _component()(key=key, data=data, on_sync_change=partial(_take_before_anything_else, table, key))


def answer(store: Store, table: Table, message: object) -> dict[str, Any]:
    """Take what the browser sent (`sync`, None at first), and say what became of it and what is decided now."""
    heard = message if isinstance(message, dict) else {}
    done, refused = _settled(store, table, heard.get("out"))
    return {
        "hash": table.papers.hash, "doc": None if heard.get("have") == table.papers.hash else table.papers.doc,
        "decisions": decided_now(store, table.study_id, table.statements), "done": done, "heard": heard.get("n"),
        "refused": [{"client": name[0], "seq": name[1], "text": translate(why)} for name, why in refused],
    }  # fmt: skip


def _take_before_anything_else(table: Table, key: str) -> None:
    """Store what was sent even when the same click leaves this page or changes who settles."""
    state = st.session_state.get(key) or {}
    _settled(session.store(), table, (state.get("sync") or {}).get("out"))


def _settled(store: Store, table: Table, sent: object) -> tuple[list[Name], list[tuple[Name, Message]]]:
    steps, unknown = read_steps(sent)
    taken = take_steps(store, table.coder_key, table.study_id, steps)
    return [*taken.done, *(name for name, _why in unknown)], [*taken.refused, *unknown]


@cache
def _component() -> Callable[..., Any]:
    """Registered at the first use, as the desk whose modules it shares: outside a running application Streamlit cannot
    know the packaged files."""
    st.components.v2.component("survey-app.desk", js="desk.js", css="desk.css", isolate_styles=False)
    return st.components.v2.component("survey-app.settling", js="settling.js", css="settling.css", isolate_styles=False)
