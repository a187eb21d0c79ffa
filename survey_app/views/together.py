"""What is said together: codes by codes, a number where enough experts say both, a shade for how seldom they part."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.closeness import side_by_side
from coding.co_occurrence import Unit
from coding.frames import Frames
from coding.segments import ALL
from survey_app.language import _, label, ngettext
from survey_app.views import measures, style
from survey_app.views.code_pairs import code_names, distances, hover, most_together, nothing_together, pair_rows, shared
from survey_app.views.segment_names import records

MOST = 16
_NARROW = 340  # pixels of the chart where it is narrowest
_ROOM = 140  # pixels at the right for the name of the last code
_LETTER = 7.9  # pixels
_LONGEST = 44  # letters a line


def title() -> str:
    """The question that the chart answers."""
    return _("What is said together?")


def reading(*, unit: Unit = "expert", minimum: int = 3) -> str:
    """How to read it."""
    counted = {
        "statement": _("A number is how many statements have both codes: that of its row and that above its column."),
        "turn": _("A number is how many turns have both codes: that of its row and that above its column."),
        "expert": _("A number is how many experts say both: the code of its row and the code above its column."),
    }[unit]
    return " ".join([
        counted,
        _("The stronger the colour, the larger its share of all that have either (Jaccard); codes that go together "
          "stand side by side. Select a cell to read the words."),
        ngettext("A dot: fewer than {count} expert.", "A dot: fewer than {count} experts.", minimum),
    ])  # fmt: skip


def prepare(
    frames: Frames, *, unit: Unit = "expert", minimum: int = 3, layer: str = "adjudicated", coder_id: str | None = None
) -> pd.DataFrame:
    """Rows of `code_pairs.pair_rows`, those of too few experts too; the charts leave these out."""
    return pair_rows(frames, unit, minimum=minimum, layer=layer, coder_id=coder_id)


def figure(prepared: pd.DataFrame, *, top: int = MOST, dark: bool = False) -> go.Figure:
    """Half a matrix of the `top` codes most often together; each has its name at the end of its row, above its column.

    `customdata` is [mark of the pair, ALL] (`code_pairs.codes_of_mark`); cells of too few experts have none.
    """
    supported = prepared[prepared["supported"]]
    codes = most_together(supported, top)
    if not codes:
        return style.nothing_to_show(nothing_together(), dark)
    ordered = [codes[place] for place in side_by_side(distances(supported, codes))]
    place = {code: at for at, code in enumerate(ordered)}
    inside = prepared[prepared["first"].isin(place) & prepared["second"].isin(place)]
    enough = records(inside[inside["supported"]])
    few = records(inside[~inside["supported"]])
    named = code_names(prepared)
    labels = [_label(label(named[code]), at, len(ordered)) for at, code in enumerate(ordered)]
    more = len(set(supported["first"]) | set(supported["second"])) - len(ordered)
    below = 26 if more else 0
    words = [_name(text, at, dark) for at, text in enumerate(labels)]
    if more:
        words.append(_note(more, len(ordered), dark))
    hidden = {"showticklabels": False}
    return style.dressed(
        go.Figure([_bed(len(ordered), dark), _cells(enough, place, dark), _dots(few, place, dark)]), dark=dark,
        height=style.height_of(labels, 30) + 12 + below, margin={"l": 4, "r": _ROOM, "t": 4, "b": 4 + below},
        annotations=words, barmode="overlay",
        xaxis={"range": [0, len(ordered) - 1]} | hidden, yaxis={"range": [len(ordered) - 0.5, -0.5]} | hidden,
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """The pair that is said together most, the closer one of several."""
    rows = records(prepared[prepared["supported"]])
    if not rows:
        return nothing_together()
    first = rows[0]
    alike = sum((row["both"], row["jaccard"]) == (first["both"], first["jaccard"]) for row in rows) - 1
    said = _(
        "“{one}” and “{other}” go together most: {share} with either have both", one=label(first, "first"),
        other=label(first, "second"), share=shared(first),
    )  # fmt: skip
    if not alike:
        return said
    return said + "; " + ngettext("{count} more pair is like it", "{count} more pairs are like it", alike)


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every pair that enough experts say together, with all measures; the index names the pair by its mark."""
    rows = records(prepared[prepared["supported"]])
    columns: dict[str, list[Any]] = {
        _("Code"): [label(row, "first") for row in rows],
        _("Other code"): [label(row, "second") for row in rows],
        _("Experts"): [row["experts"] for row in rows],
        _both(rows): [row["both"] for row in rows],
        _("only this code"): [row["only_first"] for row in rows],
        _("only the other code"): [row["only_second"] for row in rows],
        _("neither code"): [row["neither"] for row in rows],
        _("Jaccard"): [style.number(row["jaccard"], 3) for row in rows],
        _("Lift"): [style.number(row["lift"], 2) for row in rows],
        _("PMI, bits"): [style.number(row["pmi"], 2) for row in rows],
        _("NPMI"): [measures.NONE if pd.isna(row["npmi"]) else style.number(row["npmi"], 2) for row in rows],
    }
    index = pd.MultiIndex.from_tuples([(row["mark"], ALL) for row in rows], names=["code_id", "segment"])
    return pd.DataFrame(columns, index=index)


