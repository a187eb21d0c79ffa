"""The cells of a release as plain data, and as rows with names for the sentences that are made of them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from coding.frames import Frames
from coding.segments import ALL, Segmentation
from survey_app.views.code_rows import named_rows
from survey_app.views.segment_names import records

Cell = dict[str, Any]


def as_data(cells: pd.DataFrame, segmentations: Sequence[Segmentation]) -> list[Cell]:
    """One record a cell: segmentation, segment, code, k, n, statements, shown; k and statements null where hidden.

    What is hidden is left out here once more, whatever the table still holds of it.
    """
    places = {(each.key, segment) for each in segmentations for segment in (*each.keys, ALL)}
    found = []
    for row in records(cells):
        if (row["segmentation"], row["segment"]) in places:
            shown = bool(row["shown"]) and not pd.isna(row["k"])
            found.append(
                {"segmentation": row["segmentation"], "segment": row["segment"], "code": row["code_id"],
                 "k": int(row["k"]) if shown else None, "n": int(row["n"]),
                 "statements": int(row["statements"]) if shown and not pd.isna(row["statements"]) else None,
                 "shown": shown}
            )  # fmt: skip
    return found


def hidden_in(cells: Sequence[Cell]) -> frozenset[tuple[str, str, str]]:
    """The cells that are not published."""
    return frozenset((cell["segmentation"], cell["segment"], cell["code"]) for cell in cells if not cell["shown"])


def shown_rows(frames: Frames, cells: Sequence[Cell], segmentation: Segmentation) -> pd.DataFrame:
    """Rows as `code_rows` has them, of what is shown of one segmentation."""
    mine = [cell for cell in cells if cell["segmentation"] == segmentation.key and cell["shown"]]
    counted = pd.DataFrame(mine, columns=["code", "segment", "k", "n", "statements"])
    counted = counted.rename(columns={"code": "code_id"}).fillna({"statements": 0})
    whole = counted.astype({"k": "int64", "n": "int64", "statements": "int64"})
    return named_rows(frames, whole, segmentation)
