"""Sign-ins: a token in the browser's cookie, of which the database knows only the hash.

A sign-in ends 30 days after it began, after 7 days in which nobody came with it, and when it is signed out.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Connection, delete, select, update

from survey_app.store import schema
from survey_app.store.log import Row, Store, new_id, now, rows

LASTS = timedelta(days=30)
IDLE = timedelta(days=7)
SEEN_EVERY = timedelta(hours=1)
"""How exactly it is noted when a sign-in was last used: no click writes more often."""
OF_ACCOUNT = [column for column in schema.account.c if column.name != "password"]
"""What is told of an account: everything but the hash of its password."""


def new_token() -> str:
    """32 random bytes for an address or a cookie; nobody can guess them."""
    return token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token. It is random and long, so that a plain hash is enough."""
    return sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def moment(after: timedelta) -> str:
    """A moment before or after now, written as `now` writes."""
    return (datetime.fromisoformat(now()) + after).isoformat(timespec="seconds")


def account_of(connection: Connection, token: str) -> Row | None:
    """The account that a token has signed in: unless it is closed, signed out or its time is over."""
    found = _valid(connection, token)
    if found is not None:
        found.pop("seen_at")
    return found


def signed_in(store: Store, token: str) -> Row | None:
    """The same, and note that somebody came with the token."""
    if not token:
        return None
    with store.reading() as connection:
        found = _valid(connection, token)
    if found is None:
        return None
    if found.pop("seen_at") < moment(-SEEN_EVERY):
        with store.writing() as connection:
            table = schema.sign_in
            connection.execute(update(table).where(table.c.token == hashed(token)).values(seen_at=now()))
    return found


def begin(connection: Connection, account_id: str) -> str:
    """Sign an account in; returns the token. What is over is forgotten on the occasion."""
    purge(connection)
    token = new_token()
    connection.execute(
        schema.sign_in.insert().values(
            id=new_id(), account_id=account_id, token=hashed(token), created_at=now(), seen_at=now(),
            expires_at=moment(LASTS),
        )
    )  # fmt: skip
    return token


def end(connection: Connection, token: str) -> None:
    """Sign out where the token is."""
    connection.execute(delete(schema.sign_in).where(schema.sign_in.c.token == hashed(token)))


def end_all(connection: Connection, account_id: str, *, but: str = "") -> None:
    """Sign an account out everywhere; `but`: the token of a sign-in that stays."""
    table = schema.sign_in
    connection.execute(delete(table).where(table.c.account_id == account_id, table.c.token != hashed(but)))


def purge(connection: Connection) -> None:
    """Forget the sign-ins whose time is over."""
    table = schema.sign_in
    connection.execute(delete(table).where((table.c.expires_at <= now()) | (table.c.seen_at <= moment(-IDLE))))


def _valid(connection: Connection, token: str) -> Row | None:
    account, sign_in = schema.account, schema.sign_in
    query = (
        select(*OF_ACCOUNT, sign_in.c.seen_at)
        .join(sign_in, sign_in.c.account_id == account.c.id)
        .where(
            sign_in.c.token == hashed(token), sign_in.c.expires_at > now(), sign_in.c.seen_at > moment(-IDLE),
            account.c.closed_at == "",
        )
    )  # fmt: skip
    found = rows(connection, query)
    return found[0] if found else None
