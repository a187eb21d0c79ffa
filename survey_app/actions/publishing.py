"""Publish: what the gate says, and a release that never changes again."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from coding.frames import Frames
from coding.segments import Segmentation
from survey_app.actions.expert_answers import notices as answer_notices
from survey_app.actions.findings import findings_to_release
from survey_app.actions.methods import methods_of
from survey_app.actions.publishing_plan import Plan, plan_of
from survey_app.actions.quotes import answered_quotes
from survey_app.actions.released_findings import findings_problems, findings_released
from survey_app.actions.results import (
    Kept,
    Layer,
    Stamp,
    frames_of,
    hidden_adjudicated,
    layers,
    segmentations,
    stamp_of,
    topics_frame,
)
from survey_app.actions.review_state import unreviewed
from survey_app.actions.rights import needs
from survey_app.actions.study_card import study_card
from survey_app.language import translate
from survey_app.publishing.cells import Rule, published_cells
from survey_app.publishing.folders import check_slug, versions_in
from survey_app.publishing.gate import CONSENTING, GateReport, ReleasedQuote, check
from survey_app.publishing.public_page import write_release
from survey_app.publishing.quotes import published_quotes
from survey_app.publishing.released_cells import as_data, hidden_in
from survey_app.publishing.segments import admitted, obstacles
from survey_app.publishing.small_cells import SmallCells
from survey_app.publishing.snapshot import Snapshot, Told, take
from survey_app.publishing.topics import ReleasedTopics, publishable
from survey_app.settings import settings
from survey_app.store import codebooks, schema, sources
from survey_app.store import experts as expert_rows
from survey_app.store import results as result_rows
from survey_app.store.log import Change, Row, Store, now
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, counted, sentence

_CELLS: Kept[tuple[Stamp, tuple[Segmentation, ...], Rule, frozenset[str]], pd.DataFrame] = Kept(8)


class PublishingRefused(MessageError):
    """The gate is shut, or the release cannot be written. `reasons` says everything that stands in the way."""

    def __init__(self, message: Message, reasons: tuple[Message, ...] = ()) -> None:
        super().__init__(message)
        self.reasons = reasons


@needs(Role.RESEARCHER)
def released_quotes(store: Store, study: Row, layer: Layer) -> list[ReleasedQuote]:
    """Quotes that were released and that their experts let go, in the words that readers see, each with the expert's
    consent as it stands now."""
    return [
        ReleasedQuote(
            statement_id=row["statement_id"], text=row["text"], expert_id=row["expert_id"],
            codes=tuple(row["codes"]), consent=row["consent"], kind=row["source_kind"], seen_small=row["seen_small"],
            own_words=row["own_words"],
        )
        for row in answered_quotes(store, study, layer)
        if row["decision"] == "released" and not row["standing"].hindrance
    ]  # fmt: skip


def consenting(quotes: Sequence[ReleasedQuote]) -> list[ReleasedQuote]:
    """The quotes whose experts agree: consent is asked again at every publication."""
    return [quote for quote in quotes if quote.consent in CONSENTING]


@needs(Role.RESEARCHER)
def fit_quotes(store: Store, study: Row, plan: Plan, layer: Layer) -> tuple[list[ReleasedQuote], list[Message]]:
    """The released quotes that may go out now, and a sentence for each kind of those that may not.

    Consent is asked again at every publication, and a quote behind a cell of one or two goes out only if it was
    released knowingly: other segmentations make other cells.
    """
    released = released_quotes(store, study, layer)
    frames = frames_of(store, study["id"])
    small = SmallCells(frames, plan.segmentations, layer=layer.layer, coder_id=layer.coder_id)
    agreed = consenting(released)
    kept = [quote for quote in agreed if quote.seen_small or not small.behind(quote.expert_id, quote.codes)]
    notices = answer_notices(answered_quotes(store, study, layer))
    if len(released) > len(agreed):
        notices.append(
            counted(
                "{count} released quote is left out, because its expert no longer agrees to be quoted.",
                "{count} released quotes are left out, because their experts no longer agree to be quoted.",
                len(released) - len(agreed),
            )
        )
    if len(agreed) > len(kept):
        notices.append(
            counted(
                "{count} released quote is left out: only one or two experts of its segment say this. Look at it "
                "again on the page “Quotes”.",
                "{count} released quotes are left out: only one or two experts of their segments say this. Look at "
                "them again on the page “Quotes”.",
                len(agreed) - len(kept),
            )
        )
    return kept, notices


@needs(Role.RESEARCHER)
def gate(store: Store, study: Row, keys: Sequence[str] = (), *, with_topics: bool = False) -> GateReport:
    """What stands between this study and its readers; `keys` name other segmentations than those chosen.

    Released quotes that may not go out are left out, with a notice.
    """
    return _judge(store, study, plan_of(store, study, keys), with_topics=with_topics)


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
    return _cells(store, study, replace(plan, rule=rule), layer, quotes)


@needs(Role.RESEARCHER)
def publish(
    store: Store,
    person: str,
    study: Row,
    *,
    slug: str = "",
    segmentation_keys: Sequence[str] = (),
    folder: Path | None = None,
    with_topics: bool = False,
) -> Path:
    """Freeze a version and write it; returns the folder of the version.

    Without `folder` the release lies where the application serves it (`/r/<slug>`). `with_topics` shows those of the
    newest run too, by segments and with their words. Raises PublishingRefused, or UnwritableRelease for a bad name or
    folder.
    """
    plan = plan_of(store, study, segmentation_keys)
    name = check_slug(slug or study["slug"])
    _need_open_gate(store, study, plan)
    version = _next_version(store, study, name, folder)
    # Drawing takes seconds, in which coders go on; only what the gate asks is asked again under the lock.
    frames = frames_of(store, study["id"])
    layer = layers(frames)[0]
    quotes, _notices = fit_quotes(store, study, plan, layer)
    created, cells = now(), _cells(store, study, plan, layer, quotes)
    methods = methods_of(
        store, study, plan.segmentations[0], cells=cells, quotes=_told_quotes(frames, plan, quotes, cells),
        created=created, version=version, slug="" if folder else name,
    )  # fmt: skip
    snapshot = take(
        frames, study, plan.segmentations, quotes, slug=name, version=version, created=created, layer=layer.layer,
        coder_id=layer.coder_id, fewest=plan.minimum, found=topics_to_release(store, study) if with_topics else None,
        cells=cells, findings=findings_to_release(store, study),
        codebook_version=_codebook_version(store, study), extra=Told(methods.parts, methods.citations),
    )  # fmt: skip
    beside = methods.files()
    with store.change(study["id"], person, "publish") as change:
        _need_same(store, study, plan, segmentation_keys, quotes)
        _record(change, study, plan, snapshot, folder)
        return write_release(snapshot, folder or settings().releases_folder, extra_files=beside)


@needs(Role.RESEARCHER)
def topics_to_release(store: Store, study: Row) -> ReleasedTopics | None:
    """The topics that the study shows, as far as a release may; None where there are none."""
    run, assigned = topics_frame(store, study["id"])
    if run is None:
        return None
    found = ReleasedTopics(run["result"], assigned)
    return found if publishable(frames_of(store, study["id"]), found, plan_of(store, study).minimum) else None


def _codebook_version(store: Store, study: Row) -> int:
    with store.reading() as connection:
        return codebooks.version_of(connection, study["id"])


def _labels_of(store: Store, study: Row) -> list[str]:
    """What readers would see of topics: their names and words."""
    found = topics_to_release(store, study)
    frames = frames_of(store, study["id"])
    listed = publishable(frames, found, plan_of(store, study).minimum) if found else []
    return [
        str(text)
        for topic in listed
        for text in (topic.get("name_en", ""), topic.get("name_ru", ""), *topic["words"])
        if text
    ]


def _judge(store: Store, study: Row, plan: Plan, *, with_topics: bool = False) -> GateReport:
    frames = frames_of(store, study["id"])
    with store.reading() as connection:
        names = expert_rows.names(connection, study["id"])
        speakers = sources.speakers(connection, study["id"])
    guessed = sum(row["role"] == "expert" and not row["confirmed"] for row in speakers)
    kept, left_out = fit_quotes(store, study, plan, layers(frames)[0])
    titles = [study["title_en"], study["title_ru"], *study_card(store, study["id"]).texts()]
    titles += _labels_of(store, study) if with_topics else []
    report = check(frames, plan.segmentations, kept, names, minimum=plan.minimum, titles=titles, guessed=guessed)
    more = unreviewed(store, study, [quote.statement_id for quote in kept])
    if findings_released(store, study["id"]) and not report.reasons:
        more += findings_problems(store, study, kept, _cells(store, study, plan, layers(frames)[0], kept))
    if hidden_adjudicated(store, study["id"]):
        more.append(
            sentence(
                "You are coding a text blind, so its adjudicated codings are hidden from you: a version published by "
                "you would lack them. Hand your coding in first, or let another researcher publish."
            )
        )
    if not report.reasons and kept:
        cells = _cells(store, study, plan, layers(frames)[0], kept)
        if silent := len(kept) - _told_quotes(frames, plan, kept, cells):
            left_out.append(
                counted(
                    "{count} released quote is left out: its codes have hidden numbers, which it would give away. "
                    "Release these by hand below.",
                    "{count} released quotes are left out: their codes have hidden numbers, which they would give "
                    "away. Release these by hand below.",
                    silent,
                )
            )
    reasons = (*more, *report.reasons)
    return replace(report, passed=not reasons, reasons=reasons, notices=(*left_out, *report.notices))


def _cells(store: Store, study: Row, plan: Plan, layer: Layer, quotes: Sequence[ReleasedQuote]) -> pd.DataFrame:
    """Kept, since everything that looks at a release asks for them."""
    quoted = frozenset(quote.statement_id for quote in quotes if quote.kind == "session")
    key = (stamp_of(store, study["id"]), plan.segmentations, plan.rule, quoted)
    return _CELLS.get(
        key,
        lambda: published_cells(
            frames_of(store, study["id"]), plan.segmentations, layer=layer.layer, coder_id=layer.coder_id,
            rule=plan.rule, quoted=quoted,
        ),
    )  # fmt: skip


def _told_quotes(frames: Frames, plan: Plan, quotes: Sequence[ReleasedQuote], cells: pd.DataFrame) -> int:
    """How many of the quotes a release tells: those that would give a hidden number away are not among them."""
    shown = [admitted(frames.experts, each) for each in plan.segmentations]
    hidden = hidden_in(as_data(cells, shown))
    return len(published_quotes(frames, shown, quotes, fewest=plan.minimum, hidden=hidden))


def _need_open_gate(store: Store, study: Row, plan: Plan) -> None:
    report = _judge(store, study, plan)
    if not report.passed:
        raise PublishingRefused(_first(report), report.reasons)


def _first(report: GateReport) -> Message:
    """The first reason, with what would pass instead."""
    if not report.proposals:
        return report.reasons[0]
    proposed = translate(report.proposals[0].message)
    return sentence("{reason} {proposed}", reason=translate(report.reasons[0]), proposed=proposed)


def _next_version(store: Store, study: Row, name: str, folder: Path | None) -> int:
    """The first number that neither the store nor the folder has; a name belongs to one study."""
    with store.reading() as connection:
        known = result_rows.versions_of(connection, name)
    if any(row["study_id"] != study["id"] for row in known):
        raise PublishingRefused(
            sentence("Another study is published under the name “{slug}”. Choose another name.", slug=name)
        )
    lying = versions_in(folder or settings().releases_folder, name)
    if folder is None and set(lying) - {row["version"] for row in known}:
        raise PublishingRefused(
            sentence(
                "“{slug}” was published by a study that is no longer here; readers would take this one for it. Choose "
                "another name.",
                slug=name,
            )
        )
    return 1 + max([*lying, *(row["version"] for row in known)], default=0)


def _need_same(
    store: Store, study: Row, plan: Plan, keys: Sequence[str], quotes: Sequence[ReleasedQuote]
) -> None:  # fmt: skip
    """Ask the gate again: between the first answer and this moment an expert may have withdrawn consent."""
    fresh = plan_of(store, study, keys)
    _need_open_gate(store, study, fresh)
    if fresh != plan:
        raise PublishingRefused(
            sentence(
                "What is to be published was changed while the version was being made; nothing was published. Publish "
                "again."
            )
        )
    kept, _notices = fit_quotes(store, study, fresh, layers(frames_of(store, study["id"]))[0])
    if not {(each.statement_id, each.text) for each in kept}.issuperset(
        (each.statement_id, each.text) for each in quotes
    ):
        raise PublishingRefused(
            sentence(
                "A quote was withdrawn or changed while the version was being made; nothing was published. Publish "
                "again."
            )
        )


def _record(change: Change, study: Row, plan: Plan, snapshot: Snapshot, folder: Path | None) -> None:
    taken = {row["version"] for row in result_rows.versions_of(change.connection, snapshot.slug)}
    if snapshot.version in taken:
        raise PublishingRefused(
            sentence("Somebody published at the same moment; this version was not written. Publish again.")
        )
    change.insert(
        schema.release,
        {"study_id": study["id"], "slug": snapshot.slug, "version": snapshot.version,
         "segmentation_key": plan.segmentations[0].key,
         "created_at": snapshot.content["created"],
         "manifest": {"hash": snapshot.hash, "elsewhere": str(folder) if folder else "",
                      "quotes": len(snapshot.content["quotes"]), "topics": bool(snapshot.content["en"].get("topics")),
                      "segmentations": [each.key for each in plan.segmentations]}},
    )  # fmt: skip
