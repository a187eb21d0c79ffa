"""Decide what stands in quotes where people, organisations and places are named."""

import streamlit as st

from survey_app import session
from survey_app.actions.review_state import text_states
from survey_app.components.deidentify_key import deidentify_key
from survey_app.components.deidentify_queue import deidentify_queue
from survey_app.components.deidentify_reading import deidentify_reading
from survey_app.components.deidentify_texts import look_through_texts, text_list, warn_of_small_letters
from survey_app.components.empty import empty_state, need_study
from survey_app.components.telling import show_note
from survey_app.language import _
from survey_app.store.team import Role

show_note()
study = need_study()
st.title(_("De-identification"))
st.markdown(
    _(
        "Readers get quotes with labels in brackets where somebody or something is named. What was said stays here as "
        "it is."
    )
)
states = text_states(session.store(), study["id"])
if states:
    look_through_texts(study, states)
    warn_of_small_letters(states)
    views = {"decide": _("Decide"), "texts": _("Texts"), "read": _("As readers would see it")}
    if session.may(Role.OWNER):
        views["key"] = _("Key")
    view = st.segmented_control(
        _("View"), list(views), default="decide", required=True, key="deidentify-view", format_func=views.__getitem__,
        label_visibility="collapsed",
    )  # fmt: skip
    if view == "decide":
        deidentify_queue(study, states)
    elif view == "texts":
        text_list(study, states)
    elif view == "read":
        deidentify_reading(study, states)
    else:
        deidentify_key(study)
else:
    empty_state(
        "shield_person", _("Nothing to look through yet"), _("Bring in transcripts first."),
        page="pages/files.py", label=_("Transcripts"),
    )  # fmt: skip
