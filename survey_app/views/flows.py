"""Who links what hinders to what helps: bands from segments to problems and on to enablers."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.counts import presence
from coding.frames import Frames
from coding.segments import ALL, Segmentation, segment_of
from coding.shown_codes import shown_codes
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.band_places import Band, Places, placed, uncrossed
from survey_app.views.code_pairs import mark_of
from survey_app.views.segment_names import named_segments, records

MOST = 8
_SEGMENTS, _CODES = "segments", "codes"
_ACROSS = (0.0, 0.5, 1.0)  # where the columns stand
_BAR = 0.02
_LABEL_WIDTHS = (14, 15, 14)  # letters a line: three columns have to find room on a narrow screen
_HEADING_WIDTH = 12
_TALL = 420  # pixels that the bands of the tallest column take
_THICK, _THIN = 9.0, 2.5  # pixels of an expert, at most and at least
_LINE, _AIR = 15, 14  # pixels of a line of a label, and between nodes
_HEAD = 44  # pixels of the headings
_POINTS = 24


def title() -> str:
    """The question that the chart answers."""
    return _("Who links what hinders to what helps?")


def reading(*, minimum: int = 3) -> str:
    """How to read it."""
    return _(
        "A band from a group to a problem is as wide as the number of its experts who name the problem; a band on to "
        "an enabler, as the number of experts of all groups who name both, at whatever place of their talk. One expert "
        "is in several bands. Select a number to read the words."
    ) + " " + ngettext(
        "Links of fewer than {count} expert are left out.", "Links of fewer than {count} experts are left out.", minimum
    )  # fmt: skip


def prepare(
    frames: Frames, segmentation: Segmentation, *, minimum: int = 3, layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """One row a link of at least `minimum` experts, those of segments first, each part by experts: stage ("segments" or
    "codes"), source and target (segment or code_id) with their names, mark and segment (what `customdata` says), k
    experts with both ends, of the n with the source; source_order and target_order.
    """
    said = presence(frames, layer=layer, coder_id=coder_id)
    codes = frames.codes[shown_codes(frames)].sort_values("order", kind="stable")
    sides = {
        polarity: _ends(codes[codes["polarity"] == polarity], "code_id", "label")
        for polarity in ("negative", "positive")
    }
    segments = named_segments(frames, segmentation)
    segments = _ends(segments[segments["segment"] != ALL], "segment", "brief")
    home = segment_of(frames.experts, segmentation).to_numpy()
    inside = np.column_stack([home == key for key in segments["key"]]) if len(segments) else np.zeros((len(home), 0))
    problems, enablers = (said[side["key"]].to_numpy(dtype=float) for side in sides.values())
    listed = [
        _links(_SEGMENTS, segments, sides["negative"], inside.astype(float), problems),
        _links(_CODES, sides["negative"], sides["positive"], problems, enablers),
    ]
    found = pd.concat(listed, ignore_index=True)
    found = found[found["k"] >= max(minimum, 1)]
    codes_mark = [mark_of(*ends) for ends in zip(found["source"], found["target"], strict=True)]
    of_segment = found["stage"] == _SEGMENTS
    found["mark"] = found["target"].where(of_segment, pd.Series(codes_mark, found.index, dtype=object))
    found["segment"] = found["source"].where(of_segment, ALL)
    found["stage_order"] = (~of_segment).astype(int)
    by = ["stage_order", "k", "source_order", "target_order"]
    found = found.sort_values(by, ascending=[True, False, True, True], kind="stable", ignore_index=True)
    return found.drop(columns="stage_order")


def figure(prepared: pd.DataFrame, *, top: int = MOST, dark: bool = False) -> go.Figure:
    """Three columns of at most `top` nodes, names above them; `customdata` of a band is [problem, segment] or
    [`code_pairs.mark_of` both codes, ALL], of the bar of a problem or an enabler [code_id, ALL]."""
    shown = _most_linked(prepared, top)
    if shown.empty:
        return style.nothing_to_show(_nothing(), dark)
    rows = records(shown)
    columns, names = _columns(rows)
    bands = [Band(*_nodes(row), float(row["k"])) for row in rows]
    columns = uncrossed(columns, bands)
    texts = {node: style.wrapped(name, _LABEL_WIDTHS[int(node[0])], whole_words=True) for node, name in names.items()}
    flow = max(sum(band.width for band in bands if band.source[0] == side) for side in "01")
    pixels = min(max(_TALL / flow, _THIN), _THICK)
    room = {node: (_LINE * style.lines_of(text) + _AIR) / pixels for node, text in texts.items()}
    places = placed(columns, bands, room)
    look = style.palette(dark)
    more = len(prepared) - len(rows)
    foot = 24 if more else 6
    words = [_word(node, text, places.nodes[node][0], dark) for node, text in texts.items()]
    words += [_heading(text, x, dark) for text, x, column in zip(_headings(), _ACROSS, columns, strict=True) if column]
    if more:
        words.append({
            "x": 0, "y": 0, "yref": "paper", "xanchor": "left", "yanchor": "top", "yshift": -2, "showarrow": False,
            "text": ngettext("{count} more link in the table", "{count} more links in the table", more),
            "font": {"color": look.soft, "size": style.TEXT_SIZE - 1},
        })  # fmt: skip
    drawn = [*(_band(band, places, dark) for band in bands), _bars(columns, names, places, dark),
             _numbers(rows, bands, places, pixels, dark)]  # fmt: skip
    hidden = {"showticklabels": False}
    return style.dressed(
        go.Figure(drawn), dark=dark, height=int(places.height * pixels) + _HEAD + foot, annotations=words,
        margin={"l": 4, "r": 4, "t": _HEAD, "b": foot}, barmode="overlay", xaxis={"range": [-0.012, 1.012]} | hidden,
        yaxis={"range": [places.height, 0]} | hidden,
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """The problem and the enabler that most experts name both."""
    links = records(prepared[prepared["stage"] == _CODES])
    if not links:
        return _nothing()
    first = links[0]
    return _(
        "“{problem}” and “{enabler}” are named by the same experts most: {share} who name the problem also name the "
        "enabler", problem=label(first, "source"), enabler=label(first, "target"),
        share=style.k_of_n_experts(first["k"], first["n"]),
    )  # fmt: skip


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every link, drawn or not."""
    rows = records(prepared)
    columns: dict[str, list[Any]] = {
        _("From"): [label(row, "source") for row in rows],
        _("To"): [label(row, "target") for row in rows],
        _("Experts"): [style.k_of_n(row["k"], row["n"]) for row in rows],
    }
    index = pd.MultiIndex.from_tuples([(row["mark"], row["segment"]) for row in rows], names=["code_id", "segment"])
    return pd.DataFrame(columns, index=index)


