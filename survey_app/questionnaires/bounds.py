"""Least and most of a constraint, as people write them: `. >= 0 and . <= 100`, `count-selected(.) <= 3`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from survey_app.questionnaires.rules import UnreadableRule, parse

OF_NUMBERS, OF_CHOICES = ".", "count-selected(.)"
_BOUND = re.compile(r"\s*(\.|count-selected\(\s*\.\s*\))\s*(>=|<=|=)\s*(-?[0-9]{1,12}(?:\.[0-9]{1,6})?)\s*")
_WITH_MORE = re.compile(r"\s*\((?P<rest>.*)\) and (?P<bounds>[^()]*(?:count-selected\(\.\)[^()]*)*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Bounds:
    """`rest` is what a constraint says besides."""

    least: float | None = None
    most: float | None = None
    rest: str = ""


def bounds_in(constraint: str, of: str) -> Bounds:
    """The bounds of numbers, or of how many choices, that a constraint consists of or ends with."""
    found = _only_bounds(constraint, of)
    if found is not None:
        return found
    more = _WITH_MORE.fullmatch(constraint)
    found = _only_bounds(more["bounds"], of) if more else None
    if more is None or found is None or not _is_rule(more["rest"]):
        return Bounds(rest=constraint)
    return Bounds(found.least, found.most, more["rest"])


def with_bounds(bounds: Bounds, of: str) -> str:
    """The way back from `bounds_in`."""
    parts = [f"({bounds.rest})"] if bounds.rest else []
    parts += [f"{of} >= {plain_number(bounds.least)}"] if bounds.least is not None else []
    parts += [f"{of} <= {plain_number(bounds.most)}"] if bounds.most is not None else []
    return bounds.rest if len(parts) == 1 and bounds.rest else " and ".join(parts)


def plain_number(number: float) -> str:
    """A number as people write it: at most six digits behind the point."""
    return str(int(number)) if float(number).is_integer() else f"{number:.6f}".rstrip("0")


def _only_bounds(text: str, of: str) -> Bounds | None:
    least = most = None
    for part in text.split(" and "):
        found = _BOUND.fullmatch(part)
        if found is None or found[1].replace(" ", "") != of:
            return None
        sign, value = found[2], float(found[3])
        if (sign != "<=" and least is not None) or (sign != ">=" and most is not None):
            return None
        least, most = (value if sign != "<=" else least), (value if sign != ">=" else most)
    return Bounds(least, most)


def _is_rule(text: str) -> bool:
    try:
        parse(text)
    except UnreadableRule:
        return False
    return True
