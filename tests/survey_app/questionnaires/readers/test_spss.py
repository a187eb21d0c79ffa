"""SPSS files: labels, missing values, dates and multiple-response sets."""

import pandas as pd
import pyreadstat
import pytest

from survey_app.questionnaires import sav_process
from survey_app.questionnaires.instrument import Instrument
from survey_app.questionnaires.readers import spss
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.rosters.tables import Limits, UnreadableTable
from tests.survey_app.questionnaires.forms import answers_of
from tests.survey_app.questionnaires.readers.exports import REAL, proposed, survey_of

AGREE = {1: "Совершенно не согласен", 2: "Скорее не согласен", 3: "Нейтрально", 4: "Скорее согласен",
         5: "Полностью согласен", 98: "Затрудняюсь ответить", 99: "Отказ"}  # fmt: skip


def sav(tmp_path, columns, *, compress=False, **more):
    path = tmp_path / "made.sav"
    pyreadstat.write_sav(pd.DataFrame(columns), path, compress=compress, **more)
    return path.read_bytes()


def with_sets(tmp_path, columns, sets, **more):
    """A file with the record of multiple-response sets (subtype 7) before the end of its dictionary."""
    content = sav(tmp_path, columns, **more)
    text = sets.encode()
    record = b"".join(number.to_bytes(4, "little") for number in (7, 7, 1, len(text))) + text
    end = content.index((999).to_bytes(4, "little") + bytes(4))
    return content[:end] + record + content[end:]


@pytest.mark.parametrize("compress", [False, True])
def test_labels_are_answers_and_refusing_is_none(tmp_path, compress):
    content = sav(
        tmp_path, {"agree": [1.0, 5.0, 98.0, 99.0, None]}, compress=compress, column_labels=["Вы согласны?"],
        variable_value_labels={"agree": AGREE}, missing_ranges={"agree": [98, 99]},
    )  # fmt: skip
    export, columns = proposed(content, "made.zsav" if compress else "made.sav")
    assert export.platform == "SPSS"
    column = columns["agree"]
    assert (column.kind, column.label, column.defined) == ("likert", ("", "Вы согласны?"), False)
    assert [point["value"] for point in column.points] == [1, 2, 3, 4, 5]
    assert export.table.values("agree") == [
        "Совершенно не согласен",
        "Полностью согласен",
        "Затрудняюсь ответить",
        "",
        "",
    ]
    assert answers_of(survey_of(content), "agree") == {"E1": 1.0, "E2": 5.0, "E3": None}


def test_a_number_before_cannot_say_changes_nothing(tmp_path):
    labels = {1: "never", 2: "often", 9: "9 Hard to say"}
    content = sav(tmp_path, {"q": [1.0, 9.0, 2.0]}, variable_value_labels={"q": labels})
    assert answers_of(survey_of(content), "q") == {"E1": 1.0, "E2": None, "E3": 2.0}


def test_the_order_of_a_scale_is_that_of_its_values_whatever_the_level_of_measurement(tmp_path):
    labels = {1: "always", 2: "often", 3: "never"}
    content = sav(tmp_path, {"q": [1.0, 3.0]}, variable_value_labels={"q": labels}, variable_measure={"q": "nominal"})
    _export, columns = proposed(content)
    assert columns["q"].kind == "likert"
    assert answers_of(survey_of(content), "q") == {"E1": 1.0, "E2": 3.0}


@pytest.mark.parametrize(("measure", "kind"), [("ordinal", "likert"), ("nominal", "single"), ("scale", "single")])
def test_the_level_of_measurement_is_a_hint_where_words_tell_nothing(tmp_path, measure, kind):
    content = sav(
        tmp_path, {"q": [1.0, 2.0, 3.0]}, variable_value_labels={"q": {1: "school", 2: "college", 3: "university"}},
        variable_measure={"q": measure},
    )  # fmt: skip
    assert proposed(content)[1]["q"].kind == kind


