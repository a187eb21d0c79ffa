"""What a study says, ready for views: its frames (kept until something changes), segmentations, layers, quotes."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Generic, TypeVar

import pandas as pd
from sqlalchemy import Connection, func, select

from coding.codings import choose_layer, codes_of_statements
from coding.frames import Frames
from coding.segments import Segment, Segmentation, by_groups
from coding.topics.arranged import arranged
from survey_app.actions.arrangements import arrangement_of
from survey_app.actions.groups import forget_released
from survey_app.actions.rights import needs, sight_of
from survey_app.store import results as result_rows
from survey_app.store import schema, sources, studies
from survey_app.store.frames import load_frames
from survey_app.store.log import Row, Store
from survey_app.store.sight import ADJUDICATED, EVERYTHING, Sight, of_pairs, training_pairs
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

Key = TypeVar("Key")
Made = TypeVar("Made")
Stamp = tuple[str, str, int, str]
"""Database, study, the number of its newest change, and what is seen of the coding (`Sight.key`)."""


class Kept(Generic[Key, Made]):
    """The newest few things that were made, by what they were made of."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[Key, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Made]) -> Made:
        """The one that is kept under `key`, else a new one."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._room:
                self._kept.popitem(last=False)
        return made

    def newest(self, fits: Callable[[Key], bool]) -> Made | None:
        """The last one that was made or asked for under a key that fits."""
        with self._lock:
            return next((made for key, made in reversed(self._kept.items()) if fits(key)), None)


_WHOLE: Kept[Stamp, Frames] = Kept(8)
_FRAMES: Kept[Stamp, Frames] = Kept(16)
_CODED: Kept[tuple[Stamp, str | None], pd.DataFrame] = Kept(16)
_TOPICS: Kept[tuple[Stamp, str], tuple[Row | None, pd.DataFrame]] = Kept(8)


class ResultProblem(MessageError):
    """A result that was asked for does not exist."""


@dataclass(frozen=True, slots=True)
class Layer:
    """On whose codings a result rests: the adjudicated ones, or one coder's."""

    layer: str
    coder_id: str | None = None


@needs(Role.READER)
def frames_of(store: Store, study_id: str) -> Frames:
    """The study's tables with the codings that the one who acts may see; read again only after a change.

    Codings of a training are left out: they are no work of the study. Callers must not write into them.
    """
    with store.reading() as connection:
        return frames_within(connection, store, study_id)[1]


@needs(Role.RESEARCHER)
def hidden_adjudicated(store: Store, study_id: str) -> int:
    """How many adjudicated codings the one who acts may not see yet: a result without them would not be the study's."""
    with store.reading() as connection:
        seen = sight_of(connection, store, study_id)
        codings = _whole(connection, store, study_id).codings
    adjudicated = codings[codings["layer"] == ADJUDICATED]
    return len(adjudicated) - len(seen.of(adjudicated))


@needs(Role.READER)
def hidden_texts(store: Store, study_id: str, layer: Layer | None = None) -> list[str]:
    """Keys of the texts with codings (of one layer, if it is named) that the one who acts may not see yet: what is
    counted lacks them."""
    with store.reading() as connection:
        seen = sight_of(connection, store, study_id)
        if seen.everything:
            return []
        codings = _whole(connection, store, study_id).codings
        if layer is not None:
            codings = choose_layer(codings, layer.layer, layer.coder_id)
        hidden = set(codings.drop(seen.of(codings).index)["source_id"])
        training = {source_id for source_id, _coder in training_pairs(connection, study_id)}
        found = sources.sources(connection, study_id)
    return [row["key"] for row in found if row["id"] in hidden - training]


@needs(Role.CODER)
def frames_with_training(store: Store, study_id: str) -> Frames:
    """The same with the codings of trainings, as far as the one who acts may see them."""
    with store.reading() as connection:
        seen = sight_of(connection, store, study_id)
        whole = _whole(connection, store, study_id)
    return replace(whole, codings=seen.of(whole.codings), values=seen.of(whole.values))


