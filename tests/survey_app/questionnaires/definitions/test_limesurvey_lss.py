"""LimeSurvey's structure: every type of question, both shapes of the file, two languages, conditions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.questionnaires.definitions import definitions, read_definition
from survey_app.questionnaires.instrument import Instrument
from survey_app.questionnaires.lime_structure import MOST_ROWS
from survey_app.questionnaires.safe_xml import MOST_MARKS
from survey_app.rosters.tables import UnreadableTable
from tests.conftest import CORPORA
from tests.survey_app.questionnaires.lime_files import document, lss, question

CORPUS = CORPORA / "questionnaires" / "limesurvey_432535.lss"
AGREE = (("A1", "Strongly agree", "Полностью согласен"), ("A2", "Agree", "Согласен"),
         ("A3", "Disagree", "Не согласен"), ("A4", "Strongly disagree", "Полностью не согласен"),
         ("A5", "No answer", "Затрудняюсь ответить"))  # fmt: skip
FRUIT = (("F1", "Apple", "Яблоко"), ("F2", "Pear", "Груша"))
LINES = (("SQ001", "Pilots", "Пилоты"), ("SQ002", "Tea", "Чай"))
EVERY = [
    question("1", "L", "list", "Which?", "Что?", answers=FRUIT, other="Y"),
    question("2", "!", "drop", "Agree?", "Согласны?", answers=AGREE, mandatory="Y"),
    question("3", "O", "listcom", "Which and why?", "Что и почему?", answers=FRUIT),
    question("4", "M", "multi", "What helped?", "Что помогло?", lines=LINES, other="Y",
             settings={"min_answers": "1", "max_answers": "2", "other_replace_text": ("Else", "Иное")}),
    question("5", "P", "multicom", "What else?", "Что ещё?", lines=LINES),
    question("6", "R", "rank", "Rank them", "Расставьте", answers=FRUIT),
    question("7", "F", "array", "Do you agree?", "Вы согласны?", lines=LINES, answers=AGREE),
    question("8", "A", "five", "Rate", "Оцените", lines=LINES),
    question("9", "B", "ten", "Rate", "Оцените", lines=LINES),
    question("10", "C", "unsure", "Is it so?", "Так ли?", lines=LINES),
    question("11", "E", "change", "How did it change?", "Что изменилось?", lines=LINES),
    question("12", "H", "column", "By column", "По столбцам", lines=LINES, answers=AGREE),
    question("13", "1", "dual", "Twice", "Дважды", lines=LINES,
             answers=(("a1", "Never", "Никогда", 0), ("a2", "Sometimes", "Иногда", 0), ("a3", "Often", "Часто", 0),
                      ("b1", "Bad", "Плохо", 1), ("b2", "Good", "Хорошо", 1)),
             settings={"dualscale_headerA": ("Use", "Пользуетесь"), "dualscale_headerB": ("View", "Мнение")}),
    question("14", ":", "numbers", "How many?", "Сколько?", settings={"multiflexible_min": "0", "multiflexible_max": "9"},
             lines=(*LINES, ("c1", "2020", "2020", 1), ("c2", "2021", "2021", 1))),
    question("15", ";", "texts", "Say it", "Скажите", lines=(*LINES, ("c1", "Then", "Тогда", 1))),
    question("16", "5", "point", "Rate", "Оцените"),
    question("17", "N", "age", "Age", "Возраст", settings={"min_num_value_n": "18", "max_num_value_n": "{limit}"}),
    question("18", "K", "sums", "Sums", "Суммы", lines=LINES),
    question("19", "S", "short", "Short", "Кратко"),
    question("20", "T", "long", "<p>Tell&nbsp;us <b>mo\u00adre</b></p>", "Расскажите", help=("As you like", "Свободно")),
    question("21", "U", "huge", "Everything", "Всё"),
    question("22", "Q", "names", "Names", "Имена", lines=LINES),
    question("23", "Y", "yes", "Yes?", "Да?"),
    question("24", "G", "gender", "Gender", "Пол"),
    question("25", "D", "day", "Day", "День", group=2),
    question("26", "|", "file", "File", "Файл"),
    question("27", "X", "text", "Read this", "Прочтите"),
    question("28", "*", "sum", "{age + 1}", "{age + 1}"),
]  # fmt: skip
KINDS = {
    "list": "single", "drop": "likert", "listcom": "single", "multi": "multi", "multicom": "multi", "rank": "rank",
    "array": "likert", "five": "likert", "ten": "likert", "unsure": "likert", "change": "likert", "column": "likert",
    "dual_1": "likert", "dual_2": "single", "numbers": "numeric", "texts": "open", "point": "likert", "age": "numeric",
    "sums": "numeric", "short": "open", "long": "open", "huge": "open", "names": "open", "yes": "single",
    "gender": "single", "file": "note", "text": "note", "sum": "note", "day": "date",
}  # fmt: skip


def read(*questions, **more):
    return read_definition("survey.lss", lss(list(questions), **more))


def values(item):
    return {option.key: option.value for option in item.options}


@pytest.mark.parametrize("later", [True, False])
def test_every_type_is_read_from_both_shapes_of_the_file(later):
    found = read(*EVERY, later=later)
    assert {item.key: item.kind for item in found.questions()} == KINDS
    assert found.title == ("Panel", "Панель")
    assert [(section.key, section.title) for section in found.sections] == [
        ("g1", ("First", "Сначала")), ("g2", ("Later", "Потом")),
    ]  # fmt: skip
    assert found.items[-1].section == "g2"
    assert found.item("long").label == ("Tell us more", "Расскажите")
    assert found.item("long").hint == ("As you like", "Свободно")
    assert found.item("drop").required
    assert not found.item("list").required
    assert [item.long for item in map(found.item, ("short", "long", "huge"))] == [False, True, True]
    assert Instrument.from_json(found.to_json()) == found


def test_lines_options_and_limits():
    found = read(*EVERY)
    assert [line.key for line in found.lines("array")] == ["array.SQ001", "array.SQ002"]
    assert [line.label for line in found.lines("dual_2")] == [("Pilots", "Пилоты"), ("Tea", "Чай")]
    assert found.item("dual_1").label == ("Twice — Use", "Дважды — Пользуетесь")
    assert [line.key for line in found.lines("numbers")][:2] == ["numbers.SQ001_c1", "numbers.SQ001_c2"]
    assert found.lines("numbers")[1].label == ("Pilots: 2021", "Пилоты: 2021")
    assert (found.lines("numbers")[0].lowest, found.lines("numbers")[0].highest) == (0, 9)
    assert (found.item("age").lowest, found.item("age").highest) == (18, None)
    multi = found.item("multi")
    assert [(option.key, option.label, option.other) for option in multi.options] == [
        ("SQ001", ("Pilots", "Пилоты"), False), ("SQ002", ("Tea", "Чай"), False), ("other", ("Else", "Иное"), True),
    ]  # fmt: skip
    assert (multi.fewest, multi.most) == (1, 2)
    assert found.item("list").options[-1].key == "-oth-"
    assert len(found.item("ten").options) == 10
    assert values(found.item("unsure")) == {"N": 1, "U": 2, "Y": 3}
    assert values(found.item("change")) == {"D": 1, "S": 2, "I": 3}
    assert values(found.item("yes")) == {"Y": 1, "N": 2}


def test_a_known_scale_counts_from_its_low_end_and_no_answer_stands_beside_it():
    found = read(*EVERY).item("drop")
    assert [(option.key, option.value) for option in found.options][:4] == [("A1", 4), ("A2", 3), ("A3", 2), ("A4", 1)]
    assert [point["key"] for point in found.points()] == ["A4", "A3", "A2", "A1"]
    assert (found.options[-1].key, found.options[-1].cannot_say) == ("A5", True)


def test_the_survey_s_own_assessment_is_what_an_option_counts():
    answers = [(f"A{n}", f"Step {n}", f"Шаг {n}", 0, 10 * n) for n in (1, 2, 3)]
    found = read(question("1", "F", "q", "Which?", lines=LINES, answers=answers)).item("q")
    assert values(found) == {"A1": 10, "A2": 20, "A3": 30}


@pytest.mark.parametrize(
    ("condition", "ours"),
    [
        ("1", ""),
        ('((list.NAOK == "F1"))', "((${list} = 'F1'))"),
        ("!is_empty(age.NAOK) and age >= 30", "${age} != '' and ${age} >= 30"),
        ('multi_SQ001.NAOK == "Y" || yes == "N"', "selected(${multi}, 'SQ001') or ${yes} = 'N'"),
        ('multi_SQ002 != "Y"', "not(selected(${multi}, 'SQ002'))"),
        ("18 < age", "${age} > 18"),
        ('432535X1X1.NAOK == "F2"', "${list} = 'F2'"),
        ('array_SQ001 == "A1"', "${array.SQ001} = 'A1'"),
    ],
)
def test_conditions_that_our_rules_can_say_are_kept(condition, ours):
    found = read(*EVERY, question("90", "S", "last", "Last", relevance=condition))
    assert found.item("last").relevant == ours
    assert not any("condition" in str(warning) for warning in found.warnings)


@pytest.mark.parametrize(
    "condition",
    ["count(multi_SQ001, multi_SQ002) > 1", 'nobody == "1"', "age + 1 > 3", "((age > 1)", "age > 1)", "age >",
     "(" * 50 + "age > 1" + ")" * 50, 'list == "it\'s"', "age == list", "regexMatch('/a/', short)", "x" * 5000],
)  # fmt: skip
def test_other_conditions_are_dropped_with_a_warning(condition):
    found = read(*EVERY, question("90", "S", "last", "Last", relevance=condition))
    assert found.item("last").relevant == ""
    assert any("1 condition" in str(warning) and "last" in str(warning) for warning in found.warnings)


def test_a_group_has_a_condition_and_warnings_name_what_is_left_out():
    found = read(*EVERY, question("91", "Z", "odd", "Odd?"), relevance='yes == "Y"')
    assert [section.relevant for section in found.sections] == ["", "${yes} = 'Y'"]
    told = [str(warning) for warning in found.warnings]
    assert any("file, sum" in line for line in told)
    assert any("odd" in line for line in told)
    assert found.item("odd").kind == "open"


def test_other_languages_go_where_their_script_is_read():
    german = read(question("1", "S", "q", "Wie alt?", "Сколько лет?"), languages=("de", "ru"), base="de")
    assert german.item("q").label == ("Wie alt?", "Сколько лет?")
    ukrainian = read(question("1", "S", "q", "Скільки років?"), languages=("uk",), base="uk", title=("Панель",))
    assert ukrainian.item("q").label == ("", "Скільки років?")
    assert ukrainian.languages == ("ru",)


def test_consent_is_asked_where_the_survey_shows_it():
    assert read(*EVERY).consent == ("", "")
    assert read(*EVERY, survey="1").consent == ("Consent en", "Consent ru")


def test_two_questions_of_one_code_stay_two():
    found = read(question("1", "S", "q", "One"), question("2", "S", "q", "Two"))
    assert [item.key for item in found.items] == ["q", "q_2"]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><document><LimeSurveyDocType>Survey</LimeSurveyDocType>&c;</document>"""
