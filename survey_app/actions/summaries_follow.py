"""Summaries of the framework matrix follow what they are about: a merged code, a statement that was joined."""

from sqlalchemy import Connection, select

from coding.framework import CODE, column_key
from survey_app.store import schema
from survey_app.store.log import Change, open_change, rows


def follow_merge(change: Change, study_id: str, from_key: str, into_key: str) -> None:
    """Let the summaries of one code stand under another: below what a coder has written there already."""
    table = schema.summary
    query = select(table).where(table.c.study_id == study_id)
    here, there = column_key(CODE, from_key), column_key(CODE, into_key)
    moving = rows(change.connection, query.where(table.c.column == here))
    present = {
        (row["coder_id"], row["expert_id"]): row
        for row in rows(change.connection, query.where(table.c.column == there))
    }
    for row in moving:
        stays = present.get((row["coder_id"], row["expert_id"]))
        if stays is None:
            change.update(table, row["id"], column=there)
            continue
        change.delete(table, row["id"])
        text = "\n\n".join(part for part in (stays["text"], row["text"]) if part)
        change.update(table, stays["id"], text=text, quotes=list(dict.fromkeys([*stays["quotes"], *row["quotes"]])))


def relink(connection: Connection, person: str, study_id: str, gone: str, there: str) -> None:
    """Let summaries that rest on a statement which is about to go rest on another; a change of its own.

    An undo of what made the statement go leaves the link where it is: the other statement's words are the same.
    """
    table = schema.summary
    found = [
        row for row in rows(connection, select(table).where(table.c.study_id == study_id)) if gone in row["quotes"]
    ]
    if not found:
        return
    change = open_change(connection, study_id, person, "relink_quotes")
    for row in found:
        quotes = [there if quote == gone else quote for quote in row["quotes"]]
        change.update(table, row["id"], quotes=list(dict.fromkeys(quotes)))
