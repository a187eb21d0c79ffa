"""Where the nodes of a flow and the bands between them lie: columns of nodes, each as tall as what flows through it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SWEEPS = 4

Columns = Sequence[Sequence[str]]
"""The nodes of each column from above; every node stands in one place."""


@dataclass(frozen=True, slots=True)
class Band:
    """From a node of one column to a node of the next, this wide."""

    source: str
    target: str
    width: float


@dataclass(frozen=True, slots=True)
class Places:
    """Upper and lower ends of the nodes, and the upper ends of the bands where they leave and where they enter one.

    From above, in the unit of the bands' widths; `height` is that of the tallest column.
    """

    nodes: dict[str, tuple[float, float]]
    leaving: dict[Band, float]
    entering: dict[Band, float]
    height: float


def placed(columns: Columns, bands: Sequence[Band], room: Mapping[str, float]) -> Places:
    """The columns, each in the middle of the tallest; above every node so much `room` stays free.

    A node is as tall as the wider of what enters and what leaves it; bands lie at a node as their other ends do.
    """
    thick = {
        node: max(sum(band.width for band in bands if band.target == node),
                  sum(band.width for band in bands if band.source == node))
        for column in columns for node in column
    }  # fmt: skip
    heights = [sum(thick[node] + room[node] for node in column) for column in columns]
    tallest = max(heights, default=0.0)
    ends: dict[str, tuple[float, float]] = {}
    for column, height in zip(columns, heights, strict=True):
        at = (tallest - height) / 2
        for node in column:
            ends[node] = (at + room[node], at + room[node] + thick[node])
            at = ends[node][1]
    free = {node: top for node, (top, _bottom) in ends.items()}
    leaving, entering = dict[Band, float](), dict[Band, float]()
    for band in sorted(bands, key=lambda band: ends[band.target]):
        leaving[band] = free[band.source]
        free[band.source] += band.width
    free = {node: top for node, (top, _bottom) in ends.items()}
    for band in sorted(bands, key=lambda band: ends[band.source]):
        entering[band] = free[band.target]
        free[band.target] += band.width
    return Places(ends, leaving, entering, tallest)


def uncrossed(columns: Columns, bands: Sequence[Band]) -> list[list[str]]:
    """The same columns with fewer crossings: the first stays, the others follow what they are linked to, at first on
    the left alone, then on both sides, by the mean place of the bands' other ends (Sugiyama et al. 1981).
    """
    found = [list(column) for column in columns]
    for sweep in range(_SWEEPS):
        for here in range(1, len(found)):
            place = {node: (at + 0.5) / len(column) for column in found for at, node in enumerate(column)}
            known = [band for band in bands if sweep or band.target in found[here]]
            found[here].sort(key={node: _pull(node, known, place) for node in found[here]}.__getitem__)
    return found


def _pull(node: str, bands: Sequence[Band], place: Mapping[str, float]) -> float:
    """The mean place of what a node is linked to, by width; its own where it is linked to nothing."""
    ends = [(place[band.source], band.width) for band in bands if band.target == node]
    ends += [(place[band.target], band.width) for band in bands if band.source == node]
    whole = sum(width for _place, width in ends)
    return sum(at * width for at, width in ends) / whole if whole else place[node]
