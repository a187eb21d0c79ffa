"""How far coders agree, on the texts whose comparison is open: over everything, by code, pair and stakeholder group.

Nothing else is compared, whoever asks: before the opening coders are blind to each other, and so is whoever codes alone
as several. What was coded in training is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from coding.agreement import RESAMPLES, Agreement, bootstrap_of, compare
from coding.agreement_parts import per_segment, pulling_down
from coding.characters import stretches_of
from coding.coded import Coded, coded_of
from coding.pairs import PairAgreement, pairs_of
from coding.resampling import Bootstrap
from coding.unitizing import Unitizing, unitizing_agreement
from survey_app.actions.agreement_material import EVERYTHING, Asked, Material, material_of
from survey_app.actions.results import Kept
from survey_app.actions.rights import needs
from survey_app.store.log import Store
from survey_app.store.team import Role
from transcripts.messages import Message, sentence

STATEMENTS, CHARACTERS = "statements", "characters"


@dataclass(frozen=True)
class Agreed:
    """Agreement on what was asked for. `result` is None where `problem` says why nothing can be compared.

    Everything counts statements, or characters where `level` says so. `pairs` hold figures by code, too; there are none
    at the level of characters.
    """

    material: Material
    level: str
    resamples: int
    seed: int
    result: Agreement | None = None
    pairs: tuple[PairAgreement, ...] = ()
    problem: Message | None = None

    @property
    def of_experts(self) -> bool:
        """Whether the bootstrap drew experts."""
        return self.material.clusters is not None

    @cached_property
    def clusters_drawn(self) -> int:
        """From how many experts, or units of nobody, the bootstrap drew."""
        seen = self.material.judgements["unit"].unique()
        owners = self.material.clusters
        return len(seen) if owners is None else len({owners.get(unit) or f"\n{unit}" for unit in seen})

    @cached_property
    def looked_at(self) -> Mapping[str, int]:
        """By coder the statements that they looked at."""
        looked = self.material.judgements[["unit", "coder"]].drop_duplicates()
        return {coder: int((looked["coder"] == coder).sum()) for coder in self.material.coders}

    def pulling_down(self, code_id: str | None, limit: int | None = None) -> pd.DataFrame:
        """`coding.agreement_parts.pulling_down` with the statement's own columns (text, expert_id, label ...)."""
        rows = pulling_down(self.material.judgements, code_id, limit)
        return rows.merge(self.material.statements, left_on="unit", right_on="statement_id")


@dataclass(frozen=True, slots=True)
class Passages:
    """Agreement on passages: by the character, and on where passages begin and end.

    `readers`: coders who are compared there; `length`: characters of the statements that all of them have read.
    """

    characters: Agreed
    unitizing: Unitizing | None
    readers: tuple[str, ...]
    length: int


_AGREED: Kept[tuple[Any, ...], Agreed] = Kept(16)
_GROUPS: Kept[tuple[Any, ...], dict[str, Agreement]] = Kept(16)
_PASSAGES: Kept[tuple[Any, ...], Passages] = Kept(8)


@needs(Role.CODER)
def agreement_of(
    store: Store, study_id: str, asked: Asked = EVERYTHING, *, level: str = STATEMENTS, resamples: int = RESAMPLES,
    seed: int = 0,
) -> Agreed:  # fmt: skip
    """Compare coders; read again only after a change of the study."""
    with store.reading() as connection:
        key, material = material_of(connection, store, study_id, asked)
    return _AGREED.get((key, level, resamples, seed), lambda: _agreed(material, level, resamples, seed))


@needs(Role.CODER)
def agreement_in_groups(
    store: Store, study_id: str, asked: Asked = EVERYTHING, *, resamples: int = RESAMPLES, seed: int = 0
) -> dict[str, Agreement]:
    """Agreement within each stakeholder group, in the groups' order."""
    with store.reading() as connection:
        key, material = material_of(connection, store, study_id, asked)

    def made() -> dict[str, Agreement]:
        found = per_segment(
            material.judgements, material.group_of, codes=material.code_ids, resamples=resamples, seed=seed,
            clusters=material.clusters,
        )  # fmt: skip
        return {group_id: found[group_id] for group_id in material.groups["group_id"] if group_id in found}

    return _GROUPS.get((key, resamples, seed), made)


@needs(Role.CODER)
def agreement_on_passages(
    store: Store, study_id: str, asked: Asked = EVERYTHING, *, resamples: int = RESAMPLES, seed: int = 0
) -> Passages:
    """Agreement on characters, and unitizing alpha over the statements that all of the coders have read."""
    with store.reading() as connection:
        key, material = material_of(connection, store, study_id, asked)
    return _PASSAGES.get((key, resamples, seed), lambda: _passages(material, resamples, seed))


def _agreed(material: Material, level: str, resamples: int, seed: int) -> Agreed:
    nothing = Agreed(material, level, resamples, seed, problem=_why_nothing(material))
    if nothing.problem is not None:
        return nothing
    coded, bootstrap = _drawn_from(material, level, resamples, seed)
    if not coded.n_compared:
        return replace(nothing, problem=sentence("No statement was looked at by two of these coders."))
    pairs = tuple(pairs_of(coded, by_code=True)) if level == STATEMENTS else ()
    return replace(nothing, result=compare(coded, bootstrap), pairs=pairs)


def _drawn_from(material: Material, level: str, resamples: int, seed: int) -> tuple[Coded, Bootstrap]:
    if level == STATEMENTS:
        coded = coded_of(material.judgements, material.code_ids)
        return coded, bootstrap_of(coded, resamples, seed, material.clusters)
    seen = material.read
    if material.clusters is None:
        seen = seen.drop(columns="expert_id")
    coded, owners, of_experts = stretches_of(material.spans, seen, material.code_ids)
    return coded, Bootstrap(len(coded.units), resamples, seed, owners, coded.sizes, of_experts=of_experts)


def _why_nothing(material: Material) -> Message | None:
    if not any(text.opened for text in material.texts):
        return sentence("No comparison is open yet. Coders see each other's work, and how far they agree, only then.")
    if len(material.coders) < 2:
        return sentence("Agreement needs two coders or more who have coded the same texts.")
    return None


def _passages(material: Material, resamples: int, seed: int) -> Passages:
    characters = _agreed(material, CHARACTERS, resamples, seed)
    if characters.result is None:
        return Passages(characters, None, material.coders, 0)
    readers = material.read.groupby("statement_id")["coder_id"].nunique()
    by_all = material.statements["statement_id"].isin(readers.index[readers == len(material.coders)])
    texts = material.statements.loc[by_all, ["source_id", "start", "end"]]
    length = int((texts["end"] - texts["start"]).sum())
    unitizing = unitizing_agreement(material.spans, texts, material.coders, material.code_ids) if length else None
    return Passages(characters, unitizing, material.coders, length)
