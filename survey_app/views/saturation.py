"""Whether more experts would say anything new: codes in the order of speaking. Not for a release with its keys.

A mark is one expert: its `customdata` is `[expert_id, ALL]` and means the codes that this expert was the first to say.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding import saturation
from coding.counts import SESSIONS
from coding.frames import Frames
from coding.segments import ALL, Segmentation, segment_of
from survey_app.language import _, label, ngettext, translate
from survey_app.views import measures, style
from survey_app.views.segment_names import named_segments, records, segment_name

RUNS = (2, 3)
"""Experts in a row who have to add almost nothing, as the method is reported."""
_MOST_KEYS = 24  # experts whose keys have room below the line


def title() -> str:
    """The question that the chart answers."""
    return _("Would more experts say anything new?")


def reading() -> str:
    """How to read it."""
    return _(
        "The line counts the codes that have been said after each expert, in the order in which they first spoke. The "
        "pale band is where nine of ten other orders would lie: a line that leaves it owes its shape to who spoke "
        "first. Flat at the end means that later experts brought no new code; it does not mean that every code is "
        "understood. Select an expert to read what they were the first to say."
    )


def prepare(
    frames: Frames,
    segmentation: Segmentation,
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
    source_kinds: Sequence[str] = SESSIONS,
    names: Mapping[str, str] | None = None,
    experts: bool = True,
) -> pd.DataFrame:
    """One row a segment, `ALL` last, and expert of it in the order of speaking.

    expert_id ("" without `experts`, as for readers), place from 1, session (from 1) and session_name (out of `names` by
    source_id, or ""), new, cumulative, new_en and new_ru (the names of the new codes; empty without `experts`); low,
    median, high and expected of other orders; and alike in all rows of the segment: n of its experts, spoke, unheard
    (who spoke in texts without codings alone, or not at all), base_codes, reached_2 and reached_3 (experts before the
    run that added too little, 0 if there was none), added_2 and added_3 (the new codes of that run or of the last
    one), `reason` (a Message where it cannot be judged, or None).
    """
    which: dict[str, Any] = {"source_kinds": source_kinds, "layer": layer, "coder_id": coder_id}
    home = segment_of(frames.experts, segmentation)
    everyone = saturation.spoken(frames, **which)
    sources = {source: number for number, source in enumerate(dict.fromkeys(everyone.source_ids), 1)}
    labels = {row["code_id"]: (row["label_en"], row["label_ru"]) for row in records(frames.codes)}
    rows: list[dict[str, Any]] = []
    for segment in records(named_segments(frames, segmentation)):
        members = home.index if segment["segment"] == ALL else home.index[home == segment["segment"]]
        heard = everyone.of(members)
        brought = heard.new_codes()
        alike = {**segment, "n": len(members), "spoke": len(brought), "unheard": len(members) - len(brought),
                 **_judged(brought["new"].tolist())}  # fmt: skip
        others = records(saturation.other_orders(heard.said).drop(columns="mean"))
        for place, (row, band) in enumerate(zip(records(brought), others, strict=True), 1):
            told = {f"new_{tongue}": tuple(labels[code][number] for code in row["code_ids"]) if experts else ()
                    for number, tongue in enumerate(("en", "ru"))}  # fmt: skip
            rows.append(
                {"expert_id": row["expert_id"] if experts else "", "place": place,
                 "session": sources[row["source_id"]], "session_name": dict(names or {}).get(row["source_id"], ""),
                 "new": row["new"], "cumulative": row["cumulative"], **told, **band, **alike}
            )  # fmt: skip
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else ["segment", "expert_id", "cumulative"])


def figure(prepared: pd.DataFrame, *, segment: str = ALL, dark: bool = False) -> go.Figure:
    """The stepping line of codes over the band of other orders, the sessions' borders marked."""
    rows = prepared[prepared["segment"] == segment]
    if rows.empty or not rows["cumulative"].max():
        return style.nothing_to_show(_("No expert's words have a code yet."), dark)
    look, colour = style.palette(dark), style.shade(0.85, dark)
    listed, most, last = records(rows), int(rows["cumulative"].max()), len(rows)
    figure = go.Figure([*_band(rows, look), *_line(listed, colour, look)])
    borders = [row["place"] - 0.5 for before, row in pairwise(listed)
               if row["session"] != before["session"]]  # fmt: skip
    for border in borders:
        figure.add_vline(x=border, line={"color": look.soft, "width": 1, "dash": "dot"}, layer="below")
    return style.dressed(
        figure, dark=dark, height=400, margin={"l": 8, "r": 12, "t": 40, "b": 44},
        annotations=[*_sessions(listed, look), *_labels(rows, colour, look)],
        xaxis={
            "range": [0.3, last + 0.7], "tickmode": "array", **_keys(listed), "tickangle": -90 if last > 5 else 0,
            "tickfont": {"color": look.soft, "size": style.TEXT_SIZE - 2},
            "title": {"text": _("experts in the order of speaking"), "font": {"color": look.soft, "size": 12},
                      "standoff": 8},
        },
        yaxis={
            "range": [0, most * 1.12 + 1], "showgrid": True, "gridcolor": look.track, "nticks": 6,
            "tickfont": {"color": look.soft},
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame, *, segment: str = ALL) -> str:
    """When it came to nothing new, by which rule, or why that cannot be said."""
    rows = prepared[prepared["segment"] == segment]
    if rows.empty or not rows["cumulative"].max():
        return _("No expert's words have a code yet.")
    row = records(rows)[-1]
    about = [] if segment == ALL else [f"{segment_name(row)}."]
    if row["reason"] is not None:
        return " ".join([*about, translate(row["reason"])])
    brought = rows.loc[rows["new"] > 0, "place"].max()
    said = [_since(int(brought), row)]
    reached = row["reached_2"]
    if reached:
        said.append(
            ngettext(
                "By the rule of Guest, Namey and Chen saturation is reached after {count} expert: the next two added "
                "{added} to the {base} codes of the first four ({count}+2).",
                "By the rule of Guest, Namey and Chen saturation is reached after {count} experts: the next two added "
                "{added} to the {base} codes of the first four ({count}+2).",
                reached, added=row["added_2"], base=row["base_codes"],
            )
        )  # fmt: skip
    else:
        said.append(
            _(
                "By the rule of Guest, Namey and Chen saturation is not reached: the last two experts still added "
                "{added} to the {base} codes of the first four.", added=row["added_2"], base=row["base_codes"],
            )
        )  # fmt: skip
    return " ".join([*about, *said, *_unheard(row)])


def table(prepared: pd.DataFrame, *, segment: str = ALL) -> pd.DataFrame:
    """Every expert in the order of speaking with the new codes by name, beside what other orders would give."""
    rows = records(prepared[prepared["segment"] == segment])
    return pd.DataFrame(
        {
            _("Place"): [row["place"] for row in rows],
            _("Expert"): [row["expert_id"] or measures.NONE for row in rows],
            _("Session"): [row["session_name"] or str(row["session"]) for row in rows],
            _("new codes"): [row["new"] for row in rows],
            _("codes so far"): [row["cumulative"] for row in rows],
            _("in other orders"): [_range(row) for row in rows],
            _("mean of all orders"): [style.number(row["expected"]) for row in rows],
            _("said for the first time"): ["; ".join(_new(row)) for row in rows],
        },
        index=pd.MultiIndex.from_tuples([(row["expert_id"], ALL) for row in rows], names=["expert_id", "segment"]),
    )


def _judged(new: list[int]) -> dict[str, Any]:
    """The rule for each length of a run, as columns."""
    found = [saturation.judged(new, run=run) for run in RUNS]
    said: dict[str, Any] = {"base_codes": found[0].base_codes, "reason": found[0].reason}
    for one in found:
        said |= {f"reached_{one.run}": one.reached or 0, f"added_{one.run}": one.new}
    return said


def _since(brought: int, row: Mapping[str, Any]) -> str:
    """How many codes there are, and after whom no new one came."""
    codes = ngettext("{count} code", "{count} codes", row["cumulative"])
    if brought < row["spoke"]:
        return ngettext(
            "After the first {count} expert nobody said anything new: {codes}.",
            "After the first {count} experts nobody said anything new: {codes}.", brought, codes=codes,
        )  # fmt: skip
    return _("The last expert still said something new: {codes}.", codes=codes)


def _unheard(row: Mapping[str, Any]) -> list[str]:
    if not row["unheard"]:
        return []
    return [
        ngettext(
            "{count} expert is not counted here: nothing of theirs is coded yet, or they were silent.",
            "{count} experts are not counted here: nothing of theirs is coded yet, or they were silent.",
            row["unheard"],
        )
    ]


def _band(rows: pd.DataFrame, look: style.Palette) -> list[go.Scatter]:
    common: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip", "x": rows["place"].tolist()}
    bed = style.mixed(look.track, look.soft, 0.25)
    return [
        go.Scatter(y=rows["high"].tolist(), line={"width": 0}, **common),
        go.Scatter(y=rows["low"].tolist(), line={"width": 0}, fill="tonexty", fillcolor=bed, **common),
        go.Scatter(y=rows["median"].tolist(), line={"width": 1.5, "color": look.soft, "dash": "dash"}, **common),
    ]


def _line(listed: list[dict[str, Any]], colour: str, look: style.Palette) -> list[go.Scatter]:
    places, counts = [row["place"] for row in listed], [row["cumulative"] for row in listed]
    line = go.Scatter(
        x=places, y=counts, mode="lines", line={"color": colour, "width": 2.5, "shape": "hv"}, hoverinfo="skip"
    )
    dots = go.Scatter(
        x=places, y=counts, mode="markers", customdata=[[row["expert_id"], ALL] for row in listed],
        marker={"size": 9, "color": [colour if row["new"] else look.paper for row in listed],
                "line": {"color": colour, "width": 2}},
        unselected={"marker": {"opacity": 0.4}}, hovertext=[_hover(row) for row in listed],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    return [line, dots]


def _labels(rows: pd.DataFrame, colour: str, look: style.Palette) -> list[dict[str, Any]]:
    """What line and band are, written where they have room: below the band's right half."""
    most = int(rows["cumulative"].max())
    common: dict[str, Any] = {"xref": "paper", "x": 1, "xanchor": "right", "showarrow": False, "align": "right",
                              "bgcolor": look.paper}  # fmt: skip
    small = style.TEXT_SIZE - 1
    codes = ngettext("{count} code", "{count} codes", most)
    return [
        {"y": most, "yshift": 8, "yanchor": "bottom", "text": f"<b>{codes}</b>",
         "font": {"color": colour, "size": style.TEXT_SIZE}, **common},
        {"y": most * 0.3, "text": style.wrapped(_("dots: in the order spoken; hollow: no new code"), 30),
         "yanchor": "middle", "font": {"color": look.ink, "size": small}, **common},
        {"y": most * 0.13, "text": style.wrapped(_("band: in any other order; dashes: their median"), 30),
         "yanchor": "middle", "font": {"color": look.soft, "size": small}, **common},
    ]  # fmt: skip


def _sessions(listed: list[dict[str, Any]], look: style.Palette) -> list[dict[str, Any]]:
    """Each session's name above its experts, if there is more than one."""
    sessions = list(dict.fromkeys(row["session"] for row in listed))
    if len(sessions) < 2:
        return []
    found = []
    for session in sessions:
        own = [row for row in listed if row["session"] == session]
        name = own[0]["session_name"] or _("Session {number}", number=session)
        found.append(
            {"x": float(np.mean([row["place"] for row in own])), "y": 1, "yref": "paper", "yanchor": "bottom",
             "yshift": 4, "showarrow": False, "text": style.wrapped(name, 14),
             "font": {"color": look.soft, "size": style.TEXT_SIZE - 1}}
        )  # fmt: skip
    return found


def _keys(listed: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Keys of the experts where they have room, else every fifth place."""
    if len(listed) <= _MOST_KEYS and all(row["expert_id"] for row in listed):
        return {"tickvals": [row["place"] for row in listed],
                "ticktext": [style.plain(row["expert_id"]) for row in listed]}  # fmt: skip
    places = [1, *range(5, len(listed) + 1, 5)] if len(listed) > 1 else [1]
    return {"tickvals": places, "ticktext": [str(place) for place in places]}


def _new(row: Mapping[str, Any]) -> list[str]:
    return [label({"label_en": english, "label_ru": russian})
            for english, russian in zip(row["new_en"], row["new_ru"], strict=True)]  # fmt: skip


def _range(row: Mapping[str, Any]) -> str:
    return _("{low} to {high}", low=style.number(row["low"], 0), high=style.number(row["high"], 0))


def _hover(row: Mapping[str, Any]) -> str:
    new = ngettext("{count} new code", "{count} new codes", row["new"])
    lines = [
        f"<b>{style.plain(row['expert_id'] or row['place'])}</b>: {new}",
        _("codes so far: {count}", count=row["cumulative"]),
        _("in other orders: {range}", range=_range(row)),
        *(style.wrapped(name, 48) for name in _new(row)),
    ]
    return "<br>".join(lines)
