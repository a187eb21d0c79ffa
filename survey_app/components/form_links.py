"""Personal links to the form: made, shown once, withdrawn; and how far each expert is, in counts alone."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.form_links import LinkState, close_form_at, link_states, make_links, withdraw_links
from survey_app.components.link_making import end_of, keep_new_links, latest, new_links, only_here, whom
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.store import studies
from survey_app.store.log import Row


def state_names() -> dict[str, str]:
    """How far an expert is."""
    return {
        "none": _("no link"), "new": _("not opened"), "begun": _("begun"), "sent": _("sent"),
        "changed": _("sent, and changed since"), "refused": _("consent withdrawn"), "withdrawn": _("link withdrawn"),
        "over": _("time is over"),
    }  # fmt: skip


def form_links(study: Row) -> None:
    """Make links, show the new ones, and say how far everybody is."""
    states = link_states(session.store(), study["id"])
    if not states:
        st.info(_("No experts yet: import the roster first."), icon=":material/info:")
        return
    st.header(_("Personal links"), anchor=False)
    only_here()
    new_links(study, "form", _("Whoever has a link answers as that expert: send each one only to whom it is for."))
    _make(study, states)
    st.header(_("How far they are"), anchor=False)
    _progress(study, states)


def _make(study: Row, states: list[LinkState]) -> None:
    with st.container(border=True):
        left, right = st.columns([2, 1])
        with left:
            wanted = whom(study, states, "form")
        closes = right.date_input(
            _("Closes at the end of"), latest(states), min_value=date.today(), key=f"form-closes-{study['id']}",
            format="DD.MM.YYYY",
        )  # fmt: skip
        again = sum(state.link_id != "" and state.state != "withdrawn" for state in wanted)
        if again:
            text = ngettext(
                "{count} of them has a link, which stops working. What was filled in stays.",
                "{count} of them have links, which stop working. What was filled in stays.",
                again,
            )
            st.caption(text)
        text = ngettext("Make {count} link", "Make {count} links", len(wanted))
        if st.button(text, type="primary", disabled=not wanted, key="make-form-links"):
            with telling_problems():
                made = make_links(
                    session.store(), session.current_person(study), study["id"],
                    [state.expert_id for state in wanted], end_of(closes),
                )  # fmt: skip
                keep_new_links(study, "form", "f", made)
                st.rerun()


def _progress(study: Row, states: list[LinkState]) -> None:
    names = state_names()
    counts = Counter(state.state for state in states)
    st.markdown(" · ".join(f"{names[state]}: **{counts[state]}**" for state in names if counts[state]))
    refused = [state.expert_key for state in states if state.state == "refused"]
    if refused:
        text = _(
            "Consent was withdrawn by {experts}, which cannot be undone. Answers with which nobody had worked are "
            "gone; open answers that carry codings or other work wait for you.",
            experts=", ".join(refused),
        )
        st.warning(plain(text), icon=":material/person_off:")
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
            "changed": [moment(state.changed_at) if state.changed_at else "" for state in states],
            "until": [moment(state.expires_at) if state.expires_at else "" for state in states],
        }
    )
    picked = st.dataframe(
        table, hide_index=True, key=f"form-states-{study['id']}", on_select="rerun", selection_mode="multi-row",
        height=min(36 * len(table) + 40, 640),
        column_config={
            "key": st.column_config.TextColumn(_("Expert's id"), width=100),
            "group": st.column_config.TextColumn(_("Stakeholder group")),
            "state": st.column_config.TextColumn(_("State")),
            "answered": st.column_config.TextColumn(_("Questions answered")),
            "changed": st.column_config.TextColumn(_("Last change")),
            "until": st.column_config.TextColumn(_("Open until")),
        },
        alt=_("How far each expert is"),
    )  # fmt: skip
    chosen = [states[place].link_id for place in picked["selection"]["rows"] if states[place].link_id]
    st.caption(_("Answers are not shown here: they stand in the study once an expert has sent them."))
    _act(study, states, chosen)


def _act(study: Row, states: list[LinkState], chosen: list[str]) -> None:
    links = [state for state in states if state.link_id]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(_("Withdraw the chosen links"), disabled=not chosen, icon=":material/link_off:"):
            with telling_problems():
                count = withdraw_links(session.store(), session.current_person(study), study["id"], chosen)
                tell(ngettext("{count} link was withdrawn.", "{count} links were withdrawn.", count))
                st.rerun()
        if links:
            with st.popover(_("Another closing date"), icon=":material/event:"):
                closes = st.date_input(
                    _("Closes at the end of"), latest(states), min_value=date.today(), key="form-closes-all",
                    format="DD.MM.YYYY",
                )  # fmt: skip
                st.caption(_("For every link, also for those whose time is over."))
                if st.button(_("Set the closing date"), type="primary"):
                    with telling_problems():
                        close_form_at(session.store(), session.current_person(study), study["id"], end_of(closes))
                        tell(_("Saved."))
                        st.rerun()
