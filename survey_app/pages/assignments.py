"""Assignments: who codes what, what is coded twice, when the comparison opens, and how trainees do."""

import streamlit as st

from survey_app.components.empty import need_study
from survey_app.components.plan_matrix import plan_matrix
from survey_app.components.sample_planner import sample_planner
from survey_app.components.telling import show_note
from survey_app.components.training_result import training_results
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Assignments"))
plan, sample, training = st.tabs([_("Who codes what"), _("Double-coding sample"), _("Training")])
with plan:
    plan_matrix(study)
with sample:
    sample_planner(study)
with training:
    training_results(study)
