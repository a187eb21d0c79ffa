"""Exports of KoboToolbox and ODK Central: names and labels, groups, choices in one column and in many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.defining import with_definition
from survey_app.questionnaires.example import EXAMPLE
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import make_survey
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.forms import answers_of, as_csv, as_xlsx

SYSTEM = ["_id", "_uuid", "_submission_time", "_validation_status", "_submitted_by", "__version__", "_index"]


def system(number):
    return [str(number), f"u{number}", "2026-03-01T10:00:00", "", "someone", "v1", str(number)]


def export_of(header, *rows, write=as_csv, name="kobo.csv"):
    content = write([*header, *SYSTEM], *([*row, *system(place)] for place, row in enumerate(rows, 1)))
    return read_questionnaire(name, content)


def proposed(export):
    return {column.name: column for column in propose_columns(export, None)}


def survey_of(export):
    columns = propose_columns(export, None)
    return make_survey(export.table, columns, {place: f"E{place + 1}" for place in range(len(export.table.rows))})


@pytest.mark.parametrize(("write", "name"), [(as_csv, "a.csv"), (as_xlsx, "a.xlsx"),
                                             (lambda *rows: as_csv(*rows, delimiter=";"), "a.csv")])  # fmt: skip
def test_what_the_server_adds_is_left_out_with_its_reason(write, name):
    export = export_of(["start", "deviceid", "q"], ["2026-03-01T09:00:00", "d1", "yes"], write=write, name=name)
    assert export.platform == "KoboToolbox"
    whys = {name: column.why for name, column in proposed(export).items()}
    assert (whys["start"], whys["_submission_time"]) == ("time", "time")
    assert (whys["deviceid"], whys["_submitted_by"]) == ("personal", "personal")
    assert {whys[name] for name in ("_id", "_uuid", "_validation_status", "__version__", "_index")} == {"system"}
    assert whys["q"] == ""


def test_groups_are_no_part_of_a_key_unless_two_share_a_name():
    export = export_of(["work/years", "work/note", "home/note"], ["3", "x", "y"])
    assert [export.heads[name].question for name in ("work/years", "work/note", "home/note")] == [
        "years", "work.note", "home.note",
    ]  # fmt: skip


def test_ticks_win_over_the_joined_column():
    export = export_of(
        ["g/used", "g/used/portal", "g/used/phone"], ["portal phone", "1", "1"], ["phone", "0", "1"], ["", "", ""]
    )
    columns = proposed(export)
    assert (columns["g/used"].kind, columns["g/used"].why) == ("leave_out", "system")
    assert [columns[f"g/used/{option}"].item_id for option in ("portal", "phone")] == ["used.portal", "used.phone"]
    survey = survey_of(export)
    assert answers_of(survey, "used.portal") == {"E1": 1, "E2": 0}


def test_ticks_stand_alone_where_there_is_no_joined_column():
    export = export_of(["used/portal", "used/phone"], ["1", "0"], ["TRUE", "FALSE"])
    assert {column.kind for name, column in proposed(export).items() if name.startswith("used")} == {"multi"}
    assert answers_of(survey_of(export), "used.portal") == {"E1": 1, "E2": 1}


def test_choices_joined_by_spaces_are_told_from_words():
    rows = [
        ["portal phone", "good idea"],
        ["phone", "we shall see"],
        ["portal", "nothing new here"],
        ["phone portal", "no"],
    ]
    columns = proposed(export_of(["used", "said"], *rows))
    assert columns["used"].kind == "multi"
    assert [point["key"] for point in columns["used"].points] == ["phone", "portal"]
    assert columns["said"].kind == "open"


def test_a_ranking_is_told_from_choices():
    rows = [["a b c"], ["c b a"], ["b a c"]]
    export = export_of(["order"], *rows)
    assert proposed(export)["order"].kind == "rank"
    assert answers_of(survey_of(export), "order.3") == {"E1": 3, "E2": 1, "E3": 3}


def test_words_beside_an_option_stand_with_it():
    export = export_of(["used", "used/portal", "used/other", "used_other"], ["portal other", "1", "1", "by post"],
                       ["portal", "1", "0", ""])  # fmt: skip
    assert proposed(export)["used_other"].kind == "beside"
    answers = survey_of(export).answers
    assert list(answers[answers["item_id"] == "used.other"]["text"]) == ["by post", ""]


def test_a_second_row_of_hxl_tags_is_no_answer():
    header = ["q", *SYSTEM]
    content = as_csv(header, ["#meta +q", *["#meta"] * len(SYSTEM)], ["yes", *system(1)])
    assert read_questionnaire("a.csv", content).table.values("q") == ["yes"]


@pytest.mark.parametrize(
    ("columns", "cells", "why"),
    [
        (["where", "_where_latitude", "_where_longitude"], ["55.0 82.9 0 0", "55.0", "82.9"], "personal"),
        (["where"], ["55.0302 82.9204 0 4.5"], "personal"),
        (["photo", "photo_URL"], ["1700.jpg", "https://x.example/1"], "system"),
    ],
)
def test_places_and_attachments_stand_aside(columns, cells, why):
    found = proposed(export_of(["q", *columns], ["yes", *cells]))
    assert {found[name].why for name in columns} == {why}


def test_odk_central_joins_groups_by_a_hyphen():
    header = [
        "SubmissionDate",
        "work-years",
        "work-area",
        "meta-instanceID",
        "KEY",
        "SubmitterName",
        "AttachmentsPresent",
    ]
    export = read_questionnaire(
        "a.csv", as_csv(header, ["2026-03-01", "3", "city", "uuid:1", "uuid:1", "Someone", "0"])
    )
    assert [export.heads[name].question for name in ("work-years", "work-area")] == ["years", "area"]
    assert export.heads["SubmitterName"].why == "personal"


def test_labels_as_headers_have_their_options_behind_them():
    question = "Which and/or what?"
    export = export_of([question, f"{question}/by phone / fax", f"{question}/by post"], ["by post", "0", "1"])
    heads = export.heads
    assert (heads[f"{question}/by phone / fax"].line_asked, heads[f"{question}/by post"].line) == (
        "by phone / fax",
        "2",
    )
    assert heads[question].role == "aside"


NAMES = ["area", "years", "easier", "trust/trust.data", "trust/trust.help", "used", "used_other", "order", "case"]
ROWS = [
    ["city", "12", "5", "4", "2", "portal other", "by post", "office phone portal", "A long story."],
    ["village", "3", "cannot_say", "cannot_say", "1", "phone", "", "phone office portal", "да"],
]


def test_a_definition_gives_names_their_words_and_their_order():
    export = with_definition(export_of(NAMES, *ROWS), EXAMPLE)
    columns = proposed(export)
    assert all(columns[name].defined for name in NAMES)
    assert [columns[name].kind for name in NAMES] == [
        "single", "numeric", "likert", "likert", "likert", "multi", "beside", "rank", "open",
    ]  # fmt: skip
    assert columns["area"].label == ("Where do you mainly work?", "Где вы преимущественно работаете?")
    assert (columns["trust/trust.help"].item_id, columns["trust/trust.help"].reverse) == ("trust.help", True)


def test_answers_are_those_that_the_definition_means():
    survey = survey_of(with_definition(export_of(NAMES, *ROWS), EXAMPLE))
    assert answers_of(survey, "area") == {"E1": 1, "E2": 2}
    assert answers_of(survey, "easier") == {"E1": 5, "E2": None}
    assert answers_of(survey, "trust.data") == {"E1": 4, "E2": None}
    assert answers_of(survey, "trust.help") == {"E1": 4, "E2": 5}
    assert answers_of(survey, "used.portal") == {"E1": 1, "E2": 0}
    assert answers_of(survey, "order.office") == {"E1": 1, "E2": 2}
    other = survey.answers[(survey.answers["item_id"] == "used.other") & (survey.answers["expert_id"] == "E1")]
    assert list(other["text"]) == ["by post"]


def test_a_line_is_found_under_its_own_name_and_a_group_is_not_taken_for_a_choice():
    export = with_definition(export_of(["trust/data", "trust/help"], ["1", "1"], ["1", "0"]), EXAMPLE)
    assert [export.heads[name].line for name in ("trust/data", "trust/help")] == ["data", "help"]
    assert {export.heads[name].role for name in ("trust/data", "trust/help")} == {"answer"}


@pytest.mark.parametrize("language", [0, 1])
def test_labels_are_found_as_well_as_names(language):
    keys = ["area", "easier", "trust.data", "used", "order"]
    header = [EXAMPLE.item(key).label[language] for key in keys]
    labels = {option.key: option.label[language] for item in EXAMPLE.items for option in item.options}
    row = [labels["village"], labels["cannot_say"], labels["4"], f"{labels['portal']} {labels['phone']}",
           f"{labels['phone']} {labels['office']} {labels['portal']}"]  # fmt: skip
    survey = survey_of(with_definition(export_of(header, row), EXAMPLE))
    assert answers_of(survey, "area") == {"E1": 2}
    assert answers_of(survey, "easier") == {"E1": None}
    assert answers_of(survey, "trust.data") == {"E1": 4}
    assert answers_of(survey, "used.phone") == {"E1": 1}
    assert answers_of(survey, "order.office") == {"E1": 2}


def test_another_table_is_not_taken_for_one():
    assert read_questionnaire("a.csv", as_csv(["_id", "q"], ["1", "yes"])).platform == ""


CELL = st.sampled_from(
    ["", "a", "a b", "1", "0", "a/b", "a/b/c", "_uuid", "#x", "/", "a_other", "-", "1.5 2.5", "x.jpg"]
)


@given(st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=6))
def test_any_table_is_read_or_refused(rows):
    content = as_csv([*rows[0], "_uuid", "_submission_time"], *([*row, "u", "t"] for row in rows[1:]))
    try:
        export = read_questionnaire("a.csv", content)
    except UnreadableTable:
        return
    for each in (export, with_definition(export, EXAMPLE)):
        assert len(propose_columns(each, None)) == len(export.table.columns)
