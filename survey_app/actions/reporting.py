"""A report for the team: chosen questions of a study with their answers, figures, tables and released quotes.

Nothing else of what anybody said is in it, and experts are named by their group alone; but small segments and numbers
of few are in it, so that it is marked as internal. What readers may have is in `readers_report`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version as installed

import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.segments import Segmentation, sizes
from survey_app.actions.released_quotes import consenting, released_quotes
from survey_app.actions.results import Layer, frames_of
from survey_app.actions.rights import needs
from survey_app.actions.statement_attributes import attributes_of
from survey_app.actions.targets import indicators_of
from survey_app.language import _, current, label
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.methods import date_before_stop, date_in_words, how_it_was_made
from survey_app.store.log import Row, Store, now
from survey_app.store.team import Role
from survey_app.views import measures, style
from survey_app.views.code_pairs import codes_of_mark
from survey_app.views.key_figures import key_figures
from survey_app.views.registry import Figures, Material, Section, on_paper, sections
from survey_app.views.segment_names import records

FINDINGS = 5
"""Findings that stand on the first page."""
QUOTES = 3
"""Quotes under a question."""
HIGHEST = 640
"""Pixels that a figure has on a page together with its question."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a report is to hold: sections by their keys in this order, of these tables, segments and codings."""

    frames: Frames
    segmentation: Segmentation
    layer: Layer
    keys: tuple[str, ...]
    quotes: bool = True


@dataclass(frozen=True, slots=True)
class Quote:
    """Released words and the group of who said them."""

    text: str
    group: str


@dataclass(frozen=True, slots=True)
class Part:
    """One question with its answer, by the key of its section."""

    key: str
    figures: Figures | None
    """None: its table stands alone."""
    question: str
    finding: str
    reading: str
    table: pd.DataFrame
    quotes: tuple[Quote, ...] = ()

    @property
    def figure(self) -> go.Figure | None:
        """The figure as it fits a page."""
        return self.figures.within(HIGHEST) if self.figures else None

    @property
    def alt(self) -> str:
        """What the figure shows, for those who cannot see it."""
        return f"{self.question} {self.finding}"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the files say, in one language; `how` is how it was done and `limits` what it cannot say, a line
    each, `audience` for whom it is.

    One that is `internal` is for the team: it holds numbers and quotes that no gate was asked about.
    """

    title: str
    language: str
    date: str
    spoke: str
    source: str
    parts: tuple[Part, ...]
    how: tuple[str, ...] = field(default=())
    limits: tuple[str, ...] = field(default=())
    audience: str = ""
    internal: bool = True

    @property
    def closing(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What stands after the questions: heads with their lines."""
        found = ((_("How it was done"), self.how), (_("What this cannot say"), self.limits))
        return tuple((head, lines) for head, lines in found if lines)

    @property
    def findings(self) -> tuple[str, ...]:
        """What the first questions found."""
        return tuple(part.finding for part in self.parts[:FINDINGS])


@needs(Role.RESEARCHER)
def material_of(store: Store, study_id: str, frames: Frames, segmentation: Segmentation, layer: Layer) -> Material:
    """What the sections of a report are made of."""
    return Material(
        frames, segmentation, layer.layer, layer.coder_id, attributes_of(store, study_id),
        indicators_of(store, study_id),
    )  # fmt: skip


@needs(Role.RESEARCHER)
def report_of(store: Store, study: Row, wish: Wish) -> Report:
    """The internal report in the language in force; a section that the study has not is left out."""
    material = material_of(store, study["id"], wish.frames, wish.segmentation, wish.layer)
    found = sections(material)
    may_go = _released(store, study, wish) if wish.quotes else []
    groups = _groups_of_experts(frames_of(store, study["id"]))
    parts = tuple(_part(found[key], material, may_go, groups) for key in wish.keys if key in found)
    figures = {each.key: each for each in key_figures(wish.frames, **material.counted_by)}
    date = date_in_words(now())
    spoke = style.k_of_n_experts(figures["experts"].count, figures["experts"].of or 0)
    title = label(study, "title")
    return Report(
        title=title,
        language=current(),
        date=date,
        spoke=_("Who spoke: {spoke}.", spoke=spoke),
        source=_(
            "Source: {spoke}; segments: {segments}; codings: {layer}; {date}",
            spoke=spoke, segments=label(wish.segmentation), layer=layer_in_words(wish.layer), date=date,
        ),
        parts=parts,
        audience=_(
            "Internal: for the team alone, not for readers. The gate of publishing was not asked about its numbers and "
            "quotes."
        ),
        how=_how(wish, {key: each.count for key, each in figures.items()}, spoke, date),
    )  # fmt: skip


