"""Where the answers to a question agree, and which group answers otherwise: medians, quartiles, Cns, A, W."""

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.consensus import sides, tastle_wierman, van_der_eijk
from coding.frames import Frames
from coding.group_contrast import Contrast, contrasts
from coding.inference import benjamini_hochberg
from coding.item_statistics import spread
from coding.item_values import ItemValues, item_values, segment_numbers, tally
from coding.rankings import kendall_w, placed
from coding.segments import ALL, Segmentation
from survey_app.language import _, label, translate
from survey_app.views import consensus_figures, measures, style
from survey_app.views.answer_counts import Question, questions
from survey_app.views.segment_names import named_segments, records, segment_name
from transcripts.messages import Message

KINDS = ("likert", "numeric", "rank")
"""Kinds of questions whose answers have an order."""


def title() -> str:
    """The question that the chart answers."""
    return _("Do the experts agree?")


def reading(prepared: pd.DataFrame) -> str:
    """How to read it; rankings are drawn in another way than answers on a scale."""
    if prepared["kind"].iloc[0] == "rank":
        return _(
            "Each dot is the mean rank, 1 is first; whoever placed only some is read as holding the rest for equal. "
            "Kendall's W is 1 if all rank alike and 0 if the ranks cancel out."
        )
    return _(
        "The band is the middle half of the answers, the upright bar the median. Cns (Tastle and Wierman) is 1 if all "
        "answer alike and 0 if half stand at either end; A (van der Eijk) goes on to −1. Who cannot say is in none of "
        "them."
    )


def prepare(frames: Frames, segmentation: Segmentation, item_id: str) -> pd.DataFrame:
    """One row a line of the question and segment, `ALL` last; who answered what is in none of them.

    Of scales and numbers: n, answered, cannot_say, unfit (words, and numbers off the scale), missing, median, lower,
    upper, mean, cns, a, below, above, points (of the scale) and the group against all others: rest_n, difference,
    delta, low, high, p, `reason` (a Message or None). Of a ranking: n, answered, placed, first, points, mean_rank, w,
    chi_square, degrees, p, reason.
    Raises StopIteration for a question that `questions` does not list.
    """
    question = next(found for found in questions(frames) if found.item_id == item_id)
    given = item_values(frames, question.lines)
    where = segment_numbers(frames.experts, segmentation)
    segments = records(named_segments(frames, segmentation))
    rows = _ranked(given, where, segments) if question.kind == "rank" else _valued(frames, given, where, segments)
    items = frames.items.set_index("item_id", drop=False).loc[list(question.lines)]
    names = {row["item_id"]: _named(question, row) for row in records(items)}
    return pd.DataFrame([names[row["item_id"]] | row for row in rows])


def figure(prepared: pd.DataFrame, *, segment: str = ALL, line: str = "", dark: bool = False) -> go.Figure:
    """The lines of the question in `segment`; or `line` (a question's only line always) by segments."""
    rows = shown(prepared, segment=segment, line=line)
    names = [_name(row, rows) for row in rows]
    draw = consensus_figures.ranks if rows[0]["kind"] == "rank" else consensus_figures.bands
    return draw(rows, names, dark)


def finding(prepared: pd.DataFrame, *, segment: str = ALL, line: str = "") -> str:
    """On which line the experts agree most and least, which group differs most, or what W is."""
    rows = shown(prepared, segment=segment, line=line)
    if not any(row["answered"] for row in rows):
        return _("Nobody has answered this question.")
    if rows[0]["kind"] == "rank":
        return _of_ranking(rows[-1] if by_segments(prepared, line) else rows[0])
    if by_segments(prepared, line):
        return _of_groups(rows)
    if max(row["answered"] for row in rows) == 1:
        return _("One expert alone has answered: nobody to agree with.")
    known = [row for row in rows if row["answered"] > 1 and not np.isnan(row["cns"])]
    if len(known) < 2:
        return _of_one(rows[0])
    first, last = (pick(known, key=lambda row: row["cns"]) for pick in (max, min))
    return _(
        "Most agreed on: “{first}” (Cns {high}); least: “{last}” (Cns {low})", first=label(first), last=label(last),
        high=measures.coefficient(first["cns"]), low=measures.coefficient(last["cns"]),
    )  # fmt: skip


def table(prepared: pd.DataFrame, *, segment: str = ALL, line: str = "") -> pd.DataFrame:
    """The same numbers; groups against all others where the rows are groups or one group is shown."""
    rows = shown(prepared, segment=segment, line=line)
    columns: dict[str, list[Any]] = {
        _("Segment") if by_segments(prepared, line) else _("Line"): [_name(row, rows) for row in rows],
        _("answered"): [style.k_of_n(row["answered"], row["n"]) for row in rows],
    }
    columns |= _rank_columns(rows) if rows[0]["kind"] == "rank" else _value_columns(rows)
    index = pd.MultiIndex.from_tuples([(row["item_id"], row["segment"]) for row in rows], names=["item_id", "segment"])
    return pd.DataFrame(columns, index=index)


