"""The look of every chart in one place: colours in light and dark, fonts, wrapped labels, "k of n"."""

import html
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from plotly import graph_objects as go
from plotly import io

from survey_app.language import _, current, ngettext
from survey_app.theme import DARK, LIGHT
from survey_app.views.label_room import lines_within, margin_with_room

PROBLEM = "#D55E00"
ENABLER = "#0072B2"
FONT = "'Source Sans', 'Source Sans 3', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
TEXT_SIZE = 13
io.templates.default = None
"""Every figure says itself how it looks. Streamlit hands each figure to plotly.js a second time as a copy, which costs
as much again as long as it looks new: with a template, even an empty one, with arrays packed as bytes, or without a
`datarevision`."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What a chart is drawn with besides its data colours."""

    ink: str
    soft: str
    line: str
    paper: str
    track: str
    touched: str


def config() -> dict[str, Any]:
    """How plotly.js behaves on the screen: nothing to press but the marks, and a camera that saves a PNG."""
    words = {"Download plot as a PNG": _("Save as PNG"), "Download plot": _("Save as PNG")}
    return {
        "displaylogo": False, "scrollZoom": False, "modeBarButtons": [["toImage"]], "locale": current(),
        "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "rakurs"},
        "locales": {current(): {"dictionary": words, "format": {}}},
    }  # fmt: skip


def palette(dark: bool) -> Palette:
    """Ink, paper and lines as the application's theme has them."""
    theme = DARK if dark else LIGHT
    return Palette(
        ink=theme["textColor"], soft=theme["grayTextColor"], line=theme["borderColor"],
        paper=theme["backgroundColor"], track=mixed(theme["backgroundColor"], theme["borderColor"], 0.45),
        touched=theme["primaryColor"],
    )  # fmt: skip


def k_of_n(k: int, n: int) -> str:
    """The one way to say a share: "11 of 20". A group of two or three is no percentage."""
    return _("{k} of {n}", k=k, n=n)


def k_of_n_experts(k: int, n: int) -> str:
    """ "11 of 20 experts"."""
    return ngettext("{k} of {count} expert", "{k} of {count} experts", n, k=k)


def statements(count: int) -> str:
    """ "13 statements"."""
    return ngettext("{count} statement", "{count} statements", count)


def number(value: float, digits: int = 1) -> str:
    """A number as people write it in the language in force, without idle zeros."""
    written = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return written.replace(".", ",") if current() == "ru" else written


def plain(text: object) -> str:
    """Text that plotly shows as it is: its labels read a few HTML tags."""
    return html.escape(" ".join(str(text).split()), quote=False)


def wrapped(text: object, width: int, *, whole_words: bool = False) -> str:
    """Text in lines of at most `width` characters, none of it cut, safe in plotly's labels; where `whole_words` are
    asked for, a longer word makes its line longer."""
    lines = textwrap.wrap(" ".join(str(text).split()), width, break_long_words=not whole_words)
    return "<br>".join(plain(line) for line in lines) or " "


def wrapped_within(text: object, pixels: float) -> str:
    """The same in lines of at most so many pixels."""
    return "<br>".join(plain(line) for line in lines_within(str(text), pixels)) or " "


def aside(look: Palette, text: object, width: int = 28) -> str:
    """A line below a label that steps back behind it."""
    return f"<span style='color:{look.soft};font-size:{TEXT_SIZE - 1}px'>{wrapped(text, width)}</span>"


def lines_of(label: str) -> int:
    """How many lines a wrapped label has."""
    return label.count("<br>") + 1


def height_of(labels: Iterable[str], least: int = 34) -> int:
    """Pixels that rows with these wrapped labels take, each as tall as the tallest."""
    listed = list(labels)
    return len(listed) * max(least, 8 + 16 * max((lines_of(text) for text in listed), default=1))


