"""What a coder has done."""

import streamlit as st

from survey_app.components.deed_list import deed_list
from survey_app.components.desk.chooser import choose_coder
from survey_app.components.empty import need_study
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(_("History"))
    coder = choose_coder(study)
st.caption(_("What you did, and what became of your own codings and notes, whoever did it. Nobody else sees it."))
deed_list(study, coder)
