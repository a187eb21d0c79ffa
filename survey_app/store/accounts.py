"""Accounts of those who sign in."""

from sqlalchemy import ColumnElement, Connection, func, select, update

from survey_app.store import schema
from survey_app.store.log import Row, new_id, now, rows
from survey_app.store.sign_ins import OF_ACCOUNT

_TABLE = schema.account


def add(connection: Connection, *, login: str, name: str, password: str, admin: bool, language: str) -> str:
    """Store an account with the hash of its password; returns its id. Raises IntegrityError for a login in use."""
    account_id = new_id()
    connection.execute(
        _TABLE.insert().values(
            id=account_id, login=login, name=name, password=password, admin=admin, language=language,
            created_at=now(), closed_at="",
        )
    )  # fmt: skip
    return account_id


def with_password(connection: Connection, login: str) -> Row | None:
    """The account of a login, with the hash of its password."""
    found = rows(connection, select(_TABLE).where(_TABLE.c.login == login))
    return found[0] if found else None


def by_id(connection: Connection, account_id: str) -> Row | None:
    """An account, closed or not."""
    found = rows(connection, select(*OF_ACCOUNT).where(_TABLE.c.id == account_id))
    return found[0] if found else None


def password_of(connection: Connection, account_id: str) -> str:
    """The hash of an open account's password; "" where there is none."""
    return str(connection.scalar(select(_TABLE.c.password).where(_TABLE.c.id == account_id, _open())) or "")


def every(connection: Connection) -> list[Row]:
    """All accounts by name, with `studies`: in how many they are members."""
    membership = schema.membership
    of_each = select(func.count()).select_from(membership).where(membership.c.account_id == _TABLE.c.id)
    query = select(*OF_ACCOUNT, of_each.scalar_subquery().label("studies"))
    return rows(connection, query.order_by(_TABLE.c.name, _TABLE.c.login))


def change(connection: Connection, account_id: str, **values: object) -> None:
    """Change columns of an account."""
    connection.execute(update(_TABLE).where(_TABLE.c.id == account_id).values(**values))


def admins(connection: Connection) -> list[str]:
    """Ids of the open accounts of administrators, kept from changing by whoever writes now."""
    return list(connection.scalars(select(_TABLE.c.id).where(_TABLE.c.admin, _open()).with_for_update()))


def _open() -> ColumnElement[bool]:
    return _TABLE.c.closed_at == ""
