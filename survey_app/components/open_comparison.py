"""Open and close the comparison of texts, with who has not handed in yet."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.opening import Plan, StillCoding, close_comparison, open_comparison
from survey_app.components.assignment_words import text_name
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext, translate
from survey_app.store.log import Row


def opening_form(study: Row, plan: Plan) -> None:
    """From then on the coders of these texts see each other's work."""
    st.header(_("Open the comparison"), anchor=False)
    st.caption(
        _("From then on those who have handed in see each other's codings and the agreement; the others stay blind.")
    )
    closed = {row["id"]: row for row in plan.texts if row["id"] not in plan.opened}
    opened = {row["id"]: row for row in plan.texts if row["id"] in plan.opened}
    chosen = st.multiselect(
        _("Texts to compare"), list(closed), format_func=lambda one: text_name(closed[one]),
        placeholder=_("choose texts"), key=f"to-open-{len(opened)}",
    )  # fmt: skip
    asked = st.session_state.get("open-early") == sorted(chosen) and bool(chosen)
    if st.button(_("Open"), type="primary", icon=":material/compare_arrows:", disabled=not chosen or asked):
        _open(study, chosen, early=False)
        asked = st.session_state.get("open-early") == sorted(chosen)
    if asked and st.button(_("Open nevertheless"), icon=":material/warning:"):
        _open(study, chosen, early=True)
    if opened:
        with st.expander(_("Close again"), icon=":material/visibility_off:"):
            _close(study, opened)


def _open(study: Row, chosen: list[str], *, early: bool) -> None:
    with telling_problems():
        try:
            count = open_comparison(session.store(), session.current_person(study), study["id"], chosen, early=early)
        except StillCoding as waiting:
            st.session_state["open-early"] = sorted(chosen)
            st.warning(plain(translate(waiting.message)), icon=":material/hourglass_top:")
            return
        st.session_state.pop("open-early", None)
        tell(ngettext("{count} text can be compared now.", "{count} texts can be compared now.", count))
        st.rerun()


def _close(study: Row, opened: dict[str, Row]) -> None:
    st.caption(_("What coders have seen already they have seen; closing only hides it from now on."))
    chosen = st.multiselect(
        _("Texts to close"), list(opened), format_func=lambda one: text_name(opened[one]),
        placeholder=_("choose texts"), key=f"to-close-{len(opened)}",
    )  # fmt: skip
    if st.button(_("Close the comparison"), disabled=not chosen):
        with telling_problems():
            count = close_comparison(session.store(), session.current_person(study), study["id"], chosen)
            tell(ngettext("{count} text is closed again.", "{count} texts are closed again.", count))
            st.rerun()