def test_numbers_between_the_named_ends_are_points_too(tmp_path):
    content = sav(tmp_path, {"q": [1.0, 3.0, 5.0]}, variable_value_labels={"q": {1: "cold", 5: "hot"}})
    _export, columns = proposed(content)
    assert (columns["q"].kind, len(columns["q"].points)) == ("likert", 5)
    assert answers_of(survey_of(content), "q") == {"E1": 1.0, "E2": 3.0, "E3": 5.0}


def test_a_number_with_one_labelled_exception_stays_a_number(tmp_path):
    content = sav(
        tmp_path, {"years": [3.0, 40.0, 98.0, 12.5]}, variable_value_labels={"years": {98: "Don't know"}},
        column_labels=["How long?"],
    )  # fmt: skip
    assert proposed(content)[1]["years"].kind == "numeric"
    assert answers_of(survey_of(content), "years") == {"E1": 3.0, "E2": 40.0, "E3": None, "E4": 12.5}


def test_ranges_of_missing_values_are_blank(tmp_path):
    content = sav(tmp_path, {"q": [3.0, -5.0, 0.0, 999.0]}, missing_ranges={"q": [{"lo": -999, "hi": 0}, 999]})
    assert read_questionnaire("q.sav", content).table.values("q") == ["3", "", "", ""]


def test_days_and_moments_are_dates(tmp_path):
    when = pd.to_datetime(["2026-02-01 10:15:00", "1999-12-31 23:59:59"])
    content = sav(tmp_path, {"moment": when, "day": when.date})
    export, columns = proposed(content)
    assert {column.kind for column in columns.values()} == {"date"}
    assert export.table.values("day") == ["2026-02-01", "1999-12-31"]
    assert export.table.values("moment") == ["2026-02-01 10:15:00", "1999-12-31 23:59:59"]


def test_text_speaks_for_itself_and_something_personal_is_left_out(tmp_path):
    content = sav(
        tmp_path, {"why": ["Нет людей, и никто их не учит.", "Nobody asked us."], "mail": ["a@example.org", "b@example.org"]},
        column_labels=["Что мешает?", "E-mail"],
    )  # fmt: skip
    _export, columns = proposed(content)
    assert [(column.kind, column.why) for column in columns.values()] == [("open", ""), ("leave_out", "personal")]


def test_a_set_of_dichotomies_is_one_question(tmp_path):
    content = with_sets(
        tmp_path, {"a": [1.0, 0.0, None], "b": [1.0, 1.0, None], "c": [2.0, 3.0, 1.0]}, "$helps=D1 1 12 What helped? a b\n",
        column_labels=["Roads", "Water", "Other"],
    )  # fmt: skip
    found = survey_of(content)
    assert answers_of(found, "helps.a") == {"E1": 1.0, "E2": 0.0}
    assert answers_of(found, "helps.b") == {"E1": 1.0, "E2": 1.0}
    items = found.items.set_index("item_id")
    assert (items.loc["helps", "label_en"], items.loc["helps.b", "label_en"]) == ("What helped?", "Water")


@pytest.mark.parametrize(
    ("labels", "options"),
    [({"a": {1: "Roads"}, "b": {1: "Water"}}, ["Roads", "Water"]), ({"a": {1: "Yes"}, "b": {1: "Yes"}}, ["a", "b"])],
)
def test_options_of_a_set_without_labels_are_named_by_their_value_or_their_variable(tmp_path, labels, options):
    content = with_sets(
        tmp_path, {"a": [1.0, 0.0], "b": [1.0, 1.0]}, "$helps=D1 1 5 Help? a b\n", variable_value_labels=labels
    )
    found = read_questionnaire("q.sav", content).instrument.item("helps").options
    assert [option.label[0] for option in found] == options


