"""Links by which experts fill in a questionnaire: rows of which the database knows the hash of the token.

What is filled in is a draft until it is handed in. It never stands in the log, so that nothing of it is left when it
is withdrawn, and `store.belonging` keeps it out of every copy of a study.
"""

from typing import Any

from sqlalchemy import Connection, case, exists, select, update

from survey_app.store import schema
from survey_app.store.log import Row, new_id, now, rows
from survey_app.store.sign_ins import hashed, new_token

_TABLE = schema.form_link
_ANSWERED = exists().where(
    schema.response.c.instrument_id == _TABLE.c.instrument_id, schema.response.c.expert_id == _TABLE.c.expert_id
)
_TOLD = [
    *(column for column in _TABLE.c if column.name not in {"token", "submitted_at"}),
    case((_ANSWERED, _TABLE.c.submitted_at), else_="").label("submitted_at"),
]
"""What is told of a link. That something was sent is true as long as the answers are there."""
MOST_PAGES = 60
"""Of how many pages that sent drafts the last number is kept, for each link."""


def give(connection: Connection, study_id: str, instrument_id: str, expert_id: str, expires_at: str) -> str:
    """A link for an expert; returns its token, which nobody can read again. An older one of theirs leads nowhere from
    then on; what they filled in by it stays."""
    token = new_token()
    values = {"token": hashed(token), "created_at": now(), "expires_at": expires_at, "withdrawn_at": ""}
    there = update(_TABLE).where(_TABLE.c.instrument_id == instrument_id, _TABLE.c.expert_id == expert_id)
    if not connection.execute(there.values(**values)).rowcount:
        connection.execute(
            _TABLE.insert().values(
                id=new_id(), study_id=study_id, instrument_id=instrument_id, expert_id=expert_id, draft={}, seqs={},
                **values,
            )
        )  # fmt: skip
    return token


def by_token(connection: Connection, token: str) -> Row | None:
    """The link of a token, if it is good; kept from changing by whoever writes now."""
    query = select(*_TOLD).where(
        _TABLE.c.token == hashed(token), _TABLE.c.withdrawn_at == "", _TABLE.c.expires_at > now()
    )
    if connection.get_execution_options().get("writes"):
        query = query.with_for_update()
    found = rows(connection, query)
    return found[0] if found else None


def of_instrument(connection: Connection, instrument_id: str) -> list[Row]:
    """The links to a questionnaire, by expert, each with `expert_key`; none of experts who have withdrawn."""
    expert = schema.expert
    query = (
        select(*_TOLD, expert.c.key.label("expert_key"))
        .join(expert, expert.c.id == _TABLE.c.expert_id)
        .where(_TABLE.c.instrument_id == instrument_id, expert.c.withdrawn_at == "")
        .order_by(expert.c.position, expert.c.key)
    )
    return rows(connection, query)


def count_open(connection: Connection, instrument_id: str) -> tuple[int, int]:
    """How many links lead to a questionnaire, and in how many drafts something is filled in that was not sent."""
    found = of_instrument(connection, instrument_id)
    drafts = [row for row in found if row["draft"].get("answers") and row["changed_at"] > row["submitted_at"]]
    return sum(not row["withdrawn_at"] and row["expires_at"] > now() for row in found), len(drafts)


def withdraw(connection: Connection, instrument_id: str, ids: list[str]) -> int:
    """Let links lead nowhere; returns how many did not already."""
    some = _TABLE.c.instrument_id == instrument_id, _TABLE.c.id.in_(ids), _TABLE.c.withdrawn_at == ""
    return connection.execute(update(_TABLE).where(*some).values(withdrawn_at=now())).rowcount


def close_at(connection: Connection, instrument_id: str, expires_at: str) -> None:
    """Give all links to a questionnaire another end; one that is over leads there again if the end is to come."""
    connection.execute(update(_TABLE).where(_TABLE.c.instrument_id == instrument_id).values(expires_at=expires_at))


def keep(connection: Connection, link_id: str, **values: Any) -> None:
    """Change what is kept of a link."""
    connection.execute(update(_TABLE).where(_TABLE.c.id == link_id).values(**values))


def with_seq(seqs: dict[str, int], client: str, seq: int) -> dict[str, int]:
    """Numbers of the last messages, with that of a page that has just sent one; the oldest are forgotten."""
    others = [(name, number) for name, number in seqs.items() if name != client]
    return dict([*others, (client, seq)][-MOST_PAGES:])
