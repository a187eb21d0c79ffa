"""What experts answered to some items, as arrays: a row an expert, a column an item, and nothing counted twice."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coding.answers import people_in, places_of
from coding.frames import Frames
from coding.segments import Segmentation, segment_of


@dataclass(frozen=True, slots=True, eq=False)
class ItemValues:
    """Answers of `expert_ids` (n) to `item_ids` (i).

    `values` (n x i) are numbers, NaN where there is none; `cannot_say` and `unfit` (n x i, bool) say of what has no
    number whether it was said to be unknown, or was words or a number that the scale does not have. What is neither
    was not answered.
    """

    expert_ids: pd.Index
    item_ids: tuple[str, ...]
    values: np.ndarray
    cannot_say: np.ndarray
    unfit: np.ndarray

    @property
    def answered(self) -> np.ndarray:
        """Who gave a number (n x i, bool)."""
        return np.asarray(~np.isnan(self.values))

    @property
    def missing(self) -> np.ndarray:
        """Who gave no answer of any kind (n x i, bool)."""
        return np.asarray(~(self.answered | self.cannot_say | self.unfit))

    def column(self, item_id: str) -> np.ndarray:
        """The values of one item (n)."""
        return np.asarray(self.values[:, self.item_ids.index(item_id)])


def item_values(frames: Frames, item_ids: Sequence[str]) -> ItemValues:
    """The answers of the study's experts, in their order, to these items.

    What does not fit is no value: a number that is no point of a Likert item's scale, and what a column `unfit` of the
    answers marks, where there is one.
    """
    experts = pd.Index(frames.experts["expert_id"])
    items = pd.Index(list(item_ids))
    answers, each = frames.answers, [places_of(frames, item_id) for item_id in items]
    where = np.concatenate([np.array([], dtype=int), *each])
    column = np.repeat(np.arange(len(items)), [len(places) for places in each])
    row = people_in(frames)[where]
    given = answers["value"].to_numpy(dtype=float)[where]
    unsaid = answers["cannot_say"].to_numpy(dtype=bool)[where]
    marked = (answers["unfit"].to_numpy(dtype=bool) if "unfit" in answers else np.zeros(len(answers), dtype=bool))[
        where
    ]
    shape = (len(experts), len(items))
    values, cannot_say, unfit = np.full(shape, np.nan), np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    values[row, column] = np.where(unsaid | marked, np.nan, given)
    for number, points in _scales(frames.items, items):
        values[~np.isin(values[:, number], points), number] = np.nan
    cannot_say[row, column] = unsaid
    unfit[row, column] = ~unsaid
    unfit &= np.isnan(values)
    return ItemValues(experts, tuple(item_ids), values, cannot_say, unfit)


def segment_numbers(experts: pd.DataFrame, segmentation: Segmentation) -> np.ndarray:
    """The place of each expert's segment in the segmentation (n), -1 if the expert's group is in none."""
    return np.asarray(pd.Index(list(segmentation.keys)).get_indexer(pd.Index(segment_of(experts, segmentation))))


def tally(values: np.ndarray, segments: np.ndarray, n_segments: int) -> tuple[np.ndarray, np.ndarray]:
    """Different values, ascending (l), and how often each segment gave them (`n_segments` + 1 x l, everyone last).

    `values` (n) may hold NaN, which is not counted; `segments` (n) are places of segments, -1 for none.
    """
    given = ~np.isnan(values)
    levels, place = np.unique(values[given], return_inverse=True)
    where = segments[given]
    inside = where >= 0
    cells = np.bincount(where[inside] * len(levels) + place[inside], minlength=n_segments * len(levels))
    everyone = np.bincount(place, minlength=len(levels))
    return levels, np.vstack([cells.reshape(n_segments, len(levels)), everyone[None, :]]).astype(np.int64)


def _scales(items: pd.DataFrame, asked: pd.Index) -> list[tuple[int, list[float]]]:
    """The place of each asked Likert item that has a scale, and its points."""
    places = {item_id: place for place, item_id in enumerate(asked)}
    likert = items[(items["type"] == "likert") & items["item_id"].isin(asked)]
    return [
        (places[item_id], [float(point["value"]) for point in scale])
        for item_id, scale in zip(likert["item_id"], likert["scale"], strict=True) if scale
    ]  # fmt: skip