def _ends(rows: pd.DataFrame, key: str, name: str) -> pd.DataFrame:
    """What stands at one end of links: key, en, ru, order."""
    columns = [key, f"{name}_en", f"{name}_ru"]
    found = rows[columns].set_axis(["key", "en", "ru"], axis=1).reset_index(drop=True)
    return found.assign(order=range(len(found)))


def _links(
    stage: str, sources: pd.DataFrame, targets: pd.DataFrame, has_source: np.ndarray, has_target: np.ndarray
) -> pd.DataFrame:
    """Every source with every target; both tables are experts by ends, 0 or 1."""
    pairs = sources.add_prefix("source_").merge(targets.add_prefix("target_"), how="cross")
    both = (has_source.T @ has_target).astype("int64").ravel()
    whole = np.repeat(has_source.sum(axis=0).astype("int64"), len(targets))
    return pairs.rename(columns={"source_key": "source", "target_key": "target"}).assign(stage=stage, k=both, n=whole)


def _most_linked(prepared: pd.DataFrame, top: int) -> pd.DataFrame:
    """The links between the problems with most experts in all their links, and the segments and enablers with most in
    theirs to those."""
    of_segments = prepared["stage"] == _SEGMENTS
    problem = prepared["target"].where(of_segments, prepared["source"])
    kept = prepared[problem.isin(_first(prepared["k"], problem, top))]
    for stage, side in ((_SEGMENTS, "source"), (_CODES, "target")):
        here = kept["stage"] == stage
        ends = _first(kept.loc[here, "k"], kept.loc[here, side], top)
        kept = kept[~here | kept[side].isin(ends)]
    return kept


def _first(experts: pd.Series, ends: pd.Series, top: int) -> list[str]:
    """The `top` ends with most experts in their links; ties as they come."""
    summed = experts.groupby(ends, sort=False).sum().sort_values(ascending=False, kind="stable")
    return list(summed.index[:top])


def _nodes(row: Mapping[str, Any]) -> tuple[str, str]:
    """The nodes at both ends of a link: the number of the column before the key, so that no two are alike."""
    column = 0 if row["stage"] == _SEGMENTS else 1
    return f"{column}{row['source']}", f"{column + 1}{row['target']}"


def _columns(rows: Sequence[Mapping[str, Any]]) -> tuple[list[list[str]], dict[str, str]]:
    """The nodes of the three columns in the order of segments and codes, and their names."""
    order, names = dict[str, int](), dict[str, str]()
    for row in rows:
        for node, side in zip(_nodes(row), ("source", "target"), strict=True):
            order[node], names[node] = row[f"{side}_order"], label(row, side) or node[1:]
    return [sorted((node for node in order if node[0] == column), key=order.__getitem__) for column in "012"], names


