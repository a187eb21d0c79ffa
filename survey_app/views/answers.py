"""What experts answered: the closed questions of the questionnaire, line by line or segment by segment."""

from collections.abc import Callable, Collection
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.answers import answers_to
from coding.frames import Frames
from coding.remembered import Remembered
from coding.segments import ALL, Segmentation
from survey_app.language import _, current, label
from survey_app.views import answer_figures, style
from survey_app.views.answer_counts import Question, answer_counts, questions
from survey_app.views.answer_strips import Strip, by_segments, points, strips
from survey_app.views.segment_names import each_once, records, segment_name

__all__ = ["Question", "figure", "finding", "given", "prepare", "questions", "reading", "table", "title"]

_FIGURES: dict[str, Callable[[list[Strip], bool], go.Figure]] = {
    "likert": answer_figures.scale_figure,
    "numeric": answer_figures.number_figure,
    "rank": answer_figures.rank_figure,
    "multi": answer_figures.choice_figure,
}

_PREPARED = Remembered[pd.DataFrame](96)


def title() -> str:
    """The question that the chart answers."""
    return _("What did the experts answer?")


def reading(prepared: pd.DataFrame) -> str:
    """How to read it; each kind of question is drawn in its own way."""
    return {
        "likert": _(
            "Bars diverge from the middle of the scale; the numbers are experts. Who cannot say or did not answer "
            "stands at the right and is no part of the bar."
        ),
        "numeric": _("Each dot is an answer, a larger one several; the upright bar is the median."),
        "rank": _("The numbers are experts who gave the place; the words say how many put it on any place."),
        "multi": _("How many of the experts who answered chose it; several could be chosen."),
        "single": _("How many of the experts who answered chose it."),
    }[_kind(prepared)]


def prepare(frames: Frames, segmentation: Segmentation, item_id: str) -> pd.DataFrame:
    """Rows of `answer_counts` for the question. Raises StopIteration for a question that `questions` does not list."""
    tables = frames.answers, frames.items, frames.experts, frames.groups
    return _PREPARED.get(tables, (segmentation, item_id), lambda: answer_counts(frames, segmentation, item_id))


def figure(prepared: pd.DataFrame, *, segment: str = ALL, line: str = "", dark: bool = False) -> go.Figure:
    """The lines of the question as `segment` answered them; or `line` by segments.

    A question with one line is always shown by segments, a single choice always for one segment.
    """
    kind = _kind(prepared)
    if kind == "single":
        return answer_figures.single_figure(_single(prepared, segment), dark)
    return _FIGURES[kind](strips(prepared, segment=segment, line=line), dark)


def finding(prepared: pd.DataFrame, *, segment: str = ALL, line: str = "") -> str:
    """What stands out, one sentence."""
    kind = _kind(prepared)
    if kind == "single":
        strip = _single(prepared, segment)
        return _most_chosen(strip) if segment == ALL else f"{strip.name}. {_most_chosen(strip)}"
    rows = strips(prepared, segment=segment, line=line)
    if by_segments(prepared, line):
        said = _of_everyone(kind, rows[0])
        return f"{rows[0].line.rstrip('.')}. {said}" if prepared["item_id"].nunique() > 1 else said
    said = _of_first(kind, rows[0])
    return said if segment == ALL else f"{segment_name(rows[0].rows[0])}. {said}"


def table(prepared: pd.DataFrame, *, segment: str = ALL, line: str = "") -> pd.DataFrame:
    """The same numbers, and median and mean where answers are numbers."""
    kind = _kind(prepared)
    if kind == "single":
        return _single_table(_single(prepared, segment))
    rows = strips(prepared, segment=segment, line=line)
    columns: list[tuple[str, list[Any]]] = [
        (_("Segment") if by_segments(prepared, line) else _("Line"), [strip.name for strip in rows]),
        *_answer_columns(kind, rows),
        (_("cannot say"), [strip.cannot_say for strip in rows]),
        *(
            [(_("off the scale"), [strip.off_scale for strip in rows])]
            if any(strip.off_scale for strip in rows)
            else []
        ),
        *([(_("could not be read"), [strip.unfit for strip in rows])] if any(strip.unfit for strip in rows) else []),
        (_("no answer"), [strip.missing for strip in rows]),
        (_("answered"), [style.k_of_n(strip.answered, strip.n) for strip in rows]),
    ]
    if kind in {"likert", "numeric"}:
        columns += [
            (_("median"), [strip.spread.median for strip in rows]),
            (_("mean"), [round(strip.spread.mean, 2) for strip in rows]),
        ]
    names = each_once(name for name, _values in columns)
    return pd.DataFrame(dict(zip(names, (values for _name, values in columns), strict=True)), index=_index(rows))


