"""A study as the tables that everything speaks (`coding.frames`)."""

import math
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from coding.codings import codes_of_statements
from coding.frames import Frames
from survey_app.store import codes as code_rows
from survey_app.store import schema, studies
from survey_app.store.answers import CANNOT_SAY, UNFIT, Packed, unpack
from survey_app.store.experts import taking_part
from survey_app.store.log import rows
from survey_app.store.retrieval import days_of


def load_frames(connection: Connection, study_id: str) -> Frames:
    """Everything that can be counted, joined to keys. One read per table, no text twice.

    Experts who have withdrawn are in none of the tables, nor is anything they said, answered, or was coded of it.
    """
    statements, gone = _statements(connection, study_id)
    codings, values = _codings(connection, study_id), _values(connection, study_id)
    if not gone.empty:
        codings = _of_those_here(codings, statements, gone)
        values = values[~values["statement_id"].isin(gone["statement_id"])]
    return Frames(
        statements=statements,
        experts=_table(
            taking_part(connection, study_id),
            {"expert_id": "key", "group_id": "group_key", "level": "level", "sector": "sector", "region": "region",
             "consent": "consent", "attributes": "attributes"},
        ),
        groups=_table(
            studies.groups(connection, study_id),
            {"group_id": "key", "label_en": "label_en", "label_ru": "label_ru", "short_en": "short_en",
             "short_ru": "short_ru", "colour": "colour", "order": "position", "level": "level", "sector": "sector"},
        ),
        codes=_table(
            code_rows.codes_that_count(connection, study_id),
            {"code_id": "key", "parent_id": "parent_key", "root": "root_key", "polarity": "polarity",
             "short": "short", "label_en": "label_en", "label_ru": "label_ru", "colour": "colour",
             "order": "position", "counterpart": "counterpart"},
        ),
        codings=codings,
        items=_items(connection, study_id),
        answers=_answers(connection, study_id),
        values=values,
        sources=_sources(connection, study_id),
    )  # fmt: skip


def words_of_withdrawn(connection: Connection, study_id: str) -> list[str]:
    """The statements of experts who have withdrawn: words that stand in no table, and must not go out otherwise."""
    return [str(text) for text in _statements(connection, study_id)[1]["text"]]


def _table(found: list[dict[str, Any]], columns: dict[str, str]) -> pd.DataFrame:
    picked = {name: [row[column] for row in found] for name, column in columns.items()}
    return pd.DataFrame(picked, columns=list(columns), dtype=object).fillna("")


