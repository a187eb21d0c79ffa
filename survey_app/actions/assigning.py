"""Who codes which texts: given by a researcher, handed in by the coder, given back. Codings stay, whatever changes."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from survey_app.actions.rights import needs, permit
from survey_app.store import samples, schema, sources, studies, undo
from survey_app.store.log import Row, Store, fetch, now
from survey_app.store.progress import progress, worked_at
from survey_app.store.sight import ADJUDICATED, TRAINING, assignments, opened_sources
from survey_app.store.team import Role
from transcripts.messages import MessageError, counted, sentence

BLIND, OPEN = "blind", "open"
WORK = "work"
ASSIGN, CHANGE, WITHDRAW, GIVE_BACK = "assign", "change_assignment", "withdraw_assignment", "give_back"
UNDOABLE = (ASSIGN, CHANGE, WITHDRAW, GIVE_BACK)
HAND_IN = "hand_in"
BEGUN = sentence("The coder has worked at this text; without the assignment that work would be out of reach.")


class AssigningRefused(MessageError):
    """An assignment that cannot be made, changed or taken back as it was asked; nothing has changed."""


class NotAllLookedAt(AssigningRefused):
    """Statements of an assignment wait to be looked at: `count` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(
            counted(
                "{count} statement has not been looked at yet. It will count as missing, not as having no code.",
                "{count} statements have not been looked at yet. They will count as missing, not as having no code.",
                count,
            )
        )
        self.count = count


@needs(Role.RESEARCHER)
def assign(
    store: Store, person: str, study_id: str, coder_ids: Collection[str], source_ids: Collection[str],
    mode: str = BLIND, purpose: str = WORK, sample_id: str | None = None,
) -> int:  # fmt: skip
    """Give texts, or what a sample has of them, to coders; returns how many assignments are new.

    What a coder has already stays as it is; so do texts of which the sample has nothing. Raises AssigningRefused where
    nothing is left to give, and for a training without adjudicated codings or where the coder has worked already.
    """
    with store.change(study_id, person, ASSIGN) as change:
        connection = change.connection
        _need_of_study(connection, study_id, coder_ids, source_ids, sample_id)
        _need_kind(mode, purpose)
        given = {(row["source_id"], row["coder_id"]) for row in assignments(connection, study_id)}
        drawn = [one for one in source_ids if sample_id is None or samples.statements_of(connection, sample_id, one)]
        new = [(one, coder) for coder in coder_ids for one in drawn if (one, coder) not in given]
        if not new:
            raise AssigningRefused(
                sentence("There is nothing to give: choose texts and coders that do not have each other yet.")
            )
        if purpose == TRAINING:
            _need_trainable(connection, study_id, new)
        change.insert(
            schema.assignment,
            [
                {"study_id": study_id, "coder_id": coder, "source_id": one, "sample_id": sample_id, "mode": mode,
                 "purpose": purpose, "created_at": now()}
                for one, coder in new
            ],
        )  # fmt: skip
    return len(new)


@needs(Role.RESEARCHER)
def change_assignment(
    store: Store, person: str, study_id: str, assignment_id: str, *, mode: str, purpose: str,
    sample_id: str | None = None,
) -> None:  # fmt: skip
    """Change how a text is coded. Raises AssigningRefused where that would hide work, or call open work blind."""
    with store.change(study_id, person, CHANGE) as change:
        connection = change.connection
        row = fetch(connection, schema.assignment, assignment_id, study_id)
        _need_of_study(connection, study_id, [row["coder_id"]], [row["source_id"]], sample_id)
        _need_kind(mode, purpose)
        if row["finished_at"]:
            raise AssigningRefused(sentence("This text has been handed in. Give it back to the coder first."))
        if sample_id and not samples.statements_of(connection, sample_id, row["source_id"]):
            raise AssigningRefused(sentence("The sample has no statement of this text. Nothing was changed."))
        if (row["source_id"], row["coder_id"]) in worked_at(connection, study_id):
            _need_no_loss(row, mode, purpose, sample_id)
        if purpose == TRAINING:
            _need_adjudicated(connection, study_id, {row["source_id"]})
        if mode != row["mode"]:
            _need_blindness_of_others(connection, store, study_id, row)
        change.update(schema.assignment, assignment_id, mode=mode, purpose=purpose, sample_id=sample_id)


