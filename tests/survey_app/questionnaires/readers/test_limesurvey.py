"""LimeSurvey's responses: every kind of heading, VV files, ticks, rankings, unfinished rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.defining import with_definition
from survey_app.questionnaires.instrument import Instrument, Item, Option
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import make_survey
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.forms import answers_of, as_csv, as_xlsx

SYSTEM = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "ipaddr", "refurl"]
CODES = [*SYSTEM, "Q1", "Q1[other]", "Q2[SQ001]", "Q2[SQ002]", "Q2[other]", "Q3[1]", "Q3[2]", "Q3[3]",
         "Q4[SQ001][1]", "Q4[SQ001][2]", "Q5[SQ001]", "Q5[SQ001comment]", "Q6", "Q6[comment]", "interviewtime",
         "groupTime12", "Q1Time"]  # fmt: skip
ROWS = [
    ["1", "2024-02-01 10:00:00", "3", "ru", "77", "tok-a", "10.0.0.1", "", "A1", "", "Y", "", "", "c", "a", "b", "4",
     "2", "Y", "Often.", "B1", "Because.", "60", "20", "5"],
    ["2", "", "2", "en", "78", "tok-b", "10.0.0.2", "", "-oth-", "Blue", "", "", "Luck", "a", "b", "c", "3", "5", "",
     "", "B2", "", "", "", ""],
    ["3", "2024-02-01 11:00:00", "3", "en", "79", "tok-c", "10.0.0.3", "", "A1", "", "", "", "", "b", "", "", "4", "5",
     "", "", "B1", "", "60", "20", "5"],
]  # fmt: skip


def read(content, name="results-survey432535.csv"):
    export = read_questionnaire(name, content)
    return export, {column.name: column for column in propose_columns(export, None)}


def survey_of(export):
    experts = {place: f"E{place + 1}" for place in range(len(export.table.rows))}
    return make_survey(export.table, propose_columns(export, None), experts, "en")


@pytest.mark.parametrize(
    "content", [as_csv(CODES, *ROWS), as_csv(CODES, *ROWS, delimiter=";"), as_xlsx(CODES, *ROWS)],
    ids=["commas", "semicolons", "workbook"],
)  # fmt: skip
def test_codes_say_what_a_column_holds(content):
    export, columns = read(content)
    assert (export.platform, export.respondent) == ("LimeSurvey", "token")
    assert {columns[name].why for name in ("id", "lastpage", "startlanguage", "seed")} == {"system"}
    assert {columns[name].why for name in ("interviewtime", "groupTime12", "Q1Time")} == {"system"}
    assert (columns["submitdate"].why, columns["token"].why) == ("time", "respondent")
    assert (columns["ipaddr"].why, columns["refurl"].why) == ("personal", "personal")
    kinds = {name: column.kind for name, column in columns.items() if column.kept}
    assert kinds == {
        "Q1": "single", "Q1[other]": "beside", "Q2[SQ001]": "multi", "Q2[SQ002]": "multi", "Q2[other]": "beside",
        "Q3[1]": "rank",
        "Q3[2]": "rank", "Q3[3]": "rank", "Q4[SQ001][1]": "numeric", "Q4[SQ001][2]": "numeric", "Q5[SQ001]": "multi",
        "Q5[SQ001comment]": "beside", "Q6": "single", "Q6[comment]": "beside",
    }  # fmt: skip
    assert [columns[f"Q3[{place}]"].place for place in (1, 2, 3)] == [1, 2, 3]
    assert columns["Q4[SQ001][2]"].item_id == "Q4_2.SQ001"


def test_unfinished_responses_are_read_and_counted():
    export, _columns = read(as_csv(CODES, *ROWS))
    assert len(export.table.rows) == 3
    assert [str(warning)[:30] for warning in export.table.warnings] == ["1 response was not finished (i"]


def test_a_blank_beside_a_tick_is_no_and_a_row_without_ticks_says_nothing():
    found = survey_of(read(as_csv(CODES, *ROWS))[0])
    assert answers_of(found, "Q2.SQ001") == {"E1": 1.0, "E2": 0.0}
    words = found.answers[found.answers["text"] != ""].set_index(["expert_id", "item_id"])["text"]
    assert words["E2", "Q2.other"] == "Luck"
    assert words["E2", "Q1"] == "Blue"
    assert words["E1", "Q5.SQ001"] == "Often."
    assert words["E1", "Q6"] == "Because."


def test_options_under_places_are_a_ranking():
    found = survey_of(read(as_csv(CODES, *ROWS))[0])
    ranks = {item: answers_of(found, item) for item in ("Q3.1", "Q3.2", "Q3.3")}
    assert [ranks[item]["E1"] for item in ranks] == [2, 3, 1]
    assert ranks["Q3.2"] == {"E1": 3.0, "E2": 2.0, "E3": 1.0}


def test_numbered_lines_of_a_scale_are_no_ranking():
    header = [*SYSTEM, "Q1[1]", "Q1[2]", "Q1[3]"]
    rows = [[*ROWS[0][:8], "1", "2", "3"], [*ROWS[0][:8], "2", "3", "1"]]
    _export, columns = read(as_csv(header, *rows))
    assert columns["Q1[2]"].item_id == "Q1.2"
    assert columns["Q1[2]"].place == 0


def test_codes_with_texts_and_what_editors_leave_in_them():
    header = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page",
              "Q01[SQ001]. <p>Your\u00a0a\u00adge</p>: [18&ndash;25]", "Q01[SQ002]. <p>Your age</p>: [26+]",
              "Q02. What do you <b>think</b>?", "Q03[SQ001][1]. Twice [line][Scale 1]", "Q03[SQ001][2]. Twice [line][Scale 2]",
              "Q04[a_b]. Cells [row][column]", "Q05Time. Question time: Q05", "attribute_1. Phone", "Q05. Free"]  # fmt: skip
    rows = [["1", "2024-01-01", "2", "Yes", "No", "Much.", "1", "2", "7", "3.2", "+1", "x"],
            ["2", "2024-01-01", "2", "N/A", "Yes", "Little.", "2", "2", "8", "3.2", "+2", "y"]]  # fmt: skip
    export, columns = read(as_csv(header, *rows, delimiter=";"))
    assert export.table.columns[3] == "Q01[SQ001]. Your age : [18–25]"
    first, second = columns[export.table.columns[3]], columns[export.table.columns[4]]
    assert (first.kind, first.item_id, first.label, first.parent_id) == ("multi", "Q01.SQ001", ("18–25", ""), "Q01")
    assert second.item_id == "Q01.SQ002"
    assert columns["Q02. What do you think?"].label == ("What do you think?", "")
    dual = columns["Q03[SQ001][2]. Twice [line][Scale 2]"]
    assert (dual.item_id, dual.label, dual.parent_label) == ("Q03_2.SQ001", ("line", ""), ("Twice — Scale 2", ""))
    cell = columns["Q04[a_b]. Cells [row][column]"]
    assert (cell.item_id, cell.label, cell.parent_label) == ("Q04.a_b", ("row: column", ""), ("Cells", ""))
    assert columns["Q05Time. Question time: Q05"].why == "system"
    assert columns["attribute_1. Phone"].why == "personal"
    assert answers_of(survey_of(export), "Q01.SQ001") == {"E1": 1.0, "E2": 0.0}


def test_a_question_whose_code_only_ends_in_time_is_asked():
    _export, columns = read(as_csv([*SYSTEM, "FreeTime"], [*ROWS[0][:8], "Reading."], [*ROWS[1][:8], "Tea."]))
    assert columns["FreeTime"].kept


@pytest.mark.parametrize(
    ("system", "other"),
    [
        (["Response ID", "Date submitted", "Last page", "Start language", "Access code"], "Other"),
        (["ID ответа", "Дата отправки", "Последняя страница", "Начальный язык", "Код доступа"], "Другое"),
    ],
)
def test_texts_alone(system, other):
    header = [*system, "What helped? [Pilots]", "What helped? [Tea]", f"What helped? [{other}]", "Why so?",
              "Order [Rank 1]", "Order [Rank 2]"]  # fmt: skip
    rows = [["1", "2024-01-01", "2", "en", "t1", "Pilots", "", "Luck", "Because.", "x", "y"],
            ["2", "2024-01-01", "2", "en", "t2", "", "Tea", "", "Thus.", "y", "x"]]  # fmt: skip
    export, columns = read(as_csv(header, *rows))
    assert (export.platform, export.respondent) == ("LimeSurvey", system[-1])
    assert [columns[name].kept for name in system] == [False] * 5
    assert [columns[name].kind for name in header[5:8]] == ["multi", "multi", "beside"]
    assert [columns[name].place for name in header[9:]] == [1, 2]
    assert answers_of(survey_of(export), "q06.2") == {"E1": 0.0, "E2": 1.0}


def vv(*lines):
    return "\n".join("\t".join(line) for line in lines).encode()


def test_vv_has_two_headers_and_masks():
    texts = ["Response ID", "Submitted", "Last, page", "Language", "Which, what, who?", "Tea", "Pilots", "Use", "View"]
    codes = ["id", "submitdate", "lastpage", "startlanguage", "Q1", "Q2_SQ001", "Q2_SQ002", "Q3_SQ001_0", "Q3_SQ001_1"]
    export, columns = read(vv(
        texts, codes,
        ["1", "2024-01-01 10:00:00", "2", "en", "One{newline}two {lbrace}x}", "Y", "", "a1", "b1"],
        ["2", "{question_not_shown}", "1", "en", "{quote}So{quote}", "{question_not_shown}", "", "a2", "b1"],
    ), "vvexport_432535.csv")  # fmt: skip
    assert export.platform == "LimeSurvey"
    assert list(columns) == codes
    assert export.table.rows[0]["Q1"] == "One\ntwo {x}"
    assert export.table.rows[1]["Q1"] == '"So"'
    assert export.table.rows[1]["submitdate"] == ""
    assert (columns["Q2_SQ001"].kind, columns["Q2_SQ001"].item_id) == ("multi", "Q2.SQ001")
    assert columns["Q3_SQ001_1"].item_id == "Q3_2.SQ001"
    assert len(export.table.warnings) == 1


def test_a_definition_gives_the_columns_their_kinds_whatever_the_answers_look_like():
    agree = (Option("A1", ("no", "нет"), 1), Option("A2", ("so so", "так себе"), 2), Option("A3", ("yes", "да"), 3),
             Option("A9", ("no answer", "нет ответа"), 98, cannot_say=True))  # fmt: skip
    fruit = (Option("1", ("apple", "яблоко"), 1), Option("2", ("pear", "груша"), 2))
    book = Instrument("s", ("S", "С"), (
        Item("Q1", "likert", ("Agree?", "Согласны?"), options=agree),
        Item("Q1.a", "likert", ("a", "а"), parent="Q1"), Item("Q1.b", "likert", ("b", "б"), parent="Q1"),
        Item("Q2", "rank", ("Order", "Порядок"), options=fruit),
        Item("Q3", "multi", ("Ticks", "Галочки"), options=(Option("x", ("x", "икс"), 1), Option("y", ("y", "игрек"), 2))),
        Item("Q4", "note", ("Sum", "Сумма")),
    ))  # fmt: skip
    header = [*SYSTEM, "Q1[a]", "Q1[b]", "Q2[1]", "Q2[2]", "Q3[x]", "Q3[y]", "Q4"]
    rows = [[*ROWS[0][:8], "A3", "A9", "2", "1", "Y", "", "5"], [*ROWS[1][:8], "A1", "A2", "2", "1", "", "Y", "5"]]
    export = with_definition(read(as_csv(header, *rows))[0], book)
    found = survey_of(export)
    assert answers_of(found, "Q1.a") == {"E1": 3.0, "E2": 1.0}
    assert answers_of(found, "Q1.b") == {"E1": None, "E2": 2.0}
    assert answers_of(found, "Q2.1") == {"E1": 2.0, "E2": 2.0}
    assert answers_of(found, "Q3.y") == {"E1": 0.0, "E2": 1.0}
    assert found.items.set_index("item_id").loc["Q3.x", "label_ru"] == "икс"
    assert "Q4" not in set(found.items["item_id"])


def test_words_alone_find_the_question_of_a_definition():
    book = Instrument("s", ("S", "С"), (
        Item("help", "multi", ("What helped?", "Что помогло?"),
             options=(Option("p", ("Pilots", "Пилоты"), 1), Option("t", ("Tea", "Чай"), 2))),
        Item("why", "open", ("Why so?", "Почему?")), Item("same", "open", ("Same", "")), Item("too", "open", ("Same", "")),
    ))  # fmt: skip
    header = ["Response ID", "Date submitted", "Last page", "Start language", "Что помогло? [Пилоты]",
              "Что помогло? [Чай]", "Why so?", "Same"]  # fmt: skip
    rows = [
        ["1", "2024-01-01", "2", "en", "Да", "Нет", "Because.", "x"],
        ["2", "2024-01-01", "2", "en", "Нет", "Да", "So.", "y"],
    ]
    export, _columns = read(as_csv(header, *rows))
    ids = {column.name: column.item_id for column in propose_columns(with_definition(export, book), None)}
    assert ids["Что помогло? [Чай]"] == "help.t"
    assert ids["Why so?"] == "why"
    assert ids["Same"] == "q08"


@pytest.mark.parametrize(
    "content",
    [
        as_csv(CODES), as_csv(CODES, [""] * len(CODES)), vv(["a\tb"], ["id", "submitdate", "lastpage"]),
        vv(["a"] * 3, ["id", "submitdate", "lastpage"], ["x" * 200_000, '"' + "y" * 200_000, "z"]),
    ],
    ids=["header", "blank", "vv_header", "vv_long"],
)  # fmt: skip
def test_what_holds_no_answers_gets_one_sentence(content):
    with pytest.raises(UnreadableTable) as refused:
        read_questionnaire("results.csv", content)
    assert "results.csv" in str(refused.value)


def test_other_platforms_files_are_left_to_them():
    assert read_questionnaire("form.csv", as_csv(["id", "Q1", "seed"], ["1", "a", "2"])).platform == ""


HEADINGS = ["Q1", "Q1[1]", "Q1[2]", "Q1[other]", "Q1[comment]", "Q1[1comment]", "Q1[a][1]", "Q1[a#0]", "Q1[][]", "Q1_a",
            "Q1Time", "[", "]]", "Q2. T [x]", "Q2[a_b]. T [x][y]", "Q1[filecount]", "", "token", "?"]  # fmt: skip


@given(st.lists(st.sampled_from(HEADINGS), max_size=8), st.lists(st.sampled_from(["", "Y", "1", "A1", "N/A", "-oth-", "x"]),
                                                                  min_size=16, max_size=16))  # fmt: skip
def test_any_headings_and_cells_are_read(headings, cells):
    header = ["id", "submitdate", "lastpage", "seed", *headings]
    rows = [["1", "2024-01-01", "1", "2", *cells[: len(headings)]], ["2", "", "1", "3", *cells[8 : 8 + len(headings)]]]
    for content in (as_csv(header, *rows), vv(header, header, *rows)):
        export, columns = read(content)
        assert len(columns) == len(export.table.columns)
        assert set(export.heads) == set(columns)
