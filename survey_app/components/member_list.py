"""The members of a study: role, coder's key, and what its owner can change."""

import streamlit as st

from survey_app import session
from survey_app.actions import teams
from survey_app.auth.page_words import role_means, role_name
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _
from survey_app.store.log import Row, Store
from survey_app.store.team import Role

ROLES = [role.key for role in sorted(Role, reverse=True)]


def member_list(study: Row, *, changes: bool) -> None:
    """A row for each member; `changes`: for whoever may change them."""
    members = teams.team_of(session.store(), study["id"])
    if not any(one["role"] == Role.OWNER.key for one in members):
        st.info(
            _("Nobody owns this study yet, so it belongs to the administrators. Whoever invites first owns it."),
            icon=":material/info:",
        )
    free = teams.coders_to_give(session.store(), study["id"])
    for one in members:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            key = f" · {_('codes as {key}', key=plain(one['coder_key']))}" if one["coder_key"] else ""
            st.markdown(
                f"**{plain(one['name'])}**  \n:small[{plain(one['login'])} · {plain(role_name(one['role']))}{key}]",
                width="stretch",
            )
            if changes:
                with st.popover(_("Change"), key=f"member-{one['id']}", width="content"):
                    _role(study, one)
                    _coder(study, one, free)
                    _remove(study, one)
    if free:
        keys = ", ".join(plain(coder["key"]) for coder in free)
        st.caption(_("Coders' keys that nobody has: {keys}", keys=keys))


def _role(study: Row, one: Row) -> None:
    chosen = st.selectbox(
        _("Role"), ROLES, ROLES.index(one["role"]), format_func=role_name, key=f"role-{one['id']}-{one['role']}"
    )
    st.caption(role_means(chosen))
    if st.button(_("Give this role"), key=f"give-{one['id']}", disabled=chosen == one["role"]):
        with telling_problems():
            teams.change_role(*_about(study), one["account_id"], Role[chosen.upper()])
            _told(_("{name} is now: {role}.", name=one["name"], role=role_name(chosen)))


def _coder(study: Row, one: Row, free: list[Row]) -> None:
    if one["role"] == Role.READER.key or not free:
        return
    ids = {coder["id"]: coder["key"] for coder in free}
    chosen = st.selectbox(
        _("Another coder's key"), list(ids), None, format_func=lambda one: ids[one], key=f"coder-{one['id']}",
        help=_("Codings stay with their key: whoever has it sees and changes them as their own."),
        placeholder=_("Choose"),
    )  # fmt: skip
    if chosen and st.button(_("Give this key"), key=f"key-{one['id']}"):
        with telling_problems():
            teams.change_coder(*_about(study), one["account_id"], chosen)
            _told(_("{name} now codes as {key}.", name=one["name"], key=ids[chosen]))


def _remove(study: Row, one: Row) -> None:
    st.divider()
    st.caption(_("Codings and the key stay in the study."))
    if st.button(_("Remove from the study"), key=f"remove-{one['id']}", icon=":material/person_remove:"):
        with telling_problems():
            teams.remove_member(*_about(study), one["account_id"])
            _told(_("{name} is no longer in the study.", name=one["name"]))


def _about(study: Row) -> tuple[Store, str, str]:
    return session.store(), session.current_person(study), study["id"]


def _told(text: str) -> None:
    tell(text)
    st.rerun()
