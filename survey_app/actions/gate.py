"""The gate of a study: what stands between it and its readers, asked on the server whenever something goes out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from coding.frames import Frames
from coding.segments import Segmentation
from survey_app.actions.check_links import unanswered_links
from survey_app.actions.come_back import come_back_reasons
from survey_app.actions.handed_out import outside_versions
from survey_app.actions.own_words import own_words_of
from survey_app.actions.publishing_plan import Plan, plan_of
from survey_app.actions.released_findings import findings_problems, findings_released
from survey_app.actions.released_quotes import fit_quotes
from survey_app.actions.results import (
    Kept,
    Layer,
    Stamp,
    frames_of,
    hidden_adjudicated,
    layers,
    segmentations,
    stamp_of,
)
from survey_app.actions.review_state import unreviewed
from survey_app.actions.rights import needs
from survey_app.actions.standing import standing_releases
from survey_app.actions.unrecorded import unrecorded_reasons
from survey_app.language import in_each_language, translate
from survey_app.publishing.cells import Rule, published_cells
from survey_app.publishing.gate import GateReport, ReleasedQuote, check
from survey_app.publishing.laid_together import answered_since, narrowed
from survey_app.publishing.own_words import OwnText, confirmed, unconfirmed
from survey_app.publishing.quotes import published_quotes
from survey_app.publishing.released_cells import as_data, hidden_in
from survey_app.publishing.segments import admitted, obstacles
from survey_app.publishing.standing import (
    alone_beside,
    as_version,
    given_out_besides,
    kept_of,
    told_beside,
    unknown_versions,
    version_of,
)
from survey_app.store import experts as expert_rows
from survey_app.store import sources
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, counted, sentence

_CELLS: Kept[tuple[Stamp, tuple[Segmentation, ...], Rule, frozenset[str]], pd.DataFrame] = Kept(8)


class PublishingRefused(MessageError):
    """The gate is shut, or the release cannot be written. `reasons` says everything that stands in the way, `doubtful`
    the words that somebody may confirm to name nobody. Reasons hold names in the language of whoever asked; `told` are
    they by language, with what would pass instead, for whoever reads them later."""

    def __init__(
        self, message: Message, reasons: tuple[Message, ...] = (), doubtful: tuple[str, ...] = (),
        told: Mapping[str, tuple[Message, ...]] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.reasons = reasons
        self.doubtful = doubtful
        self.told = told or {}


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of the researcher's own words in what is to go out: with topics or without, the name in the address
    ("": that of the study), files of a package besides, and words that somebody confirmed to name nobody."""

    with_topics: bool = False
    slug: str = ""
    more: tuple[OwnText, ...] = ()
    accepted: frozenset[str] = frozenset()


_USUAL = Own()


@needs(Role.RESEARCHER)
def gate(
    store: Store, study: Row, keys: Sequence[str] = (), *, replacing: Collection[str] = (), own: Own = _USUAL
) -> GateReport:  # fmt: skip
    """What stands between this study and its readers; `keys` name other segmentations than those chosen.

    Released quotes that may not go out are left out, with a notice. `replacing` are ids of releases that give way to
    the new one: all others that readers can open are judged beside it.
    """
    report = _judge(store, study, plan_of(store, study, keys), replacing, own)
    return replace(report, notices=(*report.notices, *unanswered_links(store, study)))


@needs(Role.RESEARCHER)
def passing(store: Store, study: Row) -> list[Segmentation]:
    """The segmentations of the study that pass by themselves."""
    frames, minimum = frames_of(store, study["id"]), plan_of(store, study).minimum
    found = segmentations(store, study)
    return [each for each in found if not obstacles(frames.experts, frames.groups, [each], minimum)]


@needs(Role.RESEARCHER)
def cells_to_publish(store: Store, study: Row, keys: Sequence[str] = (), *, strict: bool | None = None) -> pd.DataFrame:
    """The cells that a version published now would show, and which of them it would hide (`COLUMNS` of cells).

    `strict` asks what the other rule would leave.
    """
    plan = plan_of(store, study, keys)
    rule = plan.rule if strict is None else replace(plan.rule, strict=strict)
    layer = layers(frames_of(store, study["id"]))[0]
    quotes, _notices = fit_quotes(store, study, plan, layer)
    return cells_of_plan(store, study, replace(plan, rule=rule), layer, quotes)


