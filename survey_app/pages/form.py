"""The form in which experts answer by a personal link: which questionnaire, whose links, how far they are."""

import streamlit as st

from survey_app.components.empty import need_study
from survey_app.components.form_choice import form_choice
from survey_app.components.form_links import form_links
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Form for experts"))
st.markdown(
    _(
        "Invited experts answer the questionnaire in their browser by a personal link, without an account. What they "
        "send stands in the study as any questionnaire does: closed answers are counted, open answers can be coded."
    )
)
if form_choice(study) is not None:
    form_links(study)
