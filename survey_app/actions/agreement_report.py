"""The report on agreement for the supplement of an article: what was coded by whom, every figure, how it was computed.

Coders stand by their keys, texts by theirs; no name of a person and no word that anybody said is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version as installed

from coding.agreement import RESAMPLES, Agreement
from survey_app.actions.agreeing import Agreed, Passages, agreement_in_groups, agreement_of, agreement_on_passages
from survey_app.actions.agreeing_values import AttributeAgreement, agreement_on_attributes
from survey_app.actions.agreement_material import EVERYTHING, Asked
from survey_app.actions.code_merging import MERGE
from survey_app.actions.restoring import CORRECTIONS
from survey_app.actions.rights import needs
from survey_app.store import codebooks, judged
from survey_app.store.log import Row, Store, now
from survey_app.store.sight import assignments
from survey_app.store.team import Role
from transcripts.messages import MessageError

FOLLOWING = CORRECTIONS | {MERGE}
"""Verbs by which codings of all coders follow a text or the codebook: these changes are nobody's judgement."""


class NothingToReport(MessageError):
    """There are no figures; the message says why."""


@dataclass(frozen=True)
class Report:
    """Everything that the files say. `written` is UTC in ISO 8601; `codebook` the number of its version.

    `modes`: (coder, source) of an assignment -> "blind" or "open"; `after_opening`: by coder how often
    their codings were changed since the comparison was opened first; `samples`: rows of {name, seed, plan, statements}.
    """

    study: Row
    written: str
    software: str
    codebook: int
    agreed: Agreed
    groups: dict[str, Agreement]
    attributes: list[AttributeAgreement]
    passages: Passages
    modes: dict[tuple[str, str], str]
    after_opening: dict[str, int]
    samples: list[Row]

    @property
    def result(self) -> Agreement:
        """The figures over statements."""
        assert self.agreed.result is not None
        return self.agreed.result


@needs(Role.CODER)
def agreement_report(
    store: Store, study: Row, asked: Asked = EVERYTHING, *, ordered: tuple[str, ...] = (), resamples: int = RESAMPLES,
    seed: int = 0,
) -> Report:  # fmt: skip
    """Put together what is known of the agreement that was asked for. Raises NothingToReport."""
    study_id = study["id"]
    agreed = agreement_of(store, study_id, asked, resamples=resamples, seed=seed)
    if agreed.result is None:
        assert agreed.problem is not None
        raise NothingToReport(agreed.problem)
    compared, coders = agreed.material.compared, agreed.material.coders
    with store.reading() as connection:
        given = assignments(connection, study_id)
        codebook = codebooks.version_of(connection, study_id)
        after = judged.changed_after_opening(connection, compared, besides=FOLLOWING)
        samples = judged.drawn(connection, study_id, compared)
    return Report(
        study=study,
        written=now(),
        software=installed("survey-app"),
        codebook=codebook,
        agreed=agreed,
        groups=agreement_in_groups(store, study_id, asked, resamples=resamples, seed=seed),
        attributes=agreement_on_attributes(
            store, study_id, asked, ordered=ordered, resamples=resamples, seed=seed
        ),
        passages=agreement_on_passages(store, study_id, asked, resamples=resamples, seed=seed),
        modes={
            (row["coder_key"], row["source_id"]): row["mode"]
            for row in given
            if row["coder_key"] in coders and row["source_id"] in compared
        },
        after_opening={coder: count for coder, count in after.items() if coder in coders},
        samples=samples,
    )  # fmt: skip
