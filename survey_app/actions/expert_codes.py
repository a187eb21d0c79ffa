"""Experts by codes in a deposit package: what may stand beside what readers have already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import pandas as pd

from coding.frames import Frames
from coding.segments import ALL, segment_of
from survey_app.actions.exporting import as_csv
from survey_app.actions.handed_out import handed_out, outside_versions
from survey_app.actions.publishing_plan import Plan
from survey_app.actions.results import Layer
from survey_app.actions.rights import needs
from survey_app.actions.standing import standing_releases
from survey_app.publishing.cells import said_of_codes
from survey_app.publishing.expert_matrix import ExpertMatrix, expert_matrix
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.standing import Version, version_of
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message, counted, sentence

KEPT = "experts_by_codes"
"""What is kept of a package that holds the table: the hash of its bytes."""


@dataclass(frozen=True, slots=True)
class ExpertCodes:
    """The table as CSV, empty where there is none, with its rows; and what is to be said of it."""

    content: bytes
    rows: int
    about: Message

    @property
    def kept(self) -> dict[str, str]:
        """What later packages are compared with."""
        return {KEPT: sha256(self.content).hexdigest()} if self.content else {}


@needs(Role.RESEARCHER)
def expert_codes(
    store: Store, study: Row, frames: Frames, plan: Plan, layer: Layer, *, cells: pd.DataFrame,
    quotes: Sequence[ReleasedQuote],
) -> ExpertCodes:  # fmt: skip
    """Made of the numbers that these cells show; codes that any version hides a number of are not in it."""
    versions = [
        known
        for row in (*standing_releases(store, study), *outside_versions(store, study))
        if (known := version_of(row))
    ]
    said, _codes = said_of_codes(frames, layer=layer.layer, coder_id=layer.coder_id)
    by_statement = said.groupby("statement_id")["code_id"].agg(list).to_dict()
    experts = frames.experts["expert_id"].tolist()
    made = expert_matrix(
        said, frames.codes, experts,
        [*(segment_of(frames.experts, each).tolist() for each in plan.segmentations), *_homes(versions, experts)],
        minimum=plan.minimum,
        closed={*cells.loc[~cells["shown"], "code_id"], *(code for each in versions for *_place, code in each.hidden)},
        quoted=[by_statement[quote.statement_id] for quote in quotes if quote.statement_id in by_statement],
    )  # fmt: skip
    if made is None:
        return ExpertCodes(b"", 0, sentence(
            "There is no table of experts by codes: so few experts cannot be put together in groups in which nobody "
            "stands alone."
        ))  # fmt: skip
    found = ExpertCodes(_csv(made), len(made.rows), _about(plan.minimum))
    before = {(row["kept"] or {}).get(KEPT) for row in handed_out(store, study)} - {None}
    if before - set(found.kept.values()):
        return ExpertCodes(b"", 0, sentence(
            "There is no table of experts by codes: an earlier package holds another one, and both side by side would "
            "tell more than either does."
        ))  # fmt: skip
    return found


def _homes(versions: Sequence[Version], experts: Sequence[str]) -> list[list[str]]:
    """By each grouping of versions that readers have, the segment of each expert."""
    found = []
    for version in versions:
        for grouping in dict.fromkeys(grouping for grouping, _segment in version.sets):
            home = {
                expert: segment
                for (by, segment), within in version.sets.items()
                if by == grouping and segment != ALL
                for expert in within
            }
            found.append([home.get(expert, "") for expert in experts])
    return found


def _csv(made: ExpertMatrix) -> bytes:
    rows = [[group, *("" if value is None else value for value in values)] for group, values in made.rows]
    return as_csv(["alike", *made.codes], rows)


def _about(minimum: int) -> Message:
    return counted(
        "In the table of experts by codes nobody stands alone. A row is an expert; rows with the same number under "
        "“alike” are the same, and at least {count} expert has each number. 1: all of them spoke of the code, and as "
        "many others did too; 0: none of them did; empty: some did. They are of several segments, which the table does "
        "not name. A code with a hidden number has no column.",
        "In the table of experts by codes nobody stands alone. A row is an expert; rows with the same number under "
        "“alike” are the same, and at least {count} experts have each number. 1: all of them spoke of the code, and as "
        "many others did too; 0: none of them did; empty: some did. They are of several segments, which the table does "
        "not name. A code with a hidden number has no column.",
        minimum,
    )
