"""What readers can ask a release about, and the sentences that answer: everything from the cells that are shown.

Everything here speaks the language in force.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from coding.frames import Frames
from coding.segments import ALL, Segmentation
from survey_app.language import _, label, ngettext
from survey_app.publishing.released_cells import Cell, shown_rows
from survey_app.views import groups_and_codes, problems_and_enablers, style
from survey_app.views.segment_names import named_segments, records, segment_name

PROBLEMS = "problems"
"""The key of the question about problems and enablers; every other has its root's."""
_SIDED = ("negative", "positive")


def segments_of(frames: Frames, segmentation: Segmentation) -> list[dict[str, Any]]:
    """The choices of a reader: everyone, then each segment with its names and the number of its experts."""
    named = {row["segment"]: row for row in records(named_segments(frames, segmentation))}
    groups = {segment.key: list(segment.group_ids) for segment in segmentation.segments}
    experts = frames.experts["group_id"]
    return [
        {"key": key, "name": segment_name(named[key]), "brief": segment_name(named[key], brief=True),
         "n": len(experts) if key == ALL else int(experts.isin(groups[key]).sum())}
        for key in (ALL, *segmentation.keys)
    ]  # fmt: skip


def codes_of(frames: Frames) -> list[dict[str, str]]:
    """The codes in the codebook's order: id, root, parent, name, polarity."""
    return [
        {"id": row["code_id"], "root": row["root"], "parent": row["parent_id"], "name": label(row) or row["code_id"],
         "polarity": row["polarity"]}
        for row in records(frames.codes.sort_values("order", kind="stable"))
    ]  # fmt: skip


def questions(
    frames: Frames, cells: Sequence[Cell], segmentations: Sequence[Segmentation], codes: Sequence[dict[str, str]]
) -> list[dict[str, Any]]:
    """Problems and enablers, then every neutral root that has codes: key, name, codes, and sentences of what is shown,
    `told` by segmentation and segment, `compared` by segmentation.
    """
    rows = {each.key: shown_rows(frames, cells, each) for each in segmentations}
    below = [code for code in codes if code["id"] != code["root"]]
    found: list[dict[str, Any]] = []
    sided = [code["id"] for code in below if code["polarity"] in _SIDED]
    if sided:
        found.append({"key": PROBLEMS, "name": problems_and_enablers.title(), "codes": sided})
    for root in (code for code in codes if code["id"] == code["root"]):
        under = [code["id"] for code in below if code["root"] == root["id"] and code["id"] not in sided]
        if under:
            found.append({"key": root["id"], "name": root["name"], "codes": under})
    hidden = {(cell["segmentation"], cell["segment"], cell["code"]) for cell in cells if not cell["shown"]}
    names = {(each.key, one.key): label(one) for each in segmentations for one in each.segments}
    names |= {(each.key, ALL): "" for each in segmentations}
    for question in found:
        question["told"] = {
            each.key: {
                segment: _told(
                    question,
                    rows[each.key],
                    segment,
                    names[each.key, segment],
                    sum((each.key, segment, code) in hidden for code in question["codes"]),
                )
                for segment in (ALL, *each.keys)
            }
            for each in segmentations
        }
        question["compared"] = {each.key: _compared(question, rows[each.key]) for each in segmentations}
    return found


def hidden_note(count: int, whole: int) -> str:
    """Why numbers are hidden, once for the whole page; "" where none is."""
    if not count:
        return ""
    return ngettext(
        "{count} of {whole} numbers is hidden: so few experts stand behind it, or could be computed with it, that they "
        "might be recognised. Hidden does not mean zero.",
        "{count} of {whole} numbers are hidden: so few experts stand behind them, or could be computed with them, that "
        "they might be recognised. Hidden does not mean zero.",
        count, whole=whole,
    )  # fmt: skip


def _told(question: dict[str, Any], rows: pd.DataFrame, segment: str, name: str, hidden: int) -> str:
    """What is named most of what is shown; where nothing is, that it cannot be said, and never that nobody does."""
    mine = rows[rows["code_id"].isin(question["codes"])]
    if hidden and not mine.loc[mine["segment"] == segment, "k"].any():
        about = f"{name}. " if name else ""
        return about + _("What is named here cannot be told: the numbers are hidden.")
    return _most_named(question, mine, rows, segment) + _aside(hidden)


def _most_named(question: dict[str, Any], mine: pd.DataFrame, rows: pd.DataFrame, segment: str) -> str:
    if question["key"] == PROBLEMS:
        return problems_and_enablers.finding(mine, segment=segment)
    here = [row for row in records(mine[mine["segment"] == segment]) if row["k"]]
    if not here:
        return ("" if segment == ALL else f"{_name_of(rows, segment)}. ") + _("Nobody has named any of these codes.")
    most = max(row["k"] for row in here)
    top = [row for row in here if row["k"] == most]
    count = style.k_of_n_experts(most, top[0]["n"])
    about = "" if segment == ALL else f"{segment_name(top[0])}. "
    if len(top) > 3:
        said = _("Named most: {leaders}.", leaders=ngettext(
            "{count} code ({share})", "{count} codes alike ({share} each)", len(top), share=count
        ))  # fmt: skip
        return about + said
    names = ", ".join(_("“{name}”", name=label(row)) for row in top)
    if len(top) > 1:
        return about + _("Named most: {names} (each {count}).", names=names, count=count)
    return about + _("Named most: {names} ({count}).", names=names, count=count)


def _name_of(rows: pd.DataFrame, segment: str) -> str:
    found = records(rows[rows["segment"] == segment].head(1))
    return segment_name(found[0]) if found else segment


def _compared(question: dict[str, Any], rows: pd.DataFrame) -> str:
    """Where segments differ most, among codes whose number for all experts is shown."""
    everywhere = rows.loc[rows["segment"] == ALL, "code_id"]
    mine = rows[rows["code_id"].isin(question["codes"]) & rows["code_id"].isin(everywhere)]
    if mine.empty:
        return _("The segments cannot be compared here.")
    return groups_and_codes.finding(mine, top=len(question["codes"]))


def _aside(hidden: int) -> str:
    if not hidden:
        return ""
    told = ngettext(
        "{count} hidden number is left out; it may be larger.",
        "{count} hidden numbers are left out; they may be larger.",
        hidden,
    )
    return f" {told}"
