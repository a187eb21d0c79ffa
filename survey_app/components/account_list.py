"""The accounts of an installation and what its administrators do with them."""

import streamlit as st

from survey_app import session
from survey_app.actions import accounts, invitations
from survey_app.components.invitation_list import invitation_row, keep_link
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store.log import Row


def account_list() -> None:
    """A row for each account."""
    mine = session.account_id()
    for one in accounts.all_accounts(session.store()):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(one['name'])}**  \n:small[{_facts(one, mine)}]", width="stretch")
            with st.popover(_("Change"), key=f"account-{one['id']}", width="content"):
                if one["closed_at"]:
                    _reopen(one)
                else:
                    _password(one)
                    _admin(one)
                    _close(one)


def admin_invitations() -> None:
    """Those that are open, and a form for a new one."""
    for one in invitations.open_admin_invitations(session.store()):
        if invitation_row(one, changes=True):
            with telling_problems():
                invitations.revoke_admin(session.store(), one["id"])
                _told(_("The invitation was taken back."))
    with st.container(border=True, horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("Name"), max_chars=80, key="invite-admin-name")
        if st.button(_("Make the link"), type="primary", key="invite-admin", width="content"):
            with telling_problems():
                token = invitations.invite_admin(session.store(), name)
                keep_link(f"/auth/invitation/{token}", _("Send this link to whom you invite. It works once."))


def _facts(one: Row, mine: str) -> str:
    facts = [
        one["login"],
        _("you") if one["id"] == mine else "",
        _("administrator") if one["admin"] else "",
        ngettext("{count} study", "{count} studies", one["studies"]),
        _("closed on {moment}", moment=moment(one["closed_at"])) if one["closed_at"] else "",
    ]
    return " · ".join(plain(fact) for fact in facts if fact)


def _password(one: Row) -> None:
    if st.button(_("Link for a new password"), key=f"reset-{one['id']}", icon=":material/key:"):
        with telling_problems():
            token = accounts.reset_link(session.store(), one["id"])
            words = _("Send this link to {name}. It works once, within three days.", name=one["name"])
            keep_link(f"/auth/password/{token}", plain(words))


def _admin(one: Row) -> None:
    words = _("No longer administrator") if one["admin"] else _("Make administrator")
    if st.button(words, key=f"admin-{one['id']}", icon=":material/shield_person:"):
        with telling_problems():
            accounts.make_admin(session.store(), one["id"], admin=not one["admin"])
            _told(_("Saved."))


def _close(one: Row) -> None:
    st.divider()
    st.caption(_("Nobody signs in with a closed account; whatever was done with it stays."))
    if st.button(_("Close the account"), key=f"close-{one['id']}", icon=":material/lock:"):
        with telling_problems():
            accounts.close_account(session.store(), one["id"])
            _told(_("The account was closed."))


def _reopen(one: Row) -> None:
    if st.button(_("Open the account again"), key=f"reopen-{one['id']}", icon=":material/lock_open:"):
        with telling_problems():
            accounts.reopen_account(session.store(), one["id"])
            _told(_("The account is open again."))


def _told(text: str) -> None:
    tell(text)
    st.rerun()
