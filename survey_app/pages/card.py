"""The study card: what readers need to know of a study that none of its tables says."""

import streamlit as st

from survey_app.components.deposit_button import deposit_button
from survey_app.components.empty import need_study
from survey_app.components.methods_files import methods_files
from survey_app.components.study_card_form import study_card_form
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Study card"))
st.markdown(
    _(
        "Rakurs fills 17 of the 32 items of COREQ from the study itself. The rest is asked here, once; all of it is "
        "published with the methods note, and what stays empty is said to be missing."
    )
)
methods_files(study)
deposit_button(study)
study_card_form(study)
