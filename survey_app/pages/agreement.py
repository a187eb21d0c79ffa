"""How far coders agree."""

import streamlit as st

from survey_app.components.agreement_page import agreement_page
from survey_app.components.empty import need_study
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Agreement"))
agreement_page(study)
