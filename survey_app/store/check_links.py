"""Links by which experts check their own quotes, of which the database knows the hash of the token, and their answers.

A link never stands in the log and in no copy of a study; what an expert has answered does, for the gate reads it.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, select, update

from survey_app.store import schema
from survey_app.store.log import Row, new_id, now, rows
from survey_app.store.sign_ins import hashed, new_token

_TABLE = schema.check_link
_TOLD = [column for column in _TABLE.c if column.name != "token"]


def give(connection: Connection, study_id: str, expert_id: str, expires_at: str) -> str:
    """A link for an expert; returns its token, which nobody can read again. An older one of theirs leads nowhere from
    then on; what they have answered stays."""
    token = new_token()
    values = {"token": hashed(token), "created_at": now(), "expires_at": expires_at, "withdrawn_at": "",
              "opened_at": "", "answered_at": ""}  # fmt: skip
    if not connection.execute(update(_TABLE).where(_TABLE.c.expert_id == expert_id).values(**values)).rowcount:
        connection.execute(_TABLE.insert().values(id=new_id(), study_id=study_id, expert_id=expert_id, **values))
    return token


def by_token(connection: Connection, token: str) -> Row | None:
    """The link of a token with its `expert_key`, if it is good and its expert has not withdrawn; kept from changing by
    whoever writes now."""
    expert = schema.expert
    query = (
        select(*_TOLD, expert.c.key.label("expert_key"))
        .join(expert, expert.c.id == _TABLE.c.expert_id)
        .where(
            _TABLE.c.token == hashed(token), _TABLE.c.withdrawn_at == "", _TABLE.c.expires_at > now(),
            expert.c.withdrawn_at == "",
        )
    )  # fmt: skip
    if connection.get_execution_options().get("writes"):
        query = query.with_for_update(of=_TABLE)
    found = rows(connection, query)
    return found[0] if found else None


def of_study(connection: Connection, study_id: str) -> dict[str, Row]:
    """The links of a study by the id of their expert."""
    query = select(*_TOLD).where(_TABLE.c.study_id == study_id)
    return {row["expert_id"]: row for row in rows(connection, query)}


def withdraw(connection: Connection, study_id: str, ids: list[str]) -> int:
    """Let links lead nowhere; returns how many did not already."""
    some = _TABLE.c.study_id == study_id, _TABLE.c.id.in_(ids), _TABLE.c.withdrawn_at == ""
    return connection.execute(update(_TABLE).where(*some).values(withdrawn_at=now())).rowcount


def withdraw_of_expert(connection: Connection, expert_id: str) -> None:
    """Let every link of an expert lead nowhere, that to a questionnaire too."""
    for table in (_TABLE, schema.form_link):
        some = table.c.expert_id == expert_id, table.c.withdrawn_at == ""
        connection.execute(update(table).where(*some).values(withdrawn_at=now()))


def close_at(connection: Connection, study_id: str, expires_at: str) -> None:
    """Give all links of a study another end; one that is over leads there again if the end is to come."""
    connection.execute(update(_TABLE).where(_TABLE.c.study_id == study_id).values(expires_at=expires_at))


def keep(connection: Connection, link_id: str, **values: Any) -> None:
    """Change what is kept of a link."""
    connection.execute(update(_TABLE).where(_TABLE.c.id == link_id).values(**values))


def answers(connection: Connection, study_id: str) -> list[Row]:
    """What experts have said of statements that are theirs, as the texts are now; oldest first."""
    table, statement, speaker = schema.check_answer, schema.statement, schema.speaker
    query = _said(select(table).join(statement, statement.c.id == table.c.statement_id), study_id)
    return rows(connection, query.where(speaker.c.expert_id == table.c.expert_id).order_by(table.c.at, table.c.id))


def said_by_experts(connection: Connection, study_id: str, expert_ids: Collection[str]) -> list[Row]:
    """The statements of these experts, in order within each text: id, source_id, start, end, expert_id."""
    statement, speaker = schema.statement, schema.speaker
    columns = [statement.c[name] for name in ("id", "source_id", "start", "end")]
    query = _said(select(*columns, speaker.c.expert_id).select_from(statement), study_id)
    found = rows(connection, query.order_by(statement.c.source_id, statement.c.start))
    return [row for row in found if row["expert_id"] in expert_ids]


def _said(query: Select[Any], study_id: str) -> Select[Any]:
    """Joins the source, turn and speaker of statements that experts have said."""
    statement, turn, speaker, source = schema.statement, schema.turn, schema.speaker, schema.source
    return (
        query.join(source, source.c.id == statement.c.source_id)
        .join(turn, (turn.c.source_id == statement.c.source_id) & (turn.c.index == statement.c.turn))
        .join(speaker, (speaker.c.source_id == turn.c.source_id) & (speaker.c.display_name == turn.c.speaker))
        .where(source.c.study_id == study_id, speaker.c.role == "expert")
    )  # fmt: skip


def answer_of(connection: Connection, statement_id: str, expert_id: str) -> Row | None:
    """What an expert has said of one statement, or None."""
    table = schema.check_answer
    query = select(table).where(table.c.statement_id == statement_id, table.c.expert_id == expert_id)
    found = rows(connection, query)
    return found[0] if found else None