@needs(Role.RESEARCHER)
def withdraw_assignment(store: Store, person: str, study_id: str, assignment_id: str) -> None:
    """Take a text back from a coder who has not begun. Raises AssigningRefused where they have."""
    with store.change(study_id, person, WITHDRAW) as change:
        row = fetch(change.connection, schema.assignment, assignment_id, study_id)
        if row["finished_at"] or (row["source_id"], row["coder_id"]) in worked_at(change.connection, study_id):
            raise AssigningRefused(BEGUN)
        _need_blindness_of_others(change.connection, store, study_id, row)
        change.delete(schema.assignment, assignment_id)


@needs(Role.CODER)
def hand_in(
    store: Store, person: str, study_id: str, coder_id: str, source_id: str, *, incomplete: bool = False
) -> None:
    """Close one's own text: no more changes until it is given back.

    Raises NotAllLookedAt while statements wait, unless that is meant (`incomplete`): missing is not the same as
    nothing.
    """
    with store.change(study_id, person, HAND_IN, scope=source_id) as change:
        connection = change.connection
        row = own_assignment(connection, study_id, coder_id, source_id)
        if row is None:
            raise AssigningRefused(sentence("This text is not assigned to you, so that it needs no handing in."))
        if row["finished_at"]:
            raise AssigningRefused(sentence("This text has been handed in already."))
        looked, total = how_far(connection, study_id, [row])[row["id"]]
        if looked < total and not incomplete:
            raise NotAllLookedAt(total - looked)
        change.update(schema.assignment, row["id"], finished_at=now())


@needs(Role.RESEARCHER)
def give_back(store: Store, person: str, study_id: str, assignment_id: str) -> None:
    """Let a coder go on with a text that they have handed in.

    Until they hand it in again they see nobody else's codings there, even where they have seen them before.
    """
    with store.change(study_id, person, GIVE_BACK) as change:
        row = fetch(change.connection, schema.assignment, assignment_id, study_id)
        if not row["finished_at"]:
            raise AssigningRefused(sentence("This text has not been handed in, so that the coder can go on anyway."))
        if row["purpose"] == TRAINING:
            raise AssigningRefused(
                sentence("The coder has seen the adjudicated codings of this training. Give another text to train on.")
            )
        _need_blindness_of_others(change.connection, store, study_id, row)
        change.update(schema.assignment, row["id"], finished_at="")


@needs(Role.RESEARCHER)
def undo_assigning(store: Store, person: str, study_id: str) -> bool:
    """Turn back this person's own last act with assignments; False: there is none.

    Raises UndoRefused, and AssigningRefused where work at a text would be out of reach or training become work.
    """
    with store.writing() as connection:
        done = undo.last_done(connection, study_id, person, None, UNDOABLE)
        if done is None:
            return False
        before = assignments(connection, study_id)
        undo.turn_back(connection, done, person)
        after = {row["id"]: row for row in assignments(connection, study_id)}
        worked = worked_at(connection, study_id)
        for row in before:
            now_row = after.get(row["id"])
            if now_row is None or (row["mode"], row["finished_at"]) != (now_row["mode"], now_row["finished_at"]):
                _need_blindness_of_others(connection, store, study_id, row)
            if (row["source_id"], row["coder_id"]) not in worked:
                continue
            if now_row is None:
                raise AssigningRefused(BEGUN)
            _need_no_loss(row, now_row["mode"], now_row["purpose"], now_row["sample_id"])
        return True


