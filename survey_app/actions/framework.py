"""The framework matrix of a coder: their own summary for each expert and question or code, linked to statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, select

from coding.frames import Frames
from coding.framework import CODE, QUESTION, column_key, statements_behind
from survey_app.actions.guide import questions_of
from survey_app.actions.results import frames_of
from survey_app.actions.retrieving import coded_for
from survey_app.actions.rights import needs
from survey_app.actions.words_kept import merged
from survey_app.store import codes, retrieval, schema, undo
from survey_app.store.experts import experts
from survey_app.store.log import Change, Row, Store, fetch, now, rows
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

VERBS = ("write_summary", "link_quote")
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


@needs(Role.CODER)
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
    said = dict(zip(frames.statements["statement_id"], frames.statements["expert_id"], strict=True))
    cells = {}
    for place in {*behind, *(place for place in written if place[1] in columns)}:
        row = written.get(place, {"text": "", "quotes": []})
        quotes = tuple(quote for quote in row["quotes"] if said.get(quote) == place[0])
        cells[place] = Cell(row["text"], quotes, tuple(behind.get(place, ())))
    return Matrix(people, columns, cells, frames)


@needs(Role.CODER)
def write_summary(
    store: Store, person: str, study_id: str, coder_id: str, expert_id: str, column: str, text: str, seen: str = ""
) -> None:
    """Write the words of one cell of the coder's matrix, typed over the words `seen`. Undo brings back.

    What was written there meanwhile stays above. Raises SummaryProblem for words that are too long and a column that
    the study lacks; Gone for an expert or coder of another study.
    """
    with _cell(store, person, study_id, coder_id, expert_id, column, "write_summary") as (change, present):
        words = merged(present["text"], seen, text).strip()
        if len(words) > LONGEST:
            raise SummaryProblem(sentence("A summary has at most {limit} letters. Write a shorter one.", limit=LONGEST))
        _put(change, present, text=words)


@needs(Role.CODER)
def link_quote(
    store: Store, person: str, study_id: str, coder_id: str, expert_id: str, column: str, statement_id: str, *,
    linked: bool,
) -> None:  # fmt: skip
    """Link a statement of the expert to the coder's summary, or take the link away. Undo brings back.

    Raises SummaryProblem for a statement that the expert did not make, and as `write_summary` does.
    """
    with _cell(store, person, study_id, coder_id, expert_id, column, "link_quote") as (change, present):
        others = [quote for quote in present["quotes"] if quote != statement_id]
        if linked:
            said = retrieval.statements_of(change.connection, study_id, expert_id)
            if statement_id not in said or len(others) >= MOST_QUOTES:
                raise SummaryProblem(
                    sentence(
                        "A summary can be linked to at most {most} statements, all of this expert.", most=MOST_QUOTES
                    )
                )
            others = present["quotes"] if statement_id in present["quotes"] else [*others, statement_id]
        _put(change, present, quotes=others)


@needs(Role.CODER)
def undo_summary(store: Store, person: str, study_id: str) -> tuple[str, str] | None:
    """Turn back this person's last change of the matrix; returns the key of the expert and the column of the cell."""
    return _turn(store, person, study_id, "undo")


@needs(Role.CODER)
def redo_summary(store: Store, person: str, study_id: str) -> tuple[str, str] | None:
    """Do again what was undone last, if nothing new was written since; returns the cell like `undo_summary`."""
    return _turn(store, person, study_id, "redo")


def _turn(store: Store, person: str, study_id: str, kind: str) -> tuple[str, str] | None:
    with store.writing() as connection:
        find = undo.last_done if kind == "undo" else undo.last_undone
        change = find(connection, study_id, person, None, VERBS)
        if change is None:
            return None
        again = undo.turn_back if kind == "undo" else undo.do_again
        number = again(connection, change, person)
        event = rows(connection, select(schema.event).where(schema.event.c.change_id == number))
        if not event:
            return None
        cell = event[0]["after"] or event[0]["before"]
        return str(fetch(connection, schema.expert, cell["expert_id"], study_id)["key"]), str(cell["column"])


@contextmanager
def _cell(
    store: Store, person: str, study_id: str, coder_id: str, expert_id: str, column: str, verb: str
) -> Iterator[tuple[Change, Row]]:
    """A change of one cell, with its row as it is: one without an id where nothing was written yet."""
    table = schema.summary
    with store.change(study_id, person, verb) as change:
        connection = change.connection
        fetch(connection, schema.coder, coder_id, study_id)
        fetch(connection, schema.expert, expert_id, study_id)
        _need_column(connection, study_id, column)
        same = (table.c.coder_id == coder_id) & (table.c.expert_id == expert_id) & (table.c.column == column)
        found = rows(connection, select(table).where(same))
        place = {"study_id": study_id, "coder_id": coder_id, "expert_id": expert_id, "column": column}
        yield change, found[0] if found else place | {"id": None, "text": "", "quotes": []}


def _put(change: Change, present: Row, **values: object) -> None:
    wanted = present | values
    if all(wanted[name] == present[name] for name in values):
        return
    if not wanted["text"] and not wanted["quotes"]:
        change.delete(schema.summary, present["id"])
    elif present["id"] is None:
        change.insert(schema.summary, {name: wanted[name] for name in wanted if name != "id"} | {"changed_at": now()})
    else:
        change.update(schema.summary, present["id"], **values, changed_at=now())


def _columns(connection: Connection, study_id: str, kind: str, chosen: Sequence[str]) -> dict[str, Row]:
    if kind == QUESTION:
        return {column_key(QUESTION, row["key"]): row for row in questions_of(connection, study_id)}
    book = {row["key"]: row for row in codes.codes(connection, study_id, archived=True)}
    return {column_key(CODE, key): book[key] for key in chosen if key in book}


@needs(Role.CODER)
def codes_to_sum_up(store: Store, study_id: str, coder_id: str) -> tuple[list[Row], list[str]]:
    """The codes that can be columns, and the keys of those for which the coder has written something."""
    with store.reading() as connection:
        written = {row["column"].partition(":")[2] for row in retrieval.summaries(connection, study_id, coder_id)
                   if row["column"].startswith(f"{CODE}:")}  # fmt: skip
        counting = {row["key"] for row in codes.codes_that_count(connection, study_id)}
        book = [row for row in codes.codes(connection, study_id, archived=True) if row["key"] in counting | written]
    return book, [row["key"] for row in book if row["key"] in written]


def _need_column(connection: Connection, study_id: str, column: str) -> None:
    kind, _colon, key = column.partition(":")
    table = {QUESTION: schema.question, CODE: schema.code}.get(kind)
    if table is None or not rows(connection, select(table).where(table.c.study_id == study_id, table.c.key == key)):
        raise SummaryProblem(sentence("This question or code is no longer there. Nothing was written."))