def _statements(connection: Connection, study_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All statements of those who are there, and those of experts who have withdrawn."""
    source, statement, turn = schema.source, schema.statement, schema.turn
    speaker, expert = schema.speaker, schema.expert
    texts = {
        row["id"]: row["text"]
        for row in rows(connection, select(source.c.id, source.c.text).where(source.c.study_id == study_id))
    }
    query = (
        select(
            statement.c.id.label("statement_id"), statement.c.label, statement.c.source_id,
            source.c.kind.label("source_kind"), statement.c.turn, statement.c.start,
            statement.c.end, expert.c.key.label("expert_id"), speaker.c.role, source.c.language,
            statement.c.question_key.label("question_id"), statement.c.start_s, statement.c.end_s,
            expert.c.withdrawn_at,
        )
        .select_from(statement)
        .join(source, source.c.id == statement.c.source_id)
        .join(turn, (turn.c.source_id == statement.c.source_id) & (turn.c.index == statement.c.turn))
        .join(
            speaker,
            (speaker.c.source_id == turn.c.source_id) & (speaker.c.display_name == turn.c.speaker),
            isouter=True,
        )
        .join(expert, expert.c.id == speaker.c.expert_id, isouter=True)
        .where(source.c.study_id == study_id)
        .order_by(source.c.position, source.c.key, statement.c.start)
    )  # fmt: skip
    found = rows(connection, query)
    orders: Counter[str] = Counter()
    for row in found:
        row["order"] = orders[row["source_id"]]
        orders[row["source_id"]] += 1
        row["text"] = texts[row["source_id"]][row["start"] : row["end"]]
        row["role"] = row["role"] or "unknown"
        row["expert_id"] = row["expert_id"] if row["expert_id"] and row["role"] == "expert" else ""
    names = [
        "statement_id", "label", "source_id", "source_kind", "turn", "order", "start", "end", "expert_id", "role",
        "text", "language", "question_id", "start_s", "end_s",
    ]  # fmt: skip
    here = [row for row in found if not (row["expert_id"] and row["withdrawn_at"])]
    gone = [row for row in found if row["expert_id"] and row["withdrawn_at"]]
    return pd.DataFrame(here, columns=names), pd.DataFrame(gone, columns=names)


def _of_those_here(codings: pd.DataFrame, here: pd.DataFrame, gone: pd.DataFrame) -> pd.DataFrame:
    """Codings without those that count for statements of `gone` alone."""
    theirs = set(codes_of_statements(gone, codings)["coding_id"]) - set(codes_of_statements(here, codings)["coding_id"])
    return codings[~codings["coding_id"].isin(theirs)]


def _codings(connection: Connection, study_id: str) -> pd.DataFrame:
    coding, code, coder, source = schema.coding, schema.code, schema.coder, schema.source
    query = (
        select(
            coding.c.id.label("coding_id"), coding.c.source_id, coding.c.start, coding.c.end,
            code.c.key.label("code_id"), coder.c.key.label("coder_id"), coding.c.layer, coding.c.origin,
        )
        .join(code, code.c.id == coding.c.code_id)
        .join(coder, coder.c.id == coding.c.coder_id)
        .join(source, source.c.id == coding.c.source_id)
        .where(source.c.study_id == study_id)
    )  # fmt: skip
    names = ["coding_id", "source_id", "start", "end", "code_id", "coder_id", "layer", "origin"]
    return pd.DataFrame(rows(connection, query), columns=names)


def _values(connection: Connection, study_id: str) -> pd.DataFrame:
    value, statement, source, coder = schema.statement_value, schema.statement, schema.source, schema.coder
    query = (
        select(
            value.c.statement_id, statement.c.source_id, value.c.attribute, value.c.value,
            coder.c.key.label("coder_id"),
        )
        .select_from(value)
        .join(statement, statement.c.id == value.c.statement_id)
        .join(source, source.c.id == statement.c.source_id)
        .join(coder, coder.c.id == value.c.coder_id)
        .where(source.c.study_id == study_id)
        .order_by(source.c.position, source.c.key, statement.c.start, value.c.attribute, coder.c.key)
    )  # fmt: skip
    return pd.DataFrame(
        rows(connection, query), columns=["statement_id", "source_id", "attribute", "value", "coder_id"]
    )


def _sources(connection: Connection, study_id: str) -> pd.DataFrame:
    """Every text of the study with its day: its own, else its meeting's."""
    days = days_of(connection, study_id)
    source = schema.source
    query = (
        select(source.c.id, source.c.key, source.c.kind, source.c.title, source.c.attributes)
        .where(source.c.study_id == study_id)
        .order_by(source.c.position, source.c.key)
    )
    found = [
        {"source_id": row["id"], "key": row["key"], "kind": row["kind"], "title": row["title"],
         "date": days.get(row["id"], ""), "stage": str((row["attributes"] or {}).get("stage", "")), "order": order}
        for order, row in enumerate(rows(connection, query))
    ]  # fmt: skip
    return pd.DataFrame(found, columns=["source_id", "key", "kind", "title", "date", "stage", "order"])


def _items(connection: Connection, study_id: str) -> pd.DataFrame:
    table = schema.item
    found = rows(connection, select(table).where(table.c.study_id == study_id).order_by(table.c.position))
    return _table(
        found,
        {"item_id": "key", "parent_id": "parent_key", "type": "type", "label_en": "label_en",
         "label_ru": "label_ru", "scale": "scale", "code_id": "code_key", "order": "position",
         "section": "section", "reverse": "reverse"},
    )  # fmt: skip


def _answers(connection: Connection, study_id: str) -> pd.DataFrame:
    """One row an answer, out of the responses; what is of no item of the study is left out."""
    response, expert = schema.response, schema.expert
    keys = list(connection.scalars(select(schema.item.c.key).where(schema.item.c.study_id == study_id)))
    known = {key: place for place, key in enumerate(keys)}
    query = (
        select(expert.c.key, response.c.answers)
        .join(expert, expert.c.id == response.c.expert_id)
        .join(schema.instrument, schema.instrument.c.id == response.c.instrument_id)
        .where(response.c.study_id == study_id, expert.c.withdrawn_at == "")
        .order_by(schema.instrument.c.position, expert.c.position, expert.c.key)
    )
    experts: list[str] = []
    lengths: list[int] = []
    items: list[int | None] = []
    packed: list[Packed] = []
    for key, answers in connection.execute(query):
        experts.append(key)
        lengths.append(len(answers))
        items += map(known.get, answers)
        packed += answers.values()
    told = [(place, unpack(each)) for place, each in enumerate(packed) if type(each) is list]
    for place, _unpacked in told:
        packed[place] = math.nan
    columns = {
        "value": np.array(packed, dtype=float),
        "text": np.full(len(packed), "", dtype=object), "cannot_say": np.zeros(len(packed), dtype=bool),
        "raw": np.full(len(packed), "", dtype=object), "unfit": np.zeros(len(packed), dtype=bool),
    }  # fmt: skip
    for place, (value, text, flags, raw) in told:
        columns["value"][place], columns["text"][place], columns["raw"][place] = value, text, raw
        columns["cannot_say"][place], columns["unfit"][place] = bool(flags & CANNOT_SAY), bool(flags & UNFIT)
    asked = np.array([-1 if item is None else item for item in items] if None in items else items, dtype=int)
    people = np.repeat(np.arange(len(experts)), lengths)
    found = pd.DataFrame({"expert_id": _taken(experts, people), "item_id": _taken(keys, asked)} | columns)
    return found if not (asked < 0).any() else found[asked >= 0]


def _taken(names: list[str], places: np.ndarray) -> Any:
    """Each of the names as often as it is said; -1 is none."""
    return pd.array(names, dtype="str").take(places, allow_fill=True) if names else np.array([], dtype=object)
