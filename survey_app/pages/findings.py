"""Findings: the researcher's conclusions, whether they hold, and what speaks for and against them."""

import streamlit as st

from survey_app.actions.results import Layer
from survey_app.components.empty import need_study
from survey_app.components.findings import findings_page
from survey_app.components.hidden_texts import say_what_is_hidden
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Findings"))
say_what_is_hidden(study, Layer("adjudicated"))
findings_page(study)
