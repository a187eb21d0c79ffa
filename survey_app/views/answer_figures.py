"""How answers are drawn: diverging bars for scales, dots for numbers, places of a ranking, bars for choices."""

from typing import Any

from plotly import graph_objects as go

from survey_app.language import _, label
from survey_app.views import style
from survey_app.views.answer_strips import Strip, points

_LABEL_WIDTH = 28  # characters a line
_KEY_WIDTH = 50  # characters a line, squares included: a narrow screen
_ASIDE = 0.09  # the part of the width that a column for "cannot say" or "no answer" takes


def scale_figure(rows: list[Strip], dark: bool) -> go.Figure:
    """Bars that diverge from the middle of the scale, as long as the share of those who answered."""
    scale = points(rows)
    colours = style.scale_colours(len(scale), dark)
    starts = [_start(strip) for strip in rows]
    lowest = min(starts)
    figure = go.Figure()
    for point, colour in zip(scale, colours, strict=True):
        counts = [strip.chose(point["value"]) for strip in rows]
        lengths = [count / strip.answered if strip.answered else 0 for count, strip in zip(counts, rows, strict=True)]
        name = choice_name(point)
        figure.add_bar(
            x=lengths, base=list(starts), name=style.plain(name),
            text=[str(count) if count else "" for count in counts], textfont={"color": style.ink_on(colour)},
            hovertext=[_hover(strip, name, count) for count, strip in zip(counts, rows, strict=True)],
            **_bar(rows, colour, dark),
        )  # fmt: skip
        starts = [start + length for start, length in zip(starts, lengths, strict=True)]
    return _laid_out(
        figure, rows, dark, keyed=True, aside=True,
        xaxis={
            "range": [lowest - 0.02, max(starts) + 0.02], "showticklabels": False, "zeroline": True,
            "zerolinecolor": style.palette(dark).soft, "zerolinewidth": 1, "zerolinelayer": "below traces",
        },
    )  # fmt: skip


def number_figure(rows: list[Strip], dark: bool) -> go.Figure:
    """A dot for each number that was given, as large as experts gave it; the range as a line, the median as a bar."""
    look = style.palette(dark)
    colour = style.scale_colours(2, dark)[1]
    figure = go.Figure()
    highest = max((strip.spread.high for strip in rows if strip.spread.answered), default=1.0)
    lowest = min([0.0, *(strip.spread.low for strip in rows if strip.spread.answered)])
    for place, strip in enumerate(rows):
        found = strip.spread
        if not found.answered:
            continue
        figure.add_scatter(
            x=[found.low, found.high], y=[place, place], mode="lines", line={"color": look.line, "width": 2},
            hoverinfo="skip", unselected={"marker": {"opacity": 1}},
        )  # fmt: skip
        given = [row for row in strip.answers if row["k"] > 0]
        figure.add_scatter(
            x=[row["value"] for row in given], y=[place] * len(given), mode="markers",
            customdata=[[strip.item_id, strip.segment]] * len(given),
            marker={
                "color": colour, "size": [9 + 3 * (row["k"] - 1) for row in given], "opacity": 0.75,
                "line": {"width": 0},
            },
            hovertext=[_hover(strip, style.number(row["value"]), row["k"]) for row in given],
            hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
        figure.add_scatter(
            x=[found.median], y=[place], mode="markers", hovertext=[_hover_median(strip)],
            marker={"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": look.ink}},
            customdata=[[strip.item_id, strip.segment]], hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )  # fmt: skip
    pad = (highest - lowest) * 0.03 or 1
    return _laid_out(
        figure, rows, dark, aside=True, foot=True,
        xaxis={
            "range": [lowest - pad, highest + pad], "showgrid": True,
            "gridcolor": look.track, "tickfont": {"color": look.soft, "size": style.TEXT_SIZE - 1},
        },
    )  # fmt: skip


