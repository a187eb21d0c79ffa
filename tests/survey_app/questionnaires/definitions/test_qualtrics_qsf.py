"""Survey files of Qualtrics: types, orders, recoded values, languages, blocks and what is not taken over."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.questionnaires.defining import with_definition
from survey_app.questionnaires.definitions import read_definition
from survey_app.questionnaires.instrument import Instrument
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.forms import answers_of
from tests.survey_app.questionnaires.readers.exports import proposed, survey_of
from tests.survey_app.questionnaires.readers.test_qualtrics import file_of

AGREE = {"1": {"Display": "Strongly agree"}, "2": {"Display": "Rather agree"}, "3": {"Display": "Rather disagree"},
         "4": {"Display": "Hard to say"}}  # fmt: skip
AGREE_RU = {"1": {"Display": "Полностью согласен"}, "2": {"Display": "Скорее согласен"},
            "3": {"Display": "Скорее не согласен"}, "4": {"Display": "Затрудняюсь ответить"}}  # fmt: skip
LINES = {"1": {"Display": "Roads"}, "2": {"Display": "Water"}, "3": {"Display": "Other", "TextEntry": "true"}}


def question(kind, selector="", text="Asked?", **more):
    return {"QuestionText": text, "QuestionType": kind, "Selector": selector, "Language": [], **more}


def qsf(*payloads, language="EN", blocks=None, flow=None, **entry):
    keys = [f"QID{place}" for place in range(1, len(payloads) + 1)]
    elements = [
        {
            "Element": "SQ",
            "PrimaryAttribute": key,
            "Payload": {"QuestionID": key, "DataExportTag": f"Q{key[3:]}", **payload},
        }
        for key, payload in zip(keys, payloads, strict=True)
    ]
    inside = [{"Type": "Question", "QuestionID": key} for key in keys]
    blocks = blocks or [{"Type": "Default", "ID": "BL_1", "Description": "First page", "BlockElements": inside}]
    elements += [{"Element": "BL", "Payload": blocks}]
    elements += [{"Element": "FL", "Payload": {"Type": "Root", "Flow": flow}}] if flow else []
    known = {"SurveyID": "SV_1", "SurveyName": "Panel", "SurveyLanguage": language, **entry}
    return json.dumps({"SurveyEntry": known, "SurveyElements": elements}).encode()


def read(*payloads, **more):
    return read_definition("panel.qsf", qsf(*payloads, **more))


def kinds(instrument):
    return [(item.key, item.kind) for item in instrument.items]


def test_choices_stand_in_their_order_under_the_numbers_of_the_exports():
    found = read(
        question("MC", "SAVR", Choices=AGREE, ChoiceOrder=["3", "2", "1", 4],
                 RecodeValues={"1": "5", "2": "4", "3": "2", "4": "99"}),
        question("MC", "DL", Choices=LINES, ChoiceOrder=[2, 1, "3"]),
    )  # fmt: skip
    agree, where = found.items
    assert (agree.kind, where.kind) == ("likert", "single")
    assert [(option.key, option.value, option.cannot_say) for option in agree.options] == [
        ("2", 2, False), ("4", 4, False), ("5", 5, False), ("99", 99, True),
    ]  # fmt: skip
    assert [option.label[0] for option in where.options] == ["Water", "Roads", "Other"]
    assert [option.other for option in where.options] == [False, False, True]
    assert (found.key, found.title, found.sections[0].title) == ("SV_1", ("Panel", ""), ("First page", ""))


@pytest.mark.parametrize("selector", ["MAVR", "MAHR", "MACOL", "MSB"])
def test_several_choices_keep_their_ids_and_their_bounds(selector):
    (item,) = read(
        question("MC", selector, Choices=LINES, Validation={"Settings": {
            "ForceResponse": "ON", "Type": "ChoiceRange", "MinChoices": "1", "MaxChoices": "2"}})
    ).items  # fmt: skip
    assert (item.kind, item.required, item.fewest, item.most) == ("multi", True, 1, 2)
    assert [option.key for option in item.options] == ["1", "2", "3"]


def test_the_lines_of_a_matrix_share_its_answers():
    found = read(
        question("Matrix", "Likert", SubSelector="SingleAnswer", Choices=LINES, Answers=AGREE, ChoiceOrder=["2", "1"]),
        question("Matrix", "Bipolar", Choices={"1": {"Display": "cold:hot"}}, Answers={"1": {}, "2": {}, "3": {}}),
    )
    assert kinds(found) == [
        ("QID1", "likert"),
        ("QID1.2", "likert"),
        ("QID1.1", "likert"),
        ("QID2", "likert"),
        ("QID2.1", "likert"),
    ]
    assert [line.label[0] for line in found.lines("QID1")] == ["Water", "Roads"]
    assert len(found.item("QID1").options) == 4
    assert [option.label[0] for option in found.item("QID2").options] == ["1", "2", "3"]


def test_a_matrix_of_ticks_is_a_question_for_each_row():
    found = read(question("Matrix", "Likert", "Who helps?", SubSelector="MultipleAnswer", Choices=LINES, Answers=LINES))
    assert kinds(found) == [("QID1-1", "multi"), ("QID1-2", "multi"), ("QID1-3", "multi")]
    assert found.items[1].label[0] == "Who helps? - Water"


def test_every_other_type_has_its_kind():
    side = {"1": question("Matrix", "Likert", "Now", SubSelector="SingleAnswer", Choices=LINES, Answers=AGREE)}
    found = read(
        question("TE", "ESTB"), question("TE", "SL", Validation={"Settings": {
            "Type": "ContentType", "ContentType": "ValidNumber", "ValidNumber": {"Min": "0", "Max": "40"}}}),
        question("TE", "FORM", Choices=LINES), question("RO", "DND", Choices=LINES),
        question("Slider", "HSLIDER", Choices=LINES, Configuration={"CSSliderMin": 0, "CSSliderMax": 100}),
        question("CS", "VRTL", Choices=LINES), question("DB", "TB"), question("MC", "NPS", Choices={}),
        question("Matrix", "TE", Choices=LINES, Answers={"1": {"Display": ""}}), question("SBS", "SBSMatrix", AdditionalQuestions=side),
        question("PGR", "DragAndDrop", Choices=LINES, Groups=["Keep", "Drop"]), question("Timing", "PageTimer"),
    )  # fmt: skip
    asked = [(item.key, item.kind) for item in found.questions()]
    assert asked == [
        ("QID1", "open"), ("QID2", "numeric"), ("QID3", "open"), ("QID4", "rank"), ("QID5", "numeric"),
        ("QID6", "numeric"), ("QID7", "note"), ("QID8", "numeric"), ("QID9", "open"), ("QID10-1", "likert"),
        ("QID11-g0", "rank"), ("QID11-g1", "rank"),
    ]  # fmt: skip
    assert found.item("QID1").long
    assert [(found.item(key).lowest, found.item(key).highest) for key in ("QID2", "QID5.1", "QID8")] == [
        (0, 40),
        (0, 100),
        (0, 10),
    ]
    assert [len(found.lines(key)) for key in ("QID3", "QID5", "QID6", "QID9", "QID10-1")] == [3] * 5
    assert found.warnings == ()


def test_both_languages_stand_side_by_side_without_markup():
    payload = question(
        "MC", "SAVR", "<b>Do&nbsp;you</b><br>agree?", Choices=AGREE,
        Language={"RU": {"QuestionText": "<p>Вы согласны?</p>", "Choices": AGREE_RU}},
    )  # fmt: skip
    found = read(payload)
    assert found.items[0].label == ("Do you agree?", "Вы согласны?")
    assert found.items[0].options[0].label == ("Strongly agree", "Полностью согласен")
    assert found.languages == ("en", "ru")
    russian = read(question("TE", "SL", "Что мешает?"), language="RU")
    assert (russian.items[0].label, russian.languages) == (("", "Что мешает?"), ("ru",))
    german = read(
        question("TE", "SL", "Was hindert?", Language={"EN": {"QuestionText": "What hinders?"}}), language="DE"
    )
    assert german.items[0].label == ("What hinders?", "")


def test_blocks_are_sections_in_the_order_of_the_flow_and_the_trash_is_left_out():
    def block(key, *questions, kind="Standard"):
        return {"Type": kind, "ID": key, "Description": key, "BlockElements": [
            {"Type": "Question", "QuestionID": each} for each in questions]}  # fmt: skip

    blocks = {"1": block("BL_a", "QID1"), "2": block("BL_b", "QID2"), "3": block("BL_t", "QID3", kind="Trash")}
    flow = [{"Type": "Branch", "Flow": [{"Type": "Standard", "ID": "BL_b"}]}, {"Type": "Block", "ID": "BL_a"}]
    found = read(*[question("TE", "SL")] * 3, blocks=blocks, flow=flow)
    assert [(item.key, item.section) for item in found.items] == [("QID2", "BL_b"), ("QID1", "BL_a")]
    assert [section.key for section in found.sections] == ["BL_b", "BL_a"]
    assert [str(warning) for warning in found.warnings] == [
        "1 condition of Qualtrics was not taken over: here everybody is asked."
    ]


def test_what_is_not_taken_over_is_said():
    found = read(
        question("TE", "SL", DisplayLogic={"0": {}}), question("HeatMap", "Image"), question("Draw", "Signature")
    )
    assert [str(warning) for warning in found.warnings] == [
        "1 condition of Qualtrics was not taken over: here everybody is asked.",
        "2 questions are of kinds that have no place here and were left out: Q2, Q3.",
    ]
    assert Instrument.from_json(found.to_json()) == found


def test_answers_are_read_by_their_definition():
    definition = read(
        question("MC", "SAVR", "Do you agree?", Choices=AGREE, RecodeValues={"1": "5", "2": "4", "3": "2", "4": "99"},
                 Language={"RU": {"QuestionText": "Вы согласны?", "Choices": AGREE_RU}}),
        question("MC", "MAVR", "What helped?", Choices=LINES), question("RO", "DND", "Rank", Choices=LINES),
        question("Matrix", "Likert", "How?", SubSelector="SingleAnswer", Choices=LINES, Answers=AGREE),
    )  # fmt: skip
    columns = [("Q1", "Do you agree?", "QID1"), ("Q2_1", "What helped? - Roads", "QID2_1"),
               ("Q2_2", "What helped? - Water", "QID2_2"), ("Q3_1", "Rank - Roads", "QID3_1"),
               ("Q3_2", "Rank - Water", "QID3_2"), ("Q4_2", "How? - Water", "QID4_2")]  # fmt: skip
    content = file_of(columns, ["5", "1", "1", "2", "1", "1"], ["99", "1", "1", "1", "2", "4"])

    def known(export):
        return with_definition(export, definition)

    _export, found = proposed(content, definition=known)
    assert {name: column.kind for name, column in found.items() if column.kept} == {
        "Q1": "likert", "Q2_1": "multi", "Q2_2": "multi", "Q3_1": "rank", "Q3_2": "rank", "Q4_2": "likert",
    }  # fmt: skip
    assert all(column.defined for column in found.values() if column.kept)
    assert found["Q1"].label == ("Do you agree?", "Вы согласны?")
    survey = survey_of(content, definition=known)
    assert answers_of(survey, "QID1") == {"E1": 5.0, "E2": None}
    assert answers_of(survey, "QID2.2") == {"E1": 1.0, "E2": 1.0}
    assert answers_of(survey, "QID3.1") == {"E1": 2.0, "E2": 1.0}
    assert answers_of(survey, "QID4.2") == {"E1": 1.0, "E2": None}


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"SurveyEntry": 1, "SurveyElements": [', b'{"SurveyEntry": 1, "SurveyElements": 7}',
     b'{"SurveyEntry": null, "SurveyElements": [1, null, {"Element": "SQ"}, {"Element": "BL", "Payload": [[]]}]}',
     b'{"SurveyEntry": 1, "SurveyElements": ' + b"[" * 100_000, b"\x89PNG\0", b"id,Why\n1,x\n"],
)  # fmt: skip
def test_what_is_no_survey_gives_one_sentence(content):
    with pytest.raises(UnreadableTable, match=r"panel\.qsf"):
        read_definition("panel.qsf", content)


def test_too_many_questions_are_refused():
    rows = {str(number): {"Display": "x"} for number in range(200)}
    with pytest.raises(UnreadableTable, match="more than 5000 questions"):
        read(*[question("Matrix", "TE", Choices=rows, Answers=rows)] * 2)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["Matrix", "ON", "TE", "1", "QID1", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["1", "2", "Display", "Settings", "RU", "Choices", "MinChoices", "Type"]), inner, max_size=4), max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["MC", "Matrix", "TE", "RO", "Slider", "CS", "DB", "PGR", "SBS"]),
    st.sampled_from(["SAVR", "MAVR", "NPS", "Likert", "Bipolar", "TE", "RO", "CS", "FORM"]),
    st.dictionaries(st.sampled_from(["QuestionText", "Choices", "ChoiceOrder", "Answers", "AnswerOrder", "RecodeValues",
                                     "Language", "Validation", "Configuration", "Groups", "AdditionalQuestions",
                                     "SubSelector"]), JSON),
)  # fmt: skip
def test_a_question_of_whatever_shape_is_read_or_gives_a_sentence(kind, selector, rest):
    try:
        found = read({**question(kind, selector), **rest})
    except UnreadableTable:
        return
    assert Instrument.from_json(found.to_json()) == found
