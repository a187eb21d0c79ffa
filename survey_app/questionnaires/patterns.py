"""Patterns that a definition may ask `regex` to match: a part of regular expressions that no text can make slow."""

from __future__ import annotations

import re
from functools import lru_cache
from math import log2

LONGEST_PATTERN, LONGEST_SUBJECT = 200, 200
"""Letters. A longer answer matches no pattern."""
MOST_WAYS = 24
"""Ways to match that a search may have to try, as a power of two."""

_ESCAPED = set("dDwWsS^$\\.*+?()[]{}|/")
_QUANTIFIER = re.compile(r"[*+?]|\{([0-9]{1,3})(,([0-9]{0,3}))?\}")
_SET = re.compile(r"\[\^?(?:[^\[\]\\^]|\\[dDwWsS\\.*+?()\[\]{}|/^$-])(?:[^\[\]\\]|\\[dDwWsS\\.*+?()\[\]{}|/^$-])*\]")


class UnsafePattern(Exception):
    """A pattern with something that is not known here, or that could take for ever."""


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, to be matched from the first letter to the last. Raises UnsafePattern.

    Known are letters, sets, groups, alternatives, repetition, ^, $ and the classes d, w, s, which mean ASCII as in
    a browser. How many ways there are to match is counted beforehand: a repetition of m to n adds log2(n - m + 1),
    and multiplies what stands in its group.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise UnsafePattern
    ways, end = _alternatives(pattern, 0, 0)
    if end != len(pattern) or ways > MOST_WAYS:
        raise UnsafePattern
    try:
        return re.compile(pattern, re.ASCII)
    except (re.error, OverflowError, RecursionError) as problem:
        raise UnsafePattern from problem


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text fits the pattern. Raises UnsafePattern."""
    return len(text) <= LONGEST_SUBJECT and compiled(pattern).fullmatch(text) is not None


def _alternatives(pattern: str, at: int, depth: int) -> tuple[float, int]:
    """Ways to match from `at` to the end of the group, and where that is."""
    if depth > 10:
        raise UnsafePattern
    ways = 0.0
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            ways, at = ways + 1, at + 1
            continue
        own, at = _atom(pattern, at, depth)
        found = _QUANTIFIER.match(pattern, at)
        if found:
            least, most = _times(found)
            own, at = own * most + log2(most - least + 1), found.end()
            if _QUANTIFIER.match(pattern, at):
                raise UnsafePattern
        ways += own
    return ways, at


def _atom(pattern: str, at: int, depth: int) -> tuple[float, int]:
    sign = pattern[at]
    if sign == "(":
        start = at + 3 if pattern.startswith("(?:", at) else at + 1
        ways, end = _alternatives(pattern, start, depth + 1)
        if end >= len(pattern):
            raise UnsafePattern
        return ways, end + 1
    if sign == "[":
        found = _SET.match(pattern, at)
        if found is None:
            raise UnsafePattern
        return 0, found.end()
    if sign == "\\":
        if pattern[at + 1 : at + 2] not in _ESCAPED or at + 1 == len(pattern):
            raise UnsafePattern
        return 0, at + 2
    if sign in "*+?{}]":
        raise UnsafePattern
    return 0, at + 1


def _times(quantifier: re.Match[str]) -> tuple[int, int]:
    """Least and most repetitions."""
    signs = {"?": (0, 1), "*": (0, LONGEST_SUBJECT), "+": (1, LONGEST_SUBJECT)}
    if quantifier[0] in signs:
        return signs[quantifier[0]]
    least = int(quantifier[1])
    most = least if quantifier[2] is None else int(quantifier[3] or LONGEST_SUBJECT)
    if most < least or most > LONGEST_SUBJECT:
        raise UnsafePattern
    return least, most