def test_a_set_of_categories_becomes_one_column(tmp_path):
    labels = {1: "Roads", 2: "Water; wells", 3: "Schools"}
    content = with_sets(
        tmp_path, {"first": [1.0, 2.0, None], "second": [2.0, None, None]}, "$helps=C 12 What helped? first second\n",
        variable_value_labels={"first": labels, "second": labels},
    )  # fmt: skip
    export, columns = proposed(content)
    assert list(columns) == ["helps"]
    assert columns["helps"].kind == "multi"
    found = survey_of(content)
    assert [answers_of(found, f"helps.{key}") for key in "123"] == [
        {"E1": 1.0, "E2": 0.0}, {"E1": 1.0, "E2": 1.0}, {"E1": 0.0, "E2": 0.0},
    ]  # fmt: skip
    assert export.instrument.item("helps").kind == "multi"


def test_the_file_defines_itself(tmp_path):
    content = sav(
        tmp_path, {"agree": [1.0, 98.0], "years": [3.0, 4.0], "why": ["x", "y"]}, file_label="Panel",
        variable_value_labels={"agree": AGREE}, missing_ranges={"agree": [98, 99]},
    )  # fmt: skip
    found = read_questionnaire("panel.sav", content).instrument
    assert found.title == ("Panel", "")
    assert [(item.key, item.kind) for item in found.items] == [
        ("agree", "likert"),
        ("years", "numeric"),
        ("why", "open"),
    ]
    assert [option.key for option in found.item("agree").options if option.cannot_say] == ["98"]
    assert Instrument.from_json(found.to_json()) == found


def test_a_damaged_file_gives_one_sentence(tmp_path):
    content = sav(tmp_path, {"agree": [1.0, 5.0] * 50}, variable_value_labels={"agree": AGREE})
    for broken in (b"$FL2", b"$FL3" + bytes(range(256)) * 8, content[:200], content[: len(content) - 40]):
        with pytest.raises(UnreadableTable, match=r"q\.sav (cannot be read as an SPSS file|has a header|is empty)"):
            read_questionnaire("q.sav", broken)


def test_what_takes_the_library_down_does_not_take_us_down(tmp_path, monkeypatch):
    fatal = tmp_path / "fatal.py"
    fatal.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr(sav_process, "__file__", str(fatal))
    with pytest.raises(UnreadableTable, match="cannot be read as an SPSS file"):
        read_questionnaire("q.sav", b"$FL2 and more")


def test_more_than_the_limits_is_refused_before_it_is_read(tmp_path, monkeypatch):
    content = sav(tmp_path, {"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]})
    for limits in (Limits(rows=2), Limits(columns=1)):
        monkeypatch.setattr(spss, "LIMITS", limits)
        with pytest.raises(UnreadableTable, match="Cut it down"):
            read_questionnaire("q.sav", content)


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not here")
def test_a_real_file_is_read():
    export, columns = proposed((REAL / "spss_multiple_response.sav").read_bytes(), "simple.sav")
    assert (export.platform, len(export.table.rows)) == ("SPSS", 6)
    assert {name: column.kind for name, column in columns.items()} == {
        "x": "single", "y": "date", "z": "numeric", "str": "open", "bool1": "multi", "bool2": "multi", "bool3": "multi",
        "categorical_array": "multi", "date": "date", "quarter": "date",
    }  # fmt: skip
    assert export.table.values("x") == ["red", "green", "blue", "4", "", "9"]
    assert export.table.values("z") == ["", "", "1.234", "", "3.14159", ""]
    assert export.table.values("y") == ["2000-01-01", "2000-01-02", "1950-12-24", "1776-07-04", "", ""]
    assert export.table.values("bool1") == ["1", "1", "0", "0", "0", "1"]
    assert export.table.values("categorical_array") == ["a;b", "a;b;c", "b;c;d", "b", "a;b;d", "b;c;d"]
    assert columns["bool2"].parent_label[0] == "My multiple response set"
