"""Experts and statements that are withdrawn, and what was published of them: it is made anew without them.

Nothing is deleted here: texts, log and copies stay with the researcher. What is withdrawn is in no count, no quote, no
table and no file that is taken out, and of every version that showed it a notice stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from survey_app.actions.deidentified import texts_for_readers
from survey_app.actions.expert_answers import WITHDRAW, expert_answers, fingerprint
from survey_app.actions.following import withdraw_quotes
from survey_app.actions.keeping_back import kept_back
from survey_app.actions.known_by_name import known_by_name
from survey_app.actions.looking_through import betrayals
from survey_app.actions.notices import PART_WITHDRAWN, folder_of, in_both, leave_notices, mark_withdrawn, reachable
from survey_app.actions.own_check import put_answer
from survey_app.actions.publishing import Tell, publish
from survey_app.actions.rights import needs
from survey_app.actions.standing import standing_releases
from survey_app.actions.unrecorded import unrecorded
from survey_app.publishing.snapshot import untold
from survey_app.publishing.withdrawing import withdraw_release
from survey_app.settings import settings
from survey_app.store import check_links, retrieval, schema, undo
from survey_app.store import results as result_rows
from survey_app.store.log import Change, Row, Store, fetch, now, open_change
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, sentence
from transcripts.seen_words import seen


class WithdrawalProblem(MessageError):
    """Somebody or something that cannot be withdrawn."""


@dataclass(frozen=True)
class Republished:
    """What became of published versions: folders of the new ones, how many older ones are a notice now, and what stood
    in the way."""

    made: list[Path] = field(default_factory=list)
    withdrawn: int = 0
    problems: list[Message] = field(default_factory=list)


@dataclass(frozen=True)
class TakenDown:
    """Versions, newest first, in place of which notices were to be left; how many notices there are, and what stood in
    the way of others."""

    versions: list[Row] = field(default_factory=list)
    count: int = 0
    problems: list[Message] = field(default_factory=list)


@needs(Role.RESEARCHER)
def withdraw_expert(
    store: Store, person: str, study: Row, expert_key: str, *, republish: bool = True
) -> Republished:  # fmt: skip
    """Take an expert out of everything that is counted, quoted or taken out, close their links, and publish anew.

    Done again it publishes again, so that what broke off is finished. Raises WithdrawalProblem for nobody of the study.
    """
    expert = _need_expert(store, study, expert_key)
    if not expert["withdrawn_at"]:
        with store.change(study["id"], person, "withdraw_expert") as change:
            change.update(schema.expert, expert["id"], withdrawn_at=now())
            check_links.withdraw_of_expert(change.connection, expert["id"])
    return publish_anew(store, person, study) if republish else Republished()


@needs(Role.RESEARCHER)
def take_expert_back(store: Store, person: str, study: Row, expert_key: str) -> None:
    """Undo that an expert was withdrawn. Their links stay closed, and what was published stays as it is."""
    expert = _need_expert(store, study, expert_key)
    with store.change(study["id"], person, "take_expert_back") as change:
        change.update(schema.expert, expert["id"], withdrawn_at="")


@needs(Role.RESEARCHER)
def withdraw_statement(
    store: Store, person: str, study: Row, statement_id: str, *, republish: bool = True
) -> Republished:  # fmt: skip
    """Write down that an expert has withdrawn one statement as a quote, and publish anew without it."""
    with store.change(study["id"], person, "withdraw_statement") as change:
        connection = change.connection
        statement = fetch(connection, schema.statement, statement_id)
        fetch(connection, schema.source, statement["source_id"], study["id"])
        expert_id = retrieval.expert_of(connection, statement)
        if expert_id is None:
            raise WithdrawalProblem(sentence("No expert said this; there is nothing to withdraw."))
        shown = texts_for_readers(connection, study["id"], [statement_id])[statement_id].text
        put_answer(change, statement_id, expert_id, WITHDRAW, shown=shown, person=person)
    return publish_anew(store, person, study) if republish else Republished()


@needs(Role.RESEARCHER)
def take_statement_back(store: Store, person: str, study: Row, statement_id: str) -> None:
    """Undo that somebody has written down, for an expert, the withdrawal of a statement; what the expert had said
    before holds again. Nothing is published by that. Raises WithdrawalProblem for what the expert has said by a link,
    UndoRefused where it was changed since."""
    with store.writing() as connection:
        statement = fetch(connection, schema.statement, statement_id)
        fetch(connection, schema.source, statement["source_id"], study["id"])
        answer = expert_answers(connection, study["id"]).get(statement_id)
        if answer is None or answer.answer != WITHDRAW or not answer.person:
            raise WithdrawalProblem(
                sentence("Nobody has written down for an expert that this is withdrawn; there is nothing to take back.")
            )
        kept = kept_back(connection, study["id"]).get(statement_id)
        theirs = {answer.id, kept.place_id if kept else ""} - {""}
        done = undo.still_done(connection, study["id"], ["withdraw_statement"], limit=None)
        own = next((each for each in done if {event["entity_id"] for event in each["events"]} & theirs), None)
        if own is None:
            raise WithdrawalProblem(sentence("What was written down has been changed since; it cannot be taken back."))
        undo.turn_back(connection, own, person)
        change = open_change(connection, study["id"], person, "take_statement_back")
        _settle_decision(change, study, own["events"])
        if kept and kept.place_id in set(connection.scalars(select(schema.kept_back.c.id))):
            change.delete(schema.kept_back, kept.place_id)  # noted by an update of the tables, not by that change


def _settle_decision(change: Change, study: Row, events: list[Row]) -> None:
    """A release that has come back is taken back where the words are others by now."""
    for event in events:
        if event["entity"] == "check_answer":
            statement_id = event["after"]["statement_id"]
            shown = texts_for_readers(change.connection, study["id"], [statement_id])[statement_id].text
            if fingerprint(shown) != event["after"]["shown"]:
                source_id = fetch(change.connection, schema.statement, statement_id)["source_id"]
                withdraw_quotes(change, source_id, {statement_id})


@needs(Role.RESEARCHER)
def take_down(store: Store, person: str, study: Row, slug: str, *, reason_en: str = "", reason_ru: str = "") -> int:
    """Leave a notice in the place of every version under a name, also of those that no row of the store knows; returns
    how many. Raises WithdrawalProblem where some cannot be reached, and where a reason, which readers see, names or
    leads to somebody."""
    reason_en, reason_ru = seen(reason_en), seen(reason_ru)
    with store.reading() as connection:
        known = known_by_name(connection, study["id"])
    if found := betrayals(f"{reason_en}\n{reason_ru}", known, links=False):
        raise WithdrawalProblem(
            sentence(
                "Readers see the reason, and this in it names somebody or leads to somebody: {words}. Say it in other "
                "words; nothing was taken down.",
                words=", ".join(found),
            )
        )
    standing = [row for row in standing_releases(store, study) if row["slug"] == slug]
    unknown = _take_down_unrecorded(store, study, [slug], reason_en, reason_ru)
    with store.change(study["id"], person, "withdraw_release") as change:
        count, problems = leave_notices(change, standing, (reason_en, reason_ru))
    if problems:
        raise WithdrawalProblem(problems[0])
    return count + unknown


@needs(Role.RESEARCHER)
def declare_gone(store: Store, person: str, study: Row, release_id: str) -> None:
    """Write down that nobody can open a version any more which lay where we cannot reach it. Raises WithdrawalProblem
    for one that can be reached: that is taken down."""
    with store.change(study["id"], person, "withdraw_release") as change:
        release = fetch(change.connection, schema.release, release_id, study["id"])
        if reachable(release):
            raise WithdrawalProblem(sentence("This version can be opened. Take it down instead."))
        mark_withdrawn(change, release)


@needs(Role.RESEARCHER)
def publish_anew(store: Store, person: str, study: Row) -> Republished:
    """Leave notices in place of all that readers can open, and publish every name of the study anew, as it was
    published last; where the gate is shut, notices are all that is left."""
    taken = take_all_down(store, person, study)
    done = [*make_anew(store, person, study, taken.versions)]
    refused = [each.message for each in done if isinstance(each, MessageError)]
    return Republished([each for each in done if isinstance(each, Path)], taken.count, [*taken.problems, *refused])


@needs(Role.RESEARCHER)
def take_all_down(store: Store, person: str, study: Row) -> TakenDown:
    """Leave notices in place of all that readers can open, since part of it may no longer be shown."""
    standing = standing_releases(store, study)
    unknown = _take_down_unrecorded(store, study, list(unrecorded(store, study)), *in_both(PART_WITHDRAWN))
    with store.change(study["id"], person, "withdraw_release") as change:
        withdrawn, problems = leave_notices(change, standing, in_both(PART_WITHDRAWN))
    return TakenDown(standing, withdrawn + unknown, problems)


@needs(Role.RESEARCHER)
def make_anew(
    store: Store, person: str, study: Row, versions: Sequence[Row], tell: Tell = untold
) -> Iterator[Path | MessageError]:  # fmt: skip
    """Publish every name of these versions, newest first, as its newest was; gives the folder of each new one, or what
    stood in its way. A name that has a newer version meanwhile is left as it is."""
    newest = {(row["slug"], folder_of(row)): row for row in reversed(versions)}
    for at, (name, row) in enumerate(newest.items()):
        if folder_of(row).is_dir() and not _has_newer(store, study, name, row):
            try:
                yield _again(store, person, study, row, _part_of(tell, at, len(newest)))
            except MessageError as problem:
                yield problem


def _part_of(tell: Tell, at: int, of: int) -> Tell:
    return lambda share, message: tell((at + share) / of, message)


def _has_newer(store: Store, study: Row, name: tuple[str, Path], row: Row) -> bool:
    found = [each for each in standing_releases(store, study) if (each["slug"], folder_of(each)) == name]
    return any(each["version"] > row["version"] for each in found)


@needs(Role.RESEARCHER)
def publish_instead(
    store: Store, person: str, study: Row, *, slug: str = "", segmentation_keys: Sequence[str] = (),
    folder: Path | None = None, with_topics: bool = False, accepted_words: Collection[str] = (), tell: Tell = untold,
) -> Republished:  # fmt: skip
    """Publish a version in place of all that readers can open and that can be reached: of these notices stay. Raises as
    `publish` does; what cannot be reached is judged beside the new one."""
    replacing = [row["id"] for row in standing_releases(store, study) if reachable(row)]
    made = publish(
        store, person, study, slug=slug, segmentation_keys=segmentation_keys, folder=folder, with_topics=with_topics,
        replacing=replacing, accepted_words=accepted_words, tell=tell,
    )  # fmt: skip
    return Republished([made], len(replacing))


def _take_down_unrecorded(store: Store, study: Row, slugs: Sequence[str], reason_en: str, reason_ru: str) -> int:
    """Notices in place of versions of these names that no row of the store knows; returns how many."""
    found = [(slug, version) for slug, versions in unrecorded(store, study).items() for version in versions]
    gone = [(slug, version) for slug, version in found if slug in slugs]
    for slug, version in gone:
        withdraw_release(settings().releases_folder, slug, version, reason_en, reason_ru, now())
    return len(gone)


def _again(store: Store, person: str, study: Row, row: Row, tell: Tell) -> Path:
    """A new version with the settings of an older one."""
    manifest = row["manifest"]
    made = publish(
        store, person, study, slug=row["slug"],
        segmentation_keys=manifest.get("segmentations") or [row["segmentation_key"]],
        folder=Path(manifest["elsewhere"]) if manifest.get("elsewhere") else None,
        with_topics=bool(manifest.get("topics")), accepted_words=manifest.get("accepted_words", ()),
        tell=tell,
    )  # fmt: skip
    with store.change(study["id"], person, "publish_anew") as change:
        newest = result_rows.versions_of(change.connection, row["slug"])[0]
        change.update(schema.release, newest["id"], manifest=newest["manifest"] | {"after_withdrawal": True})
    return made


def _need_expert(store: Store, study: Row, expert_key: str) -> Row:
    with store.reading() as connection:
        query = schema.expert.select().where(schema.expert.c.study_id == study["id"], schema.expert.c.key == expert_key)
        row = connection.execute(query).mappings().first()
    if row is None:
        raise WithdrawalProblem(sentence("Nobody of this study is “{key}”.", key=expert_key))
    return dict(row)
