"""Google Forms: the CSV that it gives, the sheet behind a form, quizzes, grids and the demo's own file."""

from collections import Counter
from datetime import datetime
from statistics import mean

import pytest

from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.defining import with_definition
from survey_app.questionnaires.instrument import Instrument, Item, Option
from survey_app.questionnaires.readers import Brought, google_forms
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import make_survey
from tests.coding.demo_study import EXPECTED, guide
from tests.survey_app.questionnaires.forms import FORM, answers_of, as_csv, as_xlsx, demo_form
from tests.survey_app.questionnaires.forms import survey_of as survey_of_demo

ZONED = [
    "12/15/2025 10:18:29 GMT+7",
    "12/15/2025 11:18:29 GMT+7",
    "2025/12/16 9:07:01 AM GMT+3",
    "12/17/2025 8:00:00 GMT+7",
]
DOTTED = ["19.09.2023 18:07:33", "19.09.2023 18:17:33", "20.09.2023 8:07:33", "20.09.2023 9:07:33"]


def read(content, name="form.csv"):
    export = read_questionnaire(name, content)
    assert export.platform == "Google Forms"
    return export


def columns_of(export, known=None):
    return {column.name: column for column in propose_columns(export, known)}


def survey_of(export):
    columns = [column for column in columns_of(export).values() if column.kept]
    return make_survey(export.table, columns, {place: f"E{place + 1}" for place in range(len(export.table.rows))})


@pytest.mark.parametrize("heading", ["Timestamp", "Отметка времени", "Отметка времени / Timestamp", "\ufeffTimestamp"])
def test_a_file_is_known_by_its_stamps(heading):
    assert google_forms.sniff(Brought("f.csv", as_csv([heading, "Why?"], [ZONED[0], "So."]))) > 0.9
    assert google_forms.sniff(Brought("f.csv", as_csv([heading, "Why?"], ["", "So."]))) > 0.5


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"Why?,Timestamp\nSo.,1\n", b"PK\x03\x04 and no more", b"\n\n"])
def test_other_files_are_not_its_own(content):
    assert google_forms.sniff(Brought("f.csv", content)) == 0


def test_the_csv_joins_by_semicolons_alone():
    header = ["Timestamp", "Username", "What do you use?", "What is missing?"]
    export = read(as_csv(
        header,
        [ZONED[0], "anna@example.org", "Roads, bridges;Water", "No time, no money"],
        [ZONED[1], "boris@example.org", "Water;Schools", "No time, no staff"],
        [ZONED[2], "vera@example.org", "Schools;Roads, bridges", "No money, no staff"],
        [ZONED[3], "gleb@example.org", "Water;neighbours, as ever", "No money, no time"],
    ))  # fmt: skip
    columns = columns_of(export)
    assert [column.why for column in columns.values()] == ["time", "personal", "", ""]
    assert {point["en"] for point in columns[header[2]].points} == {"Roads, bridges", "Water", "Schools", "other"}
    assert columns[header[3]].kind == "open"
    found = survey_of(export)
    assert found.answers.loc[found.answers["text"] != "", "text"].tolist() == ["neighbours, as ever"]


@pytest.mark.parametrize("stamps", [DOTTED, [datetime(2023, 9, 19, 18, 7, second) for second in range(4)]])
def test_the_sheet_joins_by_commas_that_options_hold_too(stamps):
    header = ["Отметка времени", "Адрес электронной почты", "Чем вы пользуетесь?", "Почему?"]
    cells = ["Дороги, мосты, Вода", "Вода, Школы", "Школы, Дороги, мосты", "Дороги, мосты"]
    rows = [
        [stamp, f"{n}@example.org", cell, f"Потому {n}."]
        for n, (stamp, cell) in enumerate(zip(stamps, cells, strict=True))
    ]
    export = read(as_xlsx(header, *rows), "form.xlsx")
    columns = columns_of(export)
    assert [column.why for column in columns.values()] == ["time", "personal", "", ""]
    assert [point["ru"] for point in columns[header[2]].points] == ["Дороги, мосты", "Вода", "Школы"]
    if stamps is DOTTED:
        assert columns_of(read(as_csv(header, *rows))) == columns


@pytest.mark.parametrize("heading", ["Email Address", "Username", "Имя пользователя", "Адрес электронной почты"])
def test_an_address_is_personal_in_either_language(heading):
    export = read(as_csv(["Timestamp", heading, "Why?"], [ZONED[0], "a@example.org", "So."], [ZONED[1], "", "Thus."]))
    assert (export.heads[heading].role, export.heads[heading].why) == ("aside", "personal")


def test_the_score_of_a_quiz_and_of_its_questions_is_no_answer():
    header = ["Отметка времени", "Баллы", "Столица?", "Столица? [Баллы]", "Столица? [Отзыв]", "Score"]
    export = read(as_csv(
        header, [DOTTED[0], "1 / 2", "Омск", "0 / 1", "Нет", "3"], [DOTTED[1], "2 / 2", "Москва", "1 / 1", "Да", "4"],
    ))  # fmt: skip
    assert [head.why for head in export.heads.values()] == ["time", "system", "", "system", "system", ""]


def test_lines_of_a_grid_share_a_scale_and_questions_asked_twice_stay_apart():
    header = ["Timestamp", "Rate from 1 to 5 [the portal]", "Rate from 1 to 5 [the chat]", "Comment", "Comment"]
    export = read(as_csv(header, [ZONED[0], "5", "1", "Fast.", "Slow."], [ZONED[1], "4", "2", "Good.", "Bad."]))
    portal, chat, one, other = list(columns_of(export).values())[1:]
    assert portal.parent_id == chat.parent_id
    assert portal.points == chat.points
    assert len({one.item_id, other.item_id}) == 2
    assert one.label == other.label == ("Comment", "")


