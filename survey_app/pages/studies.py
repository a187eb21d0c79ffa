"""All studies of this installation."""

import streamlit as st

from survey_app import session
from survey_app.components.empty import empty_state
from survey_app.components.study_cards import new_study, study_card
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
st.title(_("Studies"))
active, archived = session.studies_here(), session.studies_here(archived=True)

if not active:
    empty_state(
        "folder_open", _("No study yet"), _("A study is one wave of one investigation. Create the first one below.")
    )
for study in active:
    study_card(study)
if session.is_admin():
    new_study(expanded=not active)
if archived:
    with st.expander(_("Archived studies"), icon=":material/archive:"):
        for study in archived:
            study_card(study)
