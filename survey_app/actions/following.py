"""What lies on a source follows its corrected text: statements, codings, quote decisions, places that could identify
somebody. Nothing is lost silently.

Moves that follow from the edits alone are written without a word in the log; whatever a correction decides beyond
that (a coding cut, a statement gone or new) is logged as any other change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Table, select

from survey_app.actions.places_follow import places_follow
from survey_app.store import schema
from survey_app.store.log import Change, Row, rows
from survey_app.store.revisions import put
from transcripts.edits import Edit
from transcripts.follow import Followed, follow_statements
from transcripts.model import Turn
from transcripts.revise import Carrier

HANGING = (
    schema.quote_decision, schema.review, schema.flag, schema.statement_value, schema.sampled, schema.decision,
    schema.finding_quote, schema.check_answer,
)  # fmt: skip
"""Tables whose rows belong to a statement and go with it. What its expert keeps back does not: see `keeping_back`."""
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did. `cut` are ids of codings that need a look, `kept` counts the others on changed words;
    `quotes` counts released quotes that were taken back because their words changed."""

    revision: int
    kept: int = 0
    cut: tuple[str, ...] = ()
    quotes: int = 0


@dataclass(frozen=True, slots=True)
class Lying:
    """What may have to move, in order, as it was before: rows of statements, codings and `identifying`."""

    statements: list[Row]
    codings: list[Row]
    places: list[Row]


def as_turns(text: str, found: Sequence[Row]) -> list[Turn]:
    """Turns of the store as `transcripts` knows them."""
    return [
        Turn(
            row["index"], row["speaker"], text[row["start"] : row["end"]], row["start"], row["end"], row["start_s"],
            row["end_s"], (), bool(row["folded"]),
        )
        for row in found
    ]  # fmt: skip


def follow(
    change: Change, source: Row, text: str, edits: Sequence[Edit], turns: Sequence[Turn], lying: Lying, *,
    retimed: bool = False,
) -> Corrected:  # fmt: skip
    """Move what lies on `source` (as it was) to its new `text`, of which `turns` are those that can have changed."""
    carrier = Carrier(edits, text)
    before = [(row["start"], row["end"]) for row in lying.statements]
    found = follow_statements(before, edits, turns, source["language"])
    now = {before[each.old]: (each.statement.start, each.statement.end) for each in found if each.old >= 0}
    quotes = _statements(change, source, text, carrier, found, lying.statements, retimed=retimed)
    kept, cut = _codings(change, carrier, now, lying.codings)
    places_follow(change, source, text, carrier, lying.places)
    return Corrected(int(source["revision"]) + 1, kept, tuple(cut), quotes)


def _statements(
    change: Change, source: Row, text: str, carrier: Carrier, found: list[Followed], present: list[Row], *,
    retimed: bool,
) -> int:  # fmt: skip
    carried = _put_carried(change, schema.statement, carrier, present)
    staying = {each.old: each.statement for each in found if each.old >= 0}
    gone = [row["id"] for number, row in enumerate(present) if number not in staying]
    old_text: str = source["text"]
    changed = [
        row["id"]
        for number, row in enumerate(present)
        if number in staying and old_text[row["start"] : row["end"]] != staying[number].text
    ]
    quotes = withdraw_quotes(change, source["id"], {*gone, *changed})
    for number, statement in staying.items():
        row = carried[number]
        values: Row = {"turn": statement.turn, "start": statement.start, "end": statement.end}
        if retimed:
            values |= {"start_s": statement.start_s, "end_s": statement.end_s}
        if row | values != row:
            change.update(schema.statement, row["id"], **values)
    remove_statements(change, source["id"], gone)
    change.insert(
        schema.statement,
        [
            {"source_id": source["id"], "turn": each.statement.turn, "start": each.statement.start,
             "end": each.statement.end, "start_s": each.statement.start_s, "end_s": each.statement.end_s,
             "question_key": present[each.after]["question_key"] if each.after >= 0 else ""}
            for each in found
            if each.old < 0
        ],
    )  # fmt: skip
    return quotes


def _codings(
    change: Change, carrier: Carrier, statements: dict[Place, Place], present: list[Row]
) -> tuple[int, list[str]]:
    """A coding on a whole statement stays on the whole of it."""
    kept, cut = 0, []
    for before, row in zip(present, _put_carried(change, schema.coding, carrier, present), strict=True):
        start, end = statements.get((before["start"], before["end"]), (row["start"], row["end"]))
        if row["cut"]:
            cut.append(row["id"])
        else:
            kept += 1
        if row["cut"] or (start, end) != (row["start"], row["end"]):
            change.update(schema.coding, row["id"], start=start, end=end, needs_look=row["needs_look"] or row["cut"])
    return kept, cut


def _put_carried(change: Change, table: Table, carrier: Carrier, present: list[Row]) -> list[Row]:
    """Write where the edits carry each row to; returns the rows with the new place and whether they were `cut`."""
    carried = [row | carrier.carry(row["start"], row["end"])._asdict() for row in present]
    moved = [
        row
        for row, before in zip(carried, present, strict=True)
        if (row["start"], row["end"]) != (before["start"], before["end"])
    ]
    put(change.connection, table, moved, "start", "end")
    return carried


def withdraw_quotes(change: Change, source_id: str, statements: set[str]) -> int:
    """Take back the release of quotes whose words changed; what was withheld stays so. Returns how many."""
    decisions = hanging(change, schema.quote_decision, source_id, statements)
    released = [row["id"] for row in decisions if row["decision"] == "released"]
    change.delete(schema.quote_decision, released)
    return len(released)


def remove_statements(change: Change, source_id: str, statements: list[str]) -> None:
    """Remove statements with what hangs on them; codings lie on the text and stay."""
    for table in HANGING:
        change.delete(table, [row["id"] for row in hanging(change, table, source_id, set(statements))])
    change.delete(schema.statement, statements)


def hanging(change: Change, table: Table, source_id: str, statements: set[str]) -> list[Row]:
    """Rows of a table that belong to these statements of a source."""
    if not statements:
        return []
    query = select(table).join(schema.statement, schema.statement.c.id == table.c.statement_id)
    found = rows(change.connection, query.where(schema.statement.c.source_id == source_id))
    return [row for row in found if row["statement_id"] in statements]
