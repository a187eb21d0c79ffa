"""The findings that a release tells: whether the study wants that, and what keeps them inside."""

from collections.abc import Collection, Sequence

import pandas as pd

from coding.claims import Claim
from coding.frames import Frames
from survey_app.actions.findings import Finding, findings_of
from survey_app.actions.own_words import addresses_told
from survey_app.actions.publishing_plan import Plan
from survey_app.actions.results import frames_of, layers
from survey_app.actions.rights import needs
from survey_app.actions.standing import standing_releases
from survey_app.language import label
from survey_app.publishing.claimed import Beside, Counted, claim_fits, claims_betray, codes_told, counted_by
from survey_app.publishing.deposit import runs, runs_within
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.names import names_within
from survey_app.publishing.own_words import addresses_within
from survey_app.publishing.standing import version_of
from survey_app.store import experts as expert_rows
from survey_app.store import schema
from survey_app.store.log import Row, Store, fetch
from survey_app.store.team import Role
from transcripts.messages import Message, sentence

CHOICE = "findings_released"


@needs(Role.RESEARCHER)
def release_findings(store: Store, person: str, study_id: str, *, wanted: bool) -> None:
    """Choose whether releases tell the study's findings."""
    with store.change(study_id, person, "choose") as change:
        study = fetch(change.connection, schema.study, study_id)
        if bool(study["choices"].get(CHOICE)) != wanted:
            change.update(schema.study, study_id, choices=dict(study["choices"]) | {CHOICE: wanted})


@needs(Role.RESEARCHER)
def findings_released(store: Store, study_id: str) -> bool:
    """Whether releases tell the findings, as the store has it now."""
    with store.reading() as connection:
        return bool(fetch(connection, schema.study, study_id)["choices"].get(CHOICE))


@needs(Role.RESEARCHER)
def claims_of_findings(store: Store, study: Row) -> list[Counted]:
    """Whom the findings of a release count; nobody unless it tells them."""
    if not findings_released(store, study["id"]):
        return []
    return counted_by(frames_of(store, study["id"]), _claims(findings_of(store, study["id"])))


@needs(Role.RESEARCHER)
def findings_problems(
    store: Store, study: Row, plan: Plan, quotes: list[ReleasedQuote], cells: pd.DataFrame, replacing: Collection[str]
) -> list[Message]:  # fmt: skip
    """What keeps findings that are to be told inside: a name, words that were not released, a number that is hidden,
    few experts whom they tell apart beside the numbers of this release and of those that stand."""
    frames, found = frames_of(store, study["id"]), findings_of(store, study["id"])
    problems = [*_words(store, study, frames, found, quotes), *_numbers(frames, found, cells)]
    if problems:
        return problems
    standing = [row for row in standing_releases(store, study) if row["id"] not in replacing]
    versions = [known for row in standing if (known := version_of(row))]
    layer = layers(frames)[0]
    quoted = frozenset(quote.statement_id for quote in quotes)
    beside = Beside(frames, plan.segmentations, cells, versions, plan.rule, layer.layer, layer.coder_id, quoted)
    return claims_betray(counted_by(frames, _claims(found)), beside)


def _words(
    store: Store, study: Row, frames: Frames, findings: Sequence[Finding], quotes: Sequence[ReleasedQuote]
) -> list[Message]:  # fmt: skip
    with store.reading() as connection:
        names = expert_rows.names(connection, study["id"])
        addresses = addresses_told(expert_rows.experts(connection, study["id"]))
    inside = runs(frames.statements["text"]) - runs([quote.text for quote in quotes])
    found = []
    for number, finding in enumerate(findings, 1):
        texts = [text for each in finding.sentences for text in (each.text_en, each.text_ru)]
        if betrayed := [name for text in texts for name in names_within(text, names)]:
            found.append(
                sentence(
                    "Finding {number} holds a name of the roster: {names}. Write it without.", number=number,
                    names=", ".join(dict.fromkeys(betrayed)),
                )
            )  # fmt: skip
        if told := [each for text in texts for each in addresses_within(text, addresses)]:
            found.append(
                sentence(
                    "Finding {number} holds an address or a telephone of the roster: {told}. Write it without.",
                    number=number, told=", ".join(dict.fromkeys(told)),
                )
            )  # fmt: skip
        if any(inside & runs_within(text) for text in texts):
            found.append(
                sentence(
                    "Finding {number} repeats words of a statement that were not released. Say it in your own words, "
                    "or release the quote.", number=number,
                )
            )  # fmt: skip
    return found


def _numbers(frames: Frames, findings: Sequence[Finding], cells: pd.DataFrame) -> list[Message]:
    """Claims of what is gone, and of codes of which a number is hidden."""
    hidden = set(cells.loc[~cells["shown"], "code_id"])
    called = {row["code_id"]: label(row) for row in frames.codes.to_dict("records")}
    found = []
    for number, claims in _claims(findings).items():
        unread = any(each.problem is not None for each in findings[number - 1].sentences)
        if unread or not all(claim_fits(frames, claim) for claim in claims):
            found.append(
                sentence(
                    "Finding {number} claims what cannot be counted any more, so nobody knows what it tells. Claim it "
                    "anew, or publish without findings.", number=number,
                )
            )  # fmt: skip
        codes = frozenset[str]().union(*map(codes_told, claims)) & hidden
        if kept := sorted(called[code] for code in codes if code in called):
            found.append(
                sentence(
                    "Finding {number} rests on numbers that are hidden: {codes}. Release them by hand, or publish "
                    "without findings.", number=number, codes="; ".join(kept),
                )
            )  # fmt: skip
    return found


def _claims(findings: Sequence[Finding]) -> dict[int, list[Claim]]:
    return {
        number: [each.claim for each in finding.sentences if each.claim is not None]
        for number, finding in enumerate(findings, 1)
    }
