"""Around what topics may grow: the codes that statements carry, and what the codebook says of each code."""

from __future__ import annotations

import pandas as pd

from coding.codings import codes_of_statements
from survey_app.actions.results import coded_statements, frames_of
from survey_app.actions.rights import needs
from survey_app.store import codes as code_rows
from survey_app.store.log import Row, Store
from survey_app.store.team import Role

BY_THEMSELVES, AROUND_CODES, AROUND_DESCRIPTIONS = "", "codes", "descriptions"
GUIDANCE = (BY_THEMSELVES, AROUND_CODES, AROUND_DESCRIPTIONS)


@needs(Role.RESEARCHER)
def codes_by_statement(store: Store, study_id: str) -> dict[str, tuple[str, ...]]:
    """The codes of each statement that has any, as far as the one who acts may see them: those that were settled,
    where some were, else those of all coders."""
    coded = _coded(store, study_id)
    found: dict[str, dict[str, None]] = {}
    for statement_id, code_id in zip(coded["statement_id"].tolist(), coded["code_id"].tolist(), strict=True):
        found.setdefault(statement_id, {})[code_id] = None
    return {statement_id: tuple(sorted(codes)) for statement_id, codes in found.items()}


@needs(Role.RESEARCHER)
def guided_by(store: Store, study_id: str) -> list[list[str]]:
    """Which codings `codes_by_statement` tells of: text, coder and layer, each once. Who may not see all of these may
    not read topics that grew around them (`survey_app.actions.results`)."""
    codings = frames_of(store, study_id).codings
    used = codings[codings["coding_id"].isin(_coded(store, study_id)["coding_id"])]
    return sorted(map(list, set(zip(used["source_id"], used["coder_id"], used["layer"], strict=True))))


@needs(Role.RESEARCHER)
def descriptions(store: Store, study: Row) -> dict[str, list[str]]:
    """What the codebook says of each code in use, in the language of the study: its name with its definition, and its
    example."""
    language = "ru" if study["language"] == "ru" else "en"
    with store.reading() as connection:
        rows = code_rows.codes(connection, study["id"])
    found: dict[str, list[str]] = {}
    for row in rows:
        if not row["archived"]:
            named = ". ".join(filter(None, (row[f"label_{language}"], row[f"definition_{language}"])))
            texts = [text for text in (named, row[f"example_{language}"]) if text.strip()]
            if texts:
                found[row["key"]] = texts
    return found


def _coded(store: Store, study_id: str) -> pd.DataFrame:
    settled = coded_statements(store, study_id, None)
    if not settled.empty:
        return settled
    frames = frames_of(store, study_id)
    return codes_of_statements(frames.statements, frames.codings)


def guidance_of(record: Row) -> str:
    """How a run was guided, by its record."""
    if record.get("seed_topics"):
        return AROUND_DESCRIPTIONS
    return AROUND_CODES if record.get("guided") else BY_THEMSELVES
