"""Who may do what in a study: accounts with a role there, read from the database whenever it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import Connection, func, select

from survey_app.store import schema
from survey_app.store.log import Row, new_id, now, rows


class Role(IntEnum):
    """What a person is in a study; each may do whatever those below may."""

    READER = 1
    CODER = 2
    RESEARCHER = 3
    OWNER = 4

    @property
    def key(self) -> str:
        """Its name in the store."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a study. `coder_id` and `coder_key`: under which they code and act; None and "" for a reader."""

    account_id: str
    role: Role
    coder_id: str | None
    coder_key: str


def member(connection: Connection, study_id: str, account_id: str) -> Member | None:
    """What an account is in a study; None: nothing.

    A study that no open account owns belongs to every administrator, under its first coder that is nobody's."""
    membership, coder, account = schema.membership, schema.coder, schema.account
    query = (
        select(membership.c.role, membership.c.coder_id, coder.c.key)
        .select_from(membership)
        .join(account, account.c.id == membership.c.account_id)
        .outerjoin(coder, coder.c.id == membership.c.coder_id)
        .where(membership.c.study_id == study_id, membership.c.account_id == account_id, account.c.closed_at == "")
    )
    found = connection.execute(query).first()
    unowned = (found is None or found.role != Role.OWNER.key) and (
        is_admin(connection, account_id) and not owners(connection, study_id)
    )
    if found is not None and (found.coder_id or not unowned):
        role = Role.OWNER if unowned else Role[found.role.upper()]
        return Member(account_id, role, found.coder_id, found.key or "")
    if not unowned:
        return None
    free = free_coders(connection, study_id)
    return Member(account_id, Role.OWNER, free[0]["id"] if free else None, free[0]["key"] if free else "")


def owners(connection: Connection, study_id: str) -> list[str]:
    """Ids of the open accounts that own a study; kept from changing by whoever writes now."""
    membership, account = schema.membership, schema.account
    query = (
        select(membership.c.account_id)
        .join(account, account.c.id == membership.c.account_id)
        .where(membership.c.study_id == study_id, membership.c.role == Role.OWNER.key, account.c.closed_at == "")
    )
    if connection.get_execution_options().get("writes"):
        query = query.with_for_update()
    return list(connection.scalars(query))


def free_coders(connection: Connection, study_id: str) -> list[Row]:
    """Coders of a study under whose key nobody has an account, by key."""
    coder, membership = schema.coder, schema.membership
    taken = select(membership.c.coder_id).where(membership.c.coder_id.is_not(None))
    query = select(coder).where(coder.c.study_id == study_id, coder.c.id.not_in(taken))
    return rows(connection, query.order_by(coder.c.key))


def add_member(connection: Connection, study_id: str, account_id: str, role: Role, coder_id: str | None) -> None:
    """Take an account into a study. Raises IntegrityError where it is a member, or the coder somebody's, already."""
    connection.execute(
        schema.membership.insert().values(
            id=new_id(), study_id=study_id, account_id=account_id, role=role.key, coder_id=coder_id, created_at=now()
        )
    )


def is_admin(connection: Connection, account_id: str) -> bool:
    """Whether an account may make studies, restore copies and see where the data lies."""
    table = schema.account
    query = select(table.c.admin).where(table.c.id == account_id, table.c.closed_at == "")
    return bool(connection.scalar(query))


def is_open(connection: Connection, account_id: str) -> bool:
    """Whether there is such an account and it has not been closed."""
    table = schema.account
    return connection.scalar(select(table.c.id).where(table.c.id == account_id, table.c.closed_at == "")) is not None


def members(connection: Connection, study_id: str) -> list[Row]:
    """Rows of {id, account_id, role, coder_id, coder_key, login, name, created_at} by name."""
    membership, account, coder = schema.membership, schema.account, schema.coder
    query = (
        select(
            membership.c.id, membership.c.account_id, membership.c.role, membership.c.coder_id,
            coder.c.key.label("coder_key"), account.c.login, account.c.name, membership.c.created_at,
        )
        .select_from(membership)
        .join(account, account.c.id == membership.c.account_id)
        .outerjoin(coder, coder.c.id == membership.c.coder_id)
        .where(membership.c.study_id == study_id)
        .order_by(account.c.name, account.c.login)
    )  # fmt: skip
    return rows(connection, query)


def studies_of(connection: Connection, account_id: str) -> set[str]:
    """Ids of the studies that an account can open."""
    membership = schema.membership
    own = set(connection.scalars(select(membership.c.study_id).where(membership.c.account_id == account_id)))
    if is_admin(connection, account_id):
        account = schema.account
        owned = (
            select(membership.c.study_id)
            .join(account, account.c.id == membership.c.account_id)
            .where(membership.c.role == Role.OWNER.key, account.c.closed_at == "")
        )
        own |= set(connection.scalars(select(schema.study.c.id).where(schema.study.c.id.not_in(owned))))
    return own


def accounts(connection: Connection) -> int:
    """How many accounts there are; none: nobody has signed in yet on this installation."""
    return int(connection.scalar(select(func.count()).select_from(schema.account)) or 0)
