"""The codebook: look up, add, rename, recolour, move."""

import streamlit as st

from survey_app.components.codebook_editor import codebook_editor
from survey_app.components.empty import need_study
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Codebook"))
codebook_editor(study)
