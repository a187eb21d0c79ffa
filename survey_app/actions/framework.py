"""The framework matrix of a coder: their own summary for each expert and question or code, linked to statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from coding.frames import Frames
from coding.framework import CODE, QUESTION, column_key, statements_behind
from survey_app.actions.guide import questions_of
from survey_app.actions.results import frames_of
from survey_app.actions.retrieving import coded_for
from survey_app.store import codes, retrieval, schema
from survey_app.store.experts import experts
from survey_app.store.log import Row, Store, fetch, now, rows
from transcripts.messages import MessageError, sentence

VERBS = ("write_summary",)
LONGEST = 20_000
MOST_QUOTES = 200


class SummaryProblem(MessageError):
    """A cell that cannot be written."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: the summary, the statements linked to it, and all statements that it could rest on."""

    text: str = ""
    quotes: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Experts (rows of the store, by group), columns with their question or code, cells by expert key and column."""

    experts: list[Row]
    columns: dict[str, Row]
    cells: dict[tuple[str, str], Cell]
    frames: Frames

    def cell(self, expert_key: str, column: str) -> Cell:
        """A cell; an empty one where nothing was said or written."""
        return self.cells.get((expert_key, column), Cell())


def matrix_of(store: Store, study_id: str, coder_id: str, kind: str, layer: str, chosen: Sequence[str] = ()) -> Matrix:
    """The matrix by questions of the guide, or by the codes with the keys `chosen`. Raises Gone for a foreign coder."""
    frames = frames_of(store, study_id)
    with store.reading() as connection:
        coder = fetch(connection, schema.coder, coder_id, study_id)
        columns = _columns(connection, study_id, kind, chosen)
        people = experts(connection, study_id)
        written = {
            (row["expert_key"], row["column"]): row for row in retrieval.summaries(connection, study_id, coder_id)
        }
    coded = coded_for(store, study_id, layer, coder["key"])
    behind = statements_behind(frames.statements, coded, frames.codes, frames.experts, columns)
    order = {key: at for at, key in enumerate(frames.groups.sort_values("order")["group_id"])}
    people = sorted(people, key=lambda row: order.get(row["group_key"], len(order)))
    known = set(frames.statements["statement_id"])
    cells = {}
    for place in {*behind, *(place for place in written if place[1] in columns)}:
        row = written.get(place, {"text": "", "quotes": []})
        quotes = tuple(quote for quote in row["quotes"] if quote in known)
        cells[place] = Cell(row["text"], quotes, tuple(behind.get(place, ())))
    return Matrix(people, columns, cells, frames)


def write_summary(
    store: Store,
    person: str,
    study_id: str,
    coder_id: str,
    expert_id: str,
    column: str,
    text: str,
    quotes: Sequence[str],
) -> None:
    """Write one cell of the coder's matrix; without words and statements it becomes empty. Undo brings back.

    Raises SummaryProblem for words that are too long, a column that the study lacks, and statements that the expert
    did not make; Gone for an expert or coder of another study.
    """
    words = text.strip()
    if len(words) > LONGEST:
        raise SummaryProblem(sentence("A summary has at most {limit} letters. Write a shorter one.", limit=LONGEST))
    with store.change(study_id, person, "write_summary") as change:
        connection = change.connection
        fetch(connection, schema.coder, coder_id, study_id)
        fetch(connection, schema.expert, expert_id, study_id)
        _check(connection, study_id, expert_id, column, quotes)
        table = schema.summary
        same = (table.c.coder_id == coder_id) & (table.c.expert_id == expert_id) & (table.c.column == column)
        present = rows(connection, select(table).where(same))
        linked = list(dict.fromkeys(quotes))
        if not words and not linked:
            change.delete(table, [row["id"] for row in present])
        elif present:
            change.update(table, present[0]["id"], text=words, quotes=linked, changed_at=now())
        else:
            row = {"study_id": study_id, "coder_id": coder_id, "expert_id": expert_id, "column": column}
            change.insert(table, row | {"text": words, "quotes": linked, "changed_at": now()})


def _columns(connection: Connection, study_id: str, kind: str, chosen: Sequence[str]) -> dict[str, Row]:
    if kind == QUESTION:
        return {column_key(QUESTION, row["key"]): row for row in questions_of(connection, study_id)}
    book = {row["key"]: row for row in codes.codes_that_count(connection, study_id)}
    return {column_key(CODE, key): book[key] for key in chosen if key in book}


def _check(connection: Connection, study_id: str, expert_id: str, column: str, quotes: Sequence[str]) -> None:
    kind, _colon, key = column.partition(":")
    table = {QUESTION: schema.question, CODE: schema.code}.get(kind)
    known = table is not None and rows(
        connection, select(table).where(table.c.study_id == study_id, table.c.key == key)
    )
    if not known:
        raise SummaryProblem(sentence("This question or code is no longer there. Nothing was written."))
    if len(quotes) > MOST_QUOTES or not set(quotes) <= retrieval.statements_of(connection, study_id, expert_id):
        raise SummaryProblem(
            sentence("A summary can be linked to at most {most} statements, all of this expert.", most=MOST_QUOTES)
        )
