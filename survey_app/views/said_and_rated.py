"""One matter, expert by expert: who speaks of it or does not, and how each rates it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.counts import SESSIONS
from coding.frames import Frames
from coding.segments import ALL
from coding.talk_and_form import beside
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.answer_figures import choice_name
from survey_app.views.segment_names import records

_MOST_DOTS = 12  # of one answer, above which a dot for each says no more than their number
_SIDE_BY_SIDE = 2  # dots of one answer that lie in a row
_ROW_PX = 27
_MOST_COLUMNS, _BINS = 7, 5
ANSWER, CANNOT_SAY, MISSING = "answer", "cannot_say", "missing"


def title() -> str:
    """The question that the chart answers."""
    return _("Who says it and rates it low, who is silent and rates it high?")


def reading(prepared: pd.DataFrame) -> str:
    """How to read it; dots are experts where these may be told apart."""
    if prepared["expert_id"].any():
        return _(
            "Each dot is an expert: above the line those who speak of the matter in a session, below it those who do "
            "not; the further right, the higher they rate it. In colour are the two corners where talk and form part. "
            "Select an expert to read their words."
        )
    return _(
        "The numbers are experts: above the line those who speak of the matter in a session, below it those who do "
        "not; the further right, the higher they rate it. In colour are the two corners where talk and form part."
    )


def prepare(
    frames: Frames,
    item_id: str,
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
    source_kinds: Sequence[str] = SESSIONS,
    experts: bool = True,
) -> pd.DataFrame:
    """Who stands where: item_id, code_id, labels, mentioned, state (`ANSWER`, `CANNOT_SAY`, `MISSING`), value with
    value_en and value_ru, corner ("says_low", "silent_high" or ""), k experts.

    With `experts` a row an expert (expert_id, k 1); without, as for readers, a row for each answer that was given and
    expert_id "". Points of a scale that nobody chose are rows of k 0.
    """
    one = beside(frames, [item_id], source_kinds=source_kinds, layer=layer, coder_id=coder_id)[0]
    item = frames.items.set_index("item_id").loc[item_id]
    words = {float(point["value"]): (point.get("en", ""), point.get("ru", "")) for point in item["scale"]}
    states = np.where(one.rated, ANSWER, np.where(one.cannot_say, CANNOT_SAY, MISSING))
    corners = np.where(one.says_and_rates_low, "says_low", np.where(one.silent_and_rates_high, "silent_high", ""))
    found = pd.DataFrame(
        {"expert_id": one.expert_ids, "mentioned": one.mentioned, "state": states, "value": one.values,
         "corner": corners, "k": 1}
    )  # fmt: skip
    if not experts:
        keys = ["mentioned", "state", "value", "corner"]
        found = found.groupby(keys, as_index=False, dropna=False)["k"].sum().assign(expert_id="")
    unused = pd.DataFrame(
        [{"expert_id": "", "mentioned": True, "state": ANSWER, "value": value, "corner": "", "k": 0}
         for value in words if value not in set(found["value"])], columns=found.columns,
    )  # fmt: skip
    found = pd.concat([found, unused.astype(found.dtypes)], ignore_index=True) if len(unused) else found
    told = [words.get(value, ("", "")) for value in found["value"]]
    return found.assign(
        item_id=item_id, code_id=one.code_id, label_en=item["label_en"], label_ru=item["label_ru"],
        value_en=[each[0] for each in told], value_ru=[each[1] for each in told],
    )  # fmt: skip


def figure(prepared: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """Two fields, one above the other, with the answers from low to high and who gave none at the right."""
    if not prepared["k"].sum():
        return style.nothing_to_show(_("Nobody has answered this question."), dark)
    columns = _columns(prepared)
    cells = _cells(prepared, columns)
    deepest = {side: max((_rows(cell) for (_c, at), cell in cells.items() if at == side), default=1)
               for side in (True, False)}  # fmt: skip
    places = [_across(place, column) for place, column in enumerate(columns)]
    figure = go.Figure([_trace(cell, places[place], side, dark) for (place, side), cell in cells.items()])
    look = style.palette(dark)
    top, bottom = deepest[True] + 0.7, deepest[False] + 0.7
    figure.add_hline(y=0, line={"color": look.soft, "width": 1})
    names = [style.wrapped(name, 11) for name in columns.values()]
    room = 16 * max(style.lines_of(name) for name in names)
    return style.dressed(
        figure, dark=dark, height=int((top + bottom) * _ROW_PX) + room + 30,
        margin={"l": 4, "r": 4, "t": 4, "b": room + 10},
        annotations=[_side(True, top, look), _side(False, -bottom, look)],
        xaxis={
            "range": [-0.55, places[-1] + 0.55], "tickmode": "array", "tickvals": places, "ticktext": names,
            "tickangle": 0, "tickfont": {"color": look.ink, "size": style.TEXT_SIZE - 3},
        },
        yaxis={"range": [-bottom, top], "showticklabels": False},
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """Who stands in the two corners where talk and form part, or that nobody does."""
    said, silent = (_who(prepared, corner) for corner in ("says_low", "silent_high"))
    name = label(records(prepared.head(1))[0])
    if not said and not silent:
        said = _("Nobody speaks of it and rates it low, nobody is silent and rates it high")
        return f"{name.rstrip('.')}. {said}"
    parts = []
    if said:
        parts.append(_("say it and rate it low: {who}", who=said))
    if silent:
        parts.append(_("silent, but rate it high: {who}", who=silent))
    return f"{name.rstrip('.')}. {_upper('; '.join(parts))}"


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every expert, or every answer with how many gave it; index (item_id, expert_id or `ALL`)."""
    rows = [row for row in records(prepared) if row["k"]]
    rows.sort(key=lambda row: (row["state"] != ANSWER, -row["value"] if row["state"] == ANSWER else 0))
    known = bool(prepared["expert_id"].any())
    columns: dict[str, list[Any]] = {_("Expert"): [row["expert_id"] for row in rows]} if known else {}
    columns |= {
        _("speaks of it"): [_("yes") if row["mentioned"] else _("no") for row in rows],
        _("Answer"): [_answer(row) for row in rows],
        _("Remark"): [_corner(row["corner"]) for row in rows],
    }
    if not known:
        columns[_("Experts")] = [row["k"] for row in rows]
    index = pd.MultiIndex.from_tuples(
        [(row["item_id"], row["expert_id"] or ALL) for row in rows], names=["item_id", "expert_id"]
    )
    return pd.DataFrame(columns, index=index)


