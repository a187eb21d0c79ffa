"""Coder beside coder: what was given to every statement of the texts whose comparison is open.

Nothing else is compared: before the opening coders are blind to each other, whoever asks, and so is whoever codes
alone as several.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from coding import comparing
from coding.comparing import Given, side_by_side, what_was_given
from coding.frames import Frames
from survey_app.actions.desk_paper import speakers_of, stranger
from survey_app.actions.results import Kept, frames_within
from survey_app.actions.rights import needs, sight_of
from survey_app.store import decisions as decision_rows
from survey_app.store import judged, schema, sources
from survey_app.store.decisions import DECIDED
from survey_app.store.log import Row, Store, fetch
from survey_app.store.sight import comparable, opened_sources, training_pairs
from survey_app.store.team import Role

OPEN, CLOSED, UNFINISHED = "open", "closed", "unfinished"


@dataclass(frozen=True, slots=True)
class Text:
    """A text and whether it can be compared: not while it is CLOSED, or while one's own blind coding is UNFINISHED.

    `coders`: who has coded there or looked; nobody is named before the opening.
    """

    source_id: str
    key: str
    kind: str
    title: str
    state: str
    coders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What these coders gave the statements of these texts. `decisions` by statement, each with who decided."""

    study_id: str
    sources: tuple[str, ...]
    frames: Frames
    given: Given
    decisions: Mapping[str, Row]

    @cached_property
    def rows(self) -> pd.DataFrame:
        """`coding.comparing.side_by_side`."""
        return side_by_side(self.given)

    @cached_property
    def statements(self) -> Mapping[str, dict[str, Any]]:
        """The statements by id, in order."""
        names = [str(name) for name in self.frames.statements.columns]
        columns = [self.frames.statements[name].tolist() for name in names]
        rows = (dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))
        return {row["statement_id"]: row for row in rows}

    @cached_property
    def settled(self) -> frozenset[str]:
        """Statements on which somebody has decided. That all agreed was no decision on what differs since."""
        return frozenset(key for key, row in self.decisions.items() if row["how"] == DECIDED)

    def differences(self, reference: str) -> pd.DataFrame:
        """`coding.comparing.differences` of all coders from a coder or, with "", from what was decided; kept."""
        if reference not in self._found:
            self._found[reference] = comparing.differences(self.given, reference)
        return self._found[reference]

    @cached_property
    def _found(self) -> dict[str, pd.DataFrame]:
        return {}

    def confusions(self, reference: str, coder_key: str) -> pd.DataFrame:
        """`coding.comparing.confusions`."""
        return comparing.confusions(self.given, reference, coder_key)


_KEPT: Kept[tuple[Any, ...], Comparison] = Kept(16)


@needs(Role.CODER)
def texts_to_compare(store: Store, study_id: str) -> list[Text]:
    """The texts of a study in their order, each with whether it can be compared."""
    with store.reading() as connection:
        seen, opened = sight_of(connection, store, study_id), opened_sources(connection, study_id)
        can = comparable(connection, seen, study_id)
        who = _who_coded(connection, store, study_id, can)
        return [
            Text(
                row["id"], row["key"], row["kind"], row["title"],
                OPEN if row["id"] in can else UNFINISHED if row["id"] in opened else CLOSED,
                tuple(sorted(who.get(row["id"], ()))),
            )
            for row in sources.sources(connection, study_id)
        ]  # fmt: skip


@needs(Role.CODER, of_others=True)
def compare(store: Store, study_id: str, source_ids: Sequence[str], coders: Sequence[str]) -> Comparison:
    """Lay these coders side by side at those of the texts that the one who acts may compare; kept until a change.

    What was coded in training is left out.
    """
    with store.reading() as connection:
        return compare_within(connection, store, study_id, source_ids, coders)


def compare_within(
    connection: Connection, store: Store, study_id: str, source_ids: Sequence[str], coders: Sequence[str]
) -> Comparison:
    """The same inside a transaction."""
    stamp, frames = frames_within(connection, store, study_id)
    can = comparable(connection, sight_of(connection, store, study_id), study_id)
    compared = tuple(each for each in source_ids if each in can)
    return _KEPT.get((stamp, compared, tuple(coders)), lambda: _compare(connection, study_id, frames, compared, coders))


@needs(Role.CODER)
def said_by(store: Store, study_id: str, source_ids: Collection[str]) -> dict[tuple[str, int], Row]:
    """By source and turn: {name, group (row or None), role, start_s, clock}, as the desk names them."""
    found = {}
    with store.reading() as connection:
        for source_id in source_ids:
            source = fetch(connection, schema.source, source_id, study_id)
            people = speakers_of(connection, study_id, source_id)
            for turn in sources.turns(connection, source_id):
                who = people.get(turn["speaker"]) or stranger(turn)
                found[source_id, turn["index"]] = who | {"start_s": turn["start_s"], "clock": source["clock"]}
    return found


def _compare(
    connection: Connection, study_id: str, frames: Frames, source_ids: tuple[str, ...], coders: Sequence[str]
) -> Comparison:
    statements = frames.statements[frames.statements["source_id"].isin(source_ids)]
    codings = frames.codings[frames.codings["source_id"].isin(source_ids)]
    training = training_pairs(connection, study_id)
    looks = [
        row for row in judged.looks(connection, source_ids)
        if (row["source_id"], row["coder_id"]) not in training
    ]  # fmt: skip
    decided = {
        row["statement_id"]: row
        for row in decision_rows.decisions(connection, study_id)
        if row["source_id"] in source_ids
    }
    given = what_was_given(
        statements, codings, pd.DataFrame(looks, columns=["statement_id", "source_id", "coder_id"]),
        coders, codes=frames.codes, decided=decided,
    )  # fmt: skip
    cut = replace(frames, statements=statements, codings=codings)
    return Comparison(study_id, source_ids, cut, given, decided)


def _who_coded(connection: Connection, store: Store, study_id: str, source_ids: set[str]) -> dict[str, set[str]]:
    """Keys of the coders who have coded or looked in each of these sources, but not in training."""
    codings = frames_within(connection, store, study_id)[1].codings
    own = codings[codings["layer"] == "coder"][["source_id", "coder_id"]].drop_duplicates()
    pairs = set(own.itertuples(index=False, name=None))
    pairs |= {(row["source_id"], row["coder_id"]) for row in judged.looks(connection, source_ids)}
    found: dict[str, set[str]] = {}
    for source_id, coder in pairs - training_pairs(connection, study_id):
        if source_id in source_ids:
            found.setdefault(source_id, set()).add(coder)
    return found
