"""Yandex Forms: one set of answers as XLSX, CSV and JSON."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.readers import Brought, yandex_forms
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import make_survey
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.forms import answers_of, as_csv, as_xlsx

HEADER = ["ID", "Время создания", "Время изменения", "Фамилия", "Насколько удобен портал?", "Чем вы пользуетесь?",
          "Чего не хватает?"]  # fmt: skip
ROWS = (
    ["92666296", "2020-07-27 22:14:06", "2020-07-27 22:14:06", "Белова", "Хорошо", "Портал, МФЦ", "Людей."],
    ["92666297", "2020-07-27 22:15:06", "2020-07-27 22:15:09", "Чернов", "Плохо", "МФЦ", "Времени, и много."],
    ["92666298", "2020-07-28 09:14:06", "2020-07-28 09:14:06", "Зимина", "Отлично", "МФЦ, Портал", None],
)


def as_json(header, *rows):
    return json.dumps([list(map(list, zip(header, row, strict=True))) for row in rows], ensure_ascii=False).encode()


def read(content, name="answers.csv"):
    export = read_questionnaire(name, content)
    assert export.platform == "Yandex Forms"
    return export


@pytest.mark.parametrize("to_file", [as_csv, as_xlsx, as_json])
def test_three_files_say_the_same(to_file):
    export = read(to_file(HEADER, *ROWS))
    assert [head.why for head in export.heads.values()] == ["system", "time", "time", "", "", "", ""]
    _id, _made, _changed, name, good, uses, lacks = propose_columns(export, None)
    assert (name.why, good.kind, uses.kind, lacks.kind) == ("personal", "likert", "multi", "open")
    assert export.table.values("Чего не хватает?") == ["Людей.", "Времени, и много.", ""]
    found = make_survey(export.table, [good, uses, lacks], {0: "E1", 1: "E2", 2: "E3"})
    assert answers_of(found, good.item_id) == {"E1": 4, "E2": 2, "E3": 5}
    portal = next(n for n, point in enumerate(uses.points, 1) if point["ru"] == "Портал")
    assert answers_of(found, f"{uses.item_id}.{portal}") == {"E1": 1, "E2": 0, "E3": 1}


def test_times_of_a_workbook_may_be_dates():
    rows = [
        [number, datetime(2020, 7, 27, 22, 14, number), None, "Белова", "Хорошо", "МФЦ", ""] for number in range(1, 4)
    ]
    export = read(as_xlsx(HEADER, *rows), "answers.xlsx")
    assert export.table.values("ID") == ["1", "2", "3"]
    assert export.heads["Время создания"].why == "time"


@pytest.mark.parametrize(
    "header", [["ID", "Creation time", "Modification time"], ["id", "Created", "Updated"], ["Время создания", "Время изменения"],
               ["ID", "Время создания"]],
)  # fmt: skip
def test_a_file_is_known_by_what_stands_before_the_questions(header):
    row = ["7"] * (len(header) + 1)
    assert yandex_forms.sniff(Brought("a.csv", as_csv([*header, "Why?"], row))) >= 0.7


@pytest.mark.parametrize("content", [
    as_csv(["ID", "Why?"], ["1", "So."]), as_csv(["Created", "Why?"], ["1", "So."]), b"", b"[1, 2, 3]", b"\x00", b"[\x00",
    b'{"a": 1}', as_csv(["Timestamp", "Why?"], ["1.2.2024", "So."]),
])  # fmt: skip
def test_other_files_are_not_its_own(content):
    assert yandex_forms.sniff(Brought("a.csv", content)) == 0


def test_points_of_a_test_are_no_answers():
    export = read(as_csv(["ID", "Время создания", "Столица?", "Столица? / Баллы", "Что важнее, слава / Баллы"],
                         ["1", "2020-07-27 22:14:06", "Омск", "0", "слава"]))  # fmt: skip
    assert [head.why for head in export.heads.values()] == ["system", "time", "", "system", ""]


def test_lists_and_grids_of_json_are_read():
    answers = [
        [["ID", 1], ["Время создания", "2020-07-27 22:14:06"], ["Uses", ["Roads; bridges", "Water"]],
         ["Rate", {"portal": 5, "chat": 1.0}], ["Why?", "a"], ["Why?", "b"]],
        [["ID", 2], ["Uses", ["Water"]], ["Rate", [["portal", 4], ["chat", None]]], ["Why?", None], ["Later", True]],
        [["ID", 3], ["Uses", ["Roads; bridges", "Water"]], ["Rate", {}]],
    ]  # fmt: skip
    export = read(json.dumps(answers).encode(), "answers.json")
    assert export.table.columns == ("ID", "Время создания", "Uses", "Rate [portal]", "Rate [chat]", "Why?", "Why? (2)",
                                    "Later", "Rate")  # fmt: skip
    columns = {column.name: column for column in propose_columns(export, None)}
    assert {point["en"] for point in columns["Uses"].points} == {"Roads; bridges", "Water"}
    assert export.table.values("Rate [chat]") == ["1", "", ""]
    found = make_survey(export.table, [columns["Uses"]], {0: "E1", 1: "E2", 2: "E3"})
    assert len(found.answers) == 6


def test_one_answer_alone_is_a_list_of_pairs():
    assert read(json.dumps([["ID", "1"], ["Время создания", "x"], ["Why?", "So."]]).encode()).table.values("Why?") == [
        "So."
    ]


@pytest.mark.parametrize(
    "content",
    [b'[["ID", "1"], 3]', b'[[["ID", "1"', b'[[["ID"]]]', b'[[["Why?", "So."], null]]', b'[["' + b"[" * 100_000,
     b'[["a", ' + b"[" * 100_000 + b"]" * 100_000 + b"]]", b'[["a", ' + b"9" * 5000 + b"]]"],
)  # fmt: skip
def test_broken_json_gets_one_sentence(content):
    with pytest.raises(UnreadableTable, match=r"no list of answers of Yandex Forms|header and no answers"):
        read_questionnaire("answers.json", content)


def test_more_questions_than_a_table_may_have_are_refused_before_a_table_is_made():
    answers = [[[f"{row}-{number}", "x"] for number in range(300)] for row in range(20)]
    with pytest.raises(UnreadableTable, match="more than 50000 rows or 1000 columns"):
        read_questionnaire("answers.json", json.dumps(answers).encode())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("\ud800\0"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3), max_leaves=6,
)  # fmt: skip


@given(st.lists(st.lists(st.tuples(st.text(max_size=5), VALUES), max_size=4), min_size=1, max_size=4))
def test_any_json_gives_proposals_or_a_sentence(answers):
    try:
        export = read_questionnaire("answers.json", json.dumps([[["ID", "1"]], *answers]).encode())
    except UnreadableTable:
        return
    columns = propose_columns(export, None)
    assert [column.name for column in columns] == list(export.table.columns)
    json.dumps(export.table.rows, ensure_ascii=False).encode()
