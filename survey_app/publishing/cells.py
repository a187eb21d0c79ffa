"""The numbers of a release, cell by cell: how many experts of a segment said it, and which of them stay hidden."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from coding.counts import code_counts
from coding.frames import Frames
from coding.segments import Segmentation

COLUMNS = ("segmentation", "segment", "code_id", "k", "n", "statements", "shown")


def published_cells(
    frames: Frames, segmentations: Sequence[Segmentation], *, layer: str, coder_id: str | None
) -> pd.DataFrame:
    """One row for each segmentation, segment (`ALL` last) and code, with the columns of `COLUMNS`.

    k and statements are nullable integers, and missing where `shown` is false: what is hidden is not in the table.
    """
    found = []
    for each in segmentations:
        counted = code_counts(frames, each, layer=layer, coder_id=coder_id)
        found.append(counted.assign(segmentation=each.key, shown=True)[list(COLUMNS)])
    return pd.concat(found, ignore_index=True).astype({"k": "Int64", "n": "Int64", "statements": "Int64"})
