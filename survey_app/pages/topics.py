"""Topics that a model proposes."""

import streamlit as st

from survey_app.components.empty import need_study
from survey_app.components.telling import show_note
from survey_app.components.topic_export import topic_export
from survey_app.components.topic_list import topic_list
from survey_app.components.topic_models import topic_models
from survey_app.components.topic_run import topic_run
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Topics"))
st.markdown(
    _("A model sorts what experts said by likeness: a first look at a few hundred statements, or a second one.")
)
topic_run(study)
topic_list(study)
topic_export(study)
topic_models(study)