def rank_figure(rows: list[Strip], dark: bool) -> go.Figure:
    """How often each place was given, first places at the left; the whole width is everyone who answered."""
    places = [row["value"] for row in rows[0].answers]
    base = style.scale_colours(2, dark)[1]
    faint = style.palette(dark).track
    figure = go.Figure()
    starts = [0.0] * len(rows)
    for number, value in enumerate(places):
        colour = style.mixed(base, faint, 0.75 * number / max(len(places) - 1, 1))
        counts = [strip.chose(value) for strip in rows]
        lengths = [count / strip.answered if strip.answered else 0 for count, strip in zip(counts, rows, strict=True)]
        name = _("place {place}", place=int(value))
        figure.add_bar(
            x=lengths, base=list(starts), name=name, text=[str(count) if count else "" for count in counts],
            textfont={"color": style.ink_on(colour)},
            hovertext=[_hover(strip, name, count) for count, strip in zip(counts, rows, strict=True)],
            **_bar(rows, colour, dark),
        )  # fmt: skip
        starts = [start + length for start, length in zip(starts, lengths, strict=True)]
    totals = [style.k_of_n(sum(row["k"] for row in strip.answers), strip.answered) for strip in rows]
    return _laid_out(
        figure, rows, dark, keyed=True, annotations=_ends(starts, totals, dark),
        xaxis={"range": [0, 1.2], "showticklabels": False},
    )  # fmt: skip


def choice_figure(rows: list[Strip], dark: bool) -> go.Figure:
    """Who chose it: a bar as long as the share of those who answered, on a bed that is all of them."""
    return _plain_bars(
        rows, [(strip.name, strip.chose(1)) for strip in rows], dark,
        [_hover(strip, _("chosen"), strip.chose(1)) for strip in rows],
    )  # fmt: skip


def single_figure(strip: Strip, dark: bool) -> go.Figure:
    """The answers to a question with one choice, as one segment gave them."""
    named = [(choice_name(row), int(row["k"])) for row in strip.answers]
    return _plain_bars([strip] * len(named), named, dark, [_hover(strip, name, count) for name, count in named])


def choice_name(row: dict[Any, Any]) -> str:
    """An answer in words, or its number where it has none."""
    return label(row, "value") or style.number(row["value"])


def _plain_bars(rows: list[Strip], named: list[tuple[str, int]], dark: bool, hover: list[str]) -> go.Figure:
    look = style.palette(dark)
    colour = style.scale_colours(2, dark)[1]
    lengths = [count / strip.answered if strip.answered else 0 for (_n, count), strip in zip(named, rows, strict=True)]
    bed = _bar(rows, look.track, dark) | {"unselected": {"marker": {"opacity": 1}}, "hovertemplate": None}
    figure = go.Figure()
    figure.add_bar(x=[1] * len(rows), **bed | {"hoverinfo": "skip"})
    figure.add_bar(x=lengths, hovertext=hover, **_bar(rows, colour, dark))
    words = [style.k_of_n(count, strip.answered) for (_n, count), strip in zip(named, rows, strict=True)]
    return _laid_out(
        figure, rows, dark, names=[name for name, _count in named], annotations=_ends(lengths, words, dark),
        xaxis={"range": [0, 1.2], "showticklabels": False},
    )  # fmt: skip


def _bar(rows: list[Strip], colour: str, dark: bool) -> dict[str, Any]:
    """What all bars of answers share."""
    return {
        "orientation": "h", "y": list(range(len(rows))), "width": 0.62, "textposition": "inside",
        "insidetextanchor": "middle", "textangle": 0, "constraintext": "none",
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": colour, "line": {"width": 1, "color": style.palette(dark).paper}},
        "customdata": [[strip.item_id, strip.segment] for strip in rows],
        **style.stepping_back(dark),
    }  # fmt: skip


def _start(strip: Strip) -> float:
    """Where the bar begins, so that the middle of the scale lies on zero."""
    counts = [row["k"] for row in strip.answers]
    half = len(counts) // 2
    below = sum(counts[:half]) + (counts[half] / 2 if len(counts) % 2 else 0)
    return -below / strip.answered if strip.answered else 0.0


def _aside(rows: list[Strip]) -> list[tuple[str, list[int]]]:
    """The columns at the right: who cannot say, whose answer is off the scale or could not be read, who gave none,
    where there are such. No point of any scale."""
    columns = [
        (_("cannot say"), [strip.cannot_say for strip in rows]),
        (_("off the scale"), [strip.off_scale for strip in rows]),
        (_("could not be read"), [strip.unfit for strip in rows]),
        (_("no answer"), [strip.missing for strip in rows]),
    ]
    return [(name, counts) for name, counts in columns if any(counts)]


