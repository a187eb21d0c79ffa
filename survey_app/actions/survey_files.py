"""Questionnaire files beside a study: what is proposed for them, and the answers when the proposals are taken."""

from __future__ import annotations

from functools import cache

from coding.guide import Guide, read_guide
from survey_app.actions.rights import needs
from survey_app.actions.studies import DOMAIN
from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.respondents import need_respondent_column, respondents
from survey_app.questionnaires.survey import Survey, UnusableQuestionnaire, make_survey
from survey_app.store import experts as expert_rows
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import sentence
from transcripts.people import KnownPerson


@cache
def study_guide() -> Guide:
    """The interview guide that a study's questionnaire is compared with."""
    return read_guide((DOMAIN / "interview_guide.yaml").read_text("utf-8"))


@needs(Role.RESEARCHER)
def known_people(store: Store, study_id: str) -> list[KnownPerson]:
    """The experts of a study with every name that is known, e-mail addresses of the roster included."""
    with store.reading() as connection:
        found = expert_rows.experts(connection, study_id)
    return [
        KnownPerson(
            row["key"],
            (row["name"], *row["other_names"], *(str(text) for text in row["attributes"].values() if "@" in str(text))),
        )
        for row in found
    ]


@needs(Role.RESEARCHER)
def read_survey(store: Store, study: Row, name: str, content: bytes) -> Survey:
    """Read a questionnaire as proposed, without anybody to ask; stores nothing.

    Raises a MessageError: no table, no column that names the expert, a row of nobody on the roster, two rows of
    one expert, an answer that does not fit.
    """
    export = read_questionnaire(name, content)
    table = export.table
    people = known_people(store, study["id"])
    column = need_respondent_column(table, people, export)
    columns = [each for each in propose_columns(export, study_guide()) if each.name != column]
    found = respondents(table, column, people, columns)
    strangers = [row for row in found if not row.expert_id and row.how != "refused"]
    if strangers:
        raise UnusableQuestionnaire(
            sentence(
                "Row {row}: nobody on the roster is “{written}”. Add the expert to the roster, or say on the page "
                "of the questionnaire whose row it is.", row=table.row_number(strangers[0].place),
                written=strangers[0].written,
            )
        )  # fmt: skip
    experts = {row.place: row.expert_id for row in found if row.expert_id}
    return make_survey(table, columns, experts, study["language"])
