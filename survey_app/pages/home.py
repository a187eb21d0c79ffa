"""A study's home: what is there, and the next step."""

import streamlit as st

from survey_app import session
from survey_app.actions.people import notices
from survey_app.actions.studies import sizes_seen
from survey_app.components.empty import need_study
from survey_app.components.memo_here import memo_here
from survey_app.components.own_texts import show_own_texts
from survey_app.components.plain import plain
from survey_app.components.steps import next_step, show_next, show_stations, stations
from survey_app.components.telling import show_messages, show_note
from survey_app.store.team import Role

show_note()
study = need_study()
st.title(plain(session.title_of(study)))
if study["note"]:
    st.caption(plain(study["note"]))
sizes = sizes_seen(session.store(), study["id"])

role = session.role(study) or Role.READER
found = stations(sizes, role)
if role >= Role.RESEARCHER:
    show_next(next_step(found))
show_own_texts(study)
show_stations(found)
memo_here(study, "study", study["id"])
if role >= Role.RESEARCHER:
    show_messages(notices(session.store(), study["id"]))
