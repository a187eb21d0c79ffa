"""The experts' own check of their quotes: what is asked for, whose links, how far they are, other words."""

import streamlit as st

from survey_app.components.empty import need_study
from survey_app.components.own_check import own_check
from survey_app.components.republishing import withdrawn_since_published
from survey_app.components.rewording_list import rewording_list
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Experts' own check"))
st.markdown(
    _(
        "Each expert may look at their own quotes as readers will see them, by a personal link and without an account: "
        "release, reword or withdraw each. What they answer is what the gate reads."
    )
)
withdrawn_since_published(study)
rewording_list(study)
own_check(study)
