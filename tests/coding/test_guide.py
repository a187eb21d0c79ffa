"""The interview guide and the stakeholder groups as files."""

import math

import pytest
from demo_study import EXPECTED, codebook, demo, guide, stakeholders, table

from coding.guide import read_guide, read_stakeholders
from coding.segments import sizes, too_small
from coding.study_files import UnusableStudyFile


def test_open_questions_stand_in_the_guides_order():
    asked = {question.key: question for question in guide().questions}
    assert list(asked) == [key for key in EXPECTED["open_answers"] if not key.startswith("_")]
    assert asked["t2.o1"].roots == ("prob", "enab")
    assert asked["t2.o1"].ask_ru.startswith("Что сильнее всего мешает")
    assert len(asked["t2.o1"].probes_en) == 3
    assert asked["z.o1"].task == "closing"
    assert [task.key for task in guide().tasks] == ["t1", "t2", "t3"]


def test_every_column_of_the_demos_answers_is_an_item():
    items = set(guide().items.item_id)
    columns = set(table("questionnaire_responses.csv")[0])
    columns -= {"respondent", "group", "submitted", "label", "t2.c2.other_text_en", "t2.c2.other_text_ru"}
    assert {column.removesuffix("_en").removesuffix("_ru") for column in columns} <= items


def test_a_matrix_is_a_question_and_its_lines_on_one_scale():
    items = guide().items.set_index("item_id")
    lines = items[items.parent_id == "t2.c1"]
    assert len(lines) == 9
    assert lines.code_id["t2.c1.skills"] == "prob.skills"
    assert set(lines.type) == {"likert"}
    assert items.scale["t2.c1.skills"][0] == {"value": 1.0, "en": "does not hinder", "ru": "не мешает"}
    assert [point["value"] for point in items.scale["t2.c1.skills"]] == [1, 2, 3, 4, 5]
    assert items.cannot_say["t2.c1.skills"] == 98
    assert items.parent_id["t2.c1"] == ""


def test_every_kind_of_item_says_what_its_answers_may_be():
    items = guide().items.set_index("item_id")
    assert items.loc["z.c1.share70", ["type", "lowest", "highest", "cannot_say"]].tolist() == ["numeric", 0, 100, -1]
    assert items.loc["t1.c2.life", ["type", "choose"]].tolist() == ["rank", 3]
    assert items.loc["t2.c2.other", ["type", "choose", "code_id"]].tolist() == ["multi", 3, ""]
    assert math.isnan(items.cannot_say["t1.c2.life"])
    assert items.type["t3.c1"] == "likert"
    assert items.type["t1.o1"] == "open"
    assert items.index[items.profile].tolist() == ["group", "years", "territory"]
    assert [option["key"] for option in items.scale["territory"]][:2] == ["capital", "regional_centre"]


def test_every_linked_code_is_in_the_codebook():
    linked = set(guide().items.code_id) - {""}
    assert linked <= {code.key for code in codebook().codes}
    assert len(linked) == 4 + 6 + 9 + 8 + 4 + 4


def test_ready_made_groupings_have_the_known_sizes():
    gate = EXPECTED["publishing_gate"]
    for segmentation in stakeholders().segmentations:
        assert sizes(demo().experts, segmentation) == gate[segmentation.key]
        assert too_small(demo().experts, segmentation) == gate[f"{segmentation.key}_below"]


def test_groups_have_level_and_sector_and_roles_are_known():
    groups = stakeholders().groups.set_index("group_id")
    for row in table("experts.csv"):
        assert groups.loc[row["group"], ["level", "sector"]].tolist() == [row["level"], row["sector"]]
    assert groups.loc["rmc", "short_ru"] == "ЦУР"
    assert [role.key for role in stakeholders().non_expert_roles] == [
        "moderator", "assistant", "interpreter", "observer",
    ]  # fmt: skip


def test_a_set_without_a_label_is_called_by_its_groups_in_either_language():
    text = """
groups:
- {id: a, colour: "#112233", label: {en: Alpha, ru: Альфа}, short: {en: Al, ru: Ал}}
- {id: b, colour: "#112233", label: {en: Beta, ru: Бета}}
- {id: c, colour: "#112233", label: {en: Gamma, ru: Гамма}}
groupings:
- {id: two, label: {en: Two}, sets: {x: [a, b], y: [c]}, labels: {y: {en: Rest, ru: Прочие}}}
"""
    first, second = read_stakeholders(text).segmentations[0].segments
    assert (first.label_en, first.label_ru) == ("Al, Beta", "Ал, Бета")
    assert (second.label_en, second.label_ru) == ("Rest", "Прочие")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "tasks: [{id: t, label: {en: T}, closed: [{id: c, type: matrix, scale: s, ask: {en: A}}]}]",
            "“c” uses the scale “s”",
        ),
        ("tasks: [{id: t, label: {en: T}, closed: [{id: c, type: essay, ask: {en: A}}]}]", "“c” has the type “essay”"),
        ("tasks: [{id: t, label: {en: T}, open: [{id: o}]}]", "“o” has no name"),
        (
            "tasks: [{id: t, label: {en: T}, open: [{id: o, ask: {en: A}}, {id: o, ask: {en: B}}]}]",
            "“o” is listed twice",
        ),
        (
            "scales: {s: {points: [1, 2], labels: {en: [low]}}}\n"
            "tasks: [{id: t, label: {en: T}, closed: [{id: c, type: matrix, scale: s, ask: {en: A}}]}]",
            "The scale “s” needs numbers",
        ),
        ("tasks: t1", "“tasks” is not a list"),
    ],
)
def test_a_guide_that_does_not_fit_says_where(text, words):
    with pytest.raises(UnusableStudyFile, match=words):
        read_guide(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("groups: []", "List the stakeholder groups"),
        ('groups: [{id: a, order: first, colour: "#112233", label: {en: A}}]', "List the stakeholder groups"),
        ("groups: [{id: a, label: {en: A}}]", "is not a colour for “a”"),
        (
            'groups: [{id: a, colour: "#112233", label: {en: A}}]\n'
            "groupings: [{id: g, label: {en: G}, sets: {x: [nobody]}}]",
            "The grouping “g” needs sets of known groups",
        ),
    ],
)
def test_groups_that_do_not_fit_say_where(text, words):
    with pytest.raises(UnusableStudyFile, match=words):
        read_stakeholders(text)
