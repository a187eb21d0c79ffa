"""Who codes what: texts by coders, with how far each is; giving texts, and one assignment at a time."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.assigning import BLIND, WORK, assign, undo_assigning
from survey_app.actions.opening import Plan, plan_of
from survey_app.components.assignment_words import cell_of, coder_name, mode_names, purpose_names, text_name
from survey_app.components.moments import day
from survey_app.components.one_assignment import one_assignment
from survey_app.components.open_comparison import opening_form
from survey_app.components.tables import table_height
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store.log import Row


def plan_matrix(study: Row) -> None:
    """The matrix, then what can be done with it."""
    plan = plan_of(session.store(), study["id"])
    if plan.assigned:
        _matrix(study, plan)
    else:
        st.info(
            _("Nobody has an assignment yet: every coder may code every text, blind to the others."),
            icon=":material/info:",
        )
    giving, opening = st.columns(2, gap="large")
    with giving:
        _give(study, plan)
    with opening:
        opening_form(study, plan)


def _matrix(study: Row, plan: Plan) -> None:
    table = pd.DataFrame(
        [
            {
                _("Text"): text_name(text),
                _("Comparison"): day(plan.opened[text["id"]]) if text["id"] in plan.opened else "–",
            }
            | {coder_name(coder): _cell(plan, text, coder) for coder in plan.coders}
            for text in plan.texts
        ]
    )
    narrow: dict[str, Any] = {coder_name(coder): st.column_config.TextColumn(width=118) for coder in plan.coders}
    narrow[_("Text")] = st.column_config.TextColumn(width=220, pinned=True)
    narrow[_("Comparison")] = st.column_config.TextColumn(
        width=100, help=_("Since when the coders of the text see each other's work.")
    )
    key = f"plan-{study['id']}"
    st.dataframe(
        table, hide_index=True, height=table_height(len(table), 520), column_config=narrow, key=key,
        selection_mode="single-cell", on_select=partial(_open, study, plan, key),
        alt=_("Texts by coders: how many statements were looked at, and how they are coded"),
    )  # fmt: skip
    st.caption(_("Statements looked at, of those to code; ✓ is handed in. Click a cell to change an assignment."))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one_assignment(study, plan)
        undone = st.button(
            _("Undo"), icon=":material/undo:", type="tertiary", help=_("Undo your last act with assignments")
        )
    if undone:
        with telling_problems():
            done = undo_assigning(session.store(), session.current_person(study), study["id"])
            tell(_("Undone.") if done else _("There is nothing to undo."))
            st.rerun()


def _cell(plan: Plan, text: Row, coder: Row) -> str:
    each = plan.assigned.get((text["id"], coder["id"]))
    return cell_of(each) if each else ""


def _open(study: Row, plan: Plan, key: str) -> None:
    """A click on a cell chooses its assignment."""
    cells = st.session_state[key]["selection"]["cells"]
    if not cells:
        return
    row, name = cells[0]
    coder = next((coder for coder in plan.coders if coder_name(coder) == name), None)
    each = plan.assigned.get((plan.texts[row]["id"], coder["id"])) if coder else None
    if each:
        st.session_state[f"assignment-{study['id']}"] = each.row["id"]


def _give(study: Row, plan: Plan) -> None:
    st.header(_("Give texts to coders"), anchor=False)
    texts, coders = {row["id"]: row for row in plan.texts}, {row["id"]: row for row in plan.coders}
    with st.form("give-texts", border=False, clear_on_submit=True):
        chosen = st.multiselect(
            _("Texts"), list(texts), format_func=lambda one: text_name(texts[one]), placeholder=_("choose texts")
        )
        whom = st.multiselect(
            _("Coders"), list(coders), format_func=lambda one: coder_name(coders[one]), placeholder=_("choose coders")
        )
        left, right = st.columns(2)
        mode = left.radio(
            _("How"), list(mode_names()), format_func=mode_names().__getitem__, horizontal=True,
            help=_("Blind: they see nobody else's work until you open the comparison and they have handed in."),
        )  # fmt: skip
        purpose = right.radio(
            _("What for"), list(purpose_names()), format_func=purpose_names().__getitem__, horizontal=True,
            help=_("Training is compared with the adjudicated codings of the text and counts nowhere."),
        )  # fmt: skip
        if st.form_submit_button(_("Give"), type="primary", icon=":material/assignment_ind:"):
            with telling_problems():
                made = assign(
                    session.store(), session.current_person(study), study["id"], whom, chosen, mode or BLIND,
                    purpose or WORK,
                )  # fmt: skip
                tell(ngettext("{count} assignment was made.", "{count} assignments were made.", made))
                st.rerun()
