"""Publish: what the gate says, and a release that never changes again."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from coding.frames import Frames
from survey_app.actions.findings import findings_to_release
from survey_app.actions.gate import Own, PublishingRefused, cells_of_plan, need_open_gate, told_quotes
from survey_app.actions.last_look import need_nobody_named
from survey_app.actions.methods import methods_of
from survey_app.actions.notices import REPLACED, in_both, leave_notices, not_here, reachable
from survey_app.actions.publishing_plan import Plan, plan_of
from survey_app.actions.released_findings import claims_of_findings
from survey_app.actions.released_quotes import fit_quotes
from survey_app.actions.released_topics import topics_to_release
from survey_app.actions.results import frames_of, layers
from survey_app.actions.rights import needs
from survey_app.actions.standing import standing_releases
from survey_app.language import language_name
from survey_app.publishing.claimed import kept_with_claims
from survey_app.publishing.folders import check_slug, versions_in
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.public_page import pages, write_release
from survey_app.publishing.snapshot import Snapshot, Told, take, untold
from survey_app.publishing.standing import kept_of
from survey_app.settings import settings
from survey_app.store import codebooks, schema
from survey_app.store import results as result_rows
from survey_app.store.log import Change, Row, Store, now
from survey_app.store.team import Role
from transcripts.messages import Message, sentence

Tell = Callable[[float, Message], object]
"""Hears which share of 1 is done, and what is being done now."""
ASKING = sentence("The gate is being asked.")


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
    replacing: Collection[str] = (),
    accepted_words: Collection[str] = (),
    tell: Tell = untold,
) -> Path:
    """Freeze a version and write it; returns the folder of the version.

    Without `folder` the release lies where the application serves it (`/r/<slug>`). `with_topics` shows those of the
    newest run too, by segments and with their words. `replacing` are ids of releases that become notices:
    the new version is not judged beside them. `accepted_words` are words of the researcher's that are also names of the
    roster and were confirmed to name nobody; the store remembers them with the version. `tell` hears of each step
    before its turn, of the last one right before anything is written: what it raises until then leaves nothing behind.
    Raises PublishingRefused, or UnwritableRelease for a bad name or folder.
    """
    tell(0.0, ASKING)
    plan = plan_of(store, study, segmentation_keys)
    name = check_slug(slug or study["slug"])
    own = Own(with_topics, name, accepted=frozenset(accepted_words))
    need_open_gate(store, study, plan, replacing, own)
    version = _next_version(store, study, name, folder)
    # Drawing takes seconds, in which coders go on; only what the gate asks is asked again under the lock.
    frames = frames_of(store, study["id"])
    layer = layers(frames)[0]
    quotes, _notices = fit_quotes(store, study, plan, layer)
    tell(0.15, sentence("Writing the note on methods"))
    created, cells = now(), cells_of_plan(store, study, plan, layer, quotes)
    methods = methods_of(
        store, study, plan.segmentations[0], cells=cells, quotes=told_quotes(frames, plan, quotes, cells),
        created=created, version=version, slug="" if folder else name,
    )  # fmt: skip
    snapshot = take(
        frames, study, plan.segmentations, quotes, slug=name, version=version, created=created, layer=layer.layer,
        coder_id=layer.coder_id, fewest=plan.minimum, found=topics_to_release(store, study) if with_topics else None,
        cells=cells, findings=findings_to_release(store, study),
        codebook_version=_codebook_version(store, study), extra=Told(methods.parts, methods.citations),
        tell=_in_turn(tell, 0.35, sentence("Counting what readers will see: {language}")),
    )  # fmt: skip
    drawn = pages(snapshot, _in_turn(tell, 0.6, sentence("Drawing pages and charts: {language}")))
    beside, claims = methods.files(), claims_of_findings(store, study)
    tell(0.8, sentence("Looking at everything once more before it goes out"))
    need_nobody_named(store, study, snapshot.content, beside, accepted=accepted_words)
    giving_way = [row for row in standing_releases(store, study) if row["id"] in replacing]
    if away := next((row for row in giving_way if not reachable(row)), None):
        raise PublishingRefused(not_here(away))
    kept = kept_with_claims(kept_of(frames, plan.segmentations, cells, quotes, plan.minimum), claims)
    tell(0.85, ASKING)
    with store.change(study["id"], person, "publish") as change:
        _need_same(store, study, plan, segmentation_keys, quotes, replacing, own)
        _need_same_experts(store, study, frames)
        tell(0.95, sentence("Writing the version"))
        _count, problems = leave_notices(change, giving_way, in_both(REPLACED))  # first: never both side by side
        if problems:
            raise PublishingRefused(problems[0], tuple(problems))
        _record(change, study, plan, snapshot, folder, {"kept": kept, "accepted_words": sorted(own.accepted)})
        return write_release(snapshot, folder or settings().releases_folder, extra_files=beside, drawn=drawn)


def _in_turn(tell: Tell, first: float, what: Message) -> Callable[[str], object]:
    """Tells what is done for each language in its turn, a tenth of the work each."""
    turns = count()
    return lambda language: tell(first + next(turns) / 10, replace(what, values={"language": language_name(language)}))


def _codebook_version(store: Store, study: Row) -> int:
    with store.reading() as connection:
        return codebooks.version_of(connection, study["id"])


def _next_version(store: Store, study: Row, name: str, folder: Path | None) -> int:
    """The first number that neither the store nor the folder has; a name belongs to one study."""
    with store.reading() as connection:
        known = result_rows.versions_of(connection, name)
    if any(row["study_id"] != study["id"] for row in known):
        raise PublishingRefused(
            sentence("Another study is published under the name “{slug}”. Choose another name.", slug=name)
        )
    lying = versions_in(folder or settings().releases_folder, name)
    return 1 + max([*lying, *(row["version"] for row in known)], default=0)


def _need_same(
    store: Store, study: Row, plan: Plan, keys: Sequence[str], quotes: Sequence[ReleasedQuote],
    replacing: Collection[str], own: Own,
) -> None:  # fmt: skip
    """Ask the gate again: between the first answer and this moment an expert may have withdrawn consent."""
    fresh = plan_of(store, study, keys)
    need_open_gate(store, study, fresh, replacing, own)
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


def _need_same_experts(store: Store, study: Row, frames: Frames) -> None:
    """An expert who has withdrawn meanwhile is in none of the numbers, though nothing was quoted of them."""
    if not frames_of(store, study["id"]).experts.equals(frames.experts):
        raise PublishingRefused(
            sentence(
                "The experts of the study or their groups were changed while the version was being made; nothing was "
                "published. Publish again."
            )
        )


def _record(
    change: Change, study: Row, plan: Plan, snapshot: Snapshot, folder: Path | None, more: dict[str, Any]
) -> None:  # fmt: skip
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
                      "segmentations": [each.key for each in plan.segmentations]} | more},
    )  # fmt: skip
