"""What a number counts and how far apart its answers are: kept from the definition, written again, stored, shown."""

import pytest

from survey_app.form.showing import answer_text, shown_sheet
from survey_app.language import use
from survey_app.questionnaires.definitions import read_definition
from survey_app.questionnaires.filling import Filled
from survey_app.questionnaires.filling_rules import sheets
from survey_app.questionnaires.instrument import Instrument
from survey_app.questionnaires.writing import to_xlsform, to_yaml
from tests.survey_app.questionnaires.definitions.books import form

MORE = ("parameters", "rakurs_unit::English (en)", "rakurs_unit::Русский (ru)")
ROWS = (
    ("range", "share", "Which share?", "Какая доля?", "start=0 end=100 step=5", "%", "%"),
    ("integer", "years", "How long?", "Как долго?", "", "years", "лет"),
    ("range", "bare", "How much?", "Сколько?", "start=1 end=4", "", ""),
)


@pytest.fixture
def instrument():
    return form(*ROWS, more=MORE)


def test_units_and_steps_are_read_written_and_stored(instrument):
    assert [(item.step, item.unit) for item in instrument.items] == [
        (5.0, ("%", "%")), (None, ("years", "лет")), (None, ("", "")),
    ]  # fmt: skip
    assert instrument.warnings == ()
    again = [
        Instrument.from_json(instrument.to_json()), read_definition("form.xlsx", to_xlsform(instrument)),
        read_definition("form.yaml", to_yaml(instrument).encode()),
    ]  # fmt: skip
    for other in again:
        assert [(i.step, i.unit, i.lowest, i.highest) for i in other.items] == [
            (i.step, i.unit, i.lowest, i.highest) for i in instrument.items
        ]


def test_what_was_stored_before_there_were_units_is_read(instrument):
    plain = instrument.to_json()
    plain["items"] = [
        {name: value for name, value in row.items() if name not in {"unit", "step"}} for row in plain["items"]
    ]
    assert Instrument.from_json(plain).items[0].unit == ("", "")


@pytest.mark.parametrize(("language", "bounds", "unit"), [
    ("en", "A number from 0 to 100, in steps of 5.", "7 years"), ("ru", None, "7 лет"),
])  # fmt: skip
def test_both_are_shown(instrument, language, bounds, unit):
    with use(language):
        shown = shown_sheet(instrument, sheets(instrument)[0], Filled({"years": 7.0}), {})
        assert answer_text(shown[1]) == unit
        assert bounds is None or shown[0].bounds == bounds
        assert [each.has_unit for each in shown] == [True, True, False]
        assert answer_text(shown[0]) == ""
