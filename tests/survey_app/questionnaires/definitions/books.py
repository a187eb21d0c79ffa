"""Small forms for tests: sheets as rows of cells, put into a workbook or written as YAML."""

import io

from openpyxl import Workbook

from survey_app.questionnaires.definitions import read_definition

SURVEY = ("type", "name", "label::English (en)", "label::Русский (ru)")
CHOICES = ("list_name", "name", "label::English (en)", "label::Русский (ru)")


def workbook(**sheets):
    """An XLSX with a sheet for each keyword; every sheet is a list of rows, the header first."""
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(out)
    return out.getvalue()


def form(*survey, choices=(), settings=(), more=(), more_choices=()):
    """The instrument of an XLSForm; `more` and `more_choices` are further headers."""
    content = workbook(
        survey=[(*SURVEY, *more), *survey], choices=[(*CHOICES, *more_choices), *choices], settings=list(settings)
    )
    return read_definition("form.xlsx", content)


def yaml(text):
    return read_definition("form.yaml", text.encode())


def told(instrument):
    return " ".join(str(message) for message in instrument.warnings)
