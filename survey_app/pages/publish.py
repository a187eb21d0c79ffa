"""Publish a frozen version of the dashboard."""

import streamlit as st

from survey_app.components.empty import need_study
from survey_app.components.given_out import given_out
from survey_app.components.publish_form import publish_form
from survey_app.components.releases import releases
from survey_app.components.republishing import withdrawn_since_published
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Publish"))
st.markdown(
    _(
        "Publishing freezes a version: aggregates of admitted segments and released quotes, nothing else. A version "
        "never changes; a new one stands beside it."
    )
)
withdrawn_since_published(study)
publish_form(study)
releases(study)
given_out(study)