def _judge(store: Store, study: Row, plan: Plan, replacing: Collection[str], own: Own) -> GateReport:
    frames = frames_of(store, study["id"])
    layer = layers(frames)[0]
    with store.reading() as connection:
        names = expert_rows.names(connection, study["id"])
        speakers = sources.speakers(connection, study["id"])
        again = come_back_reasons(connection, study["id"])
    guessed = sum(row["role"] == "expert" and not row["confirmed"] for row in speakers)
    kept, left_out = fit_quotes(store, study, plan, layer)
    report = check(frames, plan.segmentations, kept, names, minimum=plan.minimum, guessed=guessed)
    words = own_words_of(store, study, plan, with_topics=own.with_topics, slug=own.slug, more=own.more)
    more = [*words.reasons, *unconfirmed(words, own.accepted), *again]
    more += unrecorded_reasons(store, study, own.slug)
    more += unreviewed(store, study, [quote.statement_id for quote in kept])
    if not report.reasons:
        cells = cells_of_plan(store, study, plan, layer, kept)
        more += _beside(store, study, plan, replacing, cells, kept)
        if findings_released(store, study["id"]):
            more += findings_problems(store, study, plan, kept, cells, replacing)
    if hidden_adjudicated(store, study["id"]):
        more.append(
            sentence(
                "You are coding a text blind, so its adjudicated codings are hidden from you: a version published by "
                "you would lack them. Hand your coding in first, or let another researcher publish."
            )
        )
    if not report.reasons and kept and (silent := len(kept) - told_quotes(frames, plan, kept, cells)):
        left_out.append(
            counted(
                "{count} released quote is left out: its codes have hidden numbers, which it would give away. Release "
                "these by hand below.",
                "{count} released quotes are left out: their codes have hidden numbers, which they would give away. "
                "Release these by hand below.",
                silent,
            )
        )
    reasons = (*more, *report.reasons)
    notices = (*left_out, *report.notices, *(() if more else confirmed(words)))
    return replace(report, passed=not reasons, reasons=reasons, notices=notices, doubtful=words.doubtful)


def _beside(
    store: Store, study: Row, plan: Plan, replacing: Collection[str], cells: pd.DataFrame,
    quotes: Sequence[ReleasedQuote],
) -> list[Message]:  # fmt: skip
    """What readers would learn who lay the new version beside those that stay."""
    standing = [row for row in standing_releases(store, study) if row["id"] not in replacing]
    standing += outside_versions(store, study)
    versions = [known for row in standing if (known := version_of(row))]
    if not standing:
        return []
    frames = frames_of(store, study["id"])
    layer = layers(frames)[0]
    fresh = as_version("", 0, kept_of(frames, plan.segmentations, cells, quotes, plan.minimum))
    reasons = unknown_versions(standing)
    reasons += alone_beside(frames.experts, frames.groups, plan.segmentations, versions, plan.minimum)
    reasons += narrowed(fresh.told, fresh.sets, [(each.told, each.sets) for each in versions], plan.minimum)
    reasons += answered_since(frames, fresh.answered, [each.answered for each in versions], plan.minimum)
    reasons = reasons or told_beside(
        frames, plan.segmentations, cells, versions, layer=layer.layer, coder_id=layer.coder_id,
        quoted=frozenset(quote.statement_id for quote in quotes),
    )  # fmt: skip
    return [*reasons, *given_out_besides(standing)] if reasons else []


@needs(Role.RESEARCHER)
def cells_of_plan(
    store: Store, study: Row, plan: Plan, layer: Layer, quotes: Sequence[ReleasedQuote]
) -> pd.DataFrame:  # fmt: skip
    """The cells of a plan with these quotes; kept, since everything that looks at a release asks for them."""
    quoted = frozenset(quote.statement_id for quote in quotes if quote.kind == "session")
    key = (stamp_of(store, study["id"]), plan.segmentations, plan.rule, quoted)
    return _CELLS.get(
        key,
        lambda: published_cells(
            frames_of(store, study["id"]), plan.segmentations, layer=layer.layer, coder_id=layer.coder_id,
            rule=plan.rule, quoted=quoted,
        ),
    )  # fmt: skip


def told_quotes(frames: Frames, plan: Plan, quotes: Sequence[ReleasedQuote], cells: pd.DataFrame) -> int:
    """How many of the quotes a release tells: those that would give a hidden number away are not among them."""
    shown = [admitted(frames.experts, each) for each in plan.segmentations]
    hidden = hidden_in(as_data(cells, shown))
    return len(published_quotes(frames, shown, quotes, fewest=plan.minimum, hidden=hidden))


@needs(Role.RESEARCHER)
def need_open_gate(
    store: Store, study: Row, plan: Plan, replacing: Collection[str] = (), own: Own = _USUAL
) -> None:  # fmt: skip
    """Raises PublishingRefused with all that stands in the way."""
    report = _judge(store, study, plan, replacing, own)
    if not report.passed:
        told = in_each_language(lambda: _all(_judge(store, study, plan, replacing, own)))
        raise PublishingRefused(_first(report), report.reasons, report.doubtful, told)


def _all(report: GateReport) -> tuple[Message, ...]:
    return (*report.reasons, *(each.message for each in report.proposals))


def _first(report: GateReport) -> Message:
    """The first reason, with what would pass instead."""
    if not report.proposals:
        return report.reasons[0]
    proposed = translate(report.proposals[0].message)
    return sentence("{reason} {proposed}", reason=translate(report.reasons[0]), proposed=proposed)
