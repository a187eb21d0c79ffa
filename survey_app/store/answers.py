"""Answers as a row of `response` holds them: the number alone, or [value, text, flags, raw] without what is not said.

`text` says what the value does not, `raw` is the cell as it was written where it says more than both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

CANNOT_SAY, UNFIT = 1, 2
"""Flags: an answer beside the scale; what was written and is no answer of its item's kind."""
Packed = float | list[Any]
Unpacked = tuple[float, str, int, str]
"""Value (NaN where words, or nothing that can be said, stand for it), text, flags, raw."""
_UNSAID: tuple[Any, ...] = (None, "", 0, "")


def pack(
    value: float | None, text: str = "", *, cannot_say: bool = False, unfit: bool = False, raw: str = ""
) -> Packed:
    """One answer for the store."""
    number = None if value is None or math.isnan(value) else int(value) if float(value).is_integer() else float(value)
    whole = [number, text, CANNOT_SAY * cannot_say | UNFIT * unfit, raw]
    while whole and whole[-1] == _UNSAID[len(whole) - 1]:
        whole.pop()
    return number if len(whole) == 1 and number is not None else whole


def unpack(packed: Packed) -> Unpacked:
    """One answer out of the store."""
    if not isinstance(packed, list):
        return float(packed), "", 0, ""
    value, text, flags, raw = [*packed, *_UNSAID[len(packed) :]]
    return (math.nan if value is None else float(value)), text, flags, raw


def are_answers(found: Any) -> bool:
    """Whether a value from outside is what `pack` makes, by the keys of items."""
    return isinstance(found, Mapping) and all(map(_is_packed, found.values()))


def _is_packed(packed: Any) -> bool:
    if not isinstance(packed, list):
        return _is_number(packed)
    if len(packed) > len(_UNSAID):
        return False
    value, text, flags, raw = [*packed, *_UNSAID[len(packed) :]]
    known = type(flags) is int and 0 <= flags <= CANNOT_SAY | UNFIT
    return known and (value is None or _is_number(value)) and isinstance(text, str) and isinstance(raw, str)


def _is_number(value: Any) -> bool:
    return type(value) in {int, float} and abs(value) < 2**63 and math.isfinite(value)
