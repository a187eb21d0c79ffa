"""Publish: what the gate says, and a release that never changes again."""

from dataclasses import replace
from pathlib import Path

from coding.segments import Segmentation
from survey_app.actions.methods import methods_of
from survey_app.actions.quotes import quotable
from survey_app.actions.results import Layer, frames_of, hidden_adjudicated, layers, segmentation, topics_frame
from survey_app.actions.rights import needs
from survey_app.actions.study_card import study_card
from survey_app.publishing.folders import check_slug, versions_in
from survey_app.publishing.gate import CONSENTING, GateReport, ReleasedQuote, check
from survey_app.publishing.public_page import write_release
from survey_app.publishing.snapshot import Snapshot, take
from survey_app.publishing.topics import ReleasedTopics, publishable
from survey_app.settings import settings
from survey_app.store import experts as expert_rows
from survey_app.store import results as result_rows
from survey_app.store import schema, sources
from survey_app.store.log import Change, Row, Store, now
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, counted, sentence


class PublishingRefused(MessageError):
    """The gate is shut, or the release cannot be written. `reasons` says everything that stands in the way."""

    def __init__(self, message: Message, reasons: tuple[Message, ...] = ()) -> None:
        super().__init__(message)
        self.reasons = reasons


@needs(Role.RESEARCHER)
def chosen_segmentation(store: Store, study: Row) -> Segmentation:
    """The merging that the study publishes with: the one chosen, else the groups as they are."""
    return segmentation(store, study, study["choices"].get("segmentation") or "by_group")


@needs(Role.RESEARCHER)
def released_quotes(store: Store, study: Row, layer: Layer) -> list[ReleasedQuote]:
    """Quotes that were released, each with its expert's consent as it stands now."""
    return [
        ReleasedQuote(
            statement_id=row["statement_id"], text=row["text"], expert_id=row["expert_id"],
            codes=tuple(row["codes"]), consent=row["consent"], kind=row["source_kind"],
        )
        for row in quotable(store, study, layer)
        if row["decision"] == "released"
    ]  # fmt: skip


def consenting(quotes: list[ReleasedQuote]) -> list[ReleasedQuote]:
    """The quotes that may still go out: consent is asked again at every publication."""
    return [quote for quote in quotes if quote.consent in CONSENTING]


@needs(Role.RESEARCHER)
def gate(store: Store, study: Row, merged: Segmentation, *, with_topics: bool = False) -> GateReport:
    """What stands between this study and its readers. Released quotes without consent are left out, with a notice."""
    frames = frames_of(store, study["id"])
    with store.reading() as connection:
        names = expert_rows.names(connection, study["id"])
        speakers = sources.speakers(connection, study["id"])
    guessed = sum(row["role"] == "expert" and not row["confirmed"] for row in speakers)
    released = released_quotes(store, study, layers(frames)[0])
    kept = consenting(released)
    titles = [study["title_en"], study["title_ru"], *study_card(store, study["id"]).texts()]
    titles += _labels_of(store, study) if with_topics else []
    report = check(frames, merged, kept, names, minimum=settings().smallest_segment, titles=titles, guessed=guessed)
    if hidden_adjudicated(store, study["id"]):
        blind = sentence(
            "You are coding a text blind, so its adjudicated codings are hidden from you: a version published by you "
            "would lack them. Hand your coding in first, or let another researcher publish."
        )
        report = replace(report, passed=False, reasons=(blind, *report.reasons))
    left_out = len(released) - len(kept)
    if left_out:
        notice = counted(
            "{count} released quote is left out, because its expert no longer agrees to be quoted.",
            "{count} released quotes are left out, because their experts no longer agree to be quoted.",
            left_out,
        )
        return replace(report, notices=(notice, *report.notices))
    return report


