"""Who answered what: every answer to a closed question as k of n experts, by line and segment."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from coding.frames import Frames
from coding.segments import ALL, Segmentation, segment_of
from survey_app.views.segment_names import named_segments, records

KINDS = ("likert", "numeric", "rank", "multi", "single")
ANSWER, CANNOT_SAY, MISSING = "answer", "cannot_say", "missing"

Choice = tuple[float, str, str]
"""A value with its words in English and Russian; NaN where words are all there is."""


@dataclass(frozen=True, slots=True)
class Question:
    """A closed question that somebody answered. `lines` are the item_ids of its lines, or its own if it has none."""

    item_id: str
    kind: str
    label_en: str
    label_ru: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Where answers with a number lie; NaN when there are none."""

    answered: int
    median: float
    mean: float
    low: float
    high: float


def questions(frames: Frames) -> list[Question]:
    """The closed questions that have answers, in the questionnaire's order."""
    items = frames.items[frames.items["type"].isin(KINDS)].sort_values("order", kind="stable")
    answered = set(frames.answers["item_id"])
    children = items[items["parent_id"].isin(items["item_id"])].groupby("parent_id")["item_id"].agg(tuple).to_dict()
    top = items[~items["parent_id"].isin(items["item_id"])]
    found = []
    for row in records(top):
        lines = children.get(row["item_id"], (row["item_id"],))
        if answered.intersection(lines):
            found.append(Question(row["item_id"], row["type"], row["label_en"], row["label_ru"], lines))
    return found


def answer_counts(frames: Frames, segmentation: Segmentation, item_id: str) -> pd.DataFrame:
    """One row for each line of the question, segment (`ALL` last) and answer: so many (k) of the segment's n experts.

    `state` tells answers, "cannot_say" and "missing" (no row in the answers) apart; the last two have a row of their
    own. `value` with value_en and value_ru is the answer: a point of the scale (also where nobody chose it), a number,
    a place in a ranking, or 1 for a chosen option. `answered` of the n experts answered the line; an option that was
    not chosen is answered by whoever answered the question. `kind` is the question's.
    """
    question = next(found for found in questions(frames) if found.item_id == item_id)
    items = records(frames.items.set_index("item_id", drop=False).loc[list(question.lines)])
    home = segment_of(frames.experts, segmentation)
    segments = records(named_segments(frames, segmentation))
    given = frames.answers[frames.answers["item_id"].isin(question.lines)]
    given = given[given["expert_id"].isin(home.index)]
    silent = {str(expert): bool(unsaid) for expert, unsaid in given.groupby("expert_id")["cannot_say"].all().items()}
    rows = []
    for item in items:
        mine = {row["expert_id"]: row for row in records(given[given["item_id"] == item["item_id"]])}
        choices = _choices(question.kind, item, mine.values())
        for segment in segments:
            members = [str(name) for name, key in home.items() if segment["segment"] in (ALL, key)]
            states = _tally(question.kind, members, mine, silent)
            answered = sum(count for (state, _choice), count in states.items() if state == ANSWER)
            shared = {
                "question": item_id, "kind": question.kind, "item_id": item["item_id"], "label_en": item["label_en"],
                "label_ru": item["label_ru"], "code_id": item["code_id"], **segment, "n": len(members),
                "answered": answered,
            }  # fmt: skip
            every = [(ANSWER, choice) for choice in choices]
            every += [(CANNOT_SAY, (np.nan, "", "")), (MISSING, (np.nan, "", ""))]
            rows += [
                shared
                | {"state": state, "value": choice[0], "value_en": choice[1], "value_ru": choice[2],
                   "k": states[state, _key(choice) if state == ANSWER else ""]}
                for state, choice in every
            ]  # fmt: skip
    return pd.DataFrame(rows)


def spread(rows: pd.DataFrame) -> Spread:
    """Median, mean and range of the answers of one line in one segment."""
    chosen = rows[(rows["state"] == ANSWER) & rows["value"].notna()]
    values = np.repeat(chosen["value"].to_numpy(dtype=float), chosen["k"].to_numpy(dtype=int))
    if not len(values):
        return Spread(0, np.nan, np.nan, np.nan, np.nan)
    return Spread(len(values), float(np.median(values)), float(values.mean()), float(values.min()), float(values.max()))


def upper(rows: pd.DataFrame) -> int:
    """How many chose a point above the middle of the scale."""
    points = rows[rows["state"] == ANSWER]
    middle = (points["value"].min() + points["value"].max()) / 2
    return int(points.loc[points["value"] > middle, "k"].sum())


def _tally(
    kind: str, members: Iterable[str], mine: dict[str, dict[str, Any]], silent: dict[str, bool]
) -> Counter[tuple[str, float | str]]:
    """How many of the members stand where; what was merely not chosen stands under the answer 0.

    `silent` says of everybody who was asked whether all that they answered to the question is "cannot say".
    """
    found: Counter[tuple[str, float | str]] = Counter()
    for expert in members:
        answer = mine.get(expert)
        if answer is None and kind in {"rank", "multi"} and expert in silent:
            found[(CANNOT_SAY, "") if silent[expert] else (ANSWER, 0.0)] += 1
        elif answer is None:
            found[MISSING, ""] += 1
        elif answer["cannot_say"]:
            found[CANNOT_SAY, ""] += 1
        else:
            found[ANSWER, _key((answer["value"], answer["text"], answer["text"]))] += 1
    return found


def _choices(kind: str, item: dict[str, Any], answers: Iterable[dict[str, Any]]) -> list[Choice]:
    """What can be answered, in order: the scale, then whatever else was said."""
    if kind == "multi":
        return [(1.0, "", "")]
    scale: dict[float | str, Choice] = {
        float(point["value"]): (float(point["value"]), str(point.get("en", "")), str(point.get("ru", "")))
        for point in item["scale"]
    }
    said: dict[float | str, Choice] = {}
    for answer in answers:
        if not answer["cannot_say"]:
            text = "" if pd.notna(answer["value"]) else answer["text"]
            choice = (float(answer["value"]), text, text)
            said.setdefault(_key(choice), choice)
    if kind == "rank":
        places = range(1, int(max([key for key in said if isinstance(key, float)], default=0)) + 1)
        return [(float(place), "", "") for place in places]
    beside = sorted(
        (choice for key, choice in said.items() if key not in scale), key=lambda choice: (choice[0], choice[1])
    )
    return [*scale.values(), *beside]


def _key(choice: Choice) -> float | str:
    return choice[1] if pd.isna(choice[0]) else float(choice[0])
