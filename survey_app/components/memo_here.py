"""The coder's memo on one thing, where the thing is: read, written, changed without leaving the page."""

import streamlit as st

from survey_app import session
from survey_app.actions.memos import memo_on, write_memo
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _
from survey_app.store.log import Row


def memo_here(study: Row, about: str, about_id: str) -> None:
    """A button that opens the memo of whoever codes in this tab; its sign is filled where there is one."""
    coder = session.current_coder(study)
    text = memo_on(session.store(), study["id"], coder["id"], about, about_id)
    icon = ":material/sticky_note_2:" if text else ":material/note_add:"
    name = _("Memo of {coder}", coder=coder["key"]) if text else _("New memo of {coder}", coder=coder["key"])
    with st.popover(name, icon=icon, key=f"memo-here-{about_id}"):
        memo_form(study, coder, about, about_id, text, f"here-{about_id}")
        st.page_link(
            "pages/memos.py", label=_("All memos"), icon=":material/arrow_forward:",
            query_params={"study": study["slug"], "coder": coder["key"]},
        )  # fmt: skip


def memo_form(study: Row, coder: Row, about: str, about_id: str, text: str, key: str) -> None:
    """The words and a button that keeps them."""
    with st.form(f"memo-{key}", border=False):
        written = st.text_area(_("Memo"), text, height=160, help=_("Without words the memo is removed."))
        if st.form_submit_button(_("Keep the memo"), type="primary", icon=":material/save:"):
            with telling_problems():
                write_memo(
                    session.store(), session.current_person(study), study["id"], coder["id"], about=about,
                    about_id=about_id, text=written,
                )  # fmt: skip
                tell(_("Saved."))
                st.rerun()
