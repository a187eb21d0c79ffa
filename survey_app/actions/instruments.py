"""A questionnaire and its items as rows of a study; several of them stand side by side without their keys clashing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from survey_app.questionnaires.wording import plain_key
from survey_app.store import codes as code_rows
from survey_app.store import instruments, schema
from survey_app.store.log import Change, Row, fetch, new_id, now
from transcripts.messages import Message, MessageError, sentence

FIRST = "q1"
LONGEST_KEY = 40
LONGEST_ITEM_KEY = 76
"""So that the key of the text with its open answers has room in its column."""
Words = tuple[str, str]
Point = Mapping[str, Any]
Values = Mapping[str, Mapping[float, float]]
"""Of items whose options or points stand in another order: the value in the file, and the one in the study."""


class QuestionnaireProblem(MessageError):
    """A questionnaire that cannot be stored."""


def free_key(taken: Iterable[str]) -> str:
    """A key for one more questionnaire: q1, q2, …"""
    known = set(taken)
    return next(key for number in range(1, len(known) + 2) if (key := f"q{number}") not in known)


def put_instrument(
    change: Change, study_id: str, key: str, *, title: Words = ("", ""), version: str = "",
    definition: Mapping[str, Any] | None = None, origin: str = "import",
) -> Row:  # fmt: skip
    """The questionnaire of that key, made if the study has none; a title or a definition that is given is renewed."""
    if not key or len(key) > LONGEST_KEY:
        raise QuestionnaireProblem(
            sentence("“{key}” cannot name a questionnaire: 1 to {most} characters.", key=key[:80], most=LONGEST_KEY)
        )
    told: dict[str, Any] = {"title_en": title[0], "title_ru": title[1], "version": version, "definition": definition}
    told = {name: value for name, value in told.items() if value}
    there = instruments.instruments(change.connection, study_id)
    found = next((row for row in there if row["key"] == key), None)
    if found is None:
        position = max([row["position"] + 1 for row in there], default=0)
        new = {"study_id": study_id, "key": key, "origin": origin, "created_at": now(), "position": position}
        return fetch(change.connection, schema.instrument, change.insert(schema.instrument, new | told)[0])
    change.update(schema.instrument, found["id"], **told)
    return found | told


def put_items(change: Change, study_id: str, instrument: Row, items: pd.DataFrame) -> tuple[dict[str, str], Values]:
    """Add those of the items (ITEMS contract) that the questionnaire lacks; returns the key of each in the study.

    Those it has must ask the same: QuestionnaireProblem otherwise. Where options or the points of a scale stand in
    another order the values are returned too; options that are new go to the end of those of a single choice.
    """
    present = instruments.items(change.connection, study_id)
    own = {row["key"]: row for row in present if row["instrument_id"] == instrument["id"]}
    taken = {row["key"] for row in present} - own.keys()
    codes = {row["key"] for row in code_rows.codes(change.connection, study_id, archived=True)}
    asked: list[dict[str, Any]] = items.to_dict("records")  # type: ignore[assignment]
    keys = {row["item_id"]: _key(row["item_id"], taken, instrument["key"]) for row in asked}
    values: dict[str, Mapping[float, float]] = {}
    new = []
    for row in asked:
        key = keys[row["item_id"]]
        if key in own:
            if moved := _fitted(change, own[key], row):
                values[row["item_id"]] = moved
            continue
        new.append(
            {"id": new_id(), "study_id": study_id, "instrument_id": instrument["id"], "key": key,
             "parent_key": keys.get(row["parent_id"], ""), "type": row["type"], "label_en": row["label_en"],
             "label_ru": row["label_ru"], "scale": row["scale"], "section": row.get("section", ""),
             "reverse": bool(row.get("reverse", False)), "code_key": row["code_id"] if row["code_id"] in codes else "",
             "position": int(row["order"]) if not own else 0}
        )  # fmt: skip
    last = max([row["position"] for row in present], default=-1)
    for place, row in enumerate(new, 1):
        row["position"] = row["position"] if not present else last + place
    change.insert(schema.item, new)
    return keys, values


def _key(item_id: str, taken: set[str], instrument_key: str) -> str:
    """The item's own key, or one with the questionnaire's before it; a long one ends in a trace of itself."""
    key = f"{instrument_key}.{item_id}" if item_id in taken else item_id
    if len(key) <= LONGEST_ITEM_KEY:
        return key
    return f"{key[: LONGEST_ITEM_KEY - 9]}-{hashlib.blake2s(key.encode(), digest_size=4).hexdigest()}"


def _fitted(change: Change, there: Row, new: Mapping[str, Any]) -> dict[float, float]:
    """Where the values of points and options move to; {} where nothing moves. Raises QuestionnaireProblem."""
    alike = any(
        plain_key(str(there[name])) == plain_key(str(new[name])) and new[name] for name in ("label_en", "label_ru")
    )
    unnamed = not any(new[name] for name in ("label_en", "label_ru"))
    reverse = bool(new.get("reverse", False))
    if there["type"] != new["type"] or not (alike or unnamed) or bool(there["reverse"]) != reverse:
        raise QuestionnaireProblem(_asks_something_else(there))
    scale, coming = list(there["scale"]), list(new["scale"])
    if there["type"] != "single" or not coming:
        return _points_moved(there, scale, coming) if scale else {}
    moved = {}
    for point in coming:
        same = next((each for each in scale if _reads_alike(each, point)), None)
        if same is None:
            same = dict(point) | {"value": max([float(each["value"]) for each in scale], default=0.0) + 1.0}
            scale.append(same)
        moved[float(point["value"])] = float(same["value"])
    change.update(schema.item, there["id"], scale=scale)
    return {old: value for old, value in moved.items() if old != value}


def _points_moved(there: Row, scale: list[Point], coming: list[Point]) -> dict[float, float]:
    """Where points of a scale move to, by their words; by their values where there are no words to compare."""
    moved: dict[float, float] = {}
    known = {float(point["value"]): point for point in scale}
    for point in coming:
        value = float(point["value"])
        same = next((each for each in scale if _reads_alike(each, point)), None)
        if same is None and value in known and not _comparable(known[value], point):
            same = known[value]
        if same is None:
            raise QuestionnaireProblem(_asks_something_else(there))
        moved[value] = float(same["value"])
    if len(set(moved.values())) < len(moved):
        raise QuestionnaireProblem(_asks_something_else(there))
    if there["reverse"]:
        ends, own = _ends(coming), _ends(scale)
        moved = {ends - old: own - value for old, value in moved.items()}
    return {old: value for old, value in moved.items() if old != value}


def _ends(points: list[Point]) -> float:
    """From what a value is taken away to count it from the other end."""
    return float(points[0]["value"]) + float(points[-1]["value"]) if points else 0.0


def _comparable(one: Point, other: Point) -> bool:
    """Whether two points have words in the same language; a number alone is none."""
    return any(_worded(one, name) and _worded(other, name) for name in ("en", "ru"))


def _worded(point: Point, name: str) -> bool:
    return any(letter.isalpha() for letter in str(point.get(name) or ""))


def _reads_alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(
        one.get(name) and other.get(name) and plain_key(str(one[name])) == plain_key(str(other[name]))
        for name in ("en", "ru")
    )


def _asks_something_else(there: Row) -> Message:
    label = " ".join(str(there["label_en"] or there["label_ru"] or there["key"]).split())[:90]
    return sentence(
        "“{question}” has another type, wording or scale in this file than in the study. Give its column the same type "
        "and options, or store the file as a questionnaire of its own.", question=label,
    )  # fmt: skip
