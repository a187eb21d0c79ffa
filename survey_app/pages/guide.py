"""The interview guide, and which of its questions is asked where."""

import streamlit as st

from survey_app.components.empty import need_study
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Interview guide"))
