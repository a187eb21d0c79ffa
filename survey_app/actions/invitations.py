"""Invitations: a link that makes an account, or takes an account into a study. Each is used once, within 14 days.

Whoever opens a link shows its token, and that is their right to what it offers; so these actions name no role.
"""

from dataclasses import dataclass

from survey_app.actions.accounts import AccountProblem, new_login, one_at_a_time, read_name
from survey_app.actions.rights import needs, needs_account, needs_admin
from survey_app.actions.studies import new_coder
from survey_app.actions.teams import claim
from survey_app.auth import passwords
from survey_app.language import LANGUAGES
from survey_app.store import accounts, invitations, schema, sign_ins, studies, team
from survey_app.store.invitations import ADMIN
from survey_app.store.log import Change, Row, Store, fetch, open_change
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence


class InvitationProblem(MessageError):
    """An invitation that cannot be made or accepted."""


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation offers. `study` None: to administer the installation. `name`: as the one who invites wrote
    it; `by`: their name, "" for the command line."""

    role: str
    study: Row | None
    name: str
    by: str
    expires_at: str


@needs(Role.OWNER, of_others=True)
def invite(store: Store, person: str, study_id: str, role: Role, name: str = "", coder_id: str | None = None) -> str:
    """Invite somebody to a study; returns the token of the link, which is not kept.

    `coder_id`: the coder under whose key they will work; None: a new one (a reader gets none). Whoever invites first
    to a study that nobody owns becomes its owner.
    """
    wished = read_name(name) if name.strip() else ""
    with one_at_a_time(), store.change(study_id, person, "invite") as change:
        if coder_id is not None:
            _need_free(change, study_id, role, coder_id)
        claim(change, study_id, store.account, but=coder_id)
        return invitations.add(
            change.connection, role.key, study_id=study_id, coder_id=coder_id, name=wished,
            invited_by=store.account or "",
        )  # fmt: skip


@needs_admin
def invite_admin(store: Store, name: str = "") -> str:
    """Invite somebody to administer the installation; returns the token of the link."""
    wished = read_name(name) if name.strip() else ""
    with store.writing() as connection:
        return invitations.add(connection, ADMIN, name=wished, invited_by=store.account or "")


@needs_admin
def first_invitation(store: Store) -> str:
    """The token for the first administrator, in place of any older one; "" once there is an account."""
    with store.writing() as connection:
        if team.accounts(connection):
            return ""
        invitations.remove_of_machine(connection)
        return invitations.add(connection, ADMIN)


@needs(Role.RESEARCHER, of_others=True)
def open_invitations(store: Store, study_id: str) -> list[Row]:
    """Invitations to a study that nobody has accepted yet: {id, role, name, coder_key, created_at, expires_at}."""
    with store.reading() as connection:
        return invitations.open_ones(connection, study_id)


@needs_admin
def open_admin_invitations(store: Store) -> list[Row]:
    """The same to administer the installation."""
    with store.reading() as connection:
        return invitations.open_ones(connection, None)


@needs(Role.OWNER, of_others=True)
def revoke(store: Store, person: str, study_id: str, invitation_id: str) -> None:
    """Take an invitation back; its link leads nowhere from then on."""
    with store.change(study_id, person, "revoke_invitation") as change:
        if not invitations.remove(change.connection, invitation_id, study_id):
            raise _void()


@needs_admin
def revoke_admin(store: Store, invitation_id: str) -> None:
    """The same for one to administer the installation."""
    with store.writing() as connection:
        if not invitations.remove(connection, invitation_id, None):
            raise _void()


def look_at(store: Store, token: str) -> Invited:
    """What a link offers. Raises InvitationProblem when it is not good or no longer."""
    with store.reading() as connection:
        row = invitations.by_token(connection, token)
        if row is None:
            raise _void()
        by = accounts.by_id(connection, row["invited_by"]) if row["invited_by"] else None
        study = fetch(connection, schema.study, row["study_id"]) if row["study_id"] else None
    return Invited(row["role"], study, row["name"], by["name"] if by else "", row["expires_at"])


def accept(store: Store, token: str, login: str, name: str, password: str, language: str = "") -> str:
    """Make an account as a link offers it and sign it in; returns the token of the sign-in."""
    look_at(store, token)
    key, wished = new_login(login), read_name(name)
    passwords.check_password(password, key)
    kept = passwords.hash_of(password)
    with one_at_a_time(), store.writing() as connection:
        row = invitations.by_token(connection, token)
        if row is None or not invitations.use_up(connection, row["id"]):
            raise _void()
        if accounts.with_password(connection, key) is not None:
            raise AccountProblem(
                sentence("This login is in use here. Choose another; if it is yours, sign in and open the link again.")
            )
        account_id = accounts.add(
            connection, login=key, name=wished, password=kept, admin=row["role"] == ADMIN,
            language=language if language in LANGUAGES else "",
        )  # fmt: skip
        if row["study_id"]:
            _join(open_change(connection, row["study_id"], "", "join"), row, account_id, wished)
        return sign_ins.begin(connection, account_id)


@needs_account
def join(store: Store, token: str) -> None:
    """Take what a link offers with the account that has signed in."""
    account_id = str(store.account)
    with one_at_a_time(), store.writing() as connection:
        row, mine = invitations.by_token(connection, token), accounts.by_id(connection, account_id)
        if row is None or mine is None or not invitations.use_up(connection, row["id"]):
            raise _void()
        if not row["study_id"]:
            accounts.change(connection, account_id, admin=True)
            return
        if any(member["account_id"] == account_id for member in team.members(connection, row["study_id"])):
            raise InvitationProblem(
                sentence("You are in this study already; its owner can give you another role. The link stays good.")
            )
        _join(open_change(connection, row["study_id"], "", "join"), row, account_id, mine["name"])


def _join(change: Change, row: Row, account_id: str, name: str) -> None:
    """Make the membership, with the coder's key that was meant or a new one."""
    role, coder_id = Role[row["role"].upper()], row["coder_id"]
    if coder_id is not None:
        if coder_id not in {free["id"] for free in team.free_coders(change.connection, row["study_id"])}:
            raise InvitationProblem(
                sentence("Somebody else has the coder's key that was meant for you. Ask for a new link.")
            )
    elif role is not Role.READER:
        coder_id = new_coder(change, row["study_id"], name)["id"]
    team.add_member(change.connection, row["study_id"], account_id, role, coder_id)


def _need_free(change: Change, study_id: str, role: Role, coder_id: str) -> None:
    """A coder of this study that nobody has and nobody is invited as, for somebody who will code."""
    key = next((row["key"] for row in studies.coders(change.connection, study_id) if row["id"] == coder_id), "")
    if role is Role.READER:
        raise InvitationProblem(sentence("A reader does not code. Choose another role, or no key."))
    promised = {row["coder_id"] for row in invitations.open_ones(change.connection, study_id)}
    free = {row["id"] for row in team.free_coders(change.connection, study_id)} - promised
    if coder_id not in free:
        raise InvitationProblem(
            sentence("The key {key} is somebody's, or promised in an open invitation. Choose another.", key=key or "?")
        )


def _void() -> InvitationProblem:
    return InvitationProblem(
        sentence("This link is no longer good: it was used or taken back, or its time is over. Ask for a new one.")
    )