@needs(Role.READER, of_others=True)
def coded_statements(store: Store, study_id: str, coder_key: str | None) -> pd.DataFrame:
    """The codes of statements (`coding.codings.codes_of_statements`): by one coder's own codings, else the adjudicated.

    Read again only after a change. Callers must not write into them.
    """
    with store.reading() as connection:
        stamp, frames = frames_within(connection, store, study_id)
    return _CODED.get(
        (stamp, coder_key),
        lambda: codes_of_statements(frames.statements, choose_layer(frames.codings, coder_id=coder_key)),
    )


@needs(Role.READER)
def stamp_of(store: Store, study_id: str) -> Stamp:
    """What changes whenever anything in the study does: the key to keep results under."""
    with store.reading() as connection:
        return _stamp(connection, store, study_id, sight_of(connection, store, study_id))


@needs(Role.READER)
def segmentations(store: Store, study: Row) -> list[Segmentation]:
    """The stakeholder groups as they are, then the mergings of the study."""
    frames = frames_of(store, study["id"])
    with store.reading() as connection:
        stored = studies.segmentations(connection, study["id"])
    return [by_groups(frames.groups), *(_segmentation(row) for row in stored)]


@needs(Role.READER)
def segmentation(store: Store, study: Row, key: str) -> Segmentation:
    """One segmentation by its key. Raises ResultProblem."""
    found = {each.key: each for each in segmentations(store, study)}
    if key not in found:
        raise ResultProblem(
            sentence("There is no grouping named “{key}”. There are: {keys}.", key=key, keys=", ".join(found))
        )
    return found[key]


@needs(Role.RESEARCHER)
def add_segmentation(store: Store, person: str, study: Row, merged: Segmentation) -> None:
    """Keep a merging of groups under its key, or replace the one that has it."""
    segments = [
        {"key": each.key, "label_en": each.label_en, "label_ru": each.label_ru, "group_ids": list(each.group_ids)}
        for each in merged.segments
    ]
    values = {"label_en": merged.label_en, "label_ru": merged.label_ru, "segments": segments}
    with store.change(study["id"], person, "add_segmentation") as change:
        known = {row["key"]: row for row in studies.segmentations(change.connection, study["id"])}
        if merged.key in known:
            change.update(schema.segmentation, known[merged.key]["id"], **values)
            if known[merged.key]["segments"] != segments:
                forget_released(change, study["id"], merged.key)
        else:
            change.insert(schema.segmentation, {"study_id": study["id"], "key": merged.key} | values)


def layers(frames: Frames) -> list[Layer]:
    """Layers that hold codings, the one to show first: adjudicated, else the coder who coded most (ties by key)."""
    codings = frames.codings
    own = codings[codings["layer"] == "coder"]["coder_id"].value_counts()
    adjudicated = [Layer("adjudicated")] if (codings["layer"] == "adjudicated").any() else []
    coders = sorted(own.items(), key=lambda each: (-each[1], str(each[0])))
    return [*adjudicated, *(Layer("coder", str(coder)) for coder, _count in coders)] or [Layer("adjudicated")]


@needs(Role.READER)
def topics_frame(store: Store, study_id: str, run_id: str = "") -> tuple[Row | None, pd.DataFrame]:
    """A topic run, the newest unless another one is named, and its assignments (columns of the TOPICS contract).

    Both are as a person has arranged the topics (`coding.topics.arranged`). A run that waits (`waiting_within`) is as
    if it were not there. Read again only after a change; callers must not write into them. Raises Gone for a run that
    is not there.
    """
    with store.reading() as connection:
        waiting = waiting_within(connection, store, study_id)
        if waiting and not run_id:
            listed = (row["id"] for row in result_rows.topic_runs(connection, study_id))
            run_id = next((each for each in listed if each not in waiting), next(iter(waiting)))
        if run_id in waiting:
            return None, _assignments([])
        stamp = _stamp(connection, store, study_id, EVERYTHING)
        return _TOPICS.get((stamp, run_id), lambda: _arranged(connection, store, study_id, run_id))


