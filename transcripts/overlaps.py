"""Of places that overlap only some can stand: none inside another, and no word that any of them covers is lost."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import replace

from transcripts.identifying import Found, How

_SURENESS = {how: rank for rank, how in enumerate(How)}
_EDGES = " \t\n\u00a0,;:.!?()[]«»„“”\"'—–-_"
_TELLING = re.compile(r"\d|[^\W\d_]{3}|[^\W\d_a-zа-яё]")


def settled(text: str, found: Iterable[Found]) -> list[Found]:
    """Places in order without overlaps: certain patterns, then known names, then the longer, then the surer.

    A place that loses a part keeps what is left of it.
    """
    standing: list[Found] = []
    for place in sorted(set(found), key=_strength):
        first = last = bisect_right(standing, place.start, key=_end)
        while last < len(standing) and standing[last].start < place.end:
            last += 1
        for piece in _left(text, place, standing[first:last]):
            insort(standing, piece, key=_end)
    return standing


def _end(place: Found) -> int:
    return place.end


def _strength(place: Found) -> tuple[bool, bool, int, int, int, str]:
    certain = place.how == How.PATTERN and place.risk == 1
    return (
        not certain, place.how != How.ROSTER, place.start - place.end, _SURENESS[place.how], place.start, place.kind,
    )  # fmt: skip


def _left(text: str, place: Found, beside: list[Found]) -> list[Found]:
    """The place, or what of it is left beside those that stand, without marks at the edges; words only."""
    if not beside:
        return [place]
    gaps, start = [], place.start
    for other in beside:
        gaps.append((start, other.start))
        start = max(start, other.end)
    pieces = []
    for first, last in [*gaps, (start, place.end)]:
        written = text[first:last]
        if _TELLING.search(written):
            first += len(written) - len(written.lstrip(_EDGES))
            last -= len(written) - len(written.rstrip(_EDGES))
            pieces.append(replace(place, start=first, end=last, form=text[first:last].lower()))
    return pieces
