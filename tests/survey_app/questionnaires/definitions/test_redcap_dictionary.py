"""REDCap's data dictionary: every type of field, matrices, branching logic."""

import pytest

from survey_app.questionnaires.definitions import read_definition
from survey_app.questionnaires.instrument import Instrument
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.forms import as_csv
from tests.survey_app.questionnaires.redcap_files import API, EVERY, TITLES, dictionary, field

KINDS = {
    "sex": "single", "stance": "likert", "helped": "multi", "again": "single", "fact": "single", "warm": "numeric",
    "age": "numeric", "share": "numeric", "day": "date", "mail": "note", "called": "note", "why": "open",
    "more": "open", "lost": "open", "intro": "note", "bmi": "note", "scan": "note", "agree": "likert",
    "b_one": "multi", "odd": "open",
}  # fmt: skip


def read(*rows):
    return read_definition("dictionary.csv", dictionary(*rows))


@pytest.mark.parametrize("titles", [TITLES, API], ids=["page", "api"])
def test_every_type_of_field_is_read(titles):
    found = read_definition("dictionary.csv", dictionary(titles=titles))
    assert {item.key: item.kind for item in found.questions()} == KINDS
    assert [line.key for line in found.lines("agree")] == ["m_one", "m_two"]
    assert found.item("agree").label == ("Do you agree?", "")
    assert found.item("sex").label == ("Sex", "Пол")
    assert found.item("stance").label == ("Your stance", "")
    assert found.item("stance").hint == ("One only", "")
    assert [(section.key, section.title[0]) for section in found.sections] == [
        ("views", "Views"), ("views.6", "Feelings"), ("matrix", "Matrix"),
    ]  # fmt: skip
    assert found.languages == ("en", "ru")
    assert Instrument.from_json(found.to_json()) == found


def test_options_ranges_and_what_is_beside_a_scale():
    found = read(*EVERY)
    assert [(option.key, option.value, option.cannot_say) for option in found.item("stance").options][-2:] == [
        ("5", 5, False), ("99", 99, True),
    ]  # fmt: skip
    assert [(option.key, option.label[0]) for option in found.item("helped").options] == [
        ("1", "Pilots"), ("2", "Tea, or coffee"), ("-1", "Nothing"), ("b", "Luck"),
    ]  # fmt: skip
    assert (found.item("age").lowest, found.item("age").highest) == (18, 99)
    assert (found.item("warm").lowest, found.item("warm").highest) == (0, 100)
    assert found.item("warm").hint == ("Cold … Mild … Hot", "")
    assert found.item("sex").required
    assert found.item("why").long
    assert {option.key: option.value for option in found.item("again").options} == {"1": 1, "0": 0}


def test_branching_logic_in_our_rules():
    found = read(*EVERY)
    assert found.item("why").relevant == "${again} = '0'"
    assert found.item("more").relevant == "selected(${helped}, '2') and (${age} >= 30 or ${sex} != '1')"
    assert found.item("lost").relevant == ""
    told = [str(warning) for warning in found.warnings]
    assert any("1 condition" in line and "lost" in line for line in told)
    assert any("bmi, scan" in line for line in told)
    assert any("odd" in line for line in told)
    assert any("mail, called" in line for line in told)


@pytest.mark.parametrize(
    ("logic", "ours"),
    [("[helped(1)] = '0'", "not(selected(${helped}, '1'))"), ("[age] <> ''", "${age} != ''"),
     ("[helped] = '1'", ""), ("[nobody] = '1'", ""), ("datediff([day], 'today', 'd') > 1", "")],
)  # fmt: skip
def test_conditions(logic, ours):
    assert read(*EVERY, field("last", "text", "Last", branching_logic=logic)).item("last").relevant == ours


def test_a_matrix_of_places_is_a_ranking_and_its_name_may_be_a_field_s():
    rows = [field(name, "radio", name, "1, First | 2, Second", matrix_group_name="a", matrix_ranking="y")
            for name in ("a", "b")]  # fmt: skip
    found = read(EVERY[0], *rows)
    assert [(item.key, item.kind, item.parent) for item in found.items] == [
        ("a_matrix", "rank", ""), ("a", "rank", "a_matrix"), ("b", "rank", "a_matrix"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [dictionary(EVERY[0]), as_csv(API), as_csv(API[:4], ["a"]), b"field_name\x00form_name", b"x", dictionary()[:90]],
)
def test_what_is_no_dictionary_gets_one_sentence(content):
    with pytest.raises(UnreadableTable) as refused:
        read_definition("dictionary.csv", content)
    assert "dictionary.csv" in str(refused.value)