def given(frames: Frames, item_id: str, group_ids: Collection[str] | None = None) -> pd.DataFrame:
    """Who answered what to one line, expert by expert, of these groups or of all; for the study's own eyes."""
    experts = frames.experts if group_ids is None else frames.experts[frames.experts["group_id"].isin(list(group_ids))]
    item = frames.items.set_index("item_id").loc[item_id]
    words = {float(point["value"]): point.get(current()) or point.get("en") for point in item["scale"]}
    mine = {row["expert_id"]: row for row in records(answers_to(frames, [item_id]))}
    groups = {row["group_id"]: label(row) for row in records(frames.groups)}
    said = []
    for expert_id in experts["expert_id"]:
        answer = mine.get(expert_id)
        if answer is None:
            said.append(_("no answer"))
        elif answer["unfit"]:
            said.append(_("could not be read: “{written}”", written=answer["raw"]))
        elif answer["cannot_say"]:
            said.append(_("cannot say"))
        elif pd.isna(answer["value"]):
            said.append(answer["text"])
        else:
            word = words.get(answer["value"]) or _value_in_words(str(item["type"]), answer["value"])
            said.append(f"{word}: {answer['text']}" if answer["text"] else word)
    return pd.DataFrame(
        {_("Expert"): experts["expert_id"].tolist(), _("Group"): [groups.get(key, "") for key in experts["group_id"]],
         _("Answer"): said}
    )  # fmt: skip


def _value_in_words(kind: str, value: float) -> str:
    if kind == "multi":
        return _("chosen") if value else _("not chosen")
    return _("place {place}", place=int(value)) if kind == "rank" else style.number(value)


def _single_table(strip: Strip) -> pd.DataFrame:
    counted = [(answer_figures.choice_name(row), row["k"]) for row in strip.answers]
    counted += [(_("cannot say"), strip.cannot_say), (_("no answer"), strip.missing)]
    if strip.unfit:
        counted.insert(-1, (_("could not be read"), strip.unfit))
    columns = {
        _("Answer"): [name for name, _count in counted],
        _("Experts"): [style.k_of_n(count, strip.n) for _name, count in counted],
    }
    return pd.DataFrame(columns, index=_index([strip] * len(counted)))


def _index(rows: list[Strip]) -> pd.MultiIndex:
    return pd.MultiIndex.from_tuples([(strip.item_id, strip.segment) for strip in rows], names=["item_id", "segment"])


def _answer_columns(kind: str, rows: list[Strip]) -> list[tuple[str, list[Any]]]:
    if kind == "multi":
        return [(_("chosen"), [strip.chose(1) for strip in rows])]
    if kind == "numeric":
        return [
            (_("lowest"), [strip.spread.low for strip in rows]),
            (_("highest"), [strip.spread.high for strip in rows]),
        ]
    found = points(rows)
    if kind == "rank":
        names = [_("place {place}", place=int(point["value"])) for point in found]
    else:
        names = [answer_figures.choice_name(point) for point in found]
    return [(name, [strip.chose(point["value"]) for strip in rows]) for name, point in zip(names, found, strict=True)]


def _of_first(kind: str, first: Strip) -> str:
    """What the strongest line of a question shows."""
    if not first.answered:
        return _("Nobody has answered this question.")
    if kind == "likert":
        return _(
            "Highest: “{line}” ({count} above the middle of the scale)", line=first.name,
            count=style.k_of_n(first.upper, first.answered),
        )  # fmt: skip
    if kind == "numeric":
        return _("Highest median: “{line}” ({value})", line=first.name, value=style.number(first.spread.median))
    if kind == "rank":
        count = style.k_of_n_experts(first.chose(1), first.answered)
        return _("Most often in first place: “{line}” ({count})", line=first.name, count=count)
    count = style.k_of_n_experts(first.chose(1), first.answered)
    return _("Chosen most: “{line}” ({count})", line=first.name, count=count)


def _of_everyone(kind: str, everyone: Strip) -> str:
    """What all experts together say of one line, as the end of a sentence that names it."""
    if not everyone.answered:
        return _("Nobody has answered this question.")
    if kind == "likert":
        return _most_chosen(everyone)
    if kind == "numeric":
        found = everyone.spread
        return _(
            "Median {median}, from {low} to {high} ({count})", median=style.number(found.median),
            low=style.number(found.low), high=style.number(found.high),
            count=style.k_of_n_experts(found.answered, everyone.n),
        )  # fmt: skip
    count = style.k_of_n_experts(everyone.chose(1), everyone.answered)
    return _("In first place: {count}", count=count) if kind == "rank" else _("Chosen by {count}", count=count)


def _most_chosen(strip: Strip) -> str:
    answers = strip.answers
    most = max((row["k"] for row in answers), default=0)
    if not most:
        return _("Nobody has answered this question.")
    top = [row for row in answers if row["k"] == most]
    names = " / ".join(_("“{name}”", name=answer_figures.choice_name(row)) for row in top)
    return _(
        "Answered most: {answers} ({count})", answers=names, count=style.k_of_n_experts(top[0]["k"], strip.answered)
    )


def _single(prepared: pd.DataFrame, segment: str) -> Strip:
    return next(strip for strip in strips(prepared) if strip.segment == segment)


def _kind(prepared: pd.DataFrame) -> str:
    return str(prepared["kind"].iloc[0])
