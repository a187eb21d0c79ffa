"""Who may do what in a study: accounts with a role there, read from the database whenever it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sqlalchemy import Connection, func, select

from survey_app.store import schema
from survey_app.store.log import Row, rows


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
    """What an account is in a study; None: nothing. A study without any member belongs to every administrator."""
    membership, coder, account = schema.membership, schema.coder, schema.account
    query = (
        select(membership.c.role, membership.c.coder_id, coder.c.key)
        .select_from(membership)
        .join(account, account.c.id == membership.c.account_id)
        .outerjoin(coder, coder.c.id == membership.c.coder_id)
        .where(membership.c.study_id == study_id, membership.c.account_id == account_id, account.c.closed_at == "")
    )
    found = connection.execute(query).first()
    if found is not None:
        return Member(account_id, Role[found.role.upper()], found.coder_id, found.key or "")
    if not is_admin(connection, account_id) or _has_members(connection, study_id):
        return None
    first = select(coder.c.id, coder.c.key).where(coder.c.study_id == study_id).order_by(coder.c.key).limit(1)
    whose = connection.execute(first).first()
    return Member(account_id, Role.OWNER, whose.id if whose else None, whose.key if whose else "")


def is_admin(connection: Connection, account_id: str) -> bool:
    """Whether an account may make studies, restore copies and see where the data lies."""
    table = schema.account
    query = select(table.c.admin).where(table.c.id == account_id, table.c.closed_at == "")
    return bool(connection.scalar(query))


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
        own |= set(connection.scalars(select(schema.study.c.id).where(schema.study.c.id.not_in(
            select(membership.c.study_id)
        ))))  # fmt: skip
    return own


def accounts(connection: Connection) -> int:
    """How many accounts there are; none: nobody has signed in yet on this installation."""
    return int(connection.scalar(select(func.count()).select_from(schema.account)) or 0)


def _has_members(connection: Connection, study_id: str) -> bool:
    membership = schema.membership
    return connection.scalar(select(membership.c.id).where(membership.c.study_id == study_id).limit(1)) is not None