def by_segments(prepared: pd.DataFrame, line: str) -> bool:
    """Whether rows are segments: a line was chosen, or the question has no other."""
    return bool(line) or prepared["item_id"].nunique() == 1


def shown(prepared: pd.DataFrame, *, segment: str = ALL, line: str = "") -> list[dict[str, Any]]:
    """The rows that are drawn, all experts first among segments, else the highest (of a ranking: the first) first."""
    if by_segments(prepared, line):
        rows = records(prepared[prepared["item_id"] == (line or prepared["item_id"].iloc[0])])
        return sorted(rows, key=lambda row: row["segment"] != ALL)
    rows = records(prepared[prepared["segment"] == segment])
    if rows[0]["kind"] == "rank":
        return sorted(rows, key=lambda row: _or(row["mean_rank"], np.inf))
    return sorted(rows, key=lambda row: (_or(row["median"], -np.inf), _or(row["mean"], -np.inf)), reverse=True)


def _valued(
    frames: Frames, given: ItemValues, where: np.ndarray, segments: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    masks = _masks(where, len(segments) - 1)
    n = masks.sum(axis=1)
    states = {name: masks @ getattr(given, name).astype(np.int64) for name in ("cannot_say", "unfit", "missing")}
    scales = _scales(frames.items)
    rows = []
    for place, item_id in enumerate(given.item_ids):
        points = scales[item_id]
        levels, counts = tally(given.values[:, place], where, len(segments) - 1)
        known = np.isin(levels, points) | (len(points) == 0)
        off = counts[:, ~known].sum(axis=1)
        levels, counts = levels[known], counts[:, known]
        on_scale = np.zeros((len(segments), len(points)), dtype=np.int64)
        if len(points):
            on_scale[:, np.searchsorted(points, levels)] = counts
        lies, agreed, even = spread(levels, counts), tastle_wierman(points, on_scale), van_der_eijk(on_scale)
        below, above = sides(points, on_scale)
        against = [*contrasts(levels, counts[:-1], counts[-1]), Contrast(int(n[-1]), 0)]
        for number, segment in enumerate(segments):
            rows.append(
                {"item_id": item_id, **segment, "n": int(n[number]), "answered": int(lies.n[number])}
                | {name: int(found[number, place]) for name, found in states.items()}
                | {"unfit": int(states["unfit"][number, place] + off[number])}
                | {"median": lies.median[number], "lower": lies.lower[number], "upper": lies.upper[number],
                   "mean": lies.mean[number], "cns": agreed[number], "a": even[number], "below": int(below[number]),
                   "above": int(above[number]), "points": len(points),
                   "low_end": points[0] if len(points) else np.nan, "high_end": points[-1] if len(points) else np.nan}
                | _against(against[number])
            )  # fmt: skip
    return rows


def _scales(items: pd.DataFrame) -> dict[str, np.ndarray]:
    """The points of each item's scale; none where numbers are given that may lie between and beyond them."""
    return {
        row["item_id"]: np.array([float(point["value"]) for point in row["scale"] if row["type"] != "numeric"])
        for row in records(items)
    }


def _against(one: Contrast) -> dict[str, Any]:
    low, high = one.interval or (None, None)
    return {
        "rest_n": one.rest_n, "difference": one.difference, "delta": one.delta, "low": low, "high": high, "p": one.p,
        "reason": one.reason,
    }  # fmt: skip


def _ranked(given: ItemValues, where: np.ndarray, segments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for segment, mask in zip(segments, _masks(where, len(segments) - 1).astype(bool), strict=True):
        places = given.values[mask]
        found, agreed = placed(places), kendall_w(places)
        shared = {
            **segment, "n": int(mask.sum()), "answered": found.judges, "depth": found.depth, "w": agreed.w,
            "chi_square": agreed.chi_square, "degrees": agreed.degrees, "p": agreed.p, "reason": agreed.reason,
            "objects": agreed.objects,
        }  # fmt: skip
        rows += [
            {"item_id": item_id, "placed": int(found.placed[place]), "first": int(found.first[place]),
             "points": int(found.points[place]), "mean_rank": found.mean_rank[place], **shared}
            for place, item_id in enumerate(given.item_ids)
        ]  # fmt: skip
    return rows


def _masks(where: np.ndarray, n_segments: int) -> np.ndarray:
    """Who is in which segment (s + 1 x n), everyone last."""
    inside = where[None, :] == np.arange(n_segments)[:, None]
    return np.vstack([inside, np.ones((1, len(where)), dtype=bool)]).astype(np.int64)


def _named(question: Question, item: dict[str, Any]) -> dict[str, Any]:
    return {
        "question": question.item_id, "kind": question.kind, "label_en": item["label_en"],
        "label_ru": item["label_ru"], "code_id": item["code_id"],
    }  # fmt: skip


def _name(row: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    return segment_name(row) if len({one["segment"] for one in rows}) > 1 else label(row)


def _value_columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {
        _("cannot say"): [row["cannot_say"] for row in rows], _("no answer"): [row["missing"] for row in rows],
    }  # fmt: skip
    if any(row["unfit"] for row in rows):
        columns[_("off the scale")] = [row["unfit"] for row in rows]
    columns |= {
        _("median"): [consensus_figures.said(row["median"]) for row in rows],
        _("middle half"): [consensus_figures.middle_half(row) for row in rows],
        _("IQR"): [consensus_figures.said(row["upper"] - row["lower"]) for row in rows],
    }
    if any(row["points"] for row in rows):
        columns |= {
            "Cns": [measures.coefficient(_or(row["cns"], None)) for row in rows],
            "A": [measures.coefficient(_or(row["a"], None)) for row in rows],
            _("above the middle"): [style.k_of_n(row["above"], row["answered"]) for row in rows],
        }
    return columns | (_contrast_columns(rows) if any(row["segment"] != ALL for row in rows) else {})


def _contrast_columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    tested = [row for row in rows if _known(row["p"])]
    adjusted = dict(zip((id(row) for row in tested), benjamini_hochberg(row["p"] for row in tested), strict=True))
    return {
        _("median less that of the others"): [_signed(row["difference"]) for row in rows],
        _("Cliff's delta"): [measures.coefficient(_or(row["delta"], None)) for row in rows],
        _("Interval (95 %)"): [
            measures.interval((row["low"], row["high"])) if _known(row["low"]) else "" for row in rows
        ],
        "p": [measures.coefficient(_or(row["p"], None)) for row in rows],
        _("p, adjusted"): [measures.coefficient(adjusted.get(id(row))) for row in rows],
        _("Remark"): [remark(row) for row in rows],
    }


def _rank_columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {
        _("placed"): [style.k_of_n(row["placed"], row["answered"]) for row in rows],
        _("in first place"): [row["first"] for row in rows],
        _("points"): [row["points"] for row in rows],
        _("mean rank"): [consensus_figures.said(row["mean_rank"], 2) for row in rows],
        _("Kendall's W"): [measures.coefficient(_or(row["w"], None)) for row in rows],
        "p": [measures.coefficient(_or(row["p"], None)) for row in rows],
        _("Remark"): [remark(row) for row in rows],
    }


def remark(row: dict[str, Any]) -> str:
    """Why there is no figure."""
    reason = row["reason"]
    return _("Not computable: {reason}", reason=translate(reason)) if isinstance(reason, Message) else ""


def _of_ranking(row: dict[str, Any]) -> str:
    if not _known(row["w"]):
        return remark(row)
    count = style.k_of_n_experts(row["answered"], row["n"])
    return _(
        "Kendall's W is {w} ({count}; chi-square {statistic} with {degrees} degrees of freedom, p {p})",
        w=measures.coefficient(row["w"]), count=count, statistic=style.number(row["chi_square"]),
        degrees=int(row["degrees"]), p=measures.coefficient(row["p"]),
    )  # fmt: skip


def _of_groups(rows: list[dict[str, Any]]) -> str:
    """Which segment differs most from all others, or how all answered if none can be compared."""
    compared = [row for row in rows if row["segment"] != ALL and _known(row["delta"])]
    if not compared:
        return _of_one(rows[0])
    most = min(compared, key=lambda row: (row["p"], -abs(row["delta"])))
    return _(
        "Furthest from the others: {segment}, median {median}, {difference} against theirs (delta {delta}, p {p}; "
        "{n} and {rest} experts)", segment=segment_name(most), median=style.number(most["median"]),
        difference=_signed(most["difference"]), delta=measures.coefficient(most["delta"]),
        p=measures.coefficient(most["p"]), n=most["answered"], rest=int(most["rest_n"]),
    )  # fmt: skip


def _of_one(row: dict[str, Any]) -> str:
    count = style.k_of_n_experts(row["answered"], row["n"])
    return _(
        "Half of the answers lie {half}, the median is {median} ({count})", half=consensus_figures.middle_half(row),
        median=consensus_figures.said(row["median"]), count=count,
    )  # fmt: skip


def _signed(value: float | None) -> str:
    if value is None or not _known(value):
        return measures.NONE
    written = style.number(abs(value))
    return written if not value else f"{'+' if value > 0 else '−'}{written}"


def _known(value: float | None) -> bool:
    return value is not None and not pd.isna(value)


def _or(value: Any, instead: Any) -> Any:
    return value if _known(value) else instead
