"""What experts want in other words, beside what they said: accept it or refuse."""

import streamlit as st

from survey_app import session
from survey_app.actions.rewordings import Rewording, accept_rewording, refuse_rewording, rewordings
from survey_app.components.plain import plain
from survey_app.components.telling import telling_problems
from survey_app.language import _
from survey_app.store.log import Row


def rewording_list(study: Row) -> None:
    """Those that wait first; nothing where there are none."""
    found = rewordings(session.store(), study)
    if not found:
        return
    st.header(_("Other words that experts want"), anchor=False)
    st.caption(
        _(
            "Accepted words take the place of what was said, in releases and reports; readers are told that the "
            "expert worded them. The text and its codings stay as they are."
        )
    )
    for each in found:
        _one(study, each)


def _one(study: Row, each: Rewording) -> None:
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        left.caption(plain(" · ".join([_("As it was said"), each.expert_key, each.label])))
        left.markdown(plain(each.text))
        right.caption(_("As the expert wants it"))
        right.markdown(plain(each.wording))
        if each.names:
            right.warning(
                plain(
                    _(
                        "A name of the roster stands in these words: {names}. They cannot be accepted.",
                        names=", ".join(each.names),
                    )
                ),
                icon=":material/person_alert:",
            )
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            if each.state != "waits":
                accepted = each.state == "accepted"
                st.badge(
                    _("Accepted") if accepted else _("Refused"), color="blue" if accepted else "gray",
                    icon=":material/check:" if accepted else ":material/block:",
                )  # fmt: skip
            if each.state != "accepted" and st.button(
                _("Accept these words"), key=f"accept-{each.statement_id}", disabled=bool(each.names),
                icon=":material/check:",
            ):  # fmt: skip
                _decide(study, each, accept=True)
            if each.state != "refused" and st.button(
                _("Refuse"), key=f"refuse-{each.statement_id}", icon=":material/block:", type="tertiary",
                help=_("The quote then does not go out at all, unless the expert answers anew."),
            ):  # fmt: skip
                _decide(study, each, accept=False)


def _decide(study: Row, each: Rewording, *, accept: bool) -> None:
    with telling_problems():
        decide = accept_rewording if accept else refuse_rewording
        decide(session.store(), session.current_person(study), study, each.statement_id, each.wording)
        st.rerun()
