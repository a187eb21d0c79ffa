"""Codes and segments with their counts and names: what the charts of codes rest on."""

import pandas as pd

from coding.counts import code_counts
from coding.frames import Frames
from coding.segments import Segmentation
from coding.shown_codes import shown_codes
from survey_app.language import label
from survey_app.views.segment_names import named_segments, records

CODE = ["code_id", "root", "parent_id", "polarity", "short", "label_en", "label_ru", "order"]


def code_rows(frames: Frames, segmentation: Segmentation, *, layer: str, coder_id: str | None) -> pd.DataFrame:
    """One row for each code that is shown (`shown_codes`) and each segment, `ALL` last, in the codebook's order.

    The columns of `coding.counts.code_counts` (k of the segment's n experts, statements, applications), those of the
    code (`CODE`) with root_en and root_ru, and the segment's names. A code that has codes under it counts them too.
    """
    return named_rows(frames, code_counts(frames, segmentation, layer=layer, coder_id=coder_id), segmentation)


def named_rows(frames: Frames, counted: pd.DataFrame, segmentation: Segmentation) -> pd.DataFrame:
    """The same for counts by code_id and segment that are given, as far as they are."""
    codes = frames.codes.sort_values("order", kind="stable")
    roots = codes[["code_id", "label_en", "label_ru"]].set_axis(["root", "root_en", "root_ru"], axis=1)
    below = frames.codes.loc[shown_codes(frames), CODE].merge(roots, on="root", how="left")
    below[["root_en", "root_ru"]] = below[["root_en", "root_ru"]].fillna("")
    segments = named_segments(frames, segmentation)
    rows = below.merge(counted, on="code_id").merge(segments, on="segment")
    return rows.sort_values(["order", "position"], kind="stable", ignore_index=True)


def outermost(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows without codes below another code, which counts them, and without headings where they hold any."""
    is_root = rows["code_id"] == rows["root"]
    heading = is_root & rows["code_id"].isin(rows["parent_id"])
    return rows[~heading & ~rows["parent_id"].isin(rows.loc[~is_root, "code_id"])]


def roots(frames: Frames) -> dict[str, str]:
    """The roots that have codes under them, and their names, in the codebook's order."""
    codes = frames.codes.sort_values("order", kind="stable")
    parents = codes.loc[codes["code_id"] != codes["root"], "root"]
    found = records(codes[codes["code_id"].isin(parents)])
    return {row["code_id"]: label(row) or row["code_id"] for row in found}
