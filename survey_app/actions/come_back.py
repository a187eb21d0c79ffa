"""Experts who bear the name of somebody who has withdrawn: brought in under a new key, they would be counted again."""

from collections.abc import Iterable

from sqlalchemy import Connection

from survey_app.store import experts as expert_rows
from survey_app.store.former_names import names_once_borne
from survey_app.store.log import Row
from transcripts.messages import Message, sentence
from transcripts.names import name_key


def come_back(connection: Connection, study_id: str) -> list[tuple[Row, Row]]:
    """Who takes part, and who has withdrawn and bore one of their names, then or before."""
    roster = expert_rows.experts(connection, study_id)
    once = names_once_borne(connection, study_id)
    gone = [
        (_keys(_names(row) | once.get(row["id"], set())), row) for row in roster if row["withdrawn_at"]
    ]  # fmt: skip
    return [
        (row, left) for row in roster if not row["withdrawn_at"] for keys, left in gone if keys & _keys(_names(row))
    ]


def come_back_reasons(connection: Connection, study_id: str) -> list[Message]:
    """Why nothing goes out before somebody has said whether they are the same."""
    return [
        sentence(
            "{key} bears a name of {gone}, who has withdrawn. If they are one person, withdraw {key}, too; if they are "
            "two, tell their names apart on the page “Experts”.",
            key=row["key"], gone=left["key"],
        )
        for row, left in come_back(connection, study_id)
    ]  # fmt: skip


def _names(expert: Row) -> set[str]:
    return {expert["name"], *expert["other_names"]}


def _keys(names: Iterable[str]) -> set[str]:
    return {key for name in names if (key := name_key(name))}