@needs(Role.RESEARCHER)
def publish(
    store: Store,
    person: str,
    study: Row,
    *,
    slug: str = "",
    segmentation_key: str = "",
    folder: Path | None = None,
    with_topics: bool = False,
) -> Path:
    """Freeze a version and write it; returns the folder of the version.

    Without `folder` the release lies where the application serves it (`/r/<slug>`). `with_topics` shows those of the
    newest run too, by segments and with their words. Raises PublishingRefused, or UnwritableRelease for a bad name or
    folder.
    """
    merged = segmentation(store, study, segmentation_key) if segmentation_key else chosen_segmentation(store, study)
    name = check_slug(slug or study["slug"])
    _need_open_gate(store, study, merged)
    version = _next_version(store, study, name, folder)
    # Drawing takes seconds, in which coders go on; only what the gate asks is asked again under the lock.
    frames = frames_of(store, study["id"])
    layer = layers(frames)[0]
    quotes = consenting(released_quotes(store, study, layer))
    created = now()
    methods = methods_of(
        store, study, merged, quotes=len(quotes), created=created, version=version, slug="" if folder else name
    )
    snapshot = take(
        frames, study, merged, quotes, slug=name, version=version, created=created, layer=layer.layer,
        coder_id=layer.coder_id, fewest=settings().smallest_segment,
        found=topics_to_release(store, study) if with_topics else None, methods=methods.parts,
    )  # fmt: skip
    beside = methods.files()
    with store.change(study["id"], person, "publish") as change:
        _need_same(store, study, merged, quotes)
        _record(change, study, merged, snapshot, folder)
        return write_release(snapshot, folder or settings().releases_folder, extra_files=beside)


@needs(Role.RESEARCHER)
def topics_to_release(store: Store, study: Row) -> ReleasedTopics | None:
    """The topics that the study shows, as far as a release may; None where there are none."""
    run, assigned = topics_frame(store, study["id"])
    if run is None:
        return None
    found = ReleasedTopics(run["result"], assigned)
    return found if publishable(frames_of(store, study["id"]), found, settings().smallest_segment) else None


def _labels_of(store: Store, study: Row) -> list[str]:
    """What readers would see of topics: their names and words."""
    found = topics_to_release(store, study)
    frames = frames_of(store, study["id"])
    listed = publishable(frames, found, settings().smallest_segment) if found else []
    return [
        str(text)
        for topic in listed
        for text in (topic.get("name_en", ""), topic.get("name_ru", ""), *topic["words"])
        if text
    ]


def _need_open_gate(store: Store, study: Row, merged: Segmentation) -> None:
    report = gate(store, study, merged)
    if not report.passed:
        raise PublishingRefused(report.reasons[0], report.reasons)


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


def _need_same(store: Store, study: Row, merged: Segmentation, quotes: list[ReleasedQuote]) -> None:
    """Ask the gate again: between the first answer and this moment an expert may have withdrawn consent."""
    _need_open_gate(store, study, merged)
    layer = layers(frames_of(store, study["id"]))[0]
    kept = {quote.statement_id for quote in consenting(released_quotes(store, study, layer))}
    if not kept.issuperset(quote.statement_id for quote in quotes):
        raise PublishingRefused(
            sentence("A quote was withdrawn while the version was being made; nothing was published. Publish again.")
        )


def _record(change: Change, study: Row, merged: Segmentation, snapshot: Snapshot, folder: Path | None) -> None:
    taken = {row["version"] for row in result_rows.versions_of(change.connection, snapshot.slug)}
    if snapshot.version in taken:
        raise PublishingRefused(
            sentence("Somebody published at the same moment; this version was not written. Publish again.")
        )
    change.insert(
        schema.release,
        {"study_id": study["id"], "slug": snapshot.slug, "version": snapshot.version, "segmentation_key": merged.key,
         "created_at": snapshot.content["created"],
         "manifest": {"hash": snapshot.hash, "elsewhere": str(folder) if folder else "",
                      "quotes": len(snapshot.content["quotes"])}},
    )  # fmt: skip
