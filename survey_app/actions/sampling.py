"""The double-coding sample of a study: drawn by chance from every group, kept with its plan, given to coders."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from random import SystemRandom

import pandas as pd

from coding.sampling import covered, strata_of, stratified_sample, units_needed
from survey_app.actions.assigning import BLIND, assign
from survey_app.actions.results import frames_of
from survey_app.actions.rights import needs
from survey_app.store import samples, schema
from survey_app.store.log import Row, Store, fetch, now
from survey_app.store.progress import codable
from survey_app.store.sight import assignments
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

DRAW, REMOVE = "draw_sample", "remove_sample"
LARGEST_SEED = 999_999


class SampleRefused(MessageError):
    """A sample that cannot be drawn, given or removed as it was asked; nothing has changed."""


@dataclass(frozen=True, slots=True)
class Precision:
    """What agreement shall be shown: the kappa expected, the lower limit wanted, the share of statements with it."""

    kappa: float
    lower: float
    prevalence: float
    coders: int
    confidence: float = 0.95

    @property
    def needed(self) -> int:
        """Statements that all have to code. Raises UnusableSample."""
        return units_needed(self.kappa, self.lower, self.prevalence, self.coders, self.confidence)


@needs(Role.RESEARCHER)
def pool_of(store: Store, study_id: str, source_ids: Collection[str] | None = None) -> pd.DataFrame:
    """The statements that may be drawn (`coding.sampling.strata_of` by text): experts' in sessions, in these texts."""
    with store.reading() as connection:
        there = codable(connection, study_id)
    strata = strata_of(frames_of(store, study_id), by_source=True)
    kept = strata["statement_id"].isin(there)
    if source_ids is not None:
        kept &= strata["source_id"].isin(list(source_ids))
    return strata[kept].reset_index(drop=True)


@needs(Role.RESEARCHER)
def draw_sample(
    store: Store, person: str, study_id: str, name: str, size: int, *, source_ids: Collection[str] | None = None,
    seed: int | None = None, by_text: bool = True, precision: Precision | None = None,
) -> str:  # fmt: skip
    """Draw and keep a sample from every stakeholder group, `by_text` of every group in every text; returns its id.

    The same seed draws the same statements as long as the texts are the same; without one a seed is drawn.
    Raises SampleRefused and UnusableSample.
    """
    seed = SystemRandom().randint(1, LARGEST_SEED) if seed is None else seed
    name = name.strip()
    if not name:
        raise SampleRefused(sentence("A sample needs a name."))
    pool = pool_of(store, study_id, source_ids)
    drawn = stratified_sample(pool if by_text else pool.assign(source_id=""), size, seed)
    plan = {
        "size": size, "by_text": by_text, "source_ids": None if source_ids is None else sorted(source_ids),
        "precision": asdict(precision) if precision else None,
    }  # fmt: skip
    with store.change(study_id, person, DRAW) as change:
        if any(row["name"] == name for row in samples.samples(change.connection, study_id)):
            raise SampleRefused(sentence("There is a sample named “{name}” already.", name=name))
        sample_id = change.insert(
            schema.sample,
            {"study_id": study_id, "name": name, "seed": seed, "plan": plan, "created_at": now()},
        )[0]  # fmt: skip
        change.insert(schema.sampled, [{"sample_id": sample_id, "statement_id": each} for each in drawn])
    return sample_id


@needs(Role.RESEARCHER)
def samples_of(store: Store, study_id: str) -> list[Row]:
    """The samples of a study with their `size`, oldest first."""
    with store.reading() as connection:
        return samples.samples(connection, study_id)


@needs(Role.RESEARCHER)
def coverage(store: Store, study_id: str, sample_id: str) -> pd.DataFrame:
    """What a sample has of each group: group_id, available, chosen; of the texts that it was drawn from."""
    with store.reading() as connection:
        row = fetch(connection, schema.sample, sample_id, study_id)
        chosen = samples.statements_of(connection, sample_id)
    pool = pool_of(store, study_id, row["plan"].get("source_ids"))
    return covered(chosen, pool.assign(source_id="")).drop(columns="source_id")


@needs(Role.RESEARCHER)
def give_sample(
    store: Store, person: str, study_id: str, sample_id: str, coder_ids: Collection[str], mode: str = BLIND
) -> int:
    """Give a sample to coders, text by text; returns how many assignments are new. Raises AssigningRefused.

    Who has the whole text already has the statements of the sample with it.
    """
    with store.reading() as connection:
        fetch(connection, schema.sample, sample_id, study_id)
        texts = samples.sources_of(connection, sample_id)
    return assign(store, person, study_id, coder_ids, texts, mode, sample_id=sample_id)


@needs(Role.RESEARCHER)
def remove_sample(store: Store, person: str, study_id: str, sample_id: str) -> None:
    """Forget a sample that nobody was given. Raises SampleRefused."""
    with store.change(study_id, person, REMOVE) as change:
        connection = change.connection
        fetch(connection, schema.sample, sample_id, study_id)
        if any(row["sample_id"] == sample_id for row in assignments(connection, study_id)):
            raise SampleRefused(sentence("This sample has been given to coders. Withdraw it from them first."))
        change.delete(schema.sampled, samples.row_ids(connection, sample_id))
        change.delete(schema.sample, sample_id)