def mixed(first: str, second: str, share: float) -> str:
    """The colour that lies `share` of the way from the first to the second, both "#rrggbb"."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def through(colour: str, opacity: float) -> str:
    """A colour that lets what lies under it be seen."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{opacity})"


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on `colour` (WCAG 2 contrast)."""
    return "#000000" if (_luminance(colour) + 0.05) / 0.05 >= 1.05 / (_luminance(colour) + 0.05) else "#ffffff"


def shade(share: float, dark: bool) -> str:
    """The calm blue that stands for a share from 0 (paper) to 1."""
    empty, full = ("#20242c", "#5aa9dd") if dark else ("#f3f1ed", "#0b5c8e")
    return mixed(empty, full, share)


def of_polarity(polarity: str, dark: bool) -> str:
    """The colour of a problem, of an enabler, and a calm one of what is neither."""
    return {"negative": PROBLEM, "positive": ENABLER}.get(polarity, palette(dark).soft)


def scale_colours(points: int, dark: bool) -> list[str]:
    """A colour for each point of an ordered scale, violet to teal: never that of a problem or an enabler."""
    low, middle, high = ("#b9a6ee", "#454a55", "#63cdbb") if dark else ("#5d4a94", "#e4e0d8", "#0f6e64")
    if points < 2:
        return [high] * points
    steps = [2 * point / (points - 1) - 1 for point in range(points)]
    return [mixed(middle, high if step > 0 else low, abs(step)) for step in steps]


def kinds(number: int, dark: bool) -> list[tuple[str, str]]:
    """A colour and a shape for each of several kinds without an order; no two of the first forty are alike in both.

    The colours follow Paul Tol's bright scheme (2021), which every sight can tell apart.
    """
    light = ("#4477aa", "#ee6677", "#228833", "#b5a52b", "#3aa6c4", "#aa3377", "#7d7d7d", "#8c5a2b")
    night = ("#7aa5d6", "#f28e9b", "#5cb86b", "#d8ca66", "#7fd6f0", "#d77bb0", "#bbbbbb", "#c79a6b")
    shapes = (
        "circle",
        "square",
        "triangle-up",
        "diamond",
        "cross",
        "x",
        "star",
        "triangle-down",
        "pentagon",
        "hexagram",
    )
    colours = night if dark else light
    return [(colours[each % len(colours)], shapes[each % len(shapes)]) for each in range(number)]


def stepping_back(dark: bool) -> dict[str, Any]:
    """Bars step back when another is selected; their numbers stay readable. Plotly wants both keys, or none."""
    return {
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0.45}, "textfont": {"color": palette(dark).ink}},
    }


def dressed(figure: go.Figure, *, height: int, dark: bool, **layout: Any) -> go.Figure:
    """Give a figure the common look and its height in pixels; returns the same figure."""
    look = palette(dark)
    _keep_plain(figure)
    axis = {
        "showgrid": False, "zeroline": False, "showline": False, "fixedrange": True, "ticks": "",
        "tickfont": {"color": look.ink, "size": TEXT_SIZE}, "automargin": True, "ticklabelstandoff": 6,
    }  # fmt: skip
    common = {
        "xaxis": axis, "yaxis": axis, **({"xaxis2": axis} if "xaxis2" in layout else {}),
        "datarevision": 1, "height": height, "autosize": True, "dragmode": False, "hovermode": "closest",
        "clickmode": "event+select", "showlegend": False, "bargap": 0, "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)", "font": {"family": FONT, "size": TEXT_SIZE, "color": look.ink},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": look.soft, "activecolor": look.ink},
        "hoverlabel": {
            "bgcolor": look.paper, "bordercolor": look.line, "align": "left",
            "font": {"family": FONT, "size": TEXT_SIZE, "color": look.ink},
        },
    }  # fmt: skip
    laid = _laid_over(common, layout)
    laid["margin"] = margin_with_room(laid)
    return figure.update_layout(laid, overwrite=True)  # once: each update costs milliseconds


def _keep_plain(figure: go.Figure) -> None:
    """Numbers as lists; arrays of numpy would be packed as bytes."""
    for trace in figure.data:
        arrays = {name: trace[name] for name in ("x", "y", "base") if name in trace}
        for name, numbers in arrays.items():
            if isinstance(numbers, np.ndarray):
                trace[name] = None  # else nothing would change: plotly finds both equal
                trace[name] = numbers.tolist()


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two settings of a layout in one, part by part; where both say something the second counts."""
    both = {key: _laid_over(below[key], above[key]) for key in below.keys() & above.keys()
            if isinstance(below[key], Mapping) and isinstance(above[key], Mapping)}  # fmt: skip
    return {**below, **above, **both}


def share_axis(look: Palette) -> dict[str, Any]:
    """An axis of shares whose ends and middle are named; it leaves the room for them to the margin."""
    return {
        "showgrid": True, "gridcolor": look.track, "tickvals": [0, 0.5, 1], "automargin": False,
        "ticktext": [_("nobody"), _("half"), _("everybody")], "tickfont": {"color": look.soft, "size": TEXT_SIZE - 1},
    }  # fmt: skip


def nothing_to_show(text: str, dark: bool) -> go.Figure:
    """A figure that says in words why it is empty."""
    figure = go.Figure()
    figure.add_annotation(
        text=wrapped(text, 60), x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False,
        font={"color": palette(dark).soft, "size": TEXT_SIZE + 1},
    )  # fmt: skip
    hidden = {"visible": False}
    return dressed(figure, height=140, dark=dark, xaxis=hidden, yaxis=hidden)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
