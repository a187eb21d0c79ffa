"""Invitations: rows of which the database knows the hash of the token, used once, good for some days."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, delete, select, update

from survey_app.store import schema
from survey_app.store.log import Row, new_id, now, rows
from survey_app.store.sign_ins import hashed, moment, new_token

LASTS = timedelta(days=14)
ADMIN = "admin"
"""The role of an invitation to administer the installation; it names no study."""
_TABLE = schema.invitation
_TOLD = [column for column in _TABLE.c if column.name != "token"]


def add(
    connection: Connection, role: str, *, study_id: str | None = None, coder_id: str | None = None, name: str = "",
    invited_by: str = "",
) -> str:  # fmt: skip
    """Store an invitation; returns its token, which nobody can read again. Those whose time is over are forgotten."""
    connection.execute(delete(_TABLE).where(_TABLE.c.used_at == "", _TABLE.c.expires_at <= now()))
    token = new_token()
    connection.execute(
        _TABLE.insert().values(
            id=new_id(), study_id=study_id, role=role, coder_id=coder_id, name=name, token=hashed(token),
            created_at=now(), expires_at=moment(LASTS), used_at="", invited_by=invited_by,
        )
    )  # fmt: skip
    return token


def by_token(connection: Connection, token: str) -> Row | None:
    """The invitation of a token, if it can still be accepted."""
    found = rows(connection, select(*_TOLD).where(_TABLE.c.token == hashed(token), *_open()))
    return found[0] if found else None


def use_up(connection: Connection, invitation_id: str) -> bool:
    """Mark an invitation as accepted; False where somebody was faster."""
    used = update(_TABLE).where(_TABLE.c.id == invitation_id, _TABLE.c.used_at == "").values(used_at=now())
    return connection.execute(used).rowcount == 1


def open_ones(connection: Connection, study_id: str | None) -> list[Row]:
    """Invitations to a study that nobody has accepted yet, with `coder_key`; None: to administer the installation."""
    coder = schema.coder
    query = (
        select(*_TOLD, coder.c.key.label("coder_key"))
        .outerjoin(coder, coder.c.id == _TABLE.c.coder_id)
        .where(_TABLE.c.study_id == study_id if study_id else _TABLE.c.role == ADMIN, *_open())
    )
    return rows(connection, query.order_by(_TABLE.c.created_at, _TABLE.c.name))


def remove(connection: Connection, invitation_id: str, study_id: str | None) -> bool:
    """Take an invitation back that nobody has accepted; False where there is none."""
    of_study = _TABLE.c.study_id == study_id if study_id else _TABLE.c.study_id.is_(None)
    gone = delete(_TABLE).where(_TABLE.c.id == invitation_id, of_study, _TABLE.c.used_at == "")
    return connection.execute(gone).rowcount == 1


def remove_of_machine(connection: Connection) -> None:
    """Take back every invitation to administer that the command line has made and nobody has accepted."""
    connection.execute(delete(_TABLE).where(_TABLE.c.role == ADMIN, _TABLE.c.invited_by == "", _TABLE.c.used_at == ""))


def _open() -> tuple[ColumnElement[bool], ...]:
    return _TABLE.c.used_at == "", _TABLE.c.expires_at > now()
