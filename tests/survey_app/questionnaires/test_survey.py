"""Forms of other shapes from the file to the answers, and the sentence that each unusable one gets."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.questionnaires import choices
from survey_app.questionnaires.confirming import as_kind
from survey_app.questionnaires.disguised import is_disguised
from survey_app.questionnaires.readers import LIMITS
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import UnusableQuestionnaire, make_survey
from survey_app.rosters.tables import UnreadableTable
from tests.coding.demo_study import guide
from tests.survey_app.questionnaires.forms import (
    answers_of,
    as_csv,
    as_xlsx,
    noted,
    propose_columns,
    survey_of,
    table_of,
    unfit,
)
from transcripts.messages import MessageError
from transcripts.people import KnownPerson

PEOPLE = [
    KnownPerson("E1", ("Anna Belova",)),
    KnownPerson("E2", ("Boris Chernov",)),
    KnownPerson("E3", ("Vera Zimina",)),
]
ENGLISH = (
    ["Timestamp", "Username", "Your participant code", "The portal is easy to use", "What do you use? (all that apply)",
     "How many services a year?", "How strongly does each factor hinder digitalization? [lack of funding]",
     "What did we not ask, but should have?"],
    ["12/15/2025 10:18:29 GMT+7", "anna@example.org", "E1", "Agree", "Portal;Chat", "12", "blocks", "Who pays."],
    ["12/15/2025 11:18:29 GMT+7", "boris@example.org", "E2", "Strongly disagree", "Portal", "3", "Don't know", ""],
    ["12/16/2025 10:18:29 GMT+7", "vera@example.org", "E3", "Don't know", "Chat;Portal", "", "hinders", "When?\nReally."],
)  # fmt: skip
RUSSIAN = (
    ["Отметка времени", "Фамилия и имя", "Оцените портал [удобство]", "Оцените портал [скорость]",
     "Чем вы пользуетесь?", "Что мешает больше всего?"],
    ["19.09.2023 18:07:33", "Белова Анна", "Хорошо", "Очень плохо", "Портал;МФЦ", "Бумага."],
    ["19.09.2023 18:17:33", "Чернов Борис", "Плохо", "Затрудняюсь ответить", "МФЦ", "Ничего, кроме бумаги."],
    ["20.09.2023 18:07:33", "Зимина Вера", "Хорошо", "Отлично", "МФЦ;Портал;соседи, как всегда", ""],
)  # fmt: skip


def test_a_form_in_english_alone():
    survey = survey_of(as_csv(*ENGLISH), PEOPLE)
    assert answers_of(survey, "t2.c1.funding") == {"E1": 5, "E2": None, "E3": 3}
    easy, uses, many = (
        survey.items[survey.items["label_en"] == label]["item_id"].item()
        for label in (ENGLISH[0][3], ENGLISH[0][4], ENGLISH[0][5])
    )
    assert answers_of(survey, easy) == {"E1": 4, "E2": 1, "E3": None}
    assert answers_of(survey, f"{uses}.2") == {"E1": 1, "E2": 0, "E3": 1}
    assert answers_of(survey, many) == {"E1": 12, "E2": 3}
    assert survey.open_answers["text"].tolist() == ["Who pays.", "When?\nReally."]
    assert not survey.answers["text"].str.contains("@").any()


def test_a_form_in_russian_alone_with_semicolons():
    survey = survey_of(as_csv(*RUSSIAN), PEOPLE, language="ru")
    by_label = survey.items.set_index("label_ru")["item_id"]
    assert answers_of(survey, by_label["удобство"]) == {"E1": 4, "E2": 2, "E3": 4}
    assert answers_of(survey, by_label["скорость"]) == {"E1": 1, "E2": None, "E3": 5}
    assert answers_of(survey, by_label["Портал"]) == {"E1": 1, "E2": 0, "E3": 1}
    other = survey.answers[survey.answers["item_id"] == by_label["другое"]].set_index("expert_id")
    assert other.loc["E3", "text"] == "соседи, как всегда"
    assert dict(zip(survey.open_answers["expert_id"], survey.open_answers["text"], strict=True)) == {
        "E1": "Бумага.", "E2": "Ничего, кроме бумаги.",
    }  # fmt: skip


def test_a_workbook_says_the_same_as_the_text_file():
    one, other = survey_of(as_csv(*RUSSIAN), PEOPLE), survey_of(as_xlsx(*RUSSIAN), PEOPLE, name="form.xlsx")
    assert one.answers.equals(other.answers)
    assert one.open_answers.equals(other.open_answers)


def test_blanks_and_dashes_are_no_answers():
    survey = survey_of(
        as_csv(["id", "Why?", "Rate from 1 to 5"], ["E1", "—", "3"], ["E2", "", "-"], ["E3", "So.", "5"]), PEOPLE
    )
    assert len(survey.open_answers) == 1
    assert len(survey.answers) == 2


def refused(content, **more):
    with pytest.raises(MessageError) as problem:
        survey_of(content, PEOPLE, **more)
    return str(problem.value)


def test_two_rows_of_one_expert():
    said = refused(as_csv(["id", "Why?"], ["E1", "So."], ["E2", "Thus."], ["E1", "Again."]))
    assert "Rows 2 and 4 are both of E1" in said
    assert "Leave one of them out" in said


def test_an_answer_outside_the_scale_is_kept_as_written_and_names_row_and_column():
    header = "How strongly does each factor hinder digitalization? [lack of funding]"
    survey = survey_of(as_csv(["id", header], ["E1", "blocks"], ["E2", "7"], ["E3", "a lot"]), PEOPLE)
    assert unfit(survey) == {("E2", "t2.c1.funding"): "7", ("E3", "t2.c1.funding"): "a lot"}
    assert answers_of(survey, "t2.c1.funding")["E1"] == 5
    assert noted(survey) == {(3, "7"): "is no point of the scale.", (4, "a lot"): "is no point of the scale."}
    assert {cell.column for cell in survey.report} == {header}


def test_a_probability_above_100_does_not_fit():
    header = ("How likely is it, in per cent, that the target is reached in substance (not only in the report)? "
              "[all services electronic]")  # fmt: skip
    survey = survey_of(as_csv(["id", header], ["E1", "120"], ["E2", "80"]), PEOPLE)
    assert noted(survey) == {(2, "120"): "lies outside 0 to 100."}


def test_one_option_at_two_places_has_no_place():
    question = "Rank them"
    survey = survey_of(
        as_csv(["id", f"{question} [1]", f"{question} [2]"], ["E1", "a", "b"], ["E2", "b", "b"], ["E3", "a", "b"]),
        PEOPLE,
    )
    assert unfit(survey) == {("E2", "q02.2"): "1; 2"}
    assert noted(survey) == {(3, "b"): "is one of two answers to the same: neither counts."}
    assert [cell.column for cell in survey.report] == [f"{question} [1]", f"{question} [2]"]
    assert answers_of(survey, "q02.1") == {"E1": 1, "E3": 1}


def test_the_same_option_twice_in_a_list_has_no_place():
    cells = ["a;b;c", "b;a;c", "b;b;c"]
    columns = [as_kind(propose_columns(table := table_of(["id", "Rank them"], *zip("123", cells, strict=True)), None)[1],
                       table.values("Rank them")[:2], "rank")]  # fmt: skip
    survey = make_survey(table, columns, {0: "E1", 1: "E2", 2: "E3"})
    assert noted(survey) == {(4, "b;b;c"): "ranks the same option twice."}
    assert {expert for expert, _item in unfit(survey)} == {"E3"}


@pytest.mark.parametrize(
    "written", ["12 окт", "10.дек", "Dec-10", "2025-12-10", "10.12.2025", "окт.12", "3 мая", "1 Mar"]
)
def test_a_range_that_became_a_date_is_recognised_and_not_guessed(written):
    years = survey_of(as_csv(["id", "How many years?"], ["E1", "12"], ["E2", "7"], ["E3", written]), PEOPLE)
    assert unfit(years) == {("E3", "q02"): written}
    assert "turned into a date" in noted(years)[4, written]
    assert answers_of(years, "q02")["E1"] == 12
    ages = survey_of(
        as_csv(["id", "Your age group"], ["E1", "18-24"], ["E2", "25-34"], ["E4", "18-24"], ["E5", "25-34"],
               ["E3", written]),
        [*PEOPLE, KnownPerson("E4", ("Gleb Orlov",)), KnownPerson("E5", ("Dina Utkina",))],
    )  # fmt: skip
    assert unfit(ages) == {("E3", "q02"): written}
    assert [point["en"] for point in ages.items["scale"][0]] == ["18-24", "25-34"]


@pytest.mark.parametrize("written", ["12", "12 лет", "about 12", "1,5", "may", "марка 3", "12 months", "5 maybe"])
def test_numbers_and_words_are_no_dates(written):
    assert not is_disguised(written)


def test_a_column_of_dates_is_one():
    dates = survey_of(as_csv(["id", "Since when?"], ["E1", "2020-01-02"], ["E2", "2021-03-04"]), PEOPLE)
    assert dates.items["type"].tolist() == ["date"]
    assert dates.report == ()


def test_words_beside_a_number_are_kept_and_told():
    table = table_of(["id", "How many years?"], ["E1", "12"], ["E2", "I think 7"], ["E3", "about 3"])
    column = replace(propose_columns(table, None)[1], kind="numeric")
    years = make_survey(table, [column], {0: "E1", 1: "E2", 2: "E3"})
    assert noted(years) == {(3, "I think 7"): "is a number with words: 7 counts, the words are kept."}
    assert years.answers["value"].tolist() == [12, 7, 3]
    assert years.answers["text"].tolist() == ["", "I think 7", "about 3"]


def test_words_in_a_choice_are_kept_as_words_and_told():
    table = table_of(["id", "Where?"], ["E1", "city"], ["E2", "village"], ["E3", "on the road"])
    column = as_kind(propose_columns(table, None)[1], ["city", "village"], "single")
    survey = make_survey(table, [column], {0: "E1", 1: "E2", 2: "E3"})
    assert noted(survey) == {(4, "on the road"): "is none of the options: it is kept in its own words."}
    assert survey.answers["text"].tolist() == ["", "", "on the road"]


def test_words_beside_known_options_leave_the_options_counted():
    table = table_of(["id", "What?"], ["E1", "portal;chat"], ["E2", "chat;pigeons"], ["E3", "pigeons"])
    column = replace(propose_columns(table, None)[1], kind="multi", points=choices.points(["portal", "chat"]))
    survey = make_survey(table, [column], {0: "E1", 1: "E2", 2: "E3"})
    assert noted(survey)[3, "chat;pigeons"].startswith("says more than the options")
    assert noted(survey)[4, "pigeons"] == "is none of the options."
    assert answers_of(survey, "q02.2")["E2"] == 1
    assert set(survey.answers[survey.answers["expert_id"] == "E2"]["raw"]) == {"chat;pigeons"}


@pytest.mark.parametrize(("double", "rated"), [("first", 2), ("last", 4)])
@pytest.mark.parametrize("times", [("2025-01-01 10:00", "2025-01-02 10:00"), ("", "")])
def test_of_two_rows_the_one_counts_that_a_person_says(double, rated, times):
    table = table_of(["Timestamp", "id", "Rate from 1 to 5"], [times[0], "E1", "2"], ["2025-01-01 9:00", "E2", "3"],
                     [times[1], "E1", "4"])  # fmt: skip
    columns = [column for column in propose_columns(table, None) if column.name != "id"]
    survey = make_survey(table, columns, {0: "E1", 1: "E2", 2: "E1"}, double=double)
    assert answers_of(survey, columns[-1].item_id) == {"E1": rated, "E2": 3}
    row = 2 if double == "first" else 4
    assert noted(survey) == {
        (2, "E1"): f"has answered in several rows: row {row} counts.",
        (4, "E1"): f"has answered in several rows: row {row} counts.",
    }


def test_time_goes_before_the_order_of_the_rows():
    table = table_of(["Timestamp", "id", "Rate from 1 to 5"], ["2025-01-03 10:00", "E1", "2"],
                     ["2025-01-01 9:00", "E1", "3"])  # fmt: skip
    columns = [column for column in propose_columns(table, None) if column.name != "id"]
    survey = make_survey(table, columns, {0: "E1", 1: "E1"}, double="last")
    assert answers_of(survey, columns[-1].item_id) == {"E1": 2}
    assert [(each.row, each.at) for each in survey.filled] == [(2, "2025-01-03T10:00")]


def test_an_open_quotation_mark_is_warned_of_and_swallows_nobody():
    export = read_questionnaire("form.csv", b'id,Why?\nE1,"So it is.\nE2,Thus.\nE3,Yes.\n')
    assert export.table.values("id") == ["E1", "E2", "E3"]
    assert [str(warning).split(" and ")[0] for warning in export.table.warnings] == [
        "A quotation mark opens in row 2"
    ]  # fmt: skip
    answers = b'[\n[["Why?", "So \\" it"], ["ID", "1"]]\n]'
    assert not any("quotation" in str(warning) for warning in read_questionnaire("y.json", answers).table.warnings)


def test_cells_beyond_the_header_are_in_the_report():
    survey = survey_of(b"id,Why?\nE1,So.,1,\nE2,Thus.\n", PEOPLE)
    assert noted(survey) == {(2, "1"): "stands beyond the last column of the header and was left out."}


def test_the_same_place_twice_is_warned_of():
    table = table_of(["id", "Rank [a]", "Rank [b]", "Rank [c]"], ["E1", "1", "2", "3"], ["E2", "1", "1", "2"])
    columns = [as_kind(column, table.values(column.name), "rank") for column in propose_columns(table, None)[1:]]
    survey = make_survey(table, columns, {0: "E1", 1: "E2"})
    assert [str(warning) for warning in survey.warnings] == ["Row 3 gives the same place twice in “Rank”."]


def test_a_place_beyond_the_lines_of_a_ranking_does_not_fit():
    table = table_of(["id", "Rank [a]", "Rank [b]", "Rank [c]"], ["E1", "1", "2", "3"], ["E2", "2", "1", "30"])
    columns = [as_kind(column, table.values(column.name), "rank") for column in propose_columns(table, None)[1:]]
    for kept in (columns, [as_kind(columns[0], [], "leave_out"), *columns[1:]]):
        survey = make_survey(table, kept, {0: "E1", 1: "E2"})
        assert set(unfit(survey).values()) == {"30"}
    survey = make_survey(table, columns, {0: "E1", 1: "E2"})
    assert noted(survey) == {(3, "30"): "is a place beyond the 3 lines of the ranking."}


def test_the_guide_knows_how_many_places_there_are():
    question = "Rank the three most important principles"
    lines = [row["label_en"] for row in guide().items.to_dict("records") if row["parent_id"] == "t1.c2"]
    survey = survey_of(
        as_csv(["id", f"{question} [{lines[0]}]"], ["E1", str(len(lines))], ["E2", str(len(lines) + 1)]), PEOPLE,
        changes={f"{question} [{lines[0]}]": lambda column: replace(column, kind="rank", points=())},
    )  # fmt: skip
    assert set(unfit(survey)) == {("E2", survey.items["item_id"].iloc[-1])}


def test_nothing_kept_is_nothing_to_store():
    assert "no answers to store" in refused(as_csv(["id", "E-mail"], ["E1", "a@example.org"], ["E2", "b@example.org"]))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"id,Why?\n", "a header and no answers"),
        (b"id,Why?\n-,\n", "a header and no answers"),
        (b"<!DOCTYPE html><html><head><title>Sign in - Google Accounts</title>", "web page"),
        (b"", "empty"),
        (b"id,Why?\n" + b"E1,So.\n" * (LIMITS.rows + 1), "more than 50000 rows"),
    ],
)
def test_a_file_without_answers_gets_one_sentence(content, says):
    with pytest.raises(UnreadableTable, match=says):
        read_questionnaire("form.csv", content)


CELLS = st.one_of(
    st.text(max_size=25),
    st.sampled_from(
        ["1", "5", "98", "-1", "agree", "strongly agree", "не знаю", "a, b", "b, a", "a; b; c", "да / yes", "E1", "E2",
         "3 — мешает / hinders", "2022-10-11", "12 лет", "1st", "7", "other", "— ", "Roads, bridges", "\n", "5)"],
    ),
)  # fmt: skip
HEADERS = st.one_of(
    st.text(max_size=25),
    st.sampled_from(
        ["id", "Timestamp", "Rank [a]", "Rank [1]", "Rank [2]", "Rank the three most important principles [1]",
         "How strongly does each factor hinder digitalization? [lack of funding]", "t1.c2", "group", "E-mail",
         "Choose up to three factors that helped most", "Rate from 1 to 5", "[x]", "Q [a]", "Q [b]", "years",
         "q02", "q03", "a", "a.1", "t2.c2.data", "t2.c2", "z.c1"],
    ),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_table_of_text_gives_a_survey_or_a_sentence(data):
    width = data.draw(st.integers(1, 4))
    header = data.draw(st.lists(HEADERS, min_size=width, max_size=width))
    cells = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=4))
    rows = [[f"E{n % 3 + 1}", *row] for n, row in enumerate(cells)]
    try:
        survey = survey_of(as_csv(["id", *header], *rows), PEOPLE, with_guide=data.draw(st.booleans()))
    except MessageError:
        return
    keys = [*zip(survey.answers["expert_id"], survey.answers["item_id"], strict=True),
            *zip(survey.open_answers["expert_id"], survey.open_answers["item_id"], strict=True)]  # fmt: skip
    assert len(keys) == len(set(keys))
    assert set(survey.items["item_id"]) >= {item_id for _expert, item_id in keys}


@settings(max_examples=200, deadline=None)
@given(st.lists(CELLS, min_size=2, max_size=3), st.lists(HEADERS, min_size=1, max_size=1), st.data())
def test_what_is_proposed_without_a_guide_always_fits(first, header, data):
    rows = [first, *data.draw(st.lists(st.lists(CELLS, min_size=len(first), max_size=len(first)), max_size=5))]
    rows = [[f"E{n}", *row[:1]] for n, row in enumerate(rows, 1)]
    try:
        table = table_of(["id", *header], *rows)
    except MessageError:
        return
    columns = propose_columns(table, None)[1:]
    try:
        make_survey(table, columns, {place: f"E{place + 1}" for place in range(len(table.rows))})
    except UnusableQuestionnaire as problem:
        assert "no answers to store" in str(problem)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["likert", "single", "multi", "numeric", "rank", "date", "open"]),
    st.lists(CELLS, min_size=1, max_size=6),
)
def test_whatever_a_person_says_a_column_is_there_is_an_answer_or_a_sentence(kind, cells):
    try:
        table = table_of(["id", "Q"], *([f"E{n}", cell] for n, cell in enumerate(cells, 1)))
    except MessageError:
        return
    column = as_kind(propose_columns(table, guide())[1], table.values("Q"), kind)
    with suppress(UnusableQuestionnaire):
        make_survey(table, [column], {place: f"E{place + 1}" for place in range(len(table.rows))})
