"""The interview guide, and which of its questions is asked where."""

import streamlit as st

from survey_app.components.empty import need_study
from survey_app.components.guide_questions import guide_questions_editor
from survey_app.components.guide_sections import guide_sections
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Interview guide"))
asked, questions = st.tabs([_("Where it is asked"), _("Questions")])
with asked:
    guide_sections(study)
with questions:
    guide_questions_editor(study)
