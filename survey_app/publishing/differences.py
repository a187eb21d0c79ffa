"""Sets of experts that no page tells of, but whose numbers follow from those that it tells: one set less another in it.

Where everybody of such a set says something, whoever subtracts learns it of each of them, as if the page had said so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from coding.recovering import Counts, Marks
from coding.segments import ALL


def rests(places: Sequence[tuple[str, str]], sets: Marks) -> list[Marks]:
    """Of each segmentation the parts of whom no segment tells, where there are any.

    places: keys of the segmentation and of the segment of each row of `sets` (places, parts).
    """
    found = []
    for key in dict.fromkeys(segmentation for segmentation, _segment in places):
        mine = [at for at, place in enumerate(places) if place[0] == key and place[1] != ALL]
        rest: Marks = np.logical_not(sets[mine].any(axis=0))
        found += [rest] if rest.any() else []
    return found


def with_differences(
    counts: Counts, must: Marks, open_all: Marks, rest: Sequence[Marks] = (), fewest: int = 0
) -> tuple[Counts, Marks, Marks]:
    """The counts with the differences of sets that would say “all”, which of all cells must be hidden, and which are
    told nowhere and need no protection.

    open_all (sets, codes): cells that say “all” for everybody to read; of whoever is in them it is known. Sets of the
    `rest` are differences too, and must not tell of fewer than `fewest` experts either.
    """
    present = {row.tobytes() for row in counts.sets}
    found: dict[bytes, Marks] = {row.tobytes(): row for row in rest if row.tobytes() not in present}
    for outer in counts.sets:
        for inner in counts.sets:
            left = outer & ~inner
            if left.any() and not (inner & ~outer).any() and left.tobytes() not in present:
                found[left.tobytes()] = left
    if not found:
        return counts, must, np.zeros_like(must)
    rows = np.array([*found.values()])
    k, n = rows.astype(np.int64) @ counts.said, (rows.astype(np.int64) @ counts.sizes)[:, None]
    known = (counts.sets.T.astype(np.int64) @ open_all.astype(np.int64)) > 0  # of each part and code
    covered = (rows.astype(np.int64) @ ~known) == 0
    revealing = (k == n) & ~covered
    apart = {row.tobytes() for row in rest}
    small = np.array([row.tobytes() in apart for row in rows])[:, None]
    revealing |= small & (k > 0) & (k < fewest) & ~covered
    kept = revealing.any(axis=1)
    wide = replace(counts, sets=np.vstack([counts.sets, rows[kept]]))
    return (
        wide, np.vstack([must, revealing[kept]]), np.vstack([np.zeros_like(must), ~revealing[kept]])
    )  # fmt: skip
