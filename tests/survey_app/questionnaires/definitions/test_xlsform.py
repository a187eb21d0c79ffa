"""XLSForm: what its rows become, and what is said of those that become nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.questionnaires.definitions import definitions, read_definition
from survey_app.questionnaires.instrument import Instrument
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.definitions.books import SURVEY, form, told, workbook

YES_NO = [("yn", "yes", "Yes", "Да"), ("yn", "no", "No", "Нет")]
AGREE = [
    ("agree", "d2", "strongly disagree", "совершенно не согласен"),
    ("agree", "d1", "rather disagree", "скорее не согласен"),
    ("agree", "n", "neither", "ни то ни другое"),
    ("agree", "a1", "rather agree", "скорее согласен"),
    ("agree", "a2", "strongly agree", "полностью согласен"),
    ("agree", "dk", "cannot say", "затрудняюсь ответить"),
]


def only(instrument):
    assert len(instrument.items) == 1
    return instrument.items[0]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("select_one yn", "single"),
        ("select one yn", "single"),
        ("select one from yn", "single"),
        ("select_one yn or_other", "single"),
        ("select_multiple yn", "multi"),
        ("select all that apply from yn", "multi"),
        ("rank yn", "rank"),
        ("integer", "numeric"),
        ("decimal", "numeric"),
        ("range", "numeric"),
        ("text", "open"),
        ("date", "date"),
        ("note", "note"),
    ],
)
def test_every_type_becomes_a_kind(written, kind):
    assert only(form((written, "q", "Question", "Вопрос"), choices=YES_NO)).kind == kind


def test_words_stand_in_both_languages_wherever_they_are_written():
    item = only(form(("text", "q", "Question", "Вопрос", "Brief", "Кратко", "Too long", "Длинно"),
                     more=("hint::en", "hint::Russian (ru)", "constraint_message::English (en)", "constraint_message::ru")))  # fmt: skip
    assert (item.label, item.hint, item.constraint_words) == (
        ("Question", "Вопрос"), ("Brief", "Кратко"), ("Too long", "Длинно"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("label", "language", "words"),
    [("Question", "", ("Question", "")), ("Вопрос", "", ("", "Вопрос")), ("42", "Русский (ru)", ("", "42")),
     ("42", "English (en)", ("42", ""))],
)  # fmt: skip
def test_words_without_a_language_are_those_of_the_form_or_of_their_letters(label, language, words):
    content = workbook(
        survey=[("type", "name", "label"), ("text", "q", label)], settings=[("default_language",), (language,)]
    )
    assert read_definition("form.xlsx", content).items[0].label == words


def test_a_third_language_is_left_out_and_told():
    found = form(("text", "q", "Question", "", "Сұрақ"), more=("label::Қазақша (kk)",))
    assert only(found).label == ("Question", "")
    assert "Қазақша (kk) was left out" in told(found)


def test_settings_name_the_form_and_ask_for_consent():
    found = form(
        ("text", "q", "Question", "Вопрос"),
        settings=[
            ("form_title::English (en)", "form_title::Русский (ru)", "form_id", "version", "rakurs::consent::English (en)",
             "rakurs::consent::ru"),
            ("Panel", "Панель", "panel", 3, "Agreed?", "Согласны?"),
        ],
    )  # fmt: skip
    assert (found.key, found.title, found.version, found.consent, found.languages) == (
        "panel", ("Panel", "Панель"), "3", ("Agreed?", "Согласны?"), ("en", "ru"),
    )  # fmt: skip


def test_the_usual_words_of_a_scale_make_one_and_cannot_say_stands_beside():
    item = only(form(("select_one agree", "q", "Q", ""), choices=AGREE))
    assert item.kind == "likert"
    assert [(point["key"], point["value"]) for point in item.points()] == [
        ("d2", 1.0), ("d1", 2.0), ("n", 3.0), ("a1", 4.0), ("a2", 5.0),
    ]  # fmt: skip
    assert [(option.key, option.value) for option in item.options if option.cannot_say] == [("dk", 98.0)]


def test_a_scale_written_from_its_top_counts_from_its_bottom():
    item = only(form(("select_one agree", "q", "Q", ""), choices=AGREE[::-1]))
    assert [(point["key"], point["value"]) for point in item.points()][:2] == [("d2", 1.0), ("d1", 2.0)]
    assert item.options[1].key == "a2"


def test_numbers_in_order_as_names_are_a_scale_which_is_told():
    choices = [("n", number, f"words {number}", "") for number in range(1, 6)] + [("n", 99, "Don't know", "")]
    found = form(("select_one n", "q", "Q", ""), choices=choices)
    assert only(found).kind == "likert"
    assert [option.value for option in only(found).options] == [1, 2, 3, 4, 5, 99]
    assert "“q” is read as a scale" in told(found)
    said = form(("select_one n", "q", "Q", "", "single"), choices=choices, more=("rakurs::kind",))
    assert (only(said).kind, said.warnings) == ("single", ())


def test_written_values_are_those_of_the_scale():
    choices = [("s", "lo", "Low", "", 10, ""), ("s", "hi", "High", "", 20, ""), ("s", "no", "Pass", "", 0, "yes")]
    item = only(
        form(("select_one s", "q", "Q", ""), choices=choices, more_choices=("rakurs::value", "rakurs::cannot_say"))
    )
    assert (item.kind, [point["value"] for point in item.points()]) == ("likert", [10, 20])
    assert item.options[2].cannot_say


def test_a_value_missing_in_a_list_that_has_some_is_refused_with_its_row():
    choices = [("s", "lo", "Low", "", 1), ("s", "hi", "High", "", "")]
    with pytest.raises(UnreadableTable, match="Row 3 of “choices”: the choice “hi” has no value"):
        form(("select_one s", "q", "Q", ""), choices=choices, more_choices=("rakurs::value",))


def test_columns_of_ours_name_codes_and_reversed_scales():
    choices = [(*row, f"code.{row[1]}") for row in AGREE]
    item = only(form(("select_one agree", "q", "Q", "", "prob.skills", "yes"), choices=choices,
                     more=("rakurs::code", "rakurs::reverse"), more_choices=("rakurs::code",)))  # fmt: skip
    assert (item.code, item.reverse, item.options[0].code) == ("prob.skills", True, "code.d2")


def test_or_other_adds_an_option_that_asks_for_words():
    options = only(form(("select_multiple yn or_other", "q", "Q", ""), choices=YES_NO)).options
    assert [(option.key, option.other, option.value) for option in options] == [
        ("yes", False, 1), ("no", False, 2), ("other", True, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "constraint", "bounds", "rest"),
    [
        ("integer", ". >= 0 and . <= 60", (0, 60), ""),
        ("decimal", ".<=10.5", (None, 10.5), ""),
        ("decimal", ". != 3", (None, None), ". != 3"),
        ("decimal", "(. != 3) and . >= 1", (1, None), ". != 3"),
        ("decimal", ". >= 0 and . >= 1", (None, None), ". >= 0 and . >= 1"),
        ("range", "", (0, 100), ""),
    ],
)
def test_bounds_of_numbers_are_read_from_the_constraint_or_the_parameters(written, constraint, bounds, rest):
    item = only(form((written, "q", "Q", "", constraint, "start=0 end=100 step=5"), more=("constraint", "parameters")))
    assert ((item.lowest, item.highest), item.constraint) == (bounds, rest)


@pytest.mark.parametrize(
    ("constraint", "bounds"),
    [("count-selected(.) <= 3", (0, 3)), ("count-selected(.) >= 1 and count-selected(.) <= 2", (1, 2)),
     ("count-selected(.) = 2", (2, 2))],
)  # fmt: skip
def test_how_many_may_be_chosen_is_read_from_the_constraint(constraint, bounds):
    item = only(form(("select_multiple yn", "q", "Q", "", constraint), choices=YES_NO, more=("constraint",)))
    assert (item.fewest, item.most, item.constraint) == (*bounds, "")


def test_a_group_is_a_page_and_its_condition_holds_for_what_is_in_it():
    found = form(
        ("text", "a", "A", ""),
        ("begin_group", "g", "Page", "Страница", "${a} = 'x'"),
        ("text", "b", "B", ""),
        ("begin group", "h", "Inner", "", "${b} != ''"),
        ("text", "c", "C", ""),
        ("end group",),
        ("text", "d", "D", ""),
        ("end_group",),
        more=("relevant",),
    )
    assert [(item.key, item.section) for item in found.items] == [("a", ""), ("b", "g"), ("c", "h"), ("d", "g")]
    assert [(section.key, section.relevant) for section in found.sections] == [
        ("g", "${a} = 'x'"), ("h", "(${a} = 'x') and (${b} != '')"),
    ]  # fmt: skip
    assert found.sections[0].title == ("Page", "Страница")


def test_a_table_list_is_a_matrix():
    found = form(
        ("begin_group", "m", "How much?", "Насколько?", "table-list", "", ""),
        ("select_one agree", "one", "One", "Первое", "", "yes", "${q} > 1"),
        ("select_one agree", "m.two", "Two", "Второе", "", "yes", ""),
        ("end_group",),
        ("integer", "q", "Q", "", "", "", "${one} = 'a1' or ${m.two} = 'a1'"),
        choices=AGREE, more=("appearance", "required", "relevant"),
    )  # fmt: skip
    matrix = found.item("m")
    assert (matrix.kind, matrix.label, matrix.required, len(matrix.options)) == (
        "likert", ("How much?", "Насколько?"), True, 6,
    )  # fmt: skip
    assert [(line.key, line.kind, line.options) for line in found.lines("m")] == [
        ("m.one", "likert", ()), ("m.two", "likert", ()),
    ]  # fmt: skip
    assert found.item("q").relevant == "${m.one} = 'a1' or ${m.two} = 'a1'"
    assert found.warnings == ()


def test_the_rows_that_pyxform_makes_of_a_table_are_read_as_the_table():
    found = form(
        ("begin_group", "m", "", "", "field-list"),
        ("note", "generated_table_list_label_2", "How much?", "", ""),
        ("select_one agree", "reserved_name_for_field_list_labels_3", " ", "", "label"),
        ("select_one agree", "one", "One", "", "list-nolabel"),
        ("select_one agree", "two", "Two", "", "list-nolabel"),
        ("end_group",),
        choices=AGREE, more=("appearance",),
    )  # fmt: skip
    assert [item.key for item in found.items] == ["m", "m.one", "m.two"]
    assert found.item("m").label == ("How much?", "")


def test_a_table_of_numbers_keeps_the_bounds_they_share():
    found = form(
        ("begin_group", "m", "How likely?", "", "table-list"),
        ("decimal", "one", "One", "", "", ". >= 0 and . <= 100"),
        ("decimal", "two", "Two", "", "", ". >= 0 and . <= 100"),
        ("end_group",),
        more=("appearance", "constraint"),
    )
    assert [(item.kind, item.lowest, item.highest) for item in found.items] == [("numeric", 0, 100)] * 3


def test_a_table_of_unlike_lines_is_a_page_which_is_told():
    found = form(
        ("begin_group", "m", "M", "", "table-list"),
        ("select_one yn", "one", "One", ""),
        ("text", "two", "Two", ""),
        ("end_group",),
        choices=YES_NO, more=("appearance",),
    )  # fmt: skip
    assert [(item.key, item.parent, item.section) for item in found.items] == [("one", "", "m"), ("two", "", "m")]
    assert "Row 2 of “survey”: the lines of the table “m” are not all of one type" in told(found)


def test_what_a_device_fills_in_is_left_out_and_counted():
    found = form(("start", "start"), ("calculate", "c"), ("text", "q", "Q", ""))
    assert [item.key for item in found.items] == ["q"]
    assert told(found) == "2 rows of “survey” ask nobody anything and were left out (2: start, 3: c)."


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("geopoint", "where", "Where?", ""), "Row 3 of “survey”: the type “geopoint” is not known here, and “where”"),
        (("", "odd", "Odd", ""), "Row 3 of “survey” has no type"),
        (
            ("text", "t", "T", "", "today() > 1"),
            "Row 3 of “survey”: the condition in the column relevant is not understood",
        ),
        (("text", "t", "T", "", "${gone} = 1"), "the condition in the column relevant asks for gone"),
        (("text", "t", "T", "", "", "${q} = 1"), "“t” is required under a condition"),
        (("text", "t", "T", "", "", "", "seven"), "these columns are not read here: default"),
    ],
)
def test_what_cannot_be_taken_over_is_told_with_its_row(row, said):
    found = form(("text", "q", "Q", ""), row, more=("relevant", "required", "default"))
    assert said in told(found)
    assert all(not item.relevant for item in found.items)


def test_a_repeat_is_left_out_whole_and_told():
    found = form(("text", "q", "Q", ""), ("begin_repeat", "r", "R", ""), ("text", "x", "X", ""), ("end_repeat",))
    assert [item.key for item in found.items] == ["q"]
    assert "Row 3 of “survey”: “r” is asked several times over" in told(found)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("select_one none", "q", "Q", "")], "Row 2 of “survey” takes its choices from the list “none”"),
        ([("text", "q", "Q", ""), ("text", "q", "Q", "")], "Row 3 of “survey”: “q” stands there a second time"),
        ([("text", "1 q", "Q", "")], "Row 2 of “survey”: “1 q” is no name of a question"),
        ([("text", "", "Q", "")], "is no name of a question"),
        ([("begin_group", "g", "", ""), ("text", "q", "Q", "")], "Row 2 of “survey” begins a group that does not end"),
        ([("text", "q", "Q", ""), ("end_group",)], "Row 3 of “survey” ends a group that has not begun"),
        ([("begin_group", f"g{n}", "", "") for n in range(12)] + [("end_group",)] * 12, "more than 10 deep"),
        ([("select_one yn", "q", "Q", "", "region=${r}")], "offers choices that depend on another answer"),
        ([("select_one yn", "q", "Q", "", "", "matrix")], "“matrix” stands in the column rakurs_kind"),
        ([("select_one twice", "q", "Q", "")], "Row 5 of “choices”: the choice “a” stands in its list twice"),
        ([("select_one blank", "q", "Q", "")], "Row 6 of “choices”: “b c” is no name of a choice"),
        ([("start", "start")], "The form asks nothing"),
    ],
)  # fmt: skip
def test_what_would_be_a_guess_is_refused_with_its_row(rows, said):
    choices = [*YES_NO, ("twice", "a", "A", ""), ("twice", "a", "A", ""), ("blank", "b c", "B", "")]
    with pytest.raises(UnreadableTable, match=said):
        form(*rows, choices=choices, more=("choice_filter", "rakurs::kind"))


def test_a_workbook_that_is_no_form_is_refused():
    with pytest.raises(UnreadableTable, match="is no definition of a questionnaire"):
        read_definition("table.xlsx", workbook(answers=[("id", "q"), (1, 2)]))
    with pytest.raises(UnreadableTable):
        read_definition("form.xlsx", b"PK\x03\x04 nothing")


def test_formats_are_found_by_lying_in_their_folder():
    assert {"XLSForm", "YAML"} <= {each.platform for each in definitions()}


def test_an_instrument_comes_back_from_the_store_without_its_warnings():
    found = form(("start", "start"), ("select_one agree", "q", "Q", "К"), choices=AGREE)
    again = Instrument.from_json(found.to_json())
    assert (again, again.warnings) == (found, ())
    assert len(found.warnings) == 1


CELL = st.sampled_from(["", "select_one yn", "text", "begin_group", "end_group", "table-list", "q", "${q} = 1", "yes", "1", "rank yn",
                        "select_multiple yn or_other", "integer", "x y", "=1+1", "label"])  # fmt: skip


@settings(max_examples=30)
@given(st.lists(st.lists(CELL, min_size=4, max_size=9), min_size=1, max_size=8))
def test_any_rows_are_a_form_or_refused(rows):
    header = (*SURVEY, "appearance", "relevant", "constraint", "required", "rakurs::reverse")
    content = workbook(survey=[header, *rows], choices=[("list_name", "name"), ("yn", "yes"), ("yn", "no")])
    try:
        found = read_definition("form.xlsx", content)
    except UnreadableTable as refused:
        assert str(refused)
        return
    assert Instrument.from_json(found.to_json()) == found
