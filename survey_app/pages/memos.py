"""A coder's memos."""

import streamlit as st

from survey_app.components.desk.chooser import choose_coder
from survey_app.components.empty import need_study
from survey_app.components.memo_list import memo_list
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(_("Memos"))
    coder = choose_coder(study)
st.caption(_("What you noted beside the codes. Nobody else sees it."))
memo_list(study, coder)