def _band(band: Band, places: Places, dark: bool) -> dict[str, Any]:
    """The area between two curves; as a dict, which a figure takes in twice as fast."""
    colour = style.PROBLEM if band.source[0] == "0" else style.ENABLER
    x, y = _curve(band, places)
    return {
        "type": "scatter", "mode": "lines", "fill": "toself", "hoverinfo": "skip",
        "x": np.concatenate([x, x[::-1]]), "y": np.concatenate([y, (y + band.width)[::-1]]),
        "fillcolor": style.through(colour, 0.42 if dark else 0.3),
        "line": {"width": 0.6, "color": style.palette(dark).paper},
    }  # fmt: skip


def _curve(band: Band, places: Places) -> tuple[np.ndarray, np.ndarray]:
    """The upper edge of a band from bar to bar."""
    share = np.linspace(0, 1, _POINTS)
    column = int(band.source[0])
    left, right = _ACROSS[column] + _inset(column), _ACROSS[column + 1] - _inset(column + 1)
    start, end = places.leaving[band], places.entering[band]
    return left + (right - left) * share, start + (end - start) * share**2 * (3 - 2 * share)


def _inset(column: int) -> float:
    """From the middle of a column to the edge of its bars; those at the sides lie inside the field."""
    return _BAR / 2 if column == 1 else _BAR


def _bars(columns: Sequence[Sequence[str]], names: Mapping[str, str], places: Places, dark: bool) -> go.Bar:
    """The nodes; those of segments are no marks that can be selected."""
    nodes = [node for column in columns for node in column]
    middles = {"0": _BAR / 2, "1": 0.5, "2": 1 - _BAR / 2}
    colours = {"0": style.palette(dark).soft, "1": style.PROBLEM, "2": style.ENABLER}
    return go.Bar(
        x=[middles[node[0]] for node in nodes], width=_BAR, base=[places.nodes[node][0] for node in nodes],
        y=[places.nodes[node][1] - places.nodes[node][0] for node in nodes],
        customdata=[None if node[0] == "0" else [node[1:], ALL] for node in nodes],
        marker={"color": [colours[node[0]] for node in nodes], "line": {"width": 0}},
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.6}},
        hovertext=[f"<b>{style.wrapped(names[node], 48)}</b>" for node in nodes],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _numbers(
    rows: Sequence[Mapping[str, Any]], bands: Sequence[Band], places: Places, pixels: float, dark: bool
) -> go.Scatter:
    """The number of experts where a band begins, with marks along the band that take the pointer."""
    xs: list[float] = []
    ys: list[float] = []
    texts: list[str] = []
    marks: list[list[str]] = []
    hovers: list[str] = []
    for row, band in zip(rows, bands, strict=True):
        x, y = _curve(band, places)
        told = _hover(row)
        for point in range(1, _POINTS - 1, 5):
            xs.append(float(x[point]))
            ys.append(float(y[point]) + band.width / 2)
            texts.append(str(row["k"]) if point == 1 and band.width * pixels >= style.TEXT_SIZE - 3 else "")
            marks.append([row["mark"], row["segment"]])
            hovers.append(told)
    look = style.palette(dark)
    return go.Scatter(
        x=xs, y=ys, mode="markers+text", text=texts, textfont={"color": look.ink, "size": style.TEXT_SIZE - 3},
        customdata=marks, marker={"size": 12, "color": look.touched, "opacity": 0},
        selected={"marker": {"opacity": 0.5}, "textfont": {"color": look.ink}},
        unselected={"marker": {"opacity": 0}, "textfont": {"color": look.ink}},
        hovertext=hovers, hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _word(node: str, text: str, top: float, dark: bool) -> dict[str, Any]:
    """The name above a node, turned to the inside of the field."""
    column = int(node[0])
    side = ("left", "center", "right")[column]
    look = style.palette(dark)
    return {
        "x": _ACROSS[column], "y": top, "xanchor": side, "yanchor": "bottom", "align": side, "showarrow": False,
        "text": text, "borderpad": 1, "bgcolor": style.through(look.paper, 0.72),
        "font": {"color": look.ink, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip


def _headings() -> tuple[str, str, str]:
    return _("Groups"), _("Problems"), _("Enablers")


def _heading(text: str, x: float, dark: bool) -> dict[str, Any]:
    return {
        "x": x, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 8, "showarrow": False, "align": "center",
        "text": f"<b>{style.wrapped(text, _HEADING_WIDTH)}</b>",
        "xanchor": {0.0: "left", 0.5: "center", 1.0: "right"}[x],
        "font": {"color": style.palette(dark).ink, "size": style.TEXT_SIZE},
    }  # fmt: skip


def _hover(row: Mapping[str, Any]) -> str:
    names = "<br>".join(f"<b>{style.wrapped(label(row, side), 48)}</b>" for side in ("source", "target"))
    return f"{names}<br>{style.k_of_n_experts(row['k'], row['n'])}"


def _nothing() -> str:
    return _("No link has enough experts behind it.")
