"""Who is in the study: members, roles, invitations."""

import streamlit as st

from survey_app import session
from survey_app.components.empty import need_study
from survey_app.components.invitation_list import invitation_form, invitation_list, show_link
from survey_app.components.member_list import member_list
from survey_app.components.telling import show_note
from survey_app.language import _
from survey_app.store.team import Role

show_note()
study = need_study()
st.title(_("Team"))
if session.alone():
    st.markdown(
        _(
            "You work alone here, without signing in. So that others can work with you from their own machines, set "
            "RAKURS_TEAM=1 and start Rakurs again; docs/team.md tells how."
        )
    )
    st.stop()
changes = session.role(study) is Role.OWNER
if not changes:
    st.caption(_("The owner of the study changes its team."))
member_list(study, changes=changes)
st.header(_("Open invitations"), anchor=False)
invitation_list(study, changes=changes)
if changes:
    show_link()
    invitation_form(study)
