"""Two codes become one: which codings of a coder grow together, and over which words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A coding as far as a merge is concerned. `row` is its id, `lane` whose it is: source, coder and layer."""

    row: str
    lane: tuple[str, ...]
    start: int
    end: int
    made: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Codings that become one over the union of their words: the oldest stays (`kept`), the others go (`gone`)."""

    kept: str
    gone: tuple[str, ...]
    start: int
    end: int


def join_codings(merged: Iterable[Span], into: Iterable[Span]) -> list[Joined]:
    """Groups of codings of both codes that overlap or touch, each in one lane.

    Codings of one code alone stay apart as they were: only what meets a coding of the other code is joined to it.
    """
    lanes: dict[tuple[str, ...], list[tuple[Span, bool]]] = defaultdict(list)
    for code, spans in ((True, merged), (False, into)):
        for span in spans:
            lanes[span.lane].append((span, code))
    return [joined for lane in lanes.values() for joined in _of_lane(lane)]


def _of_lane(lane: list[tuple[Span, bool]]) -> list[Joined]:
    lane.sort(key=lambda each: (each[0].start, each[0].end))
    group = list(range(len(lane)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    reaching: list[int] = []  # those that may still meet what comes
    for at, (span, code) in enumerate(lane):
        reaching = [before for before in reaching if lane[before][0].end >= span.start]
        for before in reaching:
            if lane[before][1] != code:
                group[root(at)] = root(before)
        reaching.append(at)
    members: dict[int, list[Span]] = defaultdict(list)
    for at, (span, _code) in enumerate(lane):
        members[root(at)].append(span)
    return [_union(spans) for spans in members.values() if len(spans) > 1]


def _union(spans: list[Span]) -> Joined:
    oldest = min(spans, key=lambda span: (span.made, span.row))
    gone = tuple(sorted(span.row for span in spans if span is not oldest))
    return Joined(oldest.row, gone, min(span.start for span in spans), max(span.end for span in spans))
