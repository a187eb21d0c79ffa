"""Bring regulations and strategies in, and say what they are."""

import streamlit as st

from survey_app.components.document_batch import drop_documents
from survey_app.components.document_list import document_list
from survey_app.components.empty import need_study
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Documents"))
drop_documents(study)
document_list(study)