@needs(Role.READER)
def waiting_runs(store: Store, study_id: str) -> int:
    """How many topic runs the one who acts may not read yet."""
    with store.reading() as connection:
        return len(waiting_within(connection, store, study_id))


def waiting_within(connection: Connection, store: Store, study_id: str) -> set[str]:
    """Ids of the topic runs that grew around codings of which some are hidden from the one who acts: such a run tells
    which statements have the same code. Of a run that has not kept which these were any coding may be one."""
    seen = sight_of(connection, store, study_id)
    guided = [] if seen.everything else result_rows.guided_runs(connection, study_id)
    if any(row["guided_by"] is None for row in guided):
        codings = _without(_whole(connection, store, study_id).codings, training_pairs(connection, study_id))
        every = set(zip(codings["source_id"], codings["coder_id"], codings["layer"], strict=True))
        guided = [row if row["guided_by"] is not None else {**row, "guided_by": every} for row in guided]
    return {row["id"] for row in guided if not all(seen.sees(*each) for each in row["guided_by"])}


def _assignments(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["statement_id", "topic", "probability"])


def _arranged(connection: Connection, store: Store, study_id: str, run_id: str) -> tuple[Row | None, pd.DataFrame]:
    run = (
        result_rows.topic_run(connection, study_id, run_id)
        if run_id
        else result_rows.last_topic_run(connection, study_id)
    )
    if run is not None:
        statements = _whole(connection, store, study_id).statements
        expert_of = dict(zip(statements["statement_id"], statements["expert_id"], strict=True))
        run["result"] = arranged(run["result"], arrangement_of(connection, run), expert_of)
    return run, _assignments(run["result"]["assignments"] if run else [])


def frames_within(connection: Connection, store: Store, study_id: str) -> tuple[Stamp, Frames]:
    """What counts of what the one who acts may see, under the key to keep results of it under."""
    seen = sight_of(connection, store, study_id)
    stamp = _stamp(connection, store, study_id, seen)

    def made() -> Frames:
        whole = _whole(connection, store, study_id)
        codings = seen.of(whole.codings)
        values = seen.of(whole.values)
        training = training_pairs(connection, study_id)
        found = replace(whole, codings=_without(codings, training), values=_without(values, training))
        return _sharing(_FRAMES, stamp, found)

    return stamp, _FRAMES.get(stamp, made)


def _without(marks: pd.DataFrame, training: set[tuple[str, str]]) -> pd.DataFrame:
    """Those codings, or values of statements, that are no practice."""
    practice = (marks["layer"] != ADJUDICATED) & of_pairs(marks, training)
    return marks[~practice] if practice.any() else marks


def _whole(connection: Connection, store: Store, study_id: str) -> Frames:
    """All of the tables, read once for everybody."""
    stamp = _stamp(connection, store, study_id, EVERYTHING)
    return _WHOLE.get(stamp, lambda: _sharing(_WHOLE, stamp, load_frames(connection, study_id)))


def _sharing(kept: Kept[Stamp, Frames], stamp: Stamp, found: Frames) -> Frames:
    """With the tables from before a change that it left as they were: what was made of these need not be made anew."""
    url, study_id, _newest, seen = stamp
    before = kept.newest(lambda key: (key[0], key[1], key[3]) == (url, study_id, seen))
    return found.sharing(before) if before else found


def _stamp(connection: Connection, store: Store, study_id: str, seen: Sight) -> Stamp:
    change = schema.change
    newest = connection.scalar(select(func.max(change.c.id)).where(change.c.study_id == study_id)) or 0
    return str(store.engine.url), study_id, int(newest), seen.key


def _segmentation(row: Row) -> Segmentation:
    segments = tuple(
        Segment(each["key"], each["label_en"], each["label_ru"], tuple(each["group_ids"])) for each in row["segments"]
    )
    return Segmentation(row["key"], row["label_en"], row["label_ru"], segments)
