"""Statements of a topic with who said them, each with the way to the desk where it is read and coded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from coding.frames import Frames
from survey_app import session
from survey_app.components.paging import page_buttons, page_number
from survey_app.components.plain import plain
from survey_app.components.ways import way_to
from survey_app.language import _
from survey_app.store import sources
from survey_app.store.log import Row
from survey_app.views.segment_names import group_names, records
from survey_app.views.spoken import clock

PAGE = 8


def statement_list(study: Row, frames: Frames, statement_ids: Sequence[str], key: str) -> None:
    """The statements in this order, some on a page; those that are no longer there are passed over."""
    known = frames.statements.set_index("statement_id")
    here = [each for each in statement_ids if each in known.index]
    if not here:
        st.caption(_("Nobody has said anything of this."))
        return
    place = f"{key}-page"
    pages = -(-len(here) // PAGE)
    number = page_number(pages, place)
    shown = records(known.loc[here[(number - 1) * PAGE : number * PAGE]].reset_index())
    groups = _group_of(frames)
    with session.store().reading() as connection:
        keys = {row["id"]: row["key"] for row in sources.sources(connection, study["id"])}
    coder = session.current_coder(study)["key"] if session.coders(study) else ""
    for row in shown:
        words, link = st.columns([5, 1], gap="small")
        words.markdown(_words(row, groups, keys))
        with link:
            way_to(study, "desk", _("Desk"), "edit_note", source=keys.get(row["source_id"], ""), coder=coder,
                   at=row["statement_id"])  # fmt: skip
    page_buttons(pages, place, "below")


def of_different_experts(frames: Frames, assigned: pd.DataFrame, topic: Row) -> list[str]:
    """One statement of each expert who speaks of a topic: those that stand for it first, then each one's surest."""
    who = frames.statements.set_index("statement_id")["expert_id"]
    here = assigned[(assigned["topic"] == topic["topic"]) & assigned["statement_id"].isin(who.index)]
    surest = here.sort_values("probability", ascending=False, kind="stable")["statement_id"]
    first = [each for each in topic["representative"] if each in who.index]
    listed = pd.DataFrame({"statement_id": [*first, *surest]}).drop_duplicates("statement_id")
    listed["expert_id"] = listed["statement_id"].map(who)
    return list(listed.drop_duplicates("expert_id")["statement_id"])


def _words(row: dict[str, Any], groups: dict[str, str], keys: dict[str, str]) -> str:
    facts = [row["expert_id"], groups.get(row["expert_id"], ""), keys.get(row["source_id"], ""), clock(row["start_s"]),
             row["label"]]  # fmt: skip
    said_by = " · ".join(str(fact) for fact in facts if fact)
    return f"{plain(row['text'])}  \n:small[:gray[{plain(said_by)}]]"


def _group_of(frames: Frames) -> dict[str, str]:
    names = group_names(records(frames.groups))
    return {row["expert_id"]: names.get(row["group_id"], "") for row in records(frames.experts)}
