"""Accounts of this installation, for its administrators."""

import streamlit as st

from survey_app import session
from survey_app.components.account_list import account_list, admin_invitations
from survey_app.components.invitation_list import show_link
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
st.title(_("Accounts"))
if session.alone():
    st.markdown(
        _(
            "You work alone here, without signing in. So that others can work with you from their own machines, set "
            "RAKURS_TEAM=1 and start Rakurs again; docs/team.md tells how."
        )
    )
    st.stop()
st.caption(
    _(
        "Administrators make studies and accounts. Who works in a study, and as what, its owner says on the page Team "
        "of that study."
    )
)
show_link()
account_list()
st.header(_("Invite an administrator"), anchor=False)
admin_invitations()
