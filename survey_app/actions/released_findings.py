"""The findings that a release tells: whether the study wants that, and what keeps them inside."""

import pandas as pd

from survey_app.actions.findings import findings_of
from survey_app.actions.results import frames_of
from survey_app.actions.rights import needs
from survey_app.language import label
from survey_app.publishing.deposit import runs, runs_within
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.names import names_within
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
def findings_problems(
    store: Store, study: Row, quotes: list[ReleasedQuote], cells: pd.DataFrame
) -> list[Message]:  # fmt: skip
    """What keeps findings that are to be told inside: a name, words that were not released, a number that is hidden."""
    frames = frames_of(store, study["id"])
    with store.reading() as connection:
        names = expert_rows.names(connection, study["id"])
    released = [quote.text for quote in quotes]
    inside = runs(frames.statements["text"]) - runs(released)
    hidden = set(cells.loc[~cells["shown"], "code_id"])
    called = {row["code_id"]: label(row) for row in frames.codes.to_dict("records")}
    found = []
    for number, finding in enumerate(findings_of(store, study["id"]), 1):
        texts = [text for each in finding.sentences for text in (each.text_en, each.text_ru)]
        if betrayed := [name for text in texts for name in names_within(text, names)]:
            found.append(
                sentence(
                    "Finding {number} holds a name of the roster: {names}. Write it without.", number=number,
                    names=", ".join(dict.fromkeys(betrayed)),
                )
            )  # fmt: skip
        if any(inside & runs_within(text) for text in texts):
            found.append(
                sentence(
                    "Finding {number} repeats words of a statement that were not released. Say it in your own words, "
                    "or release the quote.", number=number,
                )
            )  # fmt: skip
        claims = [each.claim for each in finding.sentences if each.claim is not None]
        codes = {getattr(claim, name, "") for claim in claims for name in ("code_id", "other_id")}
        if kept := sorted(called[code] for code in codes & hidden if code in called):
            found.append(
                sentence(
                    "Finding {number} rests on numbers that are hidden: {codes}. Release them by hand, or publish "
                    "without findings.", number=number, codes="; ".join(kept),
                )
            )  # fmt: skip
    return found
