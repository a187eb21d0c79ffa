"""Invitations: those that are open, a form for a new one, and its link, shown once."""

from urllib.parse import urlsplit

import streamlit as st

from survey_app import session
from survey_app.actions import invitations, teams
from survey_app.auth.page_words import role_means, role_name
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _
from survey_app.settings import settings
from survey_app.store.log import Row
from survey_app.store.team import Role

ROLES = [Role.CODER.key, Role.RESEARCHER.key, Role.OWNER.key, Role.READER.key]
LINK = "link to show"


def invitation_list(study: Row, *, changes: bool) -> None:
    """Those that nobody has accepted yet; `changes`: for whoever may take them back."""
    found = invitations.open_invitations(session.store(), study["id"])
    if not found:
        st.caption(_("There is none."))
    for one in found:
        if invitation_row(one, changes=changes):
            with telling_problems():
                invitations.revoke(session.store(), session.current_person(study), study["id"], one["id"])
                tell(_("The invitation was taken back."))
                st.rerun()


def invitation_row(one: Row, *, changes: bool) -> bool:
    """One open invitation; whether it shall be taken back."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        key = _("codes as {key}", key=plain(one["coder_key"])) if one["coder_key"] else ""
        until = plain(_("good until {moment}", moment=moment(one["expires_at"])))
        facts = " · ".join(part for part in (plain(role_name(one["role"])), key, until) if part)
        st.markdown(f"**{plain(one['name'] or _('without a name'))}**  \n:small[{facts}]", width="stretch")
        return changes and st.button(_("Take back"), key=f"revoke-{one['id']}", width="content")


def invitation_form(study: Row) -> None:
    """Invite somebody to the study."""
    st.header(_("Invite somebody"), anchor=False)
    free = {row["id"]: row["key"] for row in teams.coders_to_give(session.store(), study["id"])}
    made = len(invitations.open_invitations(session.store(), study["id"]))  # a link made empties the form
    with st.container(border=True):
        left, right = st.columns(2)
        name = left.text_input(_("Name"), max_chars=80, key=f"invite-name-{made}", help=_("They can change it."))
        role = right.selectbox(_("Role"), ROLES, format_func=role_name, key="invite-role")
        coder_id = None
        if role != Role.READER.key and free:
            coder_id = left.selectbox(
                _("Codes as"), [None, *free], key=f"invite-coder-{made}",
                format_func=lambda one: free[one] if one else _("a new key"),
                help=_("Choose the key of whoever has coded here before and now gets an account."),
            )  # fmt: skip
        st.caption(role_means(role))
        if st.button(_("Make the link"), type="primary", key="invite"):
            with telling_problems():
                token = invitations.invite(
                    session.store(), session.current_person(study), study["id"], Role[role.upper()], name, coder_id
                )
                keep_link(f"/auth/invitation/{token}", _("Send this link to whom you invite. It works once."))


def keep_link(path: str, words: str) -> None:
    """Show a link of ours once, after the next rerun."""
    st.session_state[LINK] = (f"{here()}{path}", words)
    st.rerun()


def show_link() -> None:
    """The link that was just made: it is stored nowhere and not shown again."""
    link, words = st.session_state.pop(LINK, ("", ""))
    if link:
        st.success(words + " " + _("It is shown only now."), icon=":material/link:")
        st.code(link, language=None, wrap_lines=True)


def here() -> str:
    """Where people reach Rakurs: as it is set, else as this browser does."""
    seen = urlsplit(st.context.url or "")
    return settings().address or f"{seen.scheme}://{seen.netloc}"
