"""Every question that the charts of a study answer, in chapters: for whoever shows them without a screen.

A view is added by one more `Section` in the chapter that it belongs to. What names experts one by one (who spoke how
much, an expert's own words) is not in it.
"""

from __future__ import annotations

import inspect
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.codebook import Indicator, StatementAttribute
from coding.frames import Frames
from coding.segments import Segmentation, sizes
from survey_app.language import label
from survey_app.views import (
    answers,
    balance,
    chosen_and_said,
    code_network,
    code_timeline,
    code_tree,
    codes_by_value,
    compare_segments,
    declared_and_reflected,
    differences,
    dominance,
    flows,
    force_field,
    group_dots,
    groups_and_codes,
    ladder,
    priorities,
    problems_and_enablers,
    saturation,
    talk_and_form,
    targets,
    together,
)
from survey_app.views.chapter_names import CountedBy, themes
from survey_app.views.segment_names import records

_PRESSING = ("Select ", "Выберите ")
_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Material:
    """What sections are made of: a study's tables, how experts are parted, whose codings count, and what the codebook
    says besides (attributes of statements, declared figures of codes)."""

    frames: Frames
    segmentation: Segmentation
    layer: str = "adjudicated"
    coder_id: str | None = None
    attributes: Sequence[StatementAttribute] = ()
    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    @property
    def counted_by(self) -> CountedBy:
        """The layer as the views take it."""
        return {"layer": self.layer, "coder_id": self.coder_id}

    @property
    def segments(self) -> list[str]:
        """Keys of the segments that somebody is in."""
        return [key for key, size in sizes(self.frames.experts, self.segmentation).items() if size]