def _need_blindness_of_others(connection: Connection, store: Store, study_id: str, row: Row) -> None:
    """Nobody lifts their own blindness at a text that is open, or puts it back: somebody else of the team does."""
    acting = permit(connection, store, study_id, Role.RESEARCHER)
    own = acting is not None and acting.coder_id == row["coder_id"]
    if own and row["mode"] == "blind" and row["source_id"] in opened_sources(connection, study_id):
        raise AssigningRefused(
            sentence(
                "The comparison of this text is open, and the assignment is your own. Ask somebody else of the team."
            )
        )


def own_assignment(connection: Connection, study_id: str, coder_id: str, source_id: str) -> Row | None:
    """The assignment of a coder at a source, or None."""
    given = assignments(connection, study_id)
    return next((row for row in given if (row["coder_id"], row["source_id"]) == (coder_id, source_id)), None)


def how_far(connection: Connection, study_id: str, given: list[Row]) -> dict[str, tuple[int, int]]:
    """For each assignment by id: how many of its statements were looked at, and how many it has."""
    found = {(row["source_id"], row["coder_id"]): row for row in progress(connection, study_id)}
    nothing = {"looked": 0, "total": 0}
    far = {row["id"]: found.get((row["source_id"], row["coder_id"]), nothing) for row in given}
    return {row_id: (int(row["looked"]), int(row["total"])) for row_id, row in far.items()}


def adjudicated_sources(connection: Connection, study_id: str) -> set[str]:
    """Ids of the sources with adjudicated codings: those that somebody can train on."""
    coding, source = schema.coding, schema.source
    query = select(coding.c.source_id).join(source, source.c.id == coding.c.source_id).distinct()
    return set(connection.scalars(query.where(source.c.study_id == study_id, coding.c.layer == ADJUDICATED)))


def _need_of_study(
    connection: Connection, study_id: str, coder_ids: Collection[str], source_ids: Collection[str],
    sample_id: str | None,
) -> None:  # fmt: skip
    coders = {row["id"] for row in studies.coders(connection, study_id)}
    texts = {row["id"] for row in sources.sources(connection, study_id)}
    drawn = {None, *(row["id"] for row in samples.samples(connection, study_id))}
    if set(coder_ids) - coders or set(source_ids) - texts or sample_id not in drawn:
        raise AssigningRefused(
            sentence("A text, a coder or a sample is no longer in the study. Load the page again and choose anew.")
        )


def _need_kind(mode: str, purpose: str) -> None:
    if mode not in {BLIND, OPEN} or purpose not in {WORK, TRAINING}:
        raise AssigningRefused(sentence("A text is coded blind or openly, as work or as training."))
    if purpose == TRAINING and mode != BLIND:
        raise AssigningRefused(sentence("Training is always blind: otherwise it would show nothing."))


def _need_trainable(connection: Connection, study_id: str, pairs: list[tuple[str, str]]) -> None:
    _need_adjudicated(connection, study_id, {source_id for source_id, _coder in pairs})
    if worked_at(connection, study_id) & set(pairs):
        raise AssigningRefused(
            sentence("One of these coders has coded one of these texts already. Training needs a text that is new.")
        )


def _need_adjudicated(connection: Connection, study_id: str, source_ids: set[str]) -> None:
    if source_ids - adjudicated_sources(connection, study_id):
        raise AssigningRefused(
            sentence("Training needs texts whose differences are settled: what is coded is compared with that.")
        )


def _need_no_loss(row: Row, mode: str, purpose: str, sample_id: str | None) -> None:
    """Raise AssigningRefused where work that was done under `row` would be hidden or called what it was not."""
    if purpose != row["purpose"]:
        raise AssigningRefused(sentence("The coder has begun: training cannot become work, nor work training."))
    if sample_id not in {None, row["sample_id"]}:
        raise AssigningRefused(sentence("The coder has begun, and another sample would hide what they have coded."))
    if mode == BLIND and row["mode"] == OPEN:
        raise AssigningRefused(
            sentence("The coder has begun openly and may have seen the others. This cannot be called blind any more.")
        )
