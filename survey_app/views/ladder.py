"""Where experts see things today and in three years: two answers on one scale, and who steps up or down."""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.item_values import item_values, segment_numbers
from coding.paired_answers import steps
from coding.segments import ALL, Segmentation
from survey_app.language import _, label
from survey_app.views import measures, style
from survey_app.views.answer_counts import questions
from survey_app.views.segment_names import named_segments, records, segment_name

_LABEL_WIDTH = 24  # characters a line
_KEY_WIDTH = 46
_WAYS = ("up", "same", "down")


def title() -> str:
    """The question that the chart answers."""
    return _("Where do we stand, and where shall we?")


def reading(experts: bool = False) -> str:
    """How to read it; who stepped where can be seen only where experts may be told apart."""
    said = _(
        "The open dot is the mean of the first answer, the full one that of the second, of the experts who gave both; "
        "below each name, how many of them step up (↑), stay (=) and step down (↓)."
    )
    return f"{said} " + _("Select a row to see who stepped where.") if experts else said


def candidates(frames: Frames) -> dict[str, tuple[str, ...]]:
    """The questions of one line on a scale, each with the later ones that share this scale."""
    scales = {row["item_id"]: row["scale"] for row in records(frames.items)}
    single = [one.item_id for one in questions(frames) if one.kind == "likert" and one.lines == (one.item_id,)]
    found = {
        key: tuple(later for later in single[place + 1 :] if scales[later] == scales[key])
        for place, key in enumerate(single)
        if scales[key]
    }
    return {key: later for key, later in found.items() if later}


def prepare(frames: Frames, segmentation: Segmentation, first: str, second: str) -> pd.DataFrame:
    """One row a segment, `ALL` last: n experts, both (gave both answers), first_mean, second_mean, first_median,
    second_median (NaN where nobody did), up, same, down: how many. No expert is named; `stepped` does that.

    first, second with their labels, and `scale`, its points as dicts, stand in every row.
    """
    given = item_values(frames, [first, second])
    where = segment_numbers(frames.experts, segmentation)
    segments = records(named_segments(frames, segmentation))
    found = steps(given.values[:, 0], given.values[:, 1], where, len(segments) - 1)
    items = frames.items.set_index("item_id")
    shared = {
        "first": first, "second": second, "scale": items.loc[first, "scale"],
        **{f"{name}_label_{language}": items.loc[key, f"label_{language}"]
           for name, key in (("first", first), ("second", second)) for language in ("en", "ru")},
    }  # fmt: skip
    sizes = [int((where == place).sum()) for place in range(len(segments) - 1)] + [len(where)]
    return pd.DataFrame(
        [
            {**shared, **segment, "n": sizes[place], "both": int(found.n[place]),
             **{name: getattr(found, name)[place] for name in
                ("first_mean", "second_mean", "first_median", "second_median")},
             **{name: int(getattr(found, name)[place]) for name in _WAYS}}
            for place, segment in enumerate(segments)
        ]
    )  # fmt: skip


def stepped(frames: Frames, first: str, second: str) -> pd.DataFrame:
    """Who stepped from where to where, for the study's own eyes: expert_id, group_id, before, after (NaN for none)."""
    given = item_values(frames, [first, second])
    experts = frames.experts[["expert_id", "group_id"]].reset_index(drop=True)
    return experts.assign(before=given.values[:, 0], after=given.values[:, 1])


