"""In a team: who has signed in, as what, and the ways in and out."""

from urllib.parse import quote

import streamlit as st

from survey_app import session
from survey_app.auth.page_words import role_name
from survey_app.components.plain import plain
from survey_app.language import _
from survey_app.store.log import Row


def who_is_here(study: Row | None) -> None:
    """The name of whoever has signed in, their role in the study, and the way to their account; alone nothing."""
    account = session.account()
    if account is None:
        return
    role = session.role(study) if study else None
    with st.container(gap="xxsmall"):
        st.caption(_("Signed in"))
        parts = [f"**{plain(account['name'])}**", plain(role_name(role.key)) if role else ""]
        st.markdown(" · ".join(part for part in parts if part))
        _link("/auth/account", _("Account and signing out"))


def way_in() -> None:
    """The way to sign in, and back here."""
    slug = st.query_params.get("study", "")
    with st.container(horizontal_alignment="center"):
        _link("/auth/sign-in" + (f"?next={quote(f'/home?study={quote(slug)}', safe='')}" if slug else ""), _("Sign in"))


def _link(path: str, words: str) -> None:
    """A link that stays in this tab, as Streamlit's own do not; `path` and `words` are ours."""
    st.html(f'<a href="{path}" style="color: inherit; font-size: 0.875rem">{words}</a>', width="content")