def _both(rows: Sequence[Mapping[str, Any]]) -> str:
    """The header over the counts of both."""
    unit = rows[0]["unit"] if rows else "expert"
    return {
        "statement": _("statements with both"), "turn": _("turns with both"), "expert": _("experts with both"),
    }[unit]  # fmt: skip


def _bed(size: int, dark: bool) -> go.Bar:
    """The half of the matrix that the cells lie on."""
    spots = [(row, column) for row in range(size) for column in range(row)]
    return go.Bar(
        orientation="h", x=[0.96] * len(spots), width=0.92, base=[column + 0.02 for _row, column in spots],
        y=[row for row, _column in spots], marker={"color": style.shade(0, dark), "line": {"width": 0}},
        hoverinfo="skip", unselected={"marker": {"opacity": 1}},
    )  # fmt: skip


def _cells(rows: Sequence[dict[str, Any]], place: Mapping[str, int], dark: bool) -> go.Bar:
    colours = [style.shade(row["jaccard"], dark) for row in rows]
    spots = [_spot(row, place) for row in rows]
    return go.Bar(
        orientation="h", x=[0.96] * len(rows), width=0.92, base=[column + 0.02 for _row, column in spots],
        y=[at for at, _column in spots], customdata=[[row["mark"], ALL] for row in rows],
        marker={"color": colours, "line": {"width": 0}}, **style.stepping_back(dark),
        text=[str(row["both"]) for row in rows], textposition="inside", insidetextanchor="middle", textangle=0,
        constraintext="none",
        textfont={"size": style.TEXT_SIZE - 2, "color": [style.ink_on(colour) for colour in colours]},
        hovertext=[hover(row) for row in rows], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _dots(rows: Sequence[dict[str, Any]], place: Mapping[str, int], dark: bool) -> go.Scatter:
    spots = [_spot(row, place) for row in rows]
    return go.Scatter(
        x=[column + 0.5 for _row, column in spots], y=[row for row, _column in spots], mode="markers",
        marker={"size": 3, "color": style.palette(dark).soft}, hoverinfo="skip",
        unselected={"marker": {"opacity": 1}},
    )  # fmt: skip


def _spot(row: Mapping[str, Any], place: Mapping[str, int]) -> tuple[int, int]:
    """Row and column of a pair in the half below the diagonal."""
    one, other = place[row["first"]], place[row["second"]]
    return max(one, other), min(one, other)


def _label(text: str, at: int, size: int) -> str:
    """A name in as many lines as the room beside its row asks for on a narrow screen."""
    cell = (_NARROW - _ROOM) / max(size - 1, 1)
    letters = int((_ROOM - 12 + cell * (size - 1 - at)) / _LETTER)
    return style.wrapped(text, min(letters, _LONGEST))


def _name(text: str, at: int, dark: bool) -> dict[str, Any]:
    return {
        "x": at, "y": at, "xanchor": "left", "xshift": 5, "yanchor": "middle", "showarrow": False, "align": "left",
        "text": text, "font": {"color": style.palette(dark).ink, "size": style.TEXT_SIZE},
    }  # fmt: skip


def _note(more: int, rows: int, dark: bool) -> dict[str, Any]:
    text = ngettext("{count} more code in the table", "{count} more codes in the table", more)
    return {
        "x": 0, "y": rows - 0.5, "xanchor": "left", "yanchor": "top", "yshift": -4, "showarrow": False, "text": text,
        "font": {"color": style.palette(dark).soft, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip
