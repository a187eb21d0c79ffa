"""Texts as readers may see them: labels where people, organisations and places are named."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, select

from survey_app.store import deidentification, schema
from survey_app.store.log import AT_ONCE, Row, rows
from transcripts.decoding import language_of
from transcripts.identifying import Kind
from transcripts.pseudonyms import Replaced, label, replaced


def texts_for_readers(
    connection: Connection, study_id: str, statement_ids: Collection[str] | None = None
) -> dict[str, Replaced]:
    """The words of statements (None: of all) with labels in the language of their text, by the statement's id.

    What nobody has decided on yet has the label of a pseudonym. A place that reaches over the edge of a statement is
    replaced in it as far as it lies there.
    """
    spans = _spans(connection, study_id, statement_ids)
    source_ids = list(dict.fromkeys(row["source_id"] for row in spans))
    texts = _texts(connection, source_ids)
    of_source = defaultdict[str, list[Row]](list)
    for place in deidentification.places(connection, study_id, source_ids):
        of_source[place["source_id"]].append(place)
    found: dict[str, Replaced] = {}
    for source_id, several in _by_source(spans).items():
        row = texts[source_id]
        named = [(each["start"], each["end"], label_of(each, row["language"])) for each in of_source[source_id]]
        found |= _cut(row["text"], named, several)
    return found


def text_for_readers(
    text: str, language: str, places: Iterable[Row], start: int = 0, end: int | None = None
) -> Replaced:
    """The words [start, end) of a text with labels; `places` as `store.deidentification.places` has them."""
    end = len(text) if end is None else end
    spoken = language if language in {"en", "ru"} else language_of(text) or "en"
    named = [
        (row["start"], row["end"], label_of(row, spoken)) for row in places if row["start"] < end and row["end"] > start
    ]
    return _within(text, named, start, end)


def label_of(place: Row, language: str) -> str:
    """What stands for a place, in one of the languages; "" where it is kept."""
    return label(
        Kind(place["label_kind"]), place["level"], place["number"], language, place[f"label_{language}"],
        expert=bool(place["expert_id"]),
    )  # fmt: skip


def _cut(text: str, named: Sequence[tuple[int, int, str]], spans: Sequence[Row]) -> dict[str, Replaced]:
    """Statements of one text; both are in order."""
    found, first = {}, 0
    for row in spans:
        while first < len(named) and named[first][1] <= row["start"]:
            first += 1
        last = first
        while last < len(named) and named[last][0] < row["end"]:
            last += 1
        found[row["id"]] = _within(text, named[first:last], row["start"], row["end"])
    return found


def _within(text: str, named: Iterable[tuple[int, int, str]], start: int, end: int) -> Replaced:
    """The words [start, end) with the labels of places that lie there or reach there, none on top of another."""
    inside, done = [], start
    for first, last, name in named:
        first, last = max(first, done), min(last, end)
        if first < last:
            inside.append((first - start, last - start, name))
            done = last
    return replaced(text[start:end], inside)


def _by_source(spans: Iterable[Row]) -> dict[str, list[Row]]:
    found = defaultdict[str, list[Row]](list)
    for row in spans:
        found[row["source_id"]].append(row)
    return found


def _texts(connection: Connection, source_ids: Sequence[str]) -> dict[str, Row]:
    source = schema.source
    found = {}
    for first in range(0, len(source_ids), AT_ONCE):
        query = select(source.c.id, source.c.text, source.c.language)
        for row in rows(connection, query.where(source.c.id.in_(source_ids[first : first + AT_ONCE]))):
            language = row["language"] if row["language"] in {"en", "ru"} else language_of(row["text"]) or "en"
            found[row["id"]] = row | {"language": language}
    return found


def _spans(connection: Connection, study_id: str, statement_ids: Collection[str] | None) -> list[Row]:
    """id, source_id, start and end of statements, in order within their source."""
    statement, source = schema.statement, schema.source
    query = (
        select(statement.c.id, statement.c.source_id, statement.c.start, statement.c.end)
        .join(source, source.c.id == statement.c.source_id)
        .where(source.c.study_id == study_id)
        .order_by(statement.c.source_id, statement.c.start)
    )
    found = rows(connection, query)
    wanted = None if statement_ids is None else set(statement_ids)
    return [row for row in found if wanted is None or row["id"] in wanted]
