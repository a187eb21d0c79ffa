"""What the segments of a chart are called, long and brief, in both languages."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from coding.frames import Frames
from coding.segments import ALL, Segmentation
from survey_app.language import _, label


def named_segments(frames: Frames, segmentation: Segmentation) -> pd.DataFrame:
    """One row a segment in their order, `ALL` last: segment, position, segment_en, segment_ru, brief_en, brief_ru.

    A segment of one stakeholder group has the group's short name for a brief one, and no two have the same name; `ALL`
    has none here, since its name is ours.
    """
    groups = {row["group_id"]: row for row in records(frames.groups)}
    segments = {segment.key: segment for segment in segmentation.segments}
    long_en = told_apart(segments, lambda key: segments[key].label_en or segments[key].label_ru or key)
    long_ru = told_apart(segments, lambda key: segments[key].label_ru or segments[key].label_en)

    def brief(name: str, long: Mapping[str, str]) -> dict[str, str]:
        alone = {key: one.group_ids[0] for key, one in segments.items() if len(one.group_ids) == 1}
        short = {key: groups.get(group, {}).get(name) or "" for key, group in alone.items()}
        return told_apart(segments, lambda key: short.get(key) or long[key], long.__getitem__)

    found = pd.DataFrame({"segment": [*segments, ALL]})
    for name, names in {
        "segment_en": long_en, "segment_ru": long_ru,
        "brief_en": brief("short_en", long_en), "brief_ru": brief("short_ru", long_ru),
    }.items():  # fmt: skip
        found[name] = [*names.values(), ""]
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


def told_apart(keys: Iterable[str], *ways: Callable[[str], str]) -> dict[str, str]:
    """A name for each key that no other has, since a list tells its entries apart by their words: by the first way
    where that will do, else by the next, at last with the key."""
    listed = list(keys)
    found = {key: ways[0](key) for key in listed}
    for way in (*ways[1:], lambda key: f"{ways[-1](key)} ({key})" if key else ways[-1](key)):
        often = Counter(found.values())
        found = {key: way(key) if often[name] > 1 else name for key, name in found.items()}
    return found


def group_names(groups: Iterable[Mapping[str, Any]], key: str = "group_id") -> dict[str, str]:
    """The short names of stakeholder groups by their key; the long one where the short one is another's too."""
    rows = {row[key]: row for row in groups}
    return told_apart(rows, lambda one: label(rows[one], "short") or label(rows[one]), lambda one: label(rows[one]))


def each_once(names: Iterable[str]) -> list[str]:
    """Names as headers of a table: one that came before gets a number, since two columns cannot share a header."""
    seen = dict[str, int]()
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
