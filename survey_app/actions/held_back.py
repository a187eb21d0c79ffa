"""Released quotes in which a later decision shows words that a label stood for: they wait until somebody looks again.

Such a quote has a row without a decision; the change that showed the words holds it too, so that an undo brings both
back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, select

from survey_app.store import deidentification, schema
from survey_app.store.log import Change, Row, rows
from transcripts.messages import Message, counted

Span = tuple[int, int]


@contextmanager
def holding_back(change: Change, study_id: str) -> Iterator[None]:
    """Hold back what is released and shows more than before, once the block is done."""
    before = hidden_words(change.connection, study_id)
    yield
    hold_back(change, study_id, before)


def hidden_words(connection: Connection, study_id: str) -> dict[str, set[Span]]:
    """Where labels stand for words, by text."""
    found = defaultdict[str, set[Span]](set)
    for row in deidentification.places(connection, study_id):
        if row["level"] != deidentification.KEPT:
            found[row["source_id"]].add((row["start"], row["end"]))
    return found


def hold_back(change: Change, study_id: str, before: dict[str, set[Span]]) -> None:
    """The same where labels stood `before`."""
    present = hidden_words(change.connection, study_id)
    shown = {
        source_id: seen
        for source_id, spans in before.items()
        if (seen := [each for each in spans - present.get(source_id, set()) if not _covered(each, present[source_id])])
    }
    for row in _released(change.connection, list(shown)):
        if any(start < row["end"] and end > row["start"] for start, end in shown[row["source_id"]]):
            change.update(schema.quote_decision, row["id"], decision="", seen_cells=[])


def held_back(quotes: Iterable[Row]) -> list[Message]:
    """What a publication lacks by this, of quotes as `quotes.quotable` has them."""
    count = sum(row["held_back"] for row in quotes)
    if not count:
        return []
    return [
        counted(
            "{count} quote is held back: after its release a label in it gave way to what was said. Look at it again "
            "on the page “Quotes”.",
            "{count} quotes are held back: after their release a label in them gave way to what was said. Look at them "
            "again on the page “Quotes”.",
            count,
        )
    ]


def _covered(span: Span, spans: set[Span]) -> bool:
    """Whether labels stand for all of it, a longer one or several."""
    at = span[0]
    for start, end in sorted(spans):
        if start <= at < end:
            at = end
    return at >= span[1]


def _released(connection: Connection, source_ids: Sequence[str]) -> list[Row]:
    statement, decision = schema.statement, schema.quote_decision
    query = (
        select(decision.c.id, statement.c.source_id, statement.c.start, statement.c.end)
        .join(statement, statement.c.id == decision.c.statement_id)
        .where(decision.c.decision == "released")
    )
    return rows(connection, query.where(statement.c.source_id.in_(source_ids))) if source_ids else []
