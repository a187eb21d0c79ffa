"""Experts: the roster, who is behind which display name, consent, stakeholder groups."""

import streamlit as st

from survey_app import session
from survey_app.components.empty import need_study
from survey_app.components.expert_list import expert_list
from survey_app.components.group_editor import group_editor
from survey_app.components.publishing_now import publishing_now
from survey_app.components.roster_import import roster_import
from survey_app.components.telling import show_note
from survey_app.components.who_is_who import who_is_who
from survey_app.language import _
from survey_app.store import studies

show_note()
study = need_study()
st.title(_("Experts"))
publishing_now(study, anew=True)
with session.store().reading() as connection:
    sizes = studies.sizes(connection, study["id"])
titles = [_("Import a roster"), _("Who is who"), _("Experts and consent"), _("Groups")]
first = titles[0] if not sizes["experts"] else titles[1] if sizes["speakers_unconfirmed"] else titles[2]
brought, names, listed, groups = st.tabs(titles, default=first)
with brought:
    roster_import(study)
with names:
    who_is_who(study)
with listed:
    expert_list(study)
with groups:
    group_editor(study)
