"""A tree that grows to the right: names at the left, lines that meet where things become one."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from plotly import graph_objects as go

from survey_app.views import style

LABEL_WIDTH = 24  # letters a line
_LEAST, _MOST = 8, 24  # pixels of a mark


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands at the left: its name, the size and colour of its mark, and what the mark tells and is called."""

    key: Hashable
    name: str
    size: int
    colour: str
    hover: str
    customdata: list[str]


@dataclass(frozen=True, slots=True)
class Join:
    """Two groups of leaves (their keys, each as it was joined before) that meet at this place on the axis."""

    one: tuple[Hashable, ...]
    other: tuple[Hashable, ...]
    at: float


def tree(leaves: Sequence[Leaf], joins: Sequence[Join], *, dark: bool, row: int = 38, **layout: Any) -> go.Figure:
    """The figure; joins stand in the order in which they happen. `row`: pixels that a leaf takes at least."""
    of_key = {leaf.key: leaf for leaf in leaves}
    listed = [of_key[key] for key in _order([leaf.key for leaf in leaves], joins)]
    places = list(range(len(listed)))
    largest = max((leaf.size for leaf in listed), default=0) or 1
    marks = go.Scatter(
        x=[0] * len(listed), y=places, mode="markers", cliponaxis=False,
        customdata=[leaf.customdata for leaf in listed],
        marker={"color": [leaf.colour for leaf in listed], "line": {"width": 0}, "opacity": 1,
                "size": [_LEAST + (_MOST - _LEAST) * (leaf.size / largest) ** 0.5 for leaf in listed]},
        hovertext=[leaf.hover for leaf in listed], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    labels = [style.wrapped(leaf.name, LABEL_WIDTH) for leaf in listed]
    below = int(layout.get("margin", {}).get("b", 6))
    layout["margin"] = {"l": 8, "r": 8, "t": 6, "b": 6} | layout.get("margin", {})
    return style.dressed(
        go.Figure([_lines([leaf.key for leaf in listed], joins, dark), marks]), dark=dark,
        height=style.height_of(labels, row) + 10 + below,
        yaxis={
            "range": [len(listed) - 0.5, -0.5], "tickmode": "array", "tickvals": places, "ticktext": labels,
            "ticklabelstandoff": 10,
        },
        **layout,
    )  # fmt: skip


def _lines(order: Sequence[Hashable], joins: Sequence[Join], dark: bool) -> go.Scatter:
    place: dict[tuple[Hashable, ...], tuple[float, float]] = {(key,): (0.0, float(at)) for at, key in enumerate(order)}
    xs: list[float | None] = []
    ys: list[float | None] = []
    for join in joins:
        (from_x, from_y), (to_x, to_y) = place.pop(join.one), place.pop(join.other)
        xs += [from_x, join.at, join.at, to_x, None]
        ys += [from_y, from_y, to_y, to_y, None]
        place[(*join.one, *join.other)] = (join.at, (from_y + to_y) / 2)
    line = {"color": style.palette(dark).soft, "width": 1.6}
    return go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", connectgaps=False)


def _order(keys: Sequence[Hashable], joins: Sequence[Join]) -> list[Hashable]:
    """Leaves from the top such that no lines cross: those that meet stand beside each other."""
    held: dict[tuple[Hashable, ...], None] = {(key,): None for key in keys}
    for join in joins:
        held.pop(join.one), held.pop(join.other)
        held[(*join.one, *join.other)] = None
    return [key for group in held for key in group]
