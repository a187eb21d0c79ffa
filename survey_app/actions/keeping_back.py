"""Words that experts keep back: withdrawn, or wanted otherwise. They lie at places of texts, not on statements, so that
no splitting, joining or correcting brings them back.

A place is true of one revision of its text, and is carried to the present one by whoever reads it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from survey_app.publishing.deposit import runs, runs_within
from survey_app.store import check_links, schema
from survey_app.store.log import Change, Row, rows
from survey_app.store.revisions import History

_WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class KeptBack:
    """That a statement holds words which its expert keeps back: `answer` is withdraw, or reword: not in these words.

    `again`: the words had left their place and stand in this statement anew.
    """

    place_id: str
    answer: str
    at: str
    person: str
    again: bool


def kept_back(connection: Connection, study_id: str) -> dict[str, KeptBack]:
    """What holds for statements that hold such words of whoever says them; a withdrawal goes before the rest."""
    places = _places(connection, study_id)
    if not places:
        return {}
    said = check_links.said_by_experts(connection, study_id, {row["expert_id"] for row in places})
    found: dict[str, KeptBack] = {}
    for place, statement, again in _lying(connection, places, said):
        each = KeptBack(place["id"], place["answer"], place["at"], place["person"], again)
        before = found.get(statement["id"])
        if before is None or each.answer == _WITHDRAW != before.answer:
            found[statement["id"]] = each
    return found


def keep_back(change: Change, statement_id: str, expert_id: str, **values: str) -> None:
    """Note that the words of a statement are kept back (`values`: answer, at, person), instead of what was noted."""
    statement, source = _statement(change.connection, statement_id)
    place = {
        "source_id": source["id"], "expert_id": expert_id, "revision": source["revision"],
        "start": statement["start"], "end": statement["end"],
    }  # fmt: skip
    wanted = place | {"answer": values["answer"]}
    if any(all(row[name] == value for name, value in wanted.items()) for row in _of_expert(change, source, expert_id)):
        return
    let_go(change, statement_id, expert_id)
    change.insert(schema.kept_back, place | values)


def let_go(change: Change, statement_id: str, expert_id: str) -> None:
    """The words of a statement are kept back no more; what reaches beyond it stays so for the statements there."""
    connection = change.connection
    statement, source = _statement(connection, statement_id)
    said = check_links.said_by_experts(connection, source["study_id"], {expert_id})
    here = [row for row in said if row["source_id"] == source["id"]]
    table = schema.kept_back
    for place in _of_expert(change, source, expert_id):
        span = _span(History(connection, source["id"]), place)
        if span is None or not _touches(statement, span):
            continue
        change.delete(table, place["id"])
        rest = {name: value for name, value in place.items() if name != "id"} | {"revision": source["revision"]}
        change.insert(
            table,
            [
                rest | {"start": max(row["start"], span[0]), "end": min(row["end"], span[1])}
                for row in here
                if row["id"] != statement_id and _touches(row, span)
            ],
        )


def _lying(connection: Connection, places: list[Row], said: list[Row]) -> Iterator[tuple[Row, Row, bool]]:
    """Each place with every statement of its expert that holds some of its words."""
    of_source = defaultdict[str, list[Row]](list)
    for row in said:
        of_source[row["source_id"]].append(row)
    histories = _Histories(connection)
    for place in places:
        history = histories[place["source_id"]]
        span = _span(history, place)
        if span is not None:
            for row in of_source[place["source_id"]]:
                if row["expert_id"] == place["expert_id"] and _touches(row, span):
                    yield place, row, False
            continue
        gone = runs([history.text(place["revision"])[place["start"] : place["end"]]])
        for row in said:
            text = histories[row["source_id"]].source["text"][row["start"] : row["end"]]
            if row["expert_id"] == place["expert_id"] and gone & runs_within(text):
                yield place, row, True


class _Histories(dict[str, History]):
    """The histories of sources, each read when it is asked for."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, source_id: str) -> History:
        self[source_id] = History(self._connection, source_id)
        return self[source_id]


def _span(history: History, place: Row) -> tuple[int, int] | None:
    """Where a place is in the present text; None where its words have gone."""
    if not 0 <= place["revision"] < history.newest:
        return place["start"], place["end"]
    return history.left(place["start"], place["end"], place["revision"])


def _touches(row: Row, span: tuple[int, int]) -> bool:
    return bool(row["start"] < span[1] and row["end"] > span[0])


def _places(connection: Connection, study_id: str) -> list[Row]:
    table, source = schema.kept_back, schema.source
    query = select(table).join(source, source.c.id == table.c.source_id).where(source.c.study_id == study_id)
    return rows(connection, query.order_by(table.c.at, table.c.id))


def _of_expert(change: Change, source: Row, expert_id: str) -> list[Row]:
    table = schema.kept_back
    query = select(table).where(table.c.source_id == source["id"], table.c.expert_id == expert_id)
    return rows(change.connection, query)


def _statement(connection: Connection, statement_id: str) -> tuple[Row, Row]:
    statement = rows(connection, select(schema.statement).where(schema.statement.c.id == statement_id))[0]
    return statement, rows(connection, select(schema.source).where(schema.source.c.id == statement["source_id"]))[0]
