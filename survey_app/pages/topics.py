"""Topics that a model proposes."""

import streamlit as st

from survey_app import session
from survey_app.components.empty import empty_state, need_study
from survey_app.components.telling import show_note
from survey_app.components.topic_export import topic_export
from survey_app.components.topic_list import topic_list
from survey_app.components.topic_models import topic_models
from survey_app.components.topic_pictures import topic_pictures
from survey_app.components.topic_run import topic_run
from survey_app.components.topic_runs import say_what_waits, show_runs
from survey_app.language import _
from survey_app.store.team import Role

show_note()
study = need_study()
researcher = session.may(Role.RESEARCHER)
st.title(_("Topics"))
st.markdown(
    _("A model sorts what experts said by likeness: a first look at a few hundred statements, or a second one.")
)
if researcher:
    topic_run(study)
waits = say_what_waits(study)
run = topic_list(study)
if run is not None:
    topic_pictures(study, run)
    show_runs(study, run)
elif not researcher and not waits:
    empty_state("bubble_chart", _("No topics yet"), _("A researcher of the study looks for topics."))
if researcher:
    topic_export(study)
    topic_models(study)
