"""A coder's memos: on the study, a text, an expert, a code, a statement, a coding. Nobody reads another's."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from survey_app.actions.rights import needs
from survey_app.actions.words_kept import merged
from survey_app.store import schema
from survey_app.store.log import Row, Store, fetch, now, rows
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

LONGEST = 20_000
NAMES = ("key", "short", "label_en", "label_ru", "name", "title", "title_en", "title_ru")
"""What the things that memos are about are called, each by some of these."""
ABOUT = ("study", "source", "expert", "code", "statement", "coding")
_TABLES = {"study": schema.study, "source": schema.source, "expert": schema.expert, "code": schema.code}


class MemoProblem(MessageError):
    """A memo that cannot be written."""


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo with what it is about: the row, and for a statement or a coding its words and the key of its source."""

    id: str
    about: str
    about_id: str
    text: str
    changed_at: str
    thing: Row
    words: str = ""
    source_key: str = ""


@needs(Role.CODER)
def memos_of(store: Store, study_id: str, coder_id: str, search: str = "") -> list[Memo]:
    """A coder's memos, those begun last first; with `search` those in which every word of it stands.

    What is gone has none.
    """
    table = schema.memo
    query = select(table).where(table.c.study_id == study_id, table.c.coder_id == coder_id)
    wanted = search.casefold().split()
    with store.reading() as connection:
        found = [
            _with_thing(connection, row)
            for row in rows(connection, query.order_by(table.c.created_at.desc(), table.c.id))
        ]
    memos = [memo for memo in found if memo is not None]
    return [memo for memo in memos if all(word in _searched(memo) for word in wanted)]


def _searched(memo: Memo) -> str:
    """Everything of a memo that a search looks into: its words, and what it is about by all its names."""
    named = (str(memo.thing.get(name) or "") for name in NAMES)
    return " ".join([memo.text, memo.words, memo.source_key, *named]).casefold()


@needs(Role.CODER)
def memo_on(store: Store, study_id: str, coder_id: str, about: str, about_id: str) -> str:
    """The words of a coder's memo on one thing; "" where there is none."""
    table = schema.memo
    query = select(table.c.text).where(
        table.c.study_id == study_id, table.c.coder_id == coder_id, table.c.about == about, table.c.about_id == about_id
    )
    with store.reading() as connection:
        return connection.scalar(query) or ""


@needs(Role.CODER)
def write_memo(
    store: Store, person: str, study_id: str, coder_id: str, *, about: str, about_id: str, text: str,
    seen: str | None = None,
) -> None:  # fmt: skip
    """Write, change or (without text) remove a coder's memo on the study, a text, an expert or a code.

    `seen` are the words that it was typed over: what another tab has written meanwhile stays above. None: whatever
    is there is replaced.
    """
    table = schema.memo
    with store.change(study_id, person, "write_memo") as change:
        connection = change.connection
        fetch(connection, schema.coder, coder_id, study_id)
        same = (table.c.coder_id == coder_id) & (table.c.about == about) & (table.c.about_id == about_id)
        present = rows(connection, select(table).where(same))
        there = present[0]["text"] if present else ""
        words = (text if seen is None else merged(there, seen, text)).strip()
        if len(words) > LONGEST:
            raise MemoProblem(sentence("A memo has at most {limit} letters. Write a shorter one.", limit=LONGEST))
        if words == there:
            return
        if not words:
            change.delete(table, [row["id"] for row in present])
        elif present:
            change.update(table, present[0]["id"], text=words, changed_at=now())
        else:
            _need_thing(connection, study_id, about, about_id)
            at = now()
            change.insert(
                table,
                {"study_id": study_id, "coder_id": coder_id, "about": about, "about_id": about_id, "text": words,
                 "created_at": at, "changed_at": at},
            )  # fmt: skip


def _need_thing(connection: Connection, study_id: str, about: str, about_id: str) -> None:
    table = _TABLES.get(about)
    if table is not None:
        row = rows(connection, select(table).where(table.c.id == about_id))
        if row and study_id in {row[0]["id"], row[0].get("study_id")}:
            return
    raise MemoProblem(sentence("What this memo is about is no longer there. Nothing was written."))


def _with_thing(connection: Connection, row: Row) -> Memo | None:
    about, about_id = row["about"], row["about_id"]
    table = schema.metadata.tables[about]
    found = rows(connection, select(table).where(table.c.id == about_id))
    if not found:
        return None
    thing, words, source_key = found[0], "", ""
    if about in {"statement", "coding"}:
        source = fetch(connection, schema.source, thing["source_id"])
        words, source_key = source["text"][thing["start"] : thing["end"]], source["key"]
    return Memo(row["id"], about, about_id, row["text"], row["changed_at"], thing, words, source_key)
