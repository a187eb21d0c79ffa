"""What the segments of a chart are called, long and brief, in both languages."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from coding.frames import Frames
from coding.segments import ALL, Segmentation
from survey_app.language import _, label


def named_segments(frames: Frames, segmentation: Segmentation) -> pd.DataFrame:
    """One row a segment in their order, `ALL` last: segment, position, segment_en, segment_ru, brief_en, brief_ru.

    A segment of one stakeholder group has the group's short name; `ALL` has no names here, since its name is ours.
    """
    short = {row["group_id"]: row for row in records(frames.groups)}
    rows = []
    for segment in segmentation.segments:
        group = short.get(segment.group_ids[0], {}) if len(segment.group_ids) == 1 else {}
        long = (segment.label_en or segment.label_ru or segment.key, segment.label_ru or segment.label_en)
        brief = (group.get("short_en") or long[0], group.get("short_ru") or long[1])
        rows.append((segment.key, *long, *brief))
    rows.append((ALL, "", "", "", ""))
    names = ["segment", "segment_en", "segment_ru", "brief_en", "brief_ru"]
    found = pd.DataFrame(rows, columns=names)
    found.insert(1, "position", range(len(found)))
    return found


def segment_name(row: Mapping[str, Any], *, brief: bool = False) -> str:
    """The name of the segment that a row of a prepared frame is about."""
    if row["segment"] == ALL:
        return _("All") if brief else _("All experts")
    return label(row, "brief" if brief else "segment") or str(row["segment"])


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dicts, in order; for small frames ten times as fast as pandas' own."""
    names = list(rows.columns)
    return [
        dict(zip(names, cells, strict=True)) for cells in zip(*(rows[name].tolist() for name in names), strict=True)
    ]


def each_once(names: Iterable[str]) -> list[str]:
    """Names as headers of a table: one that came before gets a number, since two columns cannot share a header."""
    seen = dict[str, int]()
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
