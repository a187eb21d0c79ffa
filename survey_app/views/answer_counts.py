"""Who answered what: every answer to a closed question as k of n experts, by line and segment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from coding.answers import items_answered, people_in, places_of
from coding.frames import Frames
from coding.item_values import segment_numbers
from coding.segments import Segmentation
from survey_app.views.segment_names import named_segments, records

KINDS = ("likert", "numeric", "rank", "multi", "single")
ANSWER, CANNOT_SAY, OFF_SCALE, UNFIT, MISSING = "answer", "cannot_say", "off_scale", "unfit", "missing"
ASIDE = (CANNOT_SAY, OFF_SCALE, UNFIT, MISSING)
"""States that are no answers, and none of which is another."""
_CANNOT_SAY, _OFF_SCALE, _UNFIT, _MISSING, _NOT_CHOSEN = range(5)

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

    `state` tells answers, "cannot_say", "off_scale" (a number that is no point of the scale), "unfit" (what was written
    could not be read as an answer) and "missing" (no row in the answers) apart; the last four have a row of their own.
    `value` with value_en and value_ru is the answer: a
    point of the scale (also where nobody chose it), a number, a place in a ranking, or 1 for a chosen option.
    `answered` of the n experts answered the line; an option that was not chosen is answered by whoever answered the
    question. `kind` is the question's.
    """
    question = next(found for found in questions(frames) if found.item_id == item_id)
    items = records(frames.items.set_index("item_id", drop=False).loc[list(question.lines)])
    home = segment_numbers(frames.experts, segmentation)
    segments = records(named_segments(frames, segmentation))
    sizes = _by_segment(np.zeros(len(home), dtype=int), home, len(segments), 1)[:, 0].tolist()
    given = {key: _given(frames, key) for key in {question.item_id, *question.lines}}
    silent = _silent(question.kind, given.values(), len(home))
    deepest = _deepest(given.values(), len(question.lines)) if question.kind == "rank" else 0
    rows = []
    for item in items:
        mine = given[item["item_id"]]
        choices = _choices(question.kind, item, mine, deepest)
        where = _where(mine, choices, silent, on_scale=question.kind == "likert")
        every = [*((ANSWER, choice) for choice in choices), *((state, _NOTHING) for state in ASIDE)]
        cells = _by_segment(where, home, len(segments), len(every) + 1)
        for segment, size, counts in zip(segments, sizes, cells, strict=True):
            shared = {
                "question": item_id, "kind": question.kind, "item_id": item["item_id"], "label_en": item["label_en"],
                "label_ru": item["label_ru"], "code_id": item["code_id"], **segment, "n": size,
                "answered": int(counts[: len(choices)].sum() + counts[len(every)]),
            }  # fmt: skip
            rows += [
                shared | {"state": state, "value": choice[0], "value_en": choice[1], "value_ru": choice[2], "k": count}
                for (state, choice), count in zip(every, counts.tolist(), strict=False)
            ]
    return pd.DataFrame(rows)


def spread(rows: Iterable[Mapping[str, Any]]) -> Spread:
    """Median, mean and range of the answers of one line in one segment."""
    chosen = [(row["value"], row["k"]) for row in rows if row["state"] == ANSWER and not np.isnan(row["value"])]
    values = np.repeat([value for value, _k in chosen], [k for _value, k in chosen]) if chosen else np.empty(0)
    if not len(values):
        return Spread(0, np.nan, np.nan, np.nan, np.nan)
    return Spread(len(values), float(np.median(values)), float(values.mean()), float(values.min()), float(values.max()))


def upper(rows: Iterable[Mapping[str, Any]]) -> int:
    """How many chose a point above the middle of the scale."""
    points = [(row["value"], row["k"]) for row in rows if row["state"] == ANSWER and not np.isnan(row["value"])]
    if not points:
        return 0
    middle = (min(points)[0] + max(points)[0]) / 2
    return int(sum(k for value, k in points if value > middle))


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """Answers to one item by people of the roster; `person` is the expert's place in it. `words` are the texts of
    answers without a number."""

    person: np.ndarray
    value: np.ndarray
    cannot_say: np.ndarray
    unfit: np.ndarray
    words: np.ndarray
    worded: np.ndarray


def _given(frames: Frames, item_id: str) -> _Given:
    answers, where = frames.answers, places_of(frames, item_id)
    value = answers["value"].to_numpy(dtype=float)[where]
    cannot_say, unfit = (answers[name].to_numpy(dtype=bool)[where] for name in ("cannot_say", "unfit"))
    worded = np.isnan(value) & ~cannot_say & ~unfit
    words = answers["text"].iloc[where[worded]].to_numpy(dtype=object)
    return _Given(people_in(frames)[where], value, cannot_say, unfit, words, worded)


def _by_segment(where: np.ndarray, home: np.ndarray, segments: int, width: int) -> np.ndarray:
    """How many experts of each segment, `ALL` last, stand at each place; `home` is -1 for those of none."""
    cells = np.bincount((home + 1) * width + where, minlength=segments * width).reshape(segments, width)
    return np.vstack([cells[1:], cells.sum(axis=0)])


def _silent(kind: str, given: Iterable[_Given], experts: int) -> np.ndarray:
    """Where an expert stands in a line to which they gave no answer: missing; where lines are only chosen among others,
    at what they said to the question as a whole."""
    said = np.full(experts, _MISSING)
    if kind not in {"rank", "multi"}:
        return said
    every = list(given)
    for state in (_UNFIT, _CANNOT_SAY, _NOT_CHOSEN):
        for one in every:
            told = {_UNFIT: one.unfit, _CANNOT_SAY: one.cannot_say, _NOT_CHOSEN: ~one.unfit & ~one.cannot_say}[state]
            said[one.person[told]] = state
    return said


def _where(mine: _Given, choices: list[Choice], silent: np.ndarray, *, on_scale: bool) -> np.ndarray:
    """For each expert the number of their answer among the choices; behind these the states of `ASIDE` in their order,
    and last what was merely not chosen. On a scale, other numbers and words are no answers."""
    known: dict[float | str, int] = {_key(choice): number for number, choice in enumerate(choices)}
    behind = len(choices)
    found = behind + silent
    inverse, values = pd.factorize(mine.value, use_na_sentinel=False)
    other, unknown = (_OFF_SCALE, _UNFIT) if on_scale else (_NOT_CHOSEN, _NOT_CHOSEN)
    places = np.array([known.get(value, behind + other) for value in values.tolist()], dtype=int)[inverse]
    places[mine.worded] = [known.get(text, behind + unknown) for text in mine.words.tolist()]
    places[mine.cannot_say] = behind + _CANNOT_SAY
    places[mine.unfit] = behind + _UNFIT
    found[mine.person] = places
    return found


def _deepest(given: Iterable[_Given], lines: int) -> int:
    """The last place of a ranking that somebody gave to any of its lines: all lines have the same places."""
    places = np.concatenate([one.value[~one.cannot_say & ~one.unfit & ~np.isnan(one.value)] for one in given])
    return int(min(places.max(initial=0), lines))


def _choices(kind: str, item: dict[str, Any], mine: _Given, deepest: int) -> list[Choice]:
    """What can be answered, in order: the scale or the places; without a fixed scale, then whatever else was said."""
    if kind == "multi":
        return [(1.0, "", "")]
    scale: dict[float | str, Choice] = {
        float(point["value"]): (float(point["value"]), str(point.get("en", "")), str(point.get("ru", "")))
        for point in item["scale"]
    }
    told = mine.value[~mine.cannot_say & ~mine.unfit]
    numbers = sorted(pd.unique(told[~np.isnan(told)]).tolist())
    if kind == "rank":
        return [(float(place), "", "") for place in range(1, deepest + 1)]
    if kind == "likert":
        return list(scale.values()) or [(number, "", "") for number in numbers]
    words = sorted(set(mine.words.tolist()))
    beside = [(number, "", "") for number in numbers if number not in scale]
    return [*scale.values(), *beside, *((np.nan, text, text) for text in words)]


def _key(choice: Choice) -> float | str:
    return choice[1] if pd.isna(choice[0]) else float(choice[0])