def _tiles(rows: list[Strip], columns: list[tuple[str, list[int]]], dark: bool) -> list[go.Bar]:
    look = style.palette(dark)
    tiles = []
    for place, (name, counts) in enumerate(columns):
        bar = _bar(rows, look.track, dark)
        bar["marker"] = {"color": [look.track if count else "rgba(0,0,0,0)" for count in counts], "line": {"width": 0}}
        tiles.append(
            go.Bar(
                xaxis="x2", x=[0.9] * len(rows), base=place + 0.05, **bar,
                text=[str(count) if count else "–" for count in counts],
                textfont={"color": [look.ink if count else look.soft for count in counts]},
                hovertext=[_hover(strip, name, count) for count, strip in zip(counts, rows, strict=True)],
            )
        )  # fmt: skip
    return tiles


def _headings(columns: list[tuple[str, list[int]]], dark: bool) -> list[dict[str, Any]]:
    """Names of the columns at the right; each higher than the next, since they may be wider than a column."""
    return [
        {"xref": "x2", "x": place + 0.5, "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False,
         "text": style.wrapped(name, 12), "yshift": 28 * (len(columns) - 1 - place),
         "font": {"color": style.palette(dark).soft, "size": style.TEXT_SIZE - 1}}
        for place, (name, _counts) in enumerate(columns)
    ]  # fmt: skip


def _ends(lengths: list[float], words: list[str], dark: bool) -> list[dict[str, Any]]:
    return [
        {"x": length, "y": place, "xanchor": "left", "xshift": 5, "showarrow": False, "text": text,
         "font": {"color": style.palette(dark).ink, "size": style.TEXT_SIZE - 1}}
        for place, (length, text) in enumerate(zip(lengths, words, strict=True))
    ]  # fmt: skip


def _laid_out(
    figure: go.Figure, rows: list[Strip], dark: bool, *, xaxis: dict[str, Any], keyed: bool = False,
    aside: bool = False, foot: bool = False, names: list[str] | None = None,
    annotations: list[dict[str, Any]] | None = None,
) -> go.Figure:  # fmt: skip
    """Rows from the top, names at the left; among segments all experts come first, in bold."""
    labels = [style.wrapped(name, _LABEL_WIDTH) for name in names or [strip.name for strip in rows]]
    if len({strip.segment for strip in rows}) > 1:
        labels[0] = f"<b>{labels[0]}</b>"
    columns = _aside(rows) if aside else []
    key = _key([(bar.name, bar.marker.color) for bar in figure.data], dark) if keyed else None
    figure.add_traces(_tiles(rows, columns, dark))
    more: dict[str, Any] = {}
    words = [*(_headings(columns, dark) if columns else annotations or []), *([key] if key else [])]
    if columns:
        xaxis = xaxis | {"domain": [0, 0.98 - _ASIDE * len(columns)]}
        axis = {"domain": [1 - _ASIDE * len(columns), 1], "range": [0, len(columns)], "showticklabels": False}
        more = {"xaxis2": axis}
    head = 12 + 30 * len(columns) if columns else 8
    below = 12 + 17 * style.lines_of(key["text"]) if key else 34 if foot else 6
    return style.dressed(
        figure, dark=dark, height=style.height_of(labels) + head + below,
        barmode="overlay", margin={"l": 8, "r": 28 if columns else 4, "t": head, "b": below}, annotations=words,
        yaxis={
            "range": [len(rows) - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(rows))),
            "ticktext": labels,
        },
        xaxis=xaxis, **more,
    )  # fmt: skip


def _key(named: list[tuple[str, str]], dark: bool) -> dict[str, Any]:
    """What the colours say, in the order of the scale, in lines that a narrow screen holds."""
    lines: list[list[str]] = [[]]
    room = _KEY_WIDTH
    for name, colour in named:
        if room < len(name) and lines[-1]:
            lines.append([])
            room = _KEY_WIDTH
        room -= len(name) + 4
        lines[-1].append(f"<span style='color:{colour};font-size:{style.TEXT_SIZE + 3}px'>■</span> {name}")
    return {
        "xref": "paper", "x": 1, "xanchor": "right", "yref": "paper", "y": 0, "yanchor": "top", "yshift": -4,
        "showarrow": False, "align": "left", "text": "<br>".join("   ".join(line) for line in lines),
        "font": {"color": style.palette(dark).ink, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip


def _hover(strip: Strip, answer: str, count: int) -> str:
    return (
        f"<b>{style.wrapped(strip.name, 48)}</b><br>{style.wrapped(answer, 48)}: {style.k_of_n_experts(count, strip.n)}"
    )


def _hover_median(strip: Strip) -> str:
    median = _("median {value}", value=style.number(strip.spread.median))
    return f"<b>{style.wrapped(strip.name, 48)}</b><br>{median}<br>{style.k_of_n_experts(strip.answered, strip.n)}"
