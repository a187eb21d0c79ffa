"""The text of a source as it was: its revisions, and where a place of one of them is in a later one.

A revision keeps the edits that ended it, with the words that went. Moves that follow from these edits are not in the
log: whoever reads a place in the log carries it from the event's revision to the present one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from survey_app.store import schema, sources
from survey_app.store.log import Change, Row, fetch, rows
from transcripts.edits import Edit, text_before
from transcripts.revise import Carried, Carrier, carrier_between

TURN = ("index", "speaker", "start", "end", "start_s", "end_s", "folded")
"""What a revision keeps of a turn, in this order."""

FILE = ("file_name", "sha256", "shape", "clock")
"""What a revision keeps of the source itself."""


class History:
    """A source's text in all its revisions, numbered from 0; the present one is `newest`."""

    def __init__(self, connection: Connection, source_id: str) -> None:
        source = fetch(connection, schema.source, source_id)
        table = schema.revision
        self.source = source
        self.newest: int = source["revision"]
        self.rows = rows(connection, select(table).where(table.c.source_id == source_id).order_by(table.c.number))
        self._connection = connection
        self._texts: dict[int, str] = {self.newest: source["text"]}
        self._carriers: dict[int, Carrier] = {}

    def text(self, number: int) -> str:
        """The text as it was in revision `number`."""
        if number not in self._texts:
            self._texts[number] = text_before(self.text(number + 1), self.edits(number))
        return self._texts[number]

    def edits(self, number: int) -> list[Edit]:
        """What made revision `number` into the next one."""
        return [Edit(*edit) for edit in self.rows[number]["edits"]]

    def turns(self, number: int) -> list[Row]:
        """The turns as they were in revision `number`: rows with the columns of the table, without ids."""
        if number == self.newest:
            present = sources.turns(self._connection, self.source["id"])
            return [{name: row[name] for name in TURN} for row in present]
        if self.rows[number]["turns"]:
            return [dict(zip(TURN, values, strict=True)) for values in self.rows[number]["turns"]]
        carrier = Carrier(self.edits(number), self.text(number + 1))
        return [
            row | {"start": carrier.start_before(row["start"]), "end": carrier.end_before(row["end"])}
            for row in self.turns(number + 1)
        ]

    def file(self, number: int) -> Row:
        """From which file the text of revision `number` was: the columns `FILE`."""
        replaced = (row for row in self.rows[number:] if row["reason"] != "turn")
        row = next(replaced, self.source)
        return {name: row[name] for name in FILE}

    def turn_of_first_edit(self, number: int) -> int:
        """Index of the turn of revision `number` that its correction began in."""
        place = self.edits(number)[0].start
        return max(turn["index"] for turn in self.turns(number) if turn["start"] <= place)

    def carry(self, start: int, end: int, since: int) -> Carried:
        """Where a place of revision `since` is now. Words that went and came back are the same words."""
        return self._carrier(since).carry(start, end)

    def left(self, start: int, end: int, since: int) -> tuple[int, int] | None:
        """The same; None where nothing is left of it and nothing stands in its place."""
        return self._carrier(since).left(start, end)

    def _carrier(self, since: int) -> Carrier:
        if since not in self._carriers:
            self._carriers[since] = carrier_between(self.text(since), self.text(self.newest))
        return self._carriers[since]

    def present(self, table: str, row: Row, revision: int | None) -> tuple[Row, bool]:
        """A row of the log, true of `revision`, as it is true now; and whether its words were cut since."""
        since = revision or 0
        if since == self.newest:
            return row, False
        if table == "section":
            place = self.carry(row["start"], row["start"] + 1, since)
            return row | {"start": self.source["text"].rfind("\n", 0, place.start) + 1}, place.cut
        place = self.carry(row["start"], row["end"], since)
        row = row | {"start": place.start, "end": place.end}
        if table == "coding":
            return row | {"needs_look": row["needs_look"] or place.cut}, place.cut
        if table == "statement":
            turn = self._turn_at(place.start)
            return row | {"turn": turn["index"], "end": min(place.end, turn["end"])}, place.cut
        return row, place.cut

    def _turn_at(self, place: int) -> Row:
        return max((turn for turn in self.turns(self.newest) if turn["start"] <= place), key=lambda turn: turn["start"])


def open_source(connection: Connection, study_id: str, source_id: str) -> Row:
    """A source of the study that this transaction is about to write to; others wait. Raises Gone."""
    table = schema.source
    connection.execute(select(table.c.id).where(table.c.id == source_id).with_for_update())
    return fetch(connection, table, source_id, study_id)


def rise(connection: Connection, source_id: str) -> None:
    """Tell desks on which the source lies that they have an older version of it."""
    table = schema.source
    connection.execute(update(table).where(table.c.id == source_id).values(version=table.c.version + 1))


def close_revision(change: Change, source: Row, text: str, edits: list[Edit], **kept: Any) -> int:
    """Keep what `edits` ended of a source and give it its new `text`; returns the new revision's number.

    `kept` are further columns of the revision that ends: reason, person, at, turns, file_name, sha256.
    """
    change.insert(
        schema.revision,
        {"source_id": source["id"], "number": source["revision"], "edits": [list(edit) for edit in edits]} | kept,
    )
    table = schema.source
    number = int(source["revision"]) + 1
    values = {"text": text, "revision": number, "version": source["version"] + 1}
    change.connection.execute(update(table).where(table.c.id == source["id"]).values(**values))
    return number


def move_after(connection: Connection, source_id: str, place: int, by: int) -> None:
    """Move whatever begins at `place` of a source's text or later; nothing of it is in the log."""
    if not by:
        return
    for table in (schema.turn, schema.statement, schema.coding, schema.identifying):
        connection.execute(
            update(table)
            .where(table.c.source_id == source_id, table.c.start >= place)
            .values(start=table.c.start + by, end=table.c.end + by)
        )
    section = schema.section
    found = rows(connection, select(section).where(section.c.source_id == source_id, section.c.start >= place))
    # One after another from the far end: two sections never have the same place.
    found.sort(key=lambda row: row["start"], reverse=by > 0)
    for row in found:
        connection.execute(update(section).where(section.c.id == row["id"]).values(start=row["start"] + by))


def put(connection: Connection, table: Any, found: list[Row], *columns: str) -> None:
    """Write columns of rows as they follow from the edits; nothing of it is in the log."""
    if found:
        values: dict[str, Any] = {column: bindparam(f"new_{column}") for column in columns}
        query = update(table).where(table.c.id == bindparam("row_id")).values(**values)
        connection.execute(
            query, [{"row_id": row["id"]} | {f"new_{column}": row[column] for column in columns} for row in found]
        )
