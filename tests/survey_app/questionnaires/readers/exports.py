"""Files of platforms for tests, and what becomes of them as proposed."""

from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import make_survey
from tests.conftest import CORPORA

REAL = CORPORA / "questionnaires"


def proposed(content, name="export.csv", definition=None):
    """The export and its proposed columns by name."""
    export = read_questionnaire(name, content)
    if definition is not None:
        export = definition(export)
    return export, {column.name: column for column in propose_columns(export, None)}


def survey_of(content, name="export.csv", definition=None):
    """The survey as proposed; row by row of E1, E2, …"""
    export, columns = proposed(content, name, definition)
    experts = {place: f"E{place + 1}" for place in range(len(export.table.rows))}
    return make_survey(export.table, list(columns.values()), experts, "en")


def sentences(table):
    return [str(message) for message in table.warnings]
