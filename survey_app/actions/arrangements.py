"""Topics of a run as a person arranges them: another level, merged, split, named; each step can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from coding.topics import arrangement as arranging
from coding.topics.arrangement import Arrangement, Group, Name, Run
from survey_app.actions.rights import needs
from survey_app.store import results as result_rows
from survey_app.store import schema, undo
from survey_app.store.log import Change, Row, Store, now, open_change
from survey_app.store.team import Role

LEVEL, MERGE, SPLIT, RENAME = "choose_topic_level", "merge_topics", "split_topic", "rename_topic"
VERBS = (LEVEL, MERGE, SPLIT, RENAME)
LONGEST_NAME = 120

Act = Callable[[Run, Arrangement], Arrangement]


@needs(Role.RESEARCHER)
def choose_topic_level(store: Store, person: str, study_id: str, run_id: str, level: int) -> None:
    """Show a run coarser or finer; what was merged and split goes, names stay. Raises ArrangementProblem, Gone."""
    _step(store, person, study_id, run_id, LEVEL, lambda run, now: arranging.at_level(run, now, level))


@needs(Role.RESEARCHER)
def merge_topics(
    store: Store, person: str, study_id: str, run_id: str, leaves: Sequence[int], into: Sequence[int]
) -> None:
    """Make two topics one, which keeps the name of the second. Topics are called by their leaves, so that a screen
    that is out of date merges no others. Raises ArrangementProblem, Gone."""
    one, other = tuple(leaves), tuple(into)
    _step(store, person, study_id, run_id, MERGE, lambda run, now: arranging.merged(run, now, one, other))


@needs(Role.RESEARCHER)
def split_topic(store: Store, person: str, study_id: str, run_id: str, leaves: Sequence[int]) -> None:
    """Make a topic the two that it was made of. Raises ArrangementProblem, Gone."""
    _step(store, person, study_id, run_id, SPLIT, lambda run, now: arranging.split(run, now, tuple(leaves)))


@needs(Role.RESEARCHER)
def rename_topic(
    store: Store, person: str, study_id: str, run_id: str, leaves: Sequence[int], *, name_en: str, name_ru: str
) -> None:
    """Give a topic a name of its own; with two empty ones it is called by its words again.

    Raises ArrangementProblem, Gone.
    """
    names = name_en[:LONGEST_NAME], name_ru[:LONGEST_NAME]
    _step(store, person, study_id, run_id, RENAME, lambda run, now: arranging.named(run, now, tuple(leaves), *names))


@needs(Role.RESEARCHER)
def undo_arranging(store: Store, person: str, study_id: str, run_id: str) -> bool:
    """Turn back this person's own last step at a run. False: there is none. Raises UndoRefused."""
    with store.writing() as connection:
        done = undo.last_done(connection, study_id, person, run_id, VERBS)
        if done is None:
            return False
        undo.turn_back(connection, done, person)
        return True


@needs(Role.RESEARCHER)
def can_undo_arranging(store: Store, person: str, study_id: str, run_id: str) -> bool:
    """Whether this person has arranged something at a run that is not taken back yet."""
    with store.reading() as connection:
        return undo.last_done(connection, study_id, person, run_id, VERBS) is not None


def arrangement_of(connection: Connection, run: Row) -> Arrangement:
    """How the topics of a run are arranged: by a person, else as the run shows them."""
    row = result_rows.arrangement(connection, run["id"])
    return arranging.begin(run["result"]) if row is None else _read(row)


def keep_arrangement(change: Change, study_id: str, run_id: str, arrangement: Arrangement) -> None:
    """Store an arrangement in a change that is open; the first of a run makes its row."""
    values = {
        "level": arrangement.level, "groups": [list(group) for group in arrangement.groups],
        "names": [{"leaves": list(each.leaves), "name_en": each.name_en, "name_ru": each.name_ru}
                  for each in arrangement.names],
    }  # fmt: skip
    row = result_rows.arrangement(change.connection, run_id)
    if row is None:
        change.insert(
            schema.topic_arrangement, {"study_id": study_id, "topic_run_id": run_id, "changed_at": now()} | values
        )
    elif any(row[name] != value for name, value in values.items()):
        change.update(schema.topic_arrangement, row["id"], changed_at=now(), **values)


def _step(store: Store, person: str, study_id: str, run_id: str, verb: str, act: Act) -> None:
    """What leaves everything as it is makes no change that would have to be taken back."""
    with store.writing() as connection:
        run = result_rows.topic_run(connection, study_id, run_id)
        present = arrangement_of(connection, run)
        new = act(run["result"], present)
        if new != present:
            change = open_change(connection, study_id, person, verb, scope=run_id)
            keep_arrangement(change, study_id, run_id, new)


def _read(row: Row) -> Arrangement:
    groups: tuple[Group, ...] = tuple(tuple(group) for group in row["groups"])
    names = tuple(Name(tuple(each["leaves"]), each["name_en"], each["name_ru"]) for each in row["names"])
    return Arrangement(row["level"], groups, names)
