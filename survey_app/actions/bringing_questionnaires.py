"""Bring in a questionnaire's file as it would be proposed on the screen, where nobody is there to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey_app.actions.instruments import free_key
from survey_app.actions.questionnaire import import_questionnaire, like_questionnaire, present_questionnaires, wordings
from survey_app.actions.rights import needs
from survey_app.actions.survey_files import known_people, study_guide
from survey_app.questionnaires.column import LEAVE_OUT
from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.defining import unknown_to, with_definition
from survey_app.questionnaires.definitions import read_definition
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.respondents import Respondent, need_respondent_column, respondents
from survey_app.questionnaires.survey import Cell, Survey, make_survey
from survey_app.questionnaires.wording import pair
from survey_app.rosters.tables import Table
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message, counted

LONGEST_TITLE = 160
MOST_NAMED = 12

File = tuple[str, bytes]
"""A name and what is in it."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file: the questionnaire that it went to, how much was stored, and what a person should know.

    `left_out` are rows of the file that are nobody's on the roster.
    """

    key: str
    platform: str
    experts: int
    closed: int
    open: int
    left_out: tuple[int, ...]
    warnings: tuple[Message, ...]
    report: tuple[Cell, ...]


@needs(Role.RESEARCHER)
def bring_in_questionnaire(
    store: Store, person: str, study: Row, file: File, definition: File | None = None, *, double: str = ""
) -> Brought:  # fmt: skip
    """Store a file with the columns, the types and the experts that are proposed for it.

    Respondents are added to the questionnaire of the study that asks the same; otherwise it is a new one. Of two rows
    of one expert the first or the last counts, as `double` says. Raises a MessageError, with nothing stored: no table
    or definition, no column that names the expert, two rows of one expert where `double` says nothing, no answer.
    """
    export = read_questionnaire(*file)
    told, notes = export, list(export.table.warnings)
    if definition is not None:
        instrument = read_definition(*definition)
        told = with_definition(export, instrument)
        notes += [*instrument.warnings, *_unknown(unknown_to(told))]
    people = known_people(store, study["id"])
    respondent = need_respondent_column(export.table, people, export)
    columns = [
        replace(column, kind=LEAVE_OUT, why="respondent") if column.name == respondent else column
        for column in propose_columns(told, study_guide())
    ]
    found = respondents(export.table, respondent, people, columns)
    strangers = [row for row in found if not row.expert_id and row.how != "refused"]
    experts = {row.place: row.expert_id for row in found if row.expert_id}
    survey = make_survey(export.table, columns, experts, study["language"], double=double)
    key = _store(store, person, study, survey, file[0])
    return Brought(
        key, export.platform, len(survey.filled), len(survey.answers), len(survey.open_answers),
        tuple(export.table.row_number(row.place) for row in strangers),
        (*notes, *_nobody(export.table, strangers), *survey.warnings), survey.report,
    )  # fmt: skip


def _store(store: Store, person: str, study: Row, survey: Survey, file_name: str) -> str:
    present = present_questionnaires(store, study["id"])
    items: list[dict[str, Any]] = survey.items.to_dict("records")  # type: ignore[assignment]
    like = like_questionnaire(present, file_name, wordings(items))
    key = like or free_key(each.key for each in present)
    title = ("", "") if like else pair(file_name.rpartition(".")[0].strip()[:LONGEST_TITLE])
    import_questionnaire(
        store, person, study, survey.items, survey.answers, survey.open_answers, file_name=file_name, key=key,
        title=title, filled=survey.filled, adding=bool(like),
    )  # fmt: skip
    return key


def _nobody(table: Table, strangers: Sequence[Respondent]) -> list[Message]:
    if not strangers:
        return []
    named = [f"{table.row_number(row.place)} {row.written}".strip() for row in strangers]
    return [
        counted(
            "{count} row is nobody's on the roster and was left out: {rows}.",
            "{count} rows are nobody's on the roster and were left out: {rows}.",
            len(strangers), rows=_first_of(named),
        )
    ]  # fmt: skip


def _unknown(headers: Sequence[str]) -> list[Message]:
    if not headers:
        return []
    named = [f"“{' '.join(name.split())[:90]}”" for name in headers]
    return [
        counted(
            "{count} column is not in the definition: {columns}.",
            "{count} columns are not in the definition: {columns}.",
            len(headers), columns=_first_of(named),
        )
    ]  # fmt: skip


def _first_of(named: Sequence[str]) -> str:
    return ", ".join([*named[:MOST_NAMED], *(["…"] if len(named) > MOST_NAMED else [])])