OUTSIDE = (b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
           b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>&x;</document>")  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        BOMB, OUTSIDE, lss(EVERY)[:-200], lss(EVERY)[:400], document("Survey", {}), document("Label set", {"a": [{}]}),
        document("Survey", {"questions": [{"qid": "1", "parent_qid": "5"}]}), b"\x00\x01\x02", b"a,b\n1,2\n", b"",
        b'<?xml version="1.0" encoding="klingon"?><document><LimeSurveyDocType>Survey<',
    ],
)  # fmt: skip
def test_what_is_no_structure_gets_one_sentence(content):
    with pytest.raises(UnreadableTable) as refused:
        read_definition("survey.lss", content)
    assert "survey.lss" in str(refused.value)


@settings(max_examples=60)
@given(st.integers(0, len(lss(EVERY)) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_structure_is_read_or_refused(at, noise):
    content = lss(EVERY)
    try:
        read_definition("survey.lss", content[:at] + noise + content[at + len(noise) :])
    except UnreadableTable as refused:
        assert "survey.lss" in str(refused)


def test_more_than_any_survey_holds_is_refused():
    rows = [{"qid": n} for n in range(MOST_ROWS + 1)]
    with pytest.raises(UnreadableTable, match="suspiciously large"):
        read_definition("survey.lss", document("Survey", {"questions": rows}))
    with pytest.raises(UnreadableTable, match="suspiciously large"):
        read_definition(
            "survey.lss", document("Survey", {"questions": [{"qid": "<" * MOST_MARKS}]}).replace(b"&lt;", b"<")
        )


def test_rows_without_their_cells_are_read_as_far_as_they_go():
    found = read_definition("survey.lss", document("Survey", {
        "questions": [{"qid": "7"}, {"type": "F", "title": "b", "question_order": "x" * 30}],
        "answers": [{}], "groups": [{}], "question_attributes": [{}], "surveys": [{}],
    }))  # fmt: skip
    assert {item.key for item in found.items} == {"q7", "b"}


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_a_real_structure():
    content = CORPUS.read_bytes()
    found = read_definition(CORPUS.name, content)
    assert max(definitions(), key=lambda each: each.sniff(_brought(content))).platform == "LimeSurvey"
    assert {item.key: item.kind for item in found.items} == {"G01Q01": "likert", "G01Q02": "open"}
    assert found.item("G01Q01").label == ("Text for question 1", "")
    assert found.item("G01Q01").required
    assert found.title == ("Example Survey", "")
    assert not found.warnings


def _brought(content):
    from survey_app.questionnaires.readers import Brought

    return Brought("survey.lss", content)
