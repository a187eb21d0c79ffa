"""Experts' own check: what the study asks for, whose links there are, and how far each expert is."""

from __future__ import annotations

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
from survey_app.components.link_progress import Links, personal_links
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
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
    links = Links[CheckState](
        "check", "q", state_names(), _("Quotes answered"), _("Last answer"),
        lambda state: state.answered_at,
        _("Whoever has a link decides as that expert: send each one only to whom it is for."),
        lambda count: ngettext(
            "{count} of them has a link, which stops working. Answers stay, and can be changed by the new one.",
            "{count} of them have links, which stop working. Answers stay, and can be changed by the new ones.",
            count,
        ),
        make_check_links, withdraw_check_links, close_check_at,
    )  # fmt: skip
    personal_links(study, states, links, told=_idle)


def _idle(wanted: list[CheckState]) -> None:
    idle = sum(state.of == 0 for state in wanted)
    if idle:
        text = ngettext(
            "{count} of them has no quote to look at now.", "{count} of them have no quotes to look at now.", idle
        )
        st.caption(text)


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