def figure(prepared: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """A line from the first mean to the second on the scale, a row a segment, all experts on top in bold."""
    rows = _shown(prepared)
    if not rows:
        return style.nothing_to_show(_("Nobody has given both answers."), dark)
    look, colour = style.palette(dark), style.scale_colours(2, dark)[1]
    points = rows[0]["scale"]
    reached = [float(point["value"]) for point in points]
    reached += [row[name] for row in rows for name in ("first_mean", "second_mean")]
    low, high = min(reached), max(reached)
    labels = [_label(row, look, bold=row["segment"] == ALL) for row in rows]
    key = style.wrapped(" · ".join(_point(point) for point in points), _KEY_WIDTH)
    room = 16 * style.lines_of(key)
    pad = 0.08 * (high - low) or 0.5
    return style.dressed(
        go.Figure([trace for place, row in enumerate(rows) for trace in _line(row, place, look, colour)]), dark=dark,
        height=style.height_of(labels) + room + 52, margin={"l": 8, "r": 8, "t": 8, "b": room + 36},
        annotations=[
            {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0, "yanchor": "top", "yshift": -26, "showarrow": False,
             "text": key, "font": {"color": look.soft, "size": style.TEXT_SIZE - 1}}
        ],
        xaxis={
            "range": [low - pad, high + pad], "tickmode": "array", "showgrid": True, "gridcolor": look.track,
            "tickvals": [float(point["value"]) for point in points], "tickfont": {"color": look.soft},
            "ticktext": [style.number(point["value"]) for point in points],
        },
        yaxis={
            "range": [len(rows) - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(rows))),
            "ticktext": labels,
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """From which mean to which, and how many step up, stay and step down."""
    rows = _shown(prepared)
    if not rows:
        return _("Nobody has given both answers.")
    row = rows[0]
    return _(
        "From {first} to {second} on average: of {both} experts, {up} step up, {same} stay, {down} step down",
        first=style.number(row["first_mean"], 2), second=style.number(row["second_mean"], 2), up=row["up"],
        both=row["both"], same=row["same"], down=row["down"],
    )  # fmt: skip


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """The same numbers with medians, segments without both answers too."""
    rows = sorted(records(prepared), key=lambda row: row["segment"] != ALL)
    headings = {
        "first_mean": _("first mean"), "second_mean": _("second mean"), "first_median": _("first median"),
        "second_median": _("second median"),
    }  # fmt: skip
    columns: dict[str, list[Any]] = {
        _("Segment"): [segment_name(row) for row in rows],
        _("gave both answers"): [style.k_of_n(row["both"], row["n"]) for row in rows],
    }
    for name, heading in headings.items():
        columns[heading] = [measures.NONE if pd.isna(row[name]) else style.number(row[name], 2) for row in rows]
    for name, heading in zip(_WAYS, (_("step up"), _("stay"), _("step down")), strict=True):
        columns[heading] = [row[name] for row in rows]
    index = pd.MultiIndex.from_tuples([(row["first"], row["segment"]) for row in rows], names=["item_id", "segment"])
    return pd.DataFrame(columns, index=index)


def _shown(prepared: pd.DataFrame) -> list[dict[str, Any]]:
    rows = records(prepared[prepared["both"] > 0])
    return sorted(rows, key=lambda row: row["segment"] != ALL)


def _line(row: dict[str, Any], place: int, look: style.Palette, colour: str) -> list[go.Scatter]:
    ends = [row["first_mean"], row["second_mean"]]
    between = go.Scatter(
        x=ends, y=[place, place], mode="lines", line={"color": style.through(colour, 0.5), "width": 4},
        hoverinfo="skip", unselected={"marker": {"opacity": 1}},
    )  # fmt: skip
    dots = go.Scatter(
        x=ends, y=[place, place], mode="markers", cliponaxis=False, customdata=[[row["first"], row["segment"]]] * 2,
        marker={"size": 13, "color": [look.paper, colour], "line": {"width": 2.5, "color": colour}, "opacity": 1},
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.55}},
        hovertext=[_hover(row)] * 2, hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    return [between, dots]


def _label(row: dict[str, Any], look: style.Palette, *, bold: bool) -> str:
    """The segment with who steps up, stays and steps down below it."""
    name = style.wrapped(segment_name(row), _LABEL_WIDTH)
    ways = f"↑ {row['up']}  = {row['same']}  ↓ {row['down']}"
    return f"{f'<b>{name}</b>' if bold else name}<br>{style.aside(look, ways)}"


def _point(point: dict[str, Any]) -> str:
    """A point of the scale with its words."""
    words = label({"words_en": point.get("en", ""), "words_ru": point.get("ru", "")}, "words")
    return f"{style.number(point['value'])} {words}".strip()


def _hover(row: dict[str, Any]) -> str:
    first, second = (style.number(row[name], 2) for name in ("first_mean", "second_mean"))
    told = [
        f"{style.wrapped(label(row, 'first_label'), 48)}: {first}",
        f"{style.wrapped(label(row, 'second_label'), 48)}: {second}",
        _("gave both answers: {count}", count=style.k_of_n_experts(row["both"], row["n"])),
    ]
    return f"<b>{style.wrapped(segment_name(row), 48)}</b><br>" + "<br>".join(told)
