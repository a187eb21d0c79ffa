"""The answers to a question out of all answers of a study: found by place, so that a million others cost nothing."""

from __future__ import annotations

import weakref
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from coding.frames import Frames

_PLACES: dict[int, tuple[weakref.ref[pd.DataFrame], dict[str, np.ndarray]]] = {}
"""By the frame's identity: frames are not written into once they are read."""
_PEOPLE: dict[tuple[int, int], tuple[tuple[weakref.ref[pd.DataFrame], ...], np.ndarray]] = {}
"""By the identities of answers and experts."""


def answers_to(frames: Frames, item_ids: Collection[str]) -> pd.DataFrame:
    """Rows of the answers to these items, in the order of the frame."""
    places = _places(frames.answers)
    found = [places[item_id] for item_id in dict.fromkeys(item_ids) if item_id in places]
    return frames.answers.iloc[np.sort(np.concatenate(found)) if found else []]


def places_of(frames: Frames, item_id: str) -> np.ndarray:
    """Where the answers to an item stand, those of people who are not on the roster left out."""
    found = _places(frames.answers).get(item_id, np.array([], dtype=int))
    return np.asarray(found[people_in(frames)[found] >= 0])


def people_in(frames: Frames) -> np.ndarray:
    """The place on the roster of whoever gave each answer, -1 for nobody. Callers must not write into it."""
    both = frames.answers, frames.experts
    key = id(both[0]), id(both[1])
    kept = _PEOPLE.get(key)
    if kept is not None and all(ref() is frame for ref, frame in zip(kept[0], both, strict=True)):
        return kept[1]
    codes, names = frames.answers["expert_id"].factorize()
    places = pd.Index(frames.experts["expert_id"]).get_indexer(pd.Index(names))
    found = np.append(places, -1)[codes]
    _PEOPLE[key] = tuple(weakref.ref(frame, lambda _gone: _PEOPLE.pop(key, None)) for frame in both), found
    return found


def items_answered(frames: Frames) -> set[str]:
    """Ids of the items that somebody answered."""
    return set(_places(frames.answers))


def _places(answers: pd.DataFrame) -> dict[str, np.ndarray]:
    """Where the answers to each item stand."""
    kept = _PLACES.get(id(answers))
    if kept is not None and kept[0]() is answers:
        return kept[1]
    codes, names = answers["item_id"].factorize()
    order = np.argsort(codes, kind="stable")
    ends: Any = np.cumsum(np.bincount(codes, minlength=len(names)))[:-1] if len(names) else []
    found = dict(zip(names.tolist(), np.split(order, ends), strict=False))
    key = id(answers)
    _PLACES[key] = weakref.ref(answers, lambda gone: _forget(key, gone)), found
    return found


def _forget(key: int, gone: weakref.ref[pd.DataFrame]) -> None:
    if key in _PLACES and _PLACES[key][0] is gone:
        del _PLACES[key]
