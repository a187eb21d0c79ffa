"""Sign-ins: a token in the browser's cookie, of which the database knows only the hash."""

from hashlib import sha256

from sqlalchemy import Connection, select

from survey_app.store import schema
from survey_app.store.log import Row, now, rows


def hashed(token: str) -> str:
    """What is kept of a token. It is random and long, so that a plain hash is enough."""
    return sha256(token.encode()).hexdigest()


def account_of(connection: Connection, token: str) -> Row | None:
    """The account that a token has signed in: unless it is closed, signed out or its time is over."""
    account, sign_in = schema.account, schema.sign_in
    query = (
        select(account)
        .join(sign_in, sign_in.c.account_id == account.c.id)
        .where(sign_in.c.token == hashed(token), sign_in.c.expires_at > now(), account.c.closed_at == "")
    )
    found = rows(connection, query)
    return found[0] if found else None
