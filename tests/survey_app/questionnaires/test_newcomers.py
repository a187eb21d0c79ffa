"""Respondents whom the roster does not have become people of it, with an id and the group that a column gives."""

from survey_app.questionnaires.newcomers import group_column, newcomers
from tests.survey_app.questionnaires.forms import table_of

GROUPS = [
    {"key": key, "label_en": en, "label_ru": ru, "short_en": "", "short_ru": "", "colour": "#332288"}
    for key, en, ru in (("fed", "federal centre", "федеральный центр"), ("loc", "municipality", "муниципалитет"))
]
EXPERTS = [{"key": "E01", "name": "Anna", "other_names": ["A."], "level": "", "sector": ""}]
TABLE = table_of(
    ["Name", "Group?", "Why?"],
    ["X7", "федеральный центр / federal centre", "So."], ["Boris Petrov", "Municipality", "Thus."],
    ["c@example.org", "Universities", "Hence."], ["boris  petrov", "Municipality", "Again."], ["D", "", "No."],
)  # fmt: skip


def found(**values):
    return newcomers(TABLE, range(5), GROUPS, EXPERTS, **{"name": "Name", "group": "Group?"} | values)


def test_everybody_gets_an_id_a_name_and_the_group_of_the_column():
    people = [each.person for each in found().people]
    assert [(one.expert_id, one.name, one.group_id) for one in people] == [
        ("X7", "X7", "fed"), ("E02", "Boris Petrov", "loc"), ("E03", "c", "universities"),
    ]  # fmt: skip
    assert people[2].attributes == {"e-mail": "c@example.org"}


def test_a_new_group_is_made_and_who_names_none_stays_out():
    assert [(group.key, group.label_en) for group in found().groups] == [("universities", "Universities")]
    assert found().without_group == (4,)


def test_one_group_may_hold_them_all():
    given = found(group=None, all_in="loc")
    assert {each.person.group_id for each in given.people} == {"loc"}
    assert (len(given.people), given.groups, given.without_group) == (4, (), ())


def test_without_a_column_of_names_every_row_is_somebody():
    given = found(name=None, group=None, all_in="loc")
    assert [each.person.expert_id for each in given.people] == ["E02", "E03", "E04", "E05", "E06"]


def test_an_expert_without_a_group_is_given_one_and_keeps_the_rest():
    given = newcomers(TABLE, [], GROUPS, EXPERTS, name="Name", group="Group?", groupless={1: "E01"})
    (only,) = given.people
    assert not only.new
    assert (only.person.expert_id, only.person.name, only.person.other_names) == ("E01", "Anna", ("A.",))
    assert only.person.group_id == "loc"


def test_the_column_of_groups_is_found_by_its_values_or_as_marked():
    assert group_column(TABLE, GROUPS, []) is None
    assert group_column(TABLE, GROUPS, ["Group?"]) == "Group?"
    some = table_of(["Name", "Where from"], ["A", "municipality"], ["B", "Federal centre"], ["C", "fed"])
    assert group_column(some, GROUPS, []) == "Where from"
