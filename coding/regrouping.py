"""Experts parted by something else than their stakeholder group: an attribute of theirs, or the day they spoke on.

What comes out is the study as if these parts were its groups, so that everything that counts by groups counts by them.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from coding.counts import expert_statements
from coding.frames import Frames
from coding.segments import ALL

MOST_PARTS = 12
"""An attribute with more values parts nothing; numbers are then cut into three."""

_LANGUAGES = ("_en", "_ru")
"""How the columns of a roster end that say one thing in two languages."""
_SEVERAL = ("several days", "several days", "несколько дней")
Names = tuple[str, str, str]
"""A part's key and its names in English and Russian."""


def attributes(frames: Frames) -> list[str]:
    """Attributes by which experts can be parted: `region` and what the roster says, where it makes two to
    `MOST_PARTS` parts and one of them has two experts. A column of names, say, is none."""
    names = dict.fromkeys(["region", *sorted({name for said in _said(frames) for name in said})])
    return [name for name in names if not _said_already(name, names) and _parts(frames, name)[1]]


def stem(name: str) -> str:
    """An attribute's name without the language that it is written in."""
    return next((name.removesuffix(ending) for ending in _LANGUAGES if name.endswith(ending)), name)


def by_attribute(frames: Frames, name: str) -> Frames:
    """The study with an attribute's values as groups; whoever has none is in no group, and counts among all alone."""
    return _grouped(frames, *_parts(frames, name))


def by_day(frames: Frames) -> Frames:
    """The study with the days of its sessions as groups; who spoke on several is in a group of its own."""
    day_of = dict(zip(frames.sources["source_id"], frames.sources["date"], strict=True))
    spoken = expert_statements(frames)
    days: dict[str, set[str]] = {}
    for expert_id, source_id in zip(spoken["expert_id"], spoken["source_id"], strict=True):
        days.setdefault(str(expert_id), set()).add(str(day_of.get(source_id, "")))
    homes = [sorted(days.get(expert_id, set()) - {""}) for expert_id in frames.experts["expert_id"]]
    keys = [each[0] if len(each) == 1 else _SEVERAL[0] if each else "" for each in homes]
    parts = [(day, day, ".".join(reversed(day.split("-")))) for day in sorted(set(keys) - {"", _SEVERAL[0]})]
    return _grouped(frames, keys, [*parts, _SEVERAL] if _SEVERAL[0] in keys else parts)


def has_days(frames: Frames) -> bool:
    """Whether the sessions lie on different days."""
    sessions = frames.sources[(frames.sources["kind"] == "session") & (frames.sources["date"] != "")]
    return sessions["date"].nunique() > 1


def _said(frames: Frames) -> list[Mapping[str, Any]]:
    if "attributes" not in frames.experts:
        return [{} for _expert in range(len(frames.experts))]
    return [said if isinstance(said, Mapping) else {} for said in frames.experts["attributes"]]


def _parts(frames: Frames, name: str) -> tuple[list[str], list[Names]]:
    """The part of each expert and the parts in order; no parts where the attribute makes none."""
    written = frames.experts["region"] if name == "region" else [said.get(name, "") for said in _said(frames)]
    values = [str(value).strip() for value in written]
    different = sorted(set(values) - {""})
    numbers = pd.to_numeric(pd.Series(different, dtype=object), errors="coerce").to_numpy(dtype=float)
    if len(different) > 2 and np.isfinite(numbers).all():
        if len(different) > MOST_PARTS // 2:
            return _thirds(values)
        different = [different[index] for index in np.argsort(numbers)]
    told = len([value for value in values if value])
    if not 1 < len(different) <= MOST_PARTS or told < len(different) + 1:
        return values, []
    return values, [(value, *_in_languages(frames, name, values, value)) for value in different]


def _said_already(name: str, names: Collection[str]) -> bool:
    """Whether another column says the same in the other language."""
    first, second = _LANGUAGES
    return stem(name) != name and (stem(name) in names or (name.endswith(second) and stem(name) + first in names))


def _in_languages(frames: Frames, name: str, values: list[str], value: str) -> tuple[str, str]:
    """A value in English and Russian, where the roster has a column for each that says one thing of it."""
    said = [said for said, own in zip(_said(frames), values, strict=True) if own == value]
    words = [{str(one.get(stem(name) + ending) or "").strip() for one in said} - {""} for ending in _LANGUAGES]
    english, russian = (next(iter(found)) if len(found) == 1 else value for found in words)
    return english, russian


def _thirds(values: list[str]) -> tuple[list[str], list[Names]]:
    """Numbers cut into three parts of about as many experts each."""
    numbers = pd.to_numeric(pd.Series(values, dtype=object), errors="coerce").to_numpy(dtype=float)
    low, high = np.quantile(numbers[np.isfinite(numbers)], [1 / 3, 2 / 3], method="inverted_cdf")
    keys = [
        "" if not np.isfinite(each) else "low" if each <= low else "middle" if each <= high else "high"
        for each in numbers
    ]
    parts = [
        ("low", f"up to {low:g}", f"до {low:g}"),
        ("middle", f"above {low:g}, up to {high:g}", f"больше {low:g}, до {high:g}"),
        ("high", f"above {high:g}", f"больше {high:g}"),
    ]
    return keys, [part for part in parts if part[0] in keys]


def _grouped(frames: Frames, homes: list[str], parts: list[Names]) -> Frames:
    homes = [_some(home) for home in homes]
    parts = [(_some(key), en, ru) for key, en, ru in parts]
    rows = [
        {"group_id": key, "label_en": en, "label_ru": ru, "short_en": en, "short_ru": ru, "colour": "", "order": order}
        for order, (key, en, ru) in enumerate(parts)
    ]
    columns = ["group_id", "label_en", "label_ru", "short_en", "short_ru", "colour", "order"]
    known = {key for key, _en, _ru in parts}
    experts = frames.experts.assign(group_id=[home if home in known else "" for home in homes])
    return replace(frames, experts=experts, groups=pd.DataFrame(rows, columns=columns))


def _some(key: str) -> str:
    """The key of a part, which is never that of everybody."""
    return f"{key}_" if key.rstrip("_") == ALL else key
