"""Find coded statements."""

import streamlit as st

from survey_app.components.desk.chooser import choose_coder
from survey_app.components.empty import need_study
from survey_app.components.hidden_texts import say_what_is_hidden
from survey_app.components.query_page import query_page
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(_("Find statements"))
    coder = choose_coder(study)
say_what_is_hidden(study)
query_page(study, coder)
