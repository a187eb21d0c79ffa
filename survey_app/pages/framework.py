"""Sum up what each expert says of each question or code."""

import streamlit as st

from survey_app.components.desk.chooser import choose_coder
from survey_app.components.empty import need_study
from survey_app.components.framework_matrix import framework_matrix
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(_("Framework matrix"))
    coder = choose_coder(study)
framework_matrix(study, coder)
