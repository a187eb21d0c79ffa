"""Who is in a study: members, their roles and the coders under whose keys they work."""

from sqlalchemy import delete, select, update

from survey_app.actions.accounts import one_at_a_time
from survey_app.actions.rights import needs
from survey_app.actions.studies import new_coder
from survey_app.store import accounts, schema, team
from survey_app.store.log import Change, Gone, Row, Store, fetch
from survey_app.store.sight import assignments
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

_TABLE = schema.membership


class TeamProblem(MessageError):
    """What was asked of a team cannot be done."""


@needs(Role.RESEARCHER, of_others=True)
def team_of(store: Store, study_id: str) -> list[Row]:
    """The members of a study, see `store.team.members`."""
    with store.reading() as connection:
        return team.members(connection, study_id)


@needs(Role.RESEARCHER, of_others=True)
def coders_to_give(store: Store, study_id: str) -> list[Row]:
    """Coders under whose key nobody works yet."""
    with store.reading() as connection:
        return team.free_coders(connection, study_id)


@needs(Role.OWNER, of_others=True)
def claim_study(store: Store, person: str, study_id: str) -> None:
    """Become the owner, by name, of a study that had none."""
    with one_at_a_time(), store.change(study_id, person, "claim_study") as change:
        claim(change, study_id, store.account)


@needs(Role.OWNER, of_others=True)
def change_role(store: Store, person: str, study_id: str, account_id: str, role: Role) -> None:
    """Give a member another role, which holds at their next action. Whoever was a reader gets a coder's key, and
    whoever becomes one loses theirs; its codings stay."""
    with one_at_a_time(), store.change(study_id, person, "change_role") as change:
        row = _membership(change, study_id, account_id)
        if role is not Role.OWNER:
            _need_another_owner(change, study_id, account_id)
        coder_id = row["coder_id"]
        if role is Role.READER:
            _need_no_blind_work(change, study_id, coder_id)
            coder_id = None
        elif coder_id is None:
            coder_id = new_coder(change, study_id, _name(change, account_id))["id"]
        change.connection.execute(
            update(_TABLE).where(_TABLE.c.id == row["id"]).values(role=role.key, coder_id=coder_id)
        )


@needs(Role.OWNER, of_others=True)
def change_coder(store: Store, person: str, study_id: str, account_id: str, coder_id: str) -> None:
    """Say under which key a member codes: one that nobody else has. Codings stay with their key."""
    with one_at_a_time(), store.change(study_id, person, "change_coder") as change:
        row = _membership(change, study_id, account_id)
        if row["role"] == Role.READER.key:
            raise TeamProblem(sentence("A reader does not code. Give them another role first."))
        fetch(change.connection, schema.coder, coder_id, study_id)
        taken = select(_TABLE.c.id).where(_TABLE.c.coder_id == coder_id, _TABLE.c.id != row["id"])
        if change.connection.scalar(taken) is not None:
            raise TeamProblem(sentence("Somebody else codes under this key. Choose one that is free."))
        change.connection.execute(update(_TABLE).where(_TABLE.c.id == row["id"]).values(coder_id=coder_id))


@needs(Role.OWNER, of_others=True)
def remove_member(store: Store, person: str, study_id: str, account_id: str) -> None:
    """Take somebody out of a study; their codings and their coder's key stay in it."""
    with store.change(study_id, person, "remove_member") as change:
        _leave(change, study_id, account_id)


@needs(Role.READER)
def leave_study(store: Store, person: str, study_id: str) -> None:
    """Take oneself out of a study."""
    with store.change(study_id, person, "leave_study") as change:
        _leave(change, study_id, str(store.account))


def claim(change: Change, study_id: str, account_id: str | None, *, but: str | None = None) -> None:
    """Make whoever acts the owner of a study that no open account owns, under its first free coder except `but`."""
    if not account_id or team.owners(change.connection, study_id):
        return
    mine = update(_TABLE).where(_TABLE.c.study_id == study_id, _TABLE.c.account_id == account_id)
    if change.connection.execute(mine.where(_TABLE.c.coder_id.is_not(None)).values(role=Role.OWNER.key)).rowcount:
        return
    free = [row for row in team.free_coders(change.connection, study_id) if row["id"] != but]
    coder = free[0] if free else new_coder(change, study_id, _name(change, account_id))
    if not change.connection.execute(mine.values(role=Role.OWNER.key, coder_id=coder["id"])).rowcount:
        team.add_member(change.connection, study_id, account_id, Role.OWNER, coder["id"])


def _leave(change: Change, study_id: str, account_id: str) -> None:
    row = _membership(change, study_id, account_id)
    _need_another_owner(change, study_id, account_id)
    change.connection.execute(delete(_TABLE).where(_TABLE.c.id == row["id"]))


def _membership(change: Change, study_id: str, account_id: str) -> Row:
    query = select(_TABLE).where(_TABLE.c.study_id == study_id, _TABLE.c.account_id == account_id)
    found = change.connection.execute(query).mappings().first()
    if found is None:
        raise Gone(_TABLE.name, account_id)
    return dict(found)


def _need_no_blind_work(change: Change, study_id: str, coder_id: str | None) -> None:
    """A reader sees what is open; somebody who still codes blind must not become one by the way."""
    if any(
        row["coder_id"] == coder_id and row["mode"] == "blind" and not row["finished_at"]
        for row in assignments(change.connection, study_id)
    ):
        raise TeamProblem(
            sentence("This person still codes a text blind. Let them hand it in, or take it back from them, first.")
        )


def _need_another_owner(change: Change, study_id: str, account_id: str) -> None:
    if team.owners(change.connection, study_id) == [account_id]:
        raise TeamProblem(
            sentence("A study keeps at least one owner. Make somebody else its owner first. Nothing was changed.")
        )


def _name(change: Change, account_id: str) -> str:
    row = accounts.by_id(change.connection, account_id)
    return str(row["name"]) if row else ""
