"""What of the coding one person may see. Coders are blind to each other until the comparison of a text is opened.

Own codings are always seen. Those of another coder are seen

- where the comparison of the text has been opened, by everybody who does not have a blind assignment there that is
  not finished yet, and
- where both have an open assignment at the text.

The adjudicated codings are seen by a coder where the comparison is opened, and at the text of a training that they
have handed in; by others everywhere. By nobody whose own blind assignment at the text is not finished.

Training is between a trainee and the researchers: what somebody codes in training is seen by nobody else, opened or
not, and by researchers and owners once it is handed in.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

import pandas as pd
from sqlalchemy import Connection, select

from survey_app.store import schema
from survey_app.store.log import Row, rows
from survey_app.store.team import Member, Role

ADJUDICATED = "adjudicated"
TRAINING = "training"
"""The purpose of an assignment whose codings are practice."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Which codings one person sees. `coder_key` "" for a reader. Everything: whoever sits at the machine."""

    coder_key: str = ""
    opened: frozenset[str] = frozenset()
    """Sources at which all coders are seen."""
    adjudicated: frozenset[str] = frozenset()
    """Sources at which the adjudicated codings are seen."""
    shared: frozenset[tuple[str, str]] = frozenset()
    """(source, key of a coder) seen before any opening: both code there openly, or a training has been handed in."""
    apart: frozenset[tuple[str, str]] = frozenset()
    """(source, key of a coder) not seen after any opening either: somebody trains there."""
    everything: bool = False

    @property
    def key(self) -> str:
        """Equal for two people who see the same: what a result is kept under."""
        if self.everything:
            return ""
        seen = [self.coder_key, *(sorted(part) for part in (self.opened, self.adjudicated, self.shared, self.apart))]
        return sha256(json.dumps(seen).encode()).hexdigest()

    def sees(self, source_id: str, coder_key: str, layer: str) -> bool:
        """Whether a coding of that coder (`layer` "coder") or an adjudicated one is seen at a source."""
        if self.everything:
            return True
        if layer == ADJUDICATED:
            return source_id in self.adjudicated
        return (
            (bool(coder_key) and coder_key == self.coder_key)
            or (source_id in self.opened and (source_id, coder_key) not in self.apart)
            or (source_id, coder_key) in self.shared
        )

    def of(self, codings: pd.DataFrame) -> pd.DataFrame:
        """Those rows of a CODINGS frame that are seen."""
        if self.everything or codings.empty:
            return codings
        adjudicated = codings["layer"] == ADJUDICATED
        others = (codings["source_id"].isin(self.opened) & ~of_pairs(codings, self.apart)) | of_pairs(
            codings, self.shared
        )
        if self.coder_key:
            others |= codings["coder_id"] == self.coder_key
        return codings[(adjudicated & codings["source_id"].isin(self.adjudicated)) | (~adjudicated & others)]


EVERYTHING = Sight(everything=True)


def of_pairs(codings: pd.DataFrame, pairs: Collection[tuple[str, str]]) -> pd.Series:
    """Which rows of a CODINGS frame are of these (source, key of a coder)."""
    found = [pair in pairs for pair in zip(codings["source_id"], codings["coder_id"], strict=True)] if pairs else False
    return pd.Series(found, index=codings.index, dtype=bool)


def sight(connection: Connection, study_id: str, member: Member | None) -> Sight:
    """What a member of a study sees; None: whoever sits at the machine, who has the whole database anyway."""
    if member is None:
        return EVERYTHING
    source = schema.source
    sources = frozenset(connection.scalars(select(source.c.id).where(source.c.study_id == study_id)))
    given = assignments(connection, study_id)
    own = [row for row in given if row["coder_id"] == member.coder_id and member.coder_id]
    blind = {row["source_id"] for row in own if row["mode"] == "blind" and not row["finished_at"]}
    opened = opened_sources(connection, study_id) - blind
    open_here = {row["source_id"] for row in own if row["mode"] == "open"}
    trained = {row["source_id"] for row in own if row["purpose"] == TRAINING and row["finished_at"]}
    training = {pair_of(row) for row in given if row["purpose"] == TRAINING}
    shared = {pair_of(row) for row in given if row["mode"] == "open" and row["source_id"] in open_here} - training
    if member.role >= Role.RESEARCHER:
        shared |= {pair_of(row) for row in given if row["purpose"] == TRAINING and row["finished_at"]}
    return Sight(
        coder_key=member.coder_key,
        opened=frozenset(opened),
        adjudicated=frozenset(opened | trained if member.role is Role.CODER else sources - blind),
        shared=frozenset(pair for pair in shared if pair[0] not in blind),
        apart=frozenset(training),
    )


def training_pairs(connection: Connection, study_id: str) -> set[tuple[str, str]]:
    """(source, key of a coder) whose codings are training: they are no work of the study and count nowhere."""
    return {pair_of(row) for row in assignments(connection, study_id) if row["purpose"] == TRAINING}


def pair_of(assignment: Row) -> tuple[str, str]:
    """The source and the key of the coder of an assignment."""
    return assignment["source_id"], assignment["coder_key"]


def assignments(connection: Connection, study_id: str) -> list[Row]:
    """Assignments of a study with `coder_key` and `source_key`, by coder and source."""
    table, coder, source = schema.assignment, schema.coder, schema.source
    query = (
        select(table, coder.c.key.label("coder_key"), source.c.key.label("source_key"))
        .join(coder, coder.c.id == table.c.coder_id)
        .join(source, source.c.id == table.c.source_id)
        .where(table.c.study_id == study_id)
        .order_by(coder.c.key, source.c.position, source.c.key)
    )
    return rows(connection, query)


def openings(connection: Connection, study_id: str) -> list[Row]:
    """The comparisons that are open in a study."""
    opening, source = schema.opening, schema.source
    query = select(opening).join(source, source.c.id == opening.c.source_id).where(source.c.study_id == study_id)
    return rows(connection, query)


def opened_sources(connection: Connection, study_id: str) -> set[str]:
    """Ids of the sources whose comparison is open."""
    return {row["source_id"] for row in openings(connection, study_id)}


def comparable(connection: Connection, seen: Sight, study_id: str) -> set[str]:
    """Sources at which whoever sees so much may compare coders: opened ones, also for whoever sees everything."""
    opened = opened_sources(connection, study_id)
    return opened if seen.everything else opened & seen.opened
