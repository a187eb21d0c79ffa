"""Who answered what: every answer to a closed question as k of n experts, by line and segment."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from coding.answers import answers_to, items_answered
from coding.frames import Frames
from coding.segments import ALL, Segmentation, segment_of
from survey_app.views.segment_names import named_segments, records

KINDS = ("likert", "numeric", "rank", "multi", "single")
ANSWER, CANNOT_SAY, UNFIT, MISSING = "answer", "cannot_say", "unfit", "missing"
ASIDE = (CANNOT_SAY, UNFIT, MISSING)
"""States that are no answers, and none of which is another."""
_CANNOT_SAY, _UNFIT, _MISSING, _NOT_CHOSEN = range(4)

Choice = tuple[float, str, str]
"""A value with its words in English and Russian; NaN where words are all there is."""
_NOTHING: Choice = (np.nan, "", "")


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
    answered = items_answered(frames)
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

    `state` tells answers, "cannot_say", "unfit" (what was written could not be read as an answer) and "missing" (no row
    in the answers) apart; the last three have a row of their own. `value` with value_en and value_ru is the answer: a
    point of the scale (also where nobody chose it), a number, a place in a ranking, or 1 for a chosen option.
    `answered` of the n experts answered the line; an option that was not chosen is answered by whoever answered the
    question. `kind` is the question's.
    """
    question = next(found for found in questions(frames) if found.item_id == item_id)
    items = records(frames.items.set_index("item_id", drop=False).loc[list(question.lines)])
    home = segment_of(frames.experts, segmentation)
    segments = records(named_segments(frames, segmentation))
    members = [np.ones(len(home), dtype=bool) if each["segment"] == ALL else (home == each["segment"]).to_numpy()
               for each in segments]  # fmt: skip
    given = _given(frames, question, home.index)
    silent = _silent(question.kind, given, len(home))
    deepest = _deepest(given, len(question.lines)) if question.kind == "rank" else 0
    rows = []
    for item in items:
        mine = given[given["item_id"] == item["item_id"]]
        choices = _choices(question.kind, item, mine, deepest)
        where = _where(mine, choices, silent)
        every = [*((ANSWER, choice) for choice in choices), *((state, _NOTHING) for state in ASIDE)]
        for segment, inside in zip(segments, members, strict=True):
            counts = np.bincount(where[inside], minlength=len(every) + 1)
            shared = {
                "question": item_id, "kind": question.kind, "item_id": item["item_id"], "label_en": item["label_en"],
                "label_ru": item["label_ru"], "code_id": item["code_id"], **segment, "n": int(inside.sum()),
                "answered": int(counts[: len(choices)].sum() + counts[len(every)]),
            }  # fmt: skip
            rows += [
                shared
                | {"state": state, "value": choice[0], "value_en": choice[1], "value_ru": choice[2], "k": int(count)}
                for (state, choice), count in zip(every, counts, strict=False)
            ]
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


def _given(frames: Frames, question: Question, experts: pd.Index) -> pd.DataFrame:
    """Answers to the question and its lines by people of the roster; `person` is the expert's place in it."""
    given = answers_to(frames, [question.item_id, *question.lines])
    given = given.assign(person=experts.get_indexer(pd.Index(given["expert_id"])))
    return given[given["person"] >= 0]


def _silent(kind: str, given: pd.DataFrame, experts: int) -> np.ndarray:
    """Where an expert stands in a line to which they gave no answer: missing; where lines are only chosen among others,
    at what they said to the question as a whole."""
    said = np.full(experts, _MISSING)
    if kind not in {"rank", "multi"}:
        return said
    person = given["person"].to_numpy()
    unfit, unsaid = given["unfit"].to_numpy(), given["cannot_say"].to_numpy()
    for state, told in ((_UNFIT, unfit), (_CANNOT_SAY, unsaid), (_NOT_CHOSEN, ~unfit & ~unsaid)):
        said[person[told]] = state
    return said


def _where(mine: pd.DataFrame, choices: list[Choice], silent: np.ndarray) -> np.ndarray:
    """For each expert the number of their answer among the choices; behind these the states of `ASIDE` in their order,
    and last what was merely not chosen."""
    known: dict[float | str, int] = {_key(choice): number for number, choice in enumerate(choices)}
    behind = len(choices)
    found = behind + silent
    values, inverse = np.unique(mine["value"].to_numpy(dtype=float), return_inverse=True)
    places = np.array([known.get(value, behind + _NOT_CHOSEN) for value in values.tolist()], dtype=int)[inverse]
    words = mine["value"].isna().to_numpy()
    if words.any():
        places[words] = [known.get(text, behind + _NOT_CHOSEN) for text in mine["text"][words]]
    places[mine["cannot_say"].to_numpy()] = behind + _CANNOT_SAY
    places[mine["unfit"].to_numpy()] = behind + _UNFIT
    found[mine["person"].to_numpy()] = places
    return found


def _deepest(given: pd.DataFrame, lines: int) -> int:
    """The last place of a ranking that somebody gave to any of its lines: all lines have the same places."""
    told = given["value"][~given["cannot_say"] & ~given["unfit"]].dropna()
    return int(min(told.max(), lines)) if len(told) else 0


def _choices(kind: str, item: dict[str, Any], mine: pd.DataFrame, deepest: int) -> list[Choice]:
    """What can be answered, in order: the scale or the places, then whatever else was said."""
    if kind == "multi":
        return [(1.0, "", "")]
    scale: dict[float | str, Choice] = {
        float(point["value"]): (float(point["value"]), str(point.get("en", "")), str(point.get("ru", "")))
        for point in item["scale"]
    }
    told = mine[~mine["cannot_say"] & ~mine["unfit"]]
    numbers = sorted(told["value"].dropna().unique().tolist())
    if kind == "rank":
        return [(float(place), "", "") for place in range(1, deepest + 1)]
    words = sorted(told["text"][told["value"].isna()].unique().tolist())
    beside = [(number, "", "") for number in numbers if number not in scale]
    return [*scale.values(), *beside, *((np.nan, text, text) for text in words)]


def _key(choice: Choice) -> float | str:
    return choice[1] if pd.isna(choice[0]) else float(choice[0])
