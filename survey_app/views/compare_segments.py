"""How two segments differ: a line for each code from the share of the one to the share of the other."""

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.inference import compared
from coding.segments import ALL, Segmentation
from survey_app.language import _, label, ngettext
from survey_app.views import segment_tiles, style
from survey_app.views.code_rows import code_rows
from survey_app.views.difference_words import how_sure, p_value, range_of, signed, with_intervals
from survey_app.views.segment_names import each_once, records, segment_name

_TESTED = ["code_id", "difference", "log_odds_ratio", "p", "smallest_p", "adjusted_p"]
_SYMBOLS = ("circle", "diamond")
_SIGNS = ("●", "◇")
_SIZES = (11, 13)
_BELOW = (11, 16)  # pixels from a mark down to its interval
_EDGE = 0.19  # room for counts beyond nobody and everybody, in shares
Pair = tuple[dict[str, Any], dict[str, Any]]


def title() -> str:
    """The question that the chart answers."""
    return _("How do these two differ?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each line leads from the share of experts in one group who name it to that in the other; 2/3 means two of "
        "three experts. Thin lines below are 95 % intervals; groups of fewer than five have none. Select a mark to "
        "read the words behind it."
    )


def prepare(
    frames: Frames, segmentation: Segmentation, first: str, second: str, *, root: str = "",
    layer: str = "adjudicated", coder_id: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Rows of `code_rows` for the codes under `root` (all if "") and two segments, the first one's row first.

    With `low` and `high` of the 95 % interval of each share (NaN below five experts), difference (first less second),
    log_odds_ratio, p, smallest_p and adjusted_p over these codes (`coding.inference.compared`), and `rank`: the
    largest difference is 0. Empty if the two are one, are not in the segmentation or have nobody.
    """
    rows = code_rows(frames, segmentation, layer=layer, coder_id=coder_id)
    rows = rows[rows["root"] == root] if root else rows
    rows = with_intervals(rows[rows["segment"].isin([first, second]) & rows["segment"].ne(ALL) & rows["n"].gt(0)])
    if rows["segment"].nunique() < 2:
        return rows.head(0).assign(**dict.fromkeys(_TESTED[1:], 0.0), rank=0)
    one, other = (rows.loc[rows["segment"] == key, ["code_id", "k", "n"]] for key in (first, second))
    other = other.rename(columns={"k": "rest_k", "n": "rest_n"})
    tested = compared(one.merge(other, on="code_id"))
    order = np.lexsort((np.arange(len(tested)), tested["p"], -tested["difference"].abs().round(9)))
    tested["rank"] = np.argsort(order)
    rows["position"] = (rows["segment"] == second).astype("int64")
    rows = rows.merge(tested[[*_TESTED, "rank"]], on="code_id")
    return rows.sort_values(["rank", "position"], kind="stable", ignore_index=True)


def figure(prepared: pd.DataFrame, *, top: int = 12, dark: bool = False) -> go.Figure:
    """Lines of the `top` codes that differ most, from most in the first's favour to most in the second's."""
    if prepared.empty:
        return style.nothing_to_show(_nothing(), dark)
    named = [pair for pair in _pairs(prepared) if pair[0]["k"] or pair[1]["k"]]
    if not named:
        return style.nothing_to_show(_("Neither of the two has named any of these codes."), dark)
    shown = sorted(named[:top], key=lambda pair: -pair[0]["difference"])
    look, colours = style.palette(dark), style.scale_colours(2, dark)
    room = 44 if any(row["low"] == row["low"] for row in shown[0]) else 32
    words, places, below = list[dict[str, Any]](), list[float](), 0.0
    for pair in shown:
        text = style.wrapped(label(pair[0]), 40)
        words.append(
            _word(text, -_EDGE, below, look.ink, xanchor="left", yanchor="top", bgcolor=look.paper, borderpad=0)
        )
        places.append(below + 16 * style.lines_of(text) + 14)
        below = places[-1] + room - 14
    figure = go.Figure(_lines(shown, places, look))
    for number, colour in enumerate(colours):
        rows = [pair[number] for pair in shown]
        figure.add_traces(
            [_intervals(rows, places, _BELOW[number], colour), _marks(rows, places, number, colour, look)]
        )
    for pair, place in zip(shown, places, strict=True):
        words += _counts(pair, place, look)
    key = _key(shown[0], colours)
    more = prepared["code_id"].nunique() - len(shown)
    if more:
        text = ngettext("{count} more in the table", "{count} more in the table", more)
        beside = {"xanchor": "right", "yref": "paper", "yanchor": "top", "yshift": -26}
        words.append(_word(text, 1 + _EDGE, 0, look.soft, **beside))
    head = 17 * style.lines_of(key) + 10
    words.append(
        {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "yshift": 6,
         "align": "left", "text": key, "showarrow": False, "font": {"size": style.TEXT_SIZE, "color": look.ink}}
    )  # fmt: skip
    foot = 46 if more else 26
    return style.dressed(
        figure, dark=dark, height=int(below) + head + foot, annotations=words,
        margin={"l": 6, "r": 6, "t": head, "b": foot},
        xaxis={**style.share_axis(look), "range": [-_EDGE, 1 + _EDGE]},
        yaxis={"range": [below, 0], "showticklabels": False},
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """Where the two differ most, and how sure that is."""
    if prepared.empty:
        return _nothing()
    pairs = _pairs(prepared)
    if not any(row["k"] for pair in pairs for row in pair):
        return _("Neither of the two has named any of these codes.")
    first, second = pairs[0]
    if not first["difference"]:
        return _("As many of the one as of the other name each of these codes.")
    said = _(
        "They differ most on “{code}”: {first} {count}, {second} {other}", code=label(first),
        first=segment_name(first), second=segment_name(second), count=style.k_of_n(first["k"], first["n"]),
        other=style.k_of_n(second["k"], second["n"]),
    )  # fmt: skip
    return f"{said}. {how_sure(first['p'], first['adjusted_p'], first['smallest_p'], len(pairs))}"


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every code, those that differ most first, with the exact test of each."""
    pairs = _pairs(prepared)
    names = [segment_name(row) for row in pairs[0]] if pairs else [_("first group"), _("second group")]
    heads = [
        _("Codes"), *names, _("log odds ratio"), _("p (Fisher)"), _("adjusted p"), _("smallest p possible"),
    ]  # fmt: skip
    cells = [
        [label(pair[0]), *(_share(row) for row in pair), signed(pair[0]["log_odds_ratio"]), p_value(pair[0]["p"]),
         p_value(pair[0]["adjusted_p"]), p_value(pair[0]["smallest_p"])]
        for pair in pairs
    ]  # fmt: skip
    marks = [(pair[0]["code_id"], pair[0]["segment"]) for pair in pairs]
    index = pd.MultiIndex.from_arrays([[mark[0] for mark in marks], [mark[1] for mark in marks]])
    return pd.DataFrame(cells, columns=pd.Index(each_once(heads)), index=index.set_names(["code_id", "segment"]))


def _nothing() -> str:
    return _("Choose two different groups that have experts.")


def _pairs(prepared: pd.DataFrame) -> list[Pair]:
    """The two rows of each code, by rank."""
    rows = records(prepared)
    return list(zip(rows[::2], rows[1::2], strict=True))


def _share(row: dict[str, Any]) -> str:
    count, known = style.k_of_n(row["k"], row["n"]), range_of(row)
    return f"{count} ({known})" if known else count


def _word(text: str, x: float, y: float, colour: str, **where: Any) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "showarrow": False, "align": "left",
            "font": {"color": colour, "size": style.TEXT_SIZE}} | where  # fmt: skip


