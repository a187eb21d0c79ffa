"""What is said where a second person is to sign, and the person before the screen is the first."""

import streamlit as st

from survey_app import session
from survey_app.components.plain import plain
from survey_app.language import _


def you_are_the_first(person: str) -> None:
    """Who signs instead, and, where one machine serves several people, where they say who they are."""
    if not session.alone():
        st.caption(_("You finished these yourself. Somebody else signs, with an account of their own."))
        return
    told = _(
        "You are {person}, who finished these. Somebody else signs: choose who you are on the Coding desk.",
        person=person,
    )
    st.caption(plain(told))
    st.page_link("pages/desk.py", label=_("Coding desk"), icon=":material/edit_note:")
