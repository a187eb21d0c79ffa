"""The coder's memo on one thing, where the thing is: read, written, changed without leaving the page."""

import streamlit as st

from survey_app import session
from survey_app.actions.memos import memo_on, write_memo
from survey_app.components.kept_words import kept_words
from survey_app.language import _
from survey_app.store.log import Row


def memo_here(study: Row, about: str, about_id: str) -> None:
    """A button that opens the memo of whoever codes in this tab; its sign is filled where there is one."""
    if not session.coders(study):
        return  # a reader
    coder = session.current_coder(study)
    text = memo_on(session.store(), study["id"], coder["id"], about, about_id)
    icon = ":material/sticky_note_2:" if text else ":material/note_add:"
    name = _("Memo of {coder}", coder=coder["key"]) if text else _("New memo of {coder}", coder=coder["key"])
    with st.popover(name, icon=icon, key=f"memo-here-{about_id}"):
        memo_form(study, coder, about, about_id, text)
        st.page_link(
            "pages/memos.py", label=_("All memos"), icon=":material/arrow_forward:",
            query_params={"study": study["slug"], "coder": coder["key"]},
        )  # fmt: skip


def memo_form(study: Row, coder: Row, about: str, about_id: str, text: str) -> None:
    """A field with the words of the memo, which keeps itself; without words the memo is removed."""

    def write(words: str, seen: str) -> None:
        write_memo(
            session.store(), session.current_person(study), study["id"], coder["id"], about=about, about_id=about_id,
            text=words, seen=seen,
        )  # fmt: skip

    kept_words(f"{coder['id']}-{about}-{about_id}", _("Memo"), text, write)