def _key(pair: Pair, colours: list[str]) -> str:
    """Both segments with their marks, one below the other."""
    return "<br>".join(
        f"<span style='color:{colour}'>{sign}</span> {style.wrapped(segment_name(row), 38)}"
        for row, colour, sign in zip(pair, colours, _SIGNS, strict=True)
    )


def _counts(pair: Pair, place: float, look: style.Palette) -> list[dict[str, Any]]:
    """k/n outside either end."""
    left = pair if pair[0]["difference"] <= 0 else pair[::-1]
    return [
        _word(
            segment_tiles.k_of_n_cell(row), row["k"] / row["n"], place, look.ink, yanchor="middle",
            xanchor="right" if end == 0 else "left", xshift=-9 if end == 0 else 9,
        )
        for end, row in enumerate(left)
    ]  # fmt: skip


def _lines(shown: list[Pair], places: list[float], look: style.Palette) -> go.Scatter:
    x, y = list[float | None](), list[float | None]()
    for pair, place in zip(shown, places, strict=True):
        x += [*(row["k"] / row["n"] for row in pair), None]
        y += [place, place, None]
    return go.Scatter(x=x, y=y, mode="lines", line={"width": 3, "color": look.line}, hoverinfo="skip")


def _intervals(rows: list[dict[str, Any]], places: list[float], below: int, colour: str) -> go.Scatter:
    x, y = list[float | None](), list[float | None]()
    for row, place in zip(rows, places, strict=True):
        if row["low"] == row["low"]:
            x += [row["low"], row["high"], None]
            y += [place + below, place + below, None]
    return go.Scatter(x=x, y=y, mode="lines", line={"width": 1.5, "color": colour}, hoverinfo="skip")


def _marks(
    rows: list[dict[str, Any]], places: list[float], number: int, colour: str, look: style.Palette
) -> go.Scatter:  # fmt: skip
    return go.Scatter(
        x=[row["k"] / row["n"] for row in rows], y=places, mode="markers", cliponaxis=False,
        customdata=[[row["code_id"], row["segment"]] for row in rows],
        marker={
            "symbol": _SYMBOLS[number], "size": _SIZES[number], "color": look.paper if number else colour,
            "line": {"width": 2.5 if number else 0, "color": colour},
        },
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.5}},
        hovertext=[_hover(row) for row in rows], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _hover(row: dict[str, Any]) -> str:
    told = [segment_tiles.hover(label(row), row)]
    if known := range_of(row):
        told.append(_("95 % interval: {range}", range=known))
    told.append(_("p = {p}, adjusted {adjusted}", p=p_value(row["p"]), adjusted=p_value(row["adjusted_p"])))
    told.append(_("smallest p possible: {p}", p=p_value(row["smallest_p"])))
    return "<br>".join(told)
