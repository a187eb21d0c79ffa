"""What experts choose or rank in the questionnaire beside what they speak of: principles, and what helped most."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.counts import SESSIONS, presence
from coding.frames import Frames
from coding.item_values import item_values, segment_numbers
from coding.rankings import kendall_w, placed
from coding.segments import ALL, Segmentation
from survey_app.language import _, label
from survey_app.views import measures, style
from survey_app.views.answer_counts import Question
from survey_app.views.answer_counts import questions as closed_questions
from survey_app.views.segment_names import named_segments, records, segment_name

_LABEL_WIDTH = 28  # characters a line
_KINDS = ("rank", "multi")


def title() -> str:
    """The question that the chart answers."""
    return _("Do they speak of what they choose?")


def reading(prepared: pd.DataFrame) -> str:
    """How to read it; places count where the question is a ranking."""
    said = _(
        "The full dot is the share of experts who chose it in the questionnaire, the open one the share who speak of "
        "it in a session. Select one to read the words behind it."
    )
    if prepared["kind"].iloc[0] != "rank":
        return said
    return f"{said} " + _("Points: the last place is worth one, each place above it one more.")


def questions(frames: Frames) -> dict[str, Question]:
    """Rankings and multiple choices in which a line measures a code; rankings first."""
    coded = set(frames.items.loc[frames.items["code_id"].isin(frames.codes["code_id"]), "item_id"])
    found = [one for one in closed_questions(frames) if one.kind in _KINDS and coded.intersection(one.lines)]
    return {one.item_id: one for one in sorted(found, key=lambda one: _KINDS.index(one.kind))}


def prepare(
    frames: Frames,
    segmentation: Segmentation,
    question: str,
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
    source_kinds: Sequence[str] = SESSIONS,
) -> pd.DataFrame:
    """One row a line with a code and segment, `ALL` last: item_id, code_id, labels, kind, segment, n experts,
    answered (the question), chosen, said (mention the code); of rankings also first, points and mean_rank (NaN where
    nobody ranked), w and p (None where there is none). No expert is named. Raises KeyError for an unknown question.
    """
    asked = questions(frames)[question]
    items = {row["item_id"]: row for row in records(frames.items[frames.items["item_id"].isin(asked.lines)])}
    said = presence(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    given = item_values(frames, asked.lines)
    places = given.values if asked.kind == "rank" else np.where(given.values > 0, 1.0, np.nan)
    where = segment_numbers(frames.experts, segmentation)
    segments = records(named_segments(frames, segmentation))
    rows = []
    for number, segment in enumerate(segments):
        mask = np.ones(len(where), dtype=bool) if segment["segment"] == ALL else where == number
        found, agreed = placed(places[mask]), kendall_w(places[mask])
        answered = int(given.answered[mask].any(axis=1).sum())
        for place, item_id in enumerate(asked.lines):
            item = items[item_id]
            if item["code_id"] not in said:
                continue
            row = {
                "question": question, "kind": asked.kind, "item_id": item_id, "code_id": item["code_id"],
                "label_en": item["label_en"], "label_ru": item["label_ru"], **segment, "n": int(mask.sum()),
                "answered": answered, "chosen": int(found.placed[place]),
                "said": int(said[item["code_id"]].to_numpy()[mask].sum()),
            }  # fmt: skip
            if asked.kind == "rank":
                row |= {
                    "first": int(found.first[place]), "points": int(found.points[place]),
                    "mean_rank": found.mean_rank[place], "w": agreed.w, "p": agreed.p,
                }  # fmt: skip
            rows.append(row)
    return pd.DataFrame(rows)


def figure(prepared: pd.DataFrame, *, segment: str = ALL, dark: bool = False) -> go.Figure:
    """A row a line: two dots, what is chosen and what is said, joined; the counts at the right."""
    rows = _ordered(prepared, segment)
    look, colour = style.palette(dark), style.scale_colours(2, dark)[1]
    figure = go.Figure()
    for place, row in enumerate(rows):
        shares = [
            row["chosen"] / row["answered"] if row["answered"] else None,
            row["said"] / row["n"] if row["n"] else None,
        ]
        figure.add_scatter(
            x=shares, y=[place, place], mode="lines+markers", cliponaxis=False,
            line={"color": style.through(colour, 0.4), "width": 3}, customdata=[[row["item_id"], row["segment"]]] * 2,
            marker={"size": 13, "color": [colour, look.paper], "line": {"width": 2.5, "color": colour}, "opacity": 1},
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.55}},
            hovertext=[_hover(row)] * 2, hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    labels = [_label(row, look) for row in rows]
    return style.dressed(
        figure, dark=dark, height=style.height_of(labels, 44) + 40, margin={"l": 8, "r": 36, "t": 8, "b": 30},
        xaxis={**style.share_axis(look), "range": [-0.03, 1.03]},
        yaxis={
            "range": [len(rows) - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(rows))),
            "ticktext": labels,
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame, *, segment: str = ALL) -> str:
    """What is chosen most, what is spoken of most, and for rankings how far they agree."""
    rows = _ordered(prepared, segment)
    about = "" if segment == ALL else f"{segment_name(rows[0])}. "
    if not rows[0]["answered"]:
        return about + _("Nobody has answered this question.")
    top, spoken = rows[0], max(rows, key=lambda row: row["said"])
    said = _(
        "Chosen most: “{line}” ({count})", line=label(top), count=style.k_of_n_experts(top["chosen"], top["answered"])
    )
    if top["kind"] == "rank":
        said = _(
            "First in the ranking: “{line}” ({count} in first place, mean rank {mean})", line=label(top),
            count=style.k_of_n_experts(top["first"], top["answered"]), mean=style.number(top["mean_rank"], 2),
        )  # fmt: skip
    if not spoken["said"]:
        return f"{about}{said}"
    return f"{about}{said}. " + _(
        "Spoken of most: “{line}” ({count})",
        line=label(spoken),
        count=style.k_of_n_experts(spoken["said"], spoken["n"]),
    )


def table(prepared: pd.DataFrame, *, segment: str = ALL) -> pd.DataFrame:
    """The same numbers, and places, points and mean rank of a ranking."""
    rows = _ordered(prepared, segment)
    columns: dict[str, list[Any]] = {
        _("Line"): [label(row) for row in rows],
        _("chosen"): [style.k_of_n(row["chosen"], row["answered"]) for row in rows],
    }
    if rows[0]["kind"] == "rank":
        columns |= {
            _("in first place"): [row["first"] for row in rows],
            _("points"): [row["points"] for row in rows],
            _("mean rank"): [
                measures.NONE if pd.isna(row["mean_rank"]) else style.number(row["mean_rank"], 2) for row in rows
            ],
        }
    columns[_("speak of it")] = [style.k_of_n(row["said"], row["n"]) for row in rows]
    index = pd.MultiIndex.from_tuples([(row["item_id"], row["segment"]) for row in rows], names=["item_id", "segment"])
    return pd.DataFrame(columns, index=index)


def _ordered(prepared: pd.DataFrame, segment: str) -> list[dict[str, Any]]:
    rows = records(prepared[prepared["segment"] == segment])
    if rows[0]["kind"] == "rank":
        return sorted(rows, key=lambda row: np.inf if pd.isna(row["mean_rank"]) else row["mean_rank"])
    return sorted(rows, key=lambda row: -row["chosen"])


def _label(row: dict[str, Any], look: style.Palette) -> str:
    """The line with its two counts below it, so that they have room on a narrow screen."""
    chosen = _("chosen: {count}", count=style.k_of_n(row["chosen"], row["answered"]))
    said = _("speak of it: {count}", count=style.k_of_n(row["said"], row["n"]))
    return f"{style.wrapped(label(row), _LABEL_WIDTH)}<br>{style.aside(look, chosen)}<br>{style.aside(look, said)}"


def _hover(row: dict[str, Any]) -> str:
    told = [
        _("chosen: {count}", count=style.k_of_n_experts(row["chosen"], row["answered"])),
        _("speak of it: {count}", count=style.k_of_n_experts(row["said"], row["n"])),
    ]
    if row["kind"] == "rank" and not pd.isna(row["mean_rank"]):
        told.insert(1, _("mean rank {value}", value=style.number(row["mean_rank"], 2)))
    return f"<b>{style.wrapped(label(row), 48)}</b><br>" + "<br>".join(told)