@pytest.mark.parametrize(("sign", "stamps"), [(";", ZONED), (", ", DOTTED)])
def test_a_grid_of_ticks_has_the_same_options_in_every_line(sign, stamps):
    header = ["Timestamp", "When are you free? [Monday]", "When are you free? [Tuesday]"]
    cells = [("Morning{}Noon", "Noon"), ("Noon", "Morning"), ("Morning{}Night", "Morning{}Noon"), ("Night", "")]
    rows = [[stamp, *(cell.format(sign) for cell in row)] for stamp, row in zip(stamps, cells, strict=True)]
    export = read(as_csv(header, *rows))
    monday, tuesday = list(columns_of(export).values())[1:]
    assert monday.kind == tuesday.kind == "multi"
    assert [point["en"] for point in monday.points] == [point["en"] for point in tuesday.points]
    found = survey_of(export)
    night = next(n for n, point in enumerate(monday.points, 1) if point["en"] == "Night")
    assert answers_of(found, f"{monday.item_id}.{night}") == {"E1": 0, "E2": 0, "E3": 1, "E4": 1}
    assert answers_of(found, f"{tuesday.item_id}.{night}") == {"E1": 0, "E2": 0, "E3": 0}
    items = found.items.set_index("item_id")
    assert items.loc[monday.item_id, "parent_id"] == monday.parent_id


def test_headers_in_two_languages_become_one():
    export = read(as_csv(
        ["Отметка времени", "Почему так?", "Оцените [портал]", "Оцените [чат]"],
        ["Timestamp", "Why so?", "Rate [portal]", "Rate [chat]"],
        [DOTTED[0], "So.", "1", "2"], [DOTTED[1], "Thus.", "2", "3"], ["Timestamp", "Why so?", "Rate [portal]", "Rate [chat]"],
    ))  # fmt: skip
    assert len(export.table.rows) == 2
    why, portal, _chat = list(columns_of(export).values())[1:]
    assert why.label == ("Why so?", "Почему так?")
    assert (portal.parent_label, portal.label) == (("Rate", "Оцените"), ("portal", "портал"))
    assert [str(warning) for warning in export.table.warnings] == ["Row 5 repeats the header and was left out."]


def test_a_question_renamed_in_mid_survey_goes_on():
    header = ["Timestamp", "What hinders you at work?", "2. What hinders you at work"]
    export = read(as_csv(header, [ZONED[0], "Paper.", ""], [ZONED[1], "Rules.", ""], [ZONED[2], "", "Nobody."]))
    assert len(export.table.warnings) == 1
    assert columns_of(export)[header[2]].continues == header[1]
    assert set(survey_of(export).open_answers["item_id"]) == {columns_of(export)[header[1]].item_id}


def test_ragged_rows_are_read():
    content = b"Timestamp,Why?,How?\n12/15/2025 10:18:29 GMT+7,So.\n12/15/2025 10:19:29 GMT+7,Thus.,Well.,More.\n"
    table = read(content).table
    assert table.values("How?") == ["", "Well."]
    assert len(table.warnings) == 1


def test_a_definition_knows_a_question_by_its_words():
    agree = Item("q02", "likert", ("Is it good?", "Это хорошо?"),
                 options=(Option("no", ("no", "нет"), 1), Option("yes", ("yes", "да"), 2)))  # fmt: skip
    export = read(as_csv(["Timestamp", "Why?", "3. Это хорошо?"], [ZONED[0], "no", "да"], [ZONED[1], "so", "нет"]))
    known = with_definition(export, Instrument("panel", ("Panel", ""), (agree,)))
    why, good = list(columns_of(known).values())[1:]
    assert (why.defined, why.kind) == (False, "open")
    assert (good.defined, good.kind, good.item_id, good.label) == (
        True,
        "likert",
        "q02",
        ("Is it good?", "Это хорошо?"),
    )


@pytest.mark.parametrize("with_guide", [True, False])
def test_the_demos_38_closed_items_and_6_open_ones(with_guide):
    export = read_questionnaire(FORM, demo_form())
    assert (export.platform, export.table.warnings) == ("Google Forms", ())
    columns = propose_columns(export, guide() if with_guide else None)
    assert not any(column.continues for column in columns)
    code = export.table.columns[2]
    kinds = Counter(column.kind for column in columns if column.kept and column.name != code)
    assert kinds == {"likert": 19, "rank": 6, "numeric": 5, "single": 1, "multi": 1, "open": 6}


def test_the_demos_answers_are_38_closed_items_and_6_open_ones():
    found = survey_of_demo(demo_form())
    closed = set(found.answers["item_id"]) - {"territory", "t2.c2.other"}
    assert (len(closed), found.open_answers["item_id"].nunique()) == (38, 6)
    for item_id, known in EXPECTED["questionnaire_all_items"].items():
        said = [value for value in answers_of(found, item_id).values() if value is not None]
        assert (len(said), round(mean(said), 4)) == (known["all"]["n"], known["all"]["mean"]), item_id
    assert {line.removeprefix("t2.c2."): sum(value == 1 for value in answers_of(found, line).values())
            for line in found.answers["item_id"].unique() if line.startswith("t2.c2.")} == EXPECTED["helped_most"]  # fmt: skip
