"""Experts' own check: what the study asks for, whose links there are, and how far each expert is."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.check_links import (
    CheckState,
    check_states,
    choose_own_check,
    close_check_at,
    make_check_links,
    withdraw_check_links,
)
from survey_app.actions.expert_answers import is_required
from survey_app.components.link_making import end_of, keep_new_links, latest, new_links, only_here, whom
from survey_app.components.moments import moment
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.store import studies
from survey_app.store.log import Row


def state_names() -> dict[str, str]:
    """How far an expert is."""
    return {
        "none": _("no link"), "new": _("not opened"), "opened": _("opened"), "begun": _("answered in part"),
        "answered": _("all answered"), "withdrawn": _("link withdrawn"), "over": _("time is over"),
    }  # fmt: skip


def own_check(study: Row) -> None:
    """What is asked for, links, and how far everybody is."""
    states = check_states(session.store(), study["id"])
    if not states:
        st.info(_("No experts yet: import the roster first."), icon=":material/info:")
        return
    _asked_for(study)
    st.header(_("Personal links"), anchor=False)
    only_here()
    new_links(study, "check", _("Whoever has a link decides as that expert: send each one only to whom it is for."))
    _make(study, states)
    st.header(_("How far they are"), anchor=False)
    _progress(study, states)


def _asked_for(study: Row) -> None:
    choices = study["choices"]
    with st.form("own-check-choices", border=True):
        required = st.checkbox(
            _("A quote goes out only with its expert's own word"), is_required(study),
            help=_("Otherwise the check is offered: what an expert does not answer goes out if you release it."),
        )  # fmt: skip
        everything = st.checkbox(
            _("Experts see undecided quotes too"), bool(choices.get("own_check_all")),
            help=_("Otherwise they see what you have released. Who agrees only after a review always sees both."),
        )  # fmt: skip
        if st.form_submit_button(_("Save")):
            with telling_problems():
                choose_own_check(session.store(), session.current_person(study), study["id"], required=required,
                                 everything=everything)  # fmt: skip
                tell(_("Saved."))
                st.rerun()


def _make(study: Row, states: list[CheckState]) -> None:
    with st.container(border=True):
        left, right = st.columns([2, 1])
        with left:
            wanted = whom(study, states, "check")
        closes = right.date_input(
            _("Closes at the end of"), latest(states), min_value=date.today(), key=f"check-closes-{study['id']}",
            format="DD.MM.YYYY",
        )  # fmt: skip
        again = sum(state.link_id != "" and state.state != "withdrawn" for state in wanted)
        if again:
            text = ngettext(
                "{count} of them has a link, which stops working. Answers stay, and can be changed by the new one.",
                "{count} of them have links, which stop working. Answers stay, and can be changed by the new ones.",
                again,
            )
            st.caption(text)
        idle = sum(state.of == 0 for state in wanted)
        if idle:
            text = ngettext(
                "{count} of them has no quote to look at now.", "{count} of them have no quotes to look at now.", idle
            )
            st.caption(text)
        text = ngettext("Make {count} link", "Make {count} links", len(wanted))
        if st.button(text, type="primary", disabled=not wanted, key="make-check-links"):
            with telling_problems():
                made = make_check_links(
                    session.store(), session.current_person(study), study["id"],
                    [state.expert_id for state in wanted], end_of(closes),
                )  # fmt: skip
                keep_new_links(study, "check", "q", made)
                st.rerun()


def _progress(study: Row, states: list[CheckState]) -> None:
    names = state_names()
    counts = Counter(state.state for state in states)
    st.markdown(" · ".join(f"{names[state]}: **{counts[state]}**" for state in names if counts[state]))
    with session.store().reading() as connection:
        groups = {row["id"]: label(row) for row in studies.groups(connection, study["id"])}
    table = pd.DataFrame(
        {
            "key": [state.expert_key for state in states],
            "group": [groups.get(state.group_id, "") for state in states],
            "state": [names[state.state] for state in states],
            "answered": [
                _("{done} of {count}", done=state.done, count=state.of) if state.of else "" for state in states
            ],
            "at": [moment(state.answered_at) if state.answered_at else "" for state in states],
            "until": [moment(state.expires_at) if state.expires_at else "" for state in states],
        }
    )
    picked = st.dataframe(
        table, hide_index=True, key=f"check-states-{study['id']}", on_select="rerun", selection_mode="multi-row",
        height=min(36 * len(table) + 40, 640),
        column_config={
            "key": st.column_config.TextColumn(_("Expert's id"), width=100),
            "group": st.column_config.TextColumn(_("Stakeholder group")),
            "state": st.column_config.TextColumn(_("State")),
            "answered": st.column_config.TextColumn(_("Quotes answered")),
            "at": st.column_config.TextColumn(_("Last answer")),
            "until": st.column_config.TextColumn(_("Open until")),
        },
        alt=_("How far each expert is"),
    )  # fmt: skip
    chosen = [states[place].link_id for place in picked["selection"]["rows"] if states[place].link_id]
    _act(study, states, chosen)


def _act(study: Row, states: list[CheckState], chosen: list[str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(_("Withdraw the chosen links"), disabled=not chosen, icon=":material/link_off:"):
            with telling_problems():
                count = withdraw_check_links(session.store(), session.current_person(study), study["id"], chosen)
                tell(ngettext("{count} link was withdrawn.", "{count} links were withdrawn.", count))
                st.rerun()
        if any(state.link_id for state in states):
            with st.popover(_("Another closing date"), icon=":material/event:"):
                closes = st.date_input(
                    _("Closes at the end of"), latest(states), min_value=date.today(), key="check-closes-all",
                    format="DD.MM.YYYY",
                )  # fmt: skip
                st.caption(_("For every link, also for those whose time is over."))
                if st.button(_("Set the closing date"), type="primary", key="close-checks"):
                    with telling_problems():
                        person = session.current_person(study)
                        close_check_at(session.store(), person, study["id"], end_of(closes))
                        tell(_("Saved."))
                        st.rerun()