def layer_in_words(layer: Layer) -> str:
    """On whose codings the figures rest."""
    return _("adjudicated") if layer.coder_id is None else _("of coder {coder}", coder=layer.coder_id)


def _part(section: Section, of: Material, released: Sequence[ReleasedQuote], groups: dict[str, str]) -> Part:
    rows = section.prepare()
    table = _telling(section.table(rows))
    return Part(
        section.key, Figures(section, rows), section.title(), section.finding(rows), on_paper(section.reading(rows)),
        table, _quotes(_codes_of(table, of.frames), released, groups),
    )  # fmt: skip


def _released(store: Store, study: Row, wish: Wish) -> list[ReleasedQuote]:
    """Quotes that may go out now, of experts who are in the tables."""
    here = set(wish.frames.experts["expert_id"])
    return [one for one in consenting(released_quotes(store, study, wish.layer)) if one.expert_id in here]


def _telling(table: pd.DataFrame) -> pd.DataFrame:
    """A table without columns that say nothing in any row, such as that of experts who are not named."""
    said = [not table.iloc[:, at].isin(["", measures.NONE]).all() for at in range(len(table.columns))]
    return table.loc[:, said]


def _groups_of_experts(frames: Frames) -> dict[str, str]:
    """The name of the stakeholder group of each expert."""
    names = {row["group_id"]: label(row) for row in records(frames.groups)}
    homes = zip(frames.experts["expert_id"], frames.experts["group_id"], strict=True)
    return {expert: names.get(group, "") for expert, group in homes}


def _codes_of(table: pd.DataFrame, frames: Frames) -> list[str]:
    """The codes that a table is about, in its order: its index names a code, a pair of codes or an item."""
    known = set(frames.codes["code_id"])
    measured = dict(zip(frames.items["item_id"], frames.items["code_id"], strict=True))
    found = dict[str, None]()
    for mark in table.index.get_level_values(0).astype(str):
        pair = codes_of_mark(mark, known) or ()
        listed = (mark,) if mark in known else pair or (str(measured.get(mark, "")),)
        found |= dict.fromkeys(code for code in listed if code in known)
    return list(found)


def _quotes(codes: Sequence[str], released: Sequence[ReleasedQuote], groups: dict[str, str]) -> tuple[Quote, ...]:
    """For each of the first codes that has one a quote, as far as possible each of another expert."""
    taken = list[ReleasedQuote]()
    for code in codes:
        fit = [one for one in released if code in one.codes and one not in taken]
        heard = {one.expert_id for one in taken}
        fit.sort(key=lambda one: one.expert_id in heard)
        taken += fit[:1]
        if len(taken) == QUOTES:
            break
    return tuple(Quote(one.text, _whose(one, groups)) for one in taken)


def _whose(quote: ReleasedQuote, groups: dict[str, str]) -> str:
    group = groups.get(quote.expert_id, "")
    return ", ".join(filter(None, [group, _("worded by the expert")])) if quote.own_words else group


def _how(wish: Wish, counts: dict[str, int], spoke: str, date: str) -> tuple[str, ...]:
    found = {key: size for key, size in sizes(wish.frames.experts, wish.segmentation).items() if size}
    notes = how_it_was_made(wish.frames, wish.layer.layer, min(found.values(), default=0), wish.quotes)
    names = {each.key: label(each) or each.key for each in wish.segmentation.segments}
    made = _("Made with Rakurs {software}, {date}.", software=installed("survey-app"), date=date_before_stop(now()))
    quoted = _("Each quote was released by hand; experts are named by their group alone.") if wish.quotes else ""
    return (
        _(
            "Experts who spoke: {spoke}. Sessions: {sessions}. Statements of experts: {statements}, coded: {coded}.",
            spoke=spoke, sessions=counts["sessions"], statements=counts["statements"], coded=counts["coded"],
        ),
        notes[1]["paragraphs"][0],
        notes[2]["paragraphs"][0],
        _("Segments with their experts: {segments}.",
          segments=", ".join(f"{names[key]} ({size})" for key, size in found.items())),
        f"{made} {quoted}".strip(),
    )  # fmt: skip
