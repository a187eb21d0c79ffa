"""Bring transcripts and chats in."""

import streamlit as st

from survey_app.components.empty import need_study
from survey_app.components.file_batch import drop_files
from survey_app.components.source_list import source_list
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Transcripts"))
drop_files(study)
source_list(study)