Column = tuple[str, float]
Cell = list[dict[str, Any]]


def _columns(prepared: pd.DataFrame) -> dict[Column, str]:
    """The answers from low to high with their names, then who could not say and who said nothing."""
    given = _in_bins(prepared)
    given = given[given["state"] == ANSWER].drop_duplicates("value").sort_values("value")
    columns = {(ANSWER, float(row["value"])): choice_name(row) for row in records(given)}
    for state, name in ((CANNOT_SAY, _("cannot say")), (MISSING, _("no answer"))):
        if (prepared["state"] == state).any():
            columns[state, 0.0] = name
    return columns


def _in_bins(prepared: pd.DataFrame) -> pd.DataFrame:
    """The same with numbers in `_BINS` steps of equal width where there are too many for a column each."""
    answers = prepared["state"] == ANSWER
    different = prepared.loc[answers, "value"].unique()
    if len(different) <= _MOST_COLUMNS or prepared["value_en"].any() or prepared["value_ru"].any():
        return prepared
    edges = np.linspace(different.min(), different.max(), _BINS + 1)
    step = np.clip(np.searchsorted(edges, prepared.loc[answers, "value"], side="right") - 1, 0, _BINS - 1)
    names = [f"{style.number(low)}–{style.number(high)}" for low, high in pairwise(edges)]
    binned = prepared.copy()
    binned.loc[answers, "value"] = edges[step]
    binned.loc[answers, "value_en"] = [names[number] for number in step]
    return binned


