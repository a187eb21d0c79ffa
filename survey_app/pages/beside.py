"""Talk and form: what experts say aloud beside what they answer in the questionnaire."""

import streamlit as st

from survey_app import session
from survey_app.actions.targets import indicators_of
from survey_app.components.beside import (
    choose_talk,
    choosing_and_saying,
    coming_first,
    nothing_beside,
    parting_company,
    rating_what_is_said,
)
from survey_app.components.beside_targets import reaching_targets, stepping_up
from survey_app.components.empty import need_study
from survey_app.components.filters import choose
from survey_app.components.hidden_texts import say_what_is_hidden
from survey_app.components.telling import show_note
from survey_app.language import _
from survey_app.store.team import Role

show_note()
study = need_study()
st.title(_("Talk and form"))
choice = choose(study)
role = session.role(study)
asked = choose_talk(choice, experts=role is not None and role >= Role.RESEARCHER)
say_what_is_hidden(study, choice.layer)
if nothing_beside(asked):
    st.stop()
rating_what_is_said(asked)
parting_company(asked)
coming_first(asked)
choosing_and_saying(asked)
reaching_targets(asked, indicators_of(session.store(), study["id"]))
stepping_up(asked)
