"""Release quotes one by one."""

import streamlit as st

from survey_app.components.empty import need_study
from survey_app.components.quote_review import quote_review
from survey_app.components.republishing import withdrawn_since_published
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Quotes"))
st.markdown(_("A release quotes only what you release here, one quote at a time, from experts who agreed to it."))
withdrawn_since_published(study)
quote_review(study)