def _cells(prepared: pd.DataFrame, columns: dict[Column, str]) -> dict[tuple[int, bool], Cell]:
    places = {column: number for number, column in enumerate(columns)}
    cells: dict[tuple[int, bool], Cell] = {}
    for row in records(_in_bins(prepared[prepared["k"] > 0])):
        place = places[row["state"], float(row["value"]) if row["state"] == ANSWER else 0.0]
        cells.setdefault((place, bool(row["mentioned"])), []).append(row)
    return cells


def _single(cell: Cell) -> bool:
    """Whether the cell is drawn as a dot for each expert."""
    return bool(cell[0]["expert_id"]) and len(cell) <= _MOST_DOTS


def _rows(cell: Cell) -> int:
    return -(-len(cell) // _SIDE_BY_SIDE) if _single(cell) else 1


def _across(place: int, column: Column) -> float:
    """Where a column lies; who gave no answer stands apart from the scale."""
    return place + (0.3 if column[0] != ANSWER else 0.0)


def _trace(cell: Cell, place: float, above: bool, dark: bool) -> go.Scatter:
    low, high = style.scale_colours(5, dark)[0], style.scale_colours(5, dark)[-1]
    colour = {"says_low": low, "silent_high": high}.get(cell[0]["corner"], style.palette(dark).track)
    ink = style.palette(dark).ink if not cell[0]["corner"] else style.ink_on(colour)
    direction = 1 if above else -1
    if _single(cell):
        many = len(cell)
        x = [place + _aside(number, many) for number in range(many)]
        y = [direction * (0.75 + number // _SIDE_BY_SIDE) for number in range(many)]
        text, size = [row["expert_id"] for row in cell], 23
        marks = [[row["item_id"], row["expert_id"]] for row in cell]
    else:
        count = sum(row["k"] for row in cell)
        x, y, text, size = [place], [direction * 0.75], [str(count)], 25
        marks = [[cell[0]["item_id"], ALL]]
    return go.Scatter(
        x=x, y=y, mode="markers+text", text=[style.plain(one) for one in text], customdata=marks, cliponaxis=False,
        textfont={"size": 10, "color": ink}, selected={"textfont": {"color": ink}},
        unselected={"marker": {"opacity": 0.45}, "textfont": {"color": style.palette(dark).ink}},
        marker={"size": size, "color": colour, "line": {"width": 1, "color": style.palette(dark).soft}},
        hovertext=[_hover(cell, one) for one in text], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _aside(number: int, many: int) -> float:
    """How far from the middle of its column a dot lies: two in a row, an odd last one in the middle."""
    return 0.0 if many % 2 and number == many - 1 else (-0.21, 0.21)[number % 2]


def _side(above: bool, y: float, look: style.Palette) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 0, "xanchor": "left", "y": y, "yanchor": "top" if above else "bottom", "showarrow": False,
        "text": f"<b>{style.plain(_('speak of it') if above else _('do not speak of it'))}</b>",
        "font": {"color": look.soft, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip


def _hover(cell: Cell, text: str) -> str:
    row = cell[0]
    spoken = _("speak of it") if row["mentioned"] else _("do not speak of it")
    return f"<b>{style.plain(text)}</b><br>{style.wrapped(_answer(row), 48)}<br>{style.plain(spoken)}"


def _answer(row: dict[str, Any]) -> str:
    if row["state"] == CANNOT_SAY:
        return _("cannot say")
    return choice_name(row) if row["state"] == ANSWER else _("no answer")


def _corner(corner: str) -> str:
    return {"says_low": _("says it, rates it low"), "silent_high": _("silent, rates it high")}.get(corner, "")


def _who(prepared: pd.DataFrame, corner: str) -> str:
    found = prepared[(prepared["corner"] == corner) & (prepared["k"] > 0)]
    names = [name for name in found["expert_id"] if name]
    count = int(found["k"].sum())
    if names and count <= _MOST_DOTS:
        return ", ".join(names)
    return ngettext("{count} expert", "{count} experts", count) if count else ""


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
