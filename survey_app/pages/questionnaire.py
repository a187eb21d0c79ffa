"""Import the questionnaire, see what is there, take it out."""

import streamlit as st

from survey_app.components.empty import need_study
from survey_app.components.questionnaire_import import questionnaire_import
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Questionnaire"))
st.markdown(
    _(
        "Closed answers are counted by stakeholder group; open answers become statements of their own kind, beside "
        "what was said in the sessions."
    )
)
questionnaire_import(study)
