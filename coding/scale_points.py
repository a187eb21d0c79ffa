"""The points of a scale: different numbers, ascending, whatever a table holds."""

from __future__ import annotations

import math
from typing import Any


def scale_points(scale: Any) -> list[dict[str, Any]]:
    """The points ({"value", "en", "ru"}) of a scale whose values are numbers, ascending; of equal ones the first."""
    found: dict[float, dict[str, Any]] = {}
    for point in scale if isinstance(scale, list | tuple) else ():
        value = _number(point.get("value")) if isinstance(point, dict) else None
        if value is not None:
            found.setdefault(value, point)
    return [found[value] for value in sorted(found)]


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
