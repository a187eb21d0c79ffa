"""The dashboard: what is asked of the study, chapter by chapter, and the words behind each number."""

from functools import partial

import streamlit as st

from survey_app import session
from survey_app.components.address import follow_link
from survey_app.components.chapters import chapters, choose_chapter
from survey_app.components.dashboard import nothing_coded, show_key_figures
from survey_app.components.empty import empty_state, need_study
from survey_app.components.filters import choose
from survey_app.components.hidden_texts import say_what_is_hidden
from survey_app.components.in_turn import in_turn, visited
from survey_app.components.not_coded import nobody_here, say_what_is_not_coded
from survey_app.components.printing import on_paper
from survey_app.components.telling import show_note
from survey_app.language import _
from survey_app.store.log import Row


@st.fragment
def board(study: Row) -> None:
    """All that a filter changes; the menu beside it stays as it is, as long as the study does."""
    if session.current_study() != study:  # renamed, deleted or closed to this person since the page was built
        st.rerun()
    choice = choose(study)
    on_paper(study, choice)
    say_what_is_hidden(study, choice.layer)
    say_what_is_not_coded(choice)
    show_key_figures(choice)
    if nobody_here(choice):
        return
    found = chapters(choice)
    chapter = found[choose_chapter(found)]
    without = nothing_coded(choice)
    if without:
        empty_state(
            "edit_note", _("Nothing is coded yet"),
            _("Code some statements on the coding desk; charts appear at once."),
            page="pages/desk.py", label=_("Coding desk"),
        )  # fmt: skip
    in_turn(partial(section.draw, choice) for section in chapter.sections if not (without and section.needs_codes))


show_note()
opened = need_study()
st.title(_("Dashboard"))
follow_link()
visited()
board(opened)
