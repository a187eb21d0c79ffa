"""Questionnaires for tests: the demo's form, small ones written in the test, and what becomes of them as proposed."""

import csv
import io

from openpyxl import Workbook
from sqlalchemy import select

from survey_app.actions.people import import_roster
from survey_app.actions.studies import create_study
from survey_app.questionnaires import columns as proposals
from survey_app.questionnaires.export import Export
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.respondents import need_respondent_column, respondents
from survey_app.questionnaires.survey import make_survey
from survey_app.rosters.roster import propose_columns as propose_roster_columns
from survey_app.rosters.roster import read_roster
from survey_app.rosters.tables import read_table
from survey_app.store import schema, studies
from survey_app.store.log import rows
from tests.coding.demo_study import DEMO, guide
from tests.coding.demo_study import table as demo_table
from transcripts.people import KnownPerson

PEOPLE = [KnownPerson(row["expert_id"], (row["name_en"], row["name_ru"])) for row in demo_table("experts.csv")]
FORM = "questionnaire_google_forms.csv"


def as_csv(header, *rows, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue().encode()


def as_xlsx(header, *rows):
    book, out = Workbook(), io.BytesIO()
    for row in (header, *rows):
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


def propose_columns(table, guide):
    """The proposals for a table of nobody's platform."""
    return proposals.propose_columns(Export("", table), guide)


def table_of(header, *rows):
    return read_questionnaire("form.csv", as_csv(header, *rows)).table


def column_of(name, *values, more=()):
    """The proposal for one column without a guide, beside a column of ids; `more` are rows of further columns."""
    table = table_of(["id", name], *([f"E{n:02d}", value] for n, value in enumerate(values, 1)))
    return propose_columns(table, None)[1]


def survey_of(content, people=PEOPLE, *, name="form.csv", with_guide=True, language="en", changes=None):
    """The survey as proposed; `changes` maps a header to a function from column to column."""
    export = read_questionnaire(name, content)
    table = export.table
    key = need_respondent_column(table, people)
    columns = [
        (changes or {}).get(column.name, lambda same: same)(column)
        for column in proposals.propose_columns(export, guide() if with_guide else None)
        if column.name != key
    ]
    experts = {row.place: row.expert_id for row in respondents(table, key, people, columns) if row.expert_id}
    return make_survey(table, columns, experts, language)


def study_with_roster(store, language="en"):
    """A study of one's own with the demo's twenty experts and nothing else."""
    study = create_study(store, "A", title_en="Panel", language=language, slug="panel")
    table = read_table("experts.csv", (DEMO / "experts.csv").read_bytes())
    with store.reading() as connection:
        groups = studies.groups(connection, study["id"])
    import_roster(store, "A", study["id"], read_roster(table, propose_roster_columns(table, groups), groups))
    return study


def demo_form():
    return (DEMO / FORM).read_bytes()


def answers_of(survey, item_id):
    """Value by expert; None for "cannot say"."""
    rows = survey.answers[survey.answers["item_id"] == item_id]
    return {row.expert_id: None if row.cannot_say else row.value for row in rows.itertuples()}


def noted(survey):
    """What the report says, cell by cell."""
    return {(cell.row, cell.written): str(cell.problem) for cell in survey.report}


def unfit(survey):
    """What was kept as it was written, by expert and item."""
    rows = survey.answers[survey.answers["unfit"]]
    assert rows["value"].isna().all()
    assert not rows["cannot_say"].any()
    return {(row.expert_id, row.item_id): row.raw for row in rows.itertuples()}


def code_an_answer(store, study):
    """One coding on the first open answer."""
    with store.change(study["id"], "A", "apply_code") as change:
        connection = change.connection
        source = rows(connection, select(schema.source).where(schema.source.c.kind == "answer"))[0]
        code = rows(connection, select(schema.code).where(schema.code.c.study_id == study["id"]))[-1]
        coder = studies.coders(connection, study["id"])[0]
        change.insert(
            schema.coding,
            {"source_id": source["id"], "start": 0, "end": 5, "code_id": code["id"], "coder_id": coder["id"]},
        )