@dataclass(frozen=True, slots=True)
class Section:
    """A view with everything that it asks for. `prepare` makes its rows, the rest is said in the language in force;
    `shown` goes to finding, figure and table alike."""

    key: str
    chapter: str
    view: Any
    prepare: Callable[[], pd.DataFrame]
    title: Callable[[], str]
    reading: Callable[[pd.DataFrame], str]
    shown: Mapping[str, Any] = field(default_factory=dict)
    needs_codes: bool = True

    def finding(self, rows: pd.DataFrame) -> str:
        """What the chart shows, a sentence or two."""
        return str(self.view.finding(rows, **self.shown))

    def figure(self, rows: pd.DataFrame, *, dark: bool = False, **fewer: Any) -> go.Figure:
        """The chart; `top` lines of it where the view takes that."""
        return self.view.figure(rows, dark=dark, **self.shown, **fewer)

    def table(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The same numbers in words."""
        found: pd.DataFrame = self.view.table(rows, **self.shown)
        return found


class Figures:
    """The chart of a section's rows in several heights, each drawn once."""

    def __init__(self, section: Section, rows: pd.DataFrame) -> None:
        self._section, self._rows = section, rows
        self._drawn = dict[int, go.Figure]()
        top = inspect.signature(section.view.figure).parameters.get("top")
        free = top is not None and "top" not in inspect.signature(section.view.finding).parameters
        self._tops = range(_FEWEST_ROWS, top.default + 1) if free and top is not None else range(0)

    @property
    def whole(self) -> go.Figure:
        """The chart as the screen has it."""
        return self._of(self._tops[-1] if self._tops else 0)

    def within(self, height: float) -> go.Figure:
        """The chart with as many lines as a height in pixels has room for; whole if none fit, or if what the finding
        is about might be left out."""
        if self.whole.layout.height <= height:
            return self.whole
        fitting = bisect(self._tops, False, key=lambda top: self._of(top).layout.height > height)
        return self._of(self._tops[fitting - 1]) if fitting else self.whole

    def _of(self, top: int) -> go.Figure:
        if top not in self._drawn:
            fewer: dict[str, Any] = {"top": top} if top else {}
            self._drawn[top] = self._section.figure(self._rows, **fewer)
        return self._drawn[top]


def on_paper(reading: str) -> str:
    """How to read a chart, without the sentences that ask to press something."""
    sentences = reading.replace(". ", ".\n").split("\n")
    return " ".join(each for each in sentences if not each.startswith(_PRESSING))


def sections(material: Material) -> dict[str, Section]:
    """Every section that the study has something for, by its key, in the order of the chapters."""
    parts = (
        _glance(material), _themed(material), _groups(material), _together(material), _documents(material),
        _besides(material), _beside(material), _certainty(material),
    )  # fmt: skip
    return {each.key: each for part in parts for each in part}


def _section(
    key: str, chapter: str, view: Any, prepare: Callable[..., pd.DataFrame], *, title: Callable[[], str] | None = None,
    reading: Callable[[pd.DataFrame], str] | None = None, needs_codes: bool = True, **shown: Any,
) -> Section:  # fmt: skip
    def told(rows: pd.DataFrame) -> str:
        return str(view.reading(rows) if inspect.signature(view.reading).parameters else view.reading())

    return Section(key, chapter, view, prepare, title or view.title, reading or told, shown, needs_codes)


def _plain(key: str, chapter: str, view: Any, of: Material, **shown: Any) -> Section:
    """A view that needs tables, segments and a layer, and nothing else."""
    return _section(key, chapter, view, partial(view.prepare, of.frames, of.segmentation, **of.counted_by), **shown)


def _glance(of: Material) -> Iterable[Section]:
    yield _plain("problems", "glance", problems_and_enablers, of)
    yield _plain("codes", "glance", groups_and_codes, of)
    for asked in answers.questions(of.frames):
        yield _section(
            f"answers-{asked.item_id}", "glance", answers,
            partial(answers.prepare, of.frames, of.segmentation, asked.item_id), title=partial(label, asked),
            needs_codes=False,
        )  # fmt: skip
    yield _plain("forces", "forces", force_field, of)
    yield _plain("balance", "forces", balance, of)


def _themed(of: Material) -> Iterable[Section]:
    for root in themes(of.frames):
        chapter = f"theme-{root}"
        title = partial(_about_root, of, groups_and_codes, root)
        yield _plain(f"codes-{root}", chapter, groups_and_codes, of, title=title, root=root)


def _about_root(of: Material, view: Any, root: str) -> str:
    return f"{view.title()} {themes(of.frames)[root]}"


def _groups(of: Material) -> Iterable[Section]:
    yield _plain("differ", "groups", differences, of)
    if len(of.segments) > 1:
        first, second = of.segments[:2]
        yield _section(
            "compared", "groups", compare_segments,
            partial(compare_segments.prepare, of.frames, of.segmentation, first, second, **of.counted_by),
        )  # fmt: skip
    yield _plain("heads", "groups", group_dots, of)


def _together(of: Material) -> Iterable[Section]:
    for key, view in (("together", together), ("network", code_network)):
        yield _section(
            key, "together", view, partial(view.prepare, of.frames, **of.counted_by),
            reading=lambda rows, view=view: view.reading(),  # type: ignore[misc]
        )  # fmt: skip
    yield _section("flows", "together", flows, partial(flows.prepare, of.frames, of.segmentation, **of.counted_by),
                   reading=lambda rows: flows.reading())  # fmt: skip
    yield _section("code-tree", "together", code_tree, partial(code_tree.prepare, of.frames, **of.counted_by))


def _documents(of: Material) -> Iterable[Section]:
    sources = records(of.frames.sources)
    if any(row["kind"] == "document" for row in sources):
        yield _plain("declared", "documents", declared_and_reflected, of)
    for row in sources:
        if row["kind"] == "session":
            prepare = partial(code_timeline.prepare, of.frames, of.segmentation, row["source_id"], **of.counted_by)
            title = partial(_about_session, row["key"])
            yield _section(f"timeline-{row['key']}", "documents", code_timeline, prepare, title=title)


def _about_session(key: str) -> str:
    return f"{code_timeline.title()} {key}"


def _besides(of: Material) -> Iterable[Section]:
    used = set(of.frames.values["attribute"])
    for one in of.attributes:
        if one.key in used:
            yield _section(
                f"valued-{one.key}", "besides", codes_by_value,
                partial(codes_by_value.prepare, of.frames, one, **of.counted_by),
                title=partial(codes_by_value.title, one),
            )  # fmt: skip


def _beside(of: Material) -> Iterable[Section]:
    if len(talk_and_form.matters(of.frames)):
        prepare = partial(talk_and_form.prepare, of.frames, of.segmentation, experts=False, **of.counted_by)
        yield _section("talk", "beside", talk_and_form, prepare)
    for key, view in (("rated", priorities), ("chosen", chosen_and_said)):
        for question in view.questions(of.frames):
            prepare = partial(view.prepare, of.frames, of.segmentation, question, **of.counted_by)
            title = partial(_about_question, of, view, question)
            yield _section(f"{key}-{question}", "beside", view, prepare, title=title)
    if targets.targets(of.frames, of.indicators):
        prepare = partial(targets.prepare, of.frames, of.segmentation, of.indicators, **of.counted_by)
        yield _section("targets", "beside", targets, prepare)
    for first, others in list(ladder.candidates(of.frames).items())[:1]:
        prepare = partial(ladder.prepare, of.frames, of.segmentation, first, next(iter(others)))
        yield _section("ladder", "beside", ladder, prepare, reading=lambda rows: ladder.reading(False))


def _about_question(of: Material, view: Any, question: str) -> str:
    items = records(of.frames.items[of.frames.items["item_id"] == question])
    return f"{view.title()} {label(items[0])}" if items else str(view.title())


def _certainty(of: Material) -> Iterable[Section]:
    names = dict(zip(of.frames.sources["source_id"], of.frames.sources["key"], strict=True))
    among = partial(saturation.prepare, of.frames, of.segmentation, names=names, experts=False, **of.counted_by)
    yield _section("saturation", "certainty", saturation, among)
    voices = partial(dominance.prepare, of.frames, of.segmentation, experts=False, **of.counted_by)
    yield _section("dominance", "certainty", dominance, voices)
