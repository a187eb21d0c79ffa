"""Personal links to the form: made, shown once, withdrawn; and how far each expert is, in counts alone."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.form_links import LinkState, close_form_at, link_states, make_links, withdraw_links
from survey_app.components.link_progress import Links, personal_links
from survey_app.components.plain import plain
from survey_app.language import _, ngettext
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
    links = Links[LinkState](
        "form", "f", state_names(), _("Questions answered"), _("Last change"),
        lambda state: state.changed_at,
        _("Whoever has a link answers as that expert: send each one only to whom it is for."),
        lambda count: ngettext(
            "{count} of them has a link, which stops working. What was filled in stays.",
            "{count} of them have links, which stop working. What was filled in stays.",
            count,
        ),
        make_links, withdraw_links, close_form_at,
    )  # fmt: skip
    personal_links(study, states, links, beside=lambda: _refused(states))


def _refused(states: list[LinkState]) -> None:
    refused = [state.expert_key for state in states if state.state == "refused"]
    if refused:
        text = _(
            "Consent was withdrawn by {experts}, which cannot be undone. Answers with which nobody had worked are "
            "gone; open answers that carry codings or other work wait for you.",
            experts=", ".join(refused),
        )
        st.warning(plain(text), icon=":material/person_off:")
    st.caption(_("Answers are not shown here: they stand in the study once an expert has sent them."))
