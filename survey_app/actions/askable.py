"""What a query can be made of in a study: its codes, groups, questions, texts, attributes of statements, periods."""

from __future__ import annotations

from dataclasses import dataclass

from survey_app.actions.guide import questions_of
from survey_app.actions.rights import needs
from survey_app.store import codebooks, codes, retrieval, schema, sources, studies
from survey_app.store.log import Row, Store, fetch
from survey_app.store.team import Role


@dataclass(frozen=True, slots=True)
class Askable:
    """Everything that a condition can name, in the study's order.

    `codes` are those in use and those out of use that hold codings. An attribute has its values, those of open lists as
    the coder wrote them.
    """

    codes: list[Row]
    groups: list[Row]
    questions: list[Row]
    sources: list[Row]
    attributes: list[Row]
    periods: list[Row]


@needs(Role.CODER)
def askable(store: Store, study_id: str, coder_id: str) -> Askable:
    """What this coder can ask. Raises Gone for a coder of another study."""
    with store.reading() as connection:
        fetch(connection, schema.coder, coder_id, study_id)
        besides = codebooks.codebook_of(connection, study_id)
        return Askable(
            codes.codes_that_count(connection, study_id),
            studies.groups(connection, study_id),
            questions_of(connection, study_id),
            sources.sources(connection, study_id, "session", "chat", "answer", "document"),
            _with_own_values(besides["attributes"], retrieval.values_of(connection, study_id, coder_id)),
            list(besides["periods"]),
        )


def _with_own_values(attributes: list[Row], given: list[Row]) -> list[Row]:
    used: dict[str, list[str]] = {}
    for row in given:
        used.setdefault(row["attribute"], []).append(row["value"])
    found = []
    for one in attributes:
        known = {value["key"] for value in one["values"]}
        own = sorted(set(used.get(one["key"], ())) - known)
        found.append({**one, "values": [*one["values"], *({"key": value} for value in own)]})
    return found
