"""Rosters as they really come, and the sentence that each unusable one gets."""

import contextlib
import io
import zipfile
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.guide import read_stakeholders
from survey_app.rosters.groups import PALETTE, groups_of_roster, new_group
from survey_app.rosters.roster import UnusableRoster, propose_columns, read_roster, template
from survey_app.rosters.tables import Table, UnreadableTable, read_table
from tests.conftest import CORPORA

STARTER = Path(__file__).parent.parent.parent.parent / "survey_app" / "starter"
GROUPS = [
    row | {"key": row["group_id"]}
    for row in read_stakeholders((STARTER / "domain" / "stakeholders.yaml").read_text("utf-8")).groups.to_dict(
        "records"
    )
]


def roster_of(text, name="roster.csv", **changes):
    table = read_table(name, text.encode())
    return read_roster(table, propose_columns(table, GROUPS) | changes, GROUPS)


def test_the_demos_roster_needs_no_help():
    table = read_table("experts.csv", (STARTER / "demo" / "experts.csv").read_bytes())
    columns = propose_columns(table, GROUPS)
    assert columns["expert_id"] == "expert_id"
    assert columns["group"] == "group"
    assert columns["consent"] == "consent_quotes"
    people = read_roster(table, columns, GROUPS).people
    assert len(people) == 20
    assert sorted(person.consent for person in people).count("yes") == 18
    assert {person.expert_id: person.consent for person in people}["F1"] == "after_review"


@pytest.mark.skipif(not CORPORA.exists(), reason="the real files are not here")
def test_a_real_roster_without_ids_or_consent():
    file = CORPORA / "digital_government_en" / "uberX_participants.csv"
    table = read_table(file.name, file.read_bytes())
    people = read_roster(table, propose_columns(table, GROUPS), GROUPS).people
    experts = [person for person in people if person.role == "expert"]
    assert len(experts) == 28
    assert {person.role for person in people} == {"expert", "moderator", "assistant"}
    assert len({person.group_id for person in experts}) == 5
    assert {person.consent for person in experts} == {"unknown"}
    assert experts[0].expert_id == "E01"


def test_groups_are_known_by_id_and_by_label_in_either_language():
    people = roster_of("name;group\nA;loc\nB;Local authorities\nC;органы местного самоуправления\n").people
    assert {person.group_id for person in people} == {"loc"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,town\nAnna,Here\n", "no column with the stakeholder group"),
        ("id,name,group\nL1,Anna,loc\nL1,Boris,reg\n", "same id, L1"),
        ("name,group\nAnna,martians\n", "Row 2: “martians” is not a stakeholder group"),
        ("name,group\n,\n", "no experts"),
        ("name,group,role\nAnna,loc,secretary\n", "Row 2: “secretary” is not a role"),
        (f"id,name,group\n{'9' * 81},Anna,loc\n", "id is too long"),
        ("group,town\nloc,Here\n", "names"),
    ],
)
def test_an_unusable_roster_gets_one_sentence(text, says):
    with pytest.raises(UnusableRoster, match=says):
        roster_of(text)


def test_consent_is_never_yes_by_default():
    roster = roster_of("name,group,consent\nA,loc,\nB,loc,maybe\nC,loc,Да\n")
    assert [person.consent for person in roster.people] == ["unknown", "unknown", "yes"]
    assert [str(warning) for warning in roster.warnings] == [
        "1 answer on consent was not understood and counts as not known."
    ]


def test_somebody_without_a_word_in_the_column_of_roles_is_an_expert_and_a_facilitator_is_none():
    people = roster_of("name,group,role\nA,loc,\nB,,Facilitator\nC,loc,Эксперт\n").people
    assert [person.role for person in people] == ["expert", "moderator", "expert"]


def test_an_id_that_means_somebody_else_in_the_study_is_warned_of():
    table = read_table("r.csv", b"id,name,group\nL1,Anna,loc\nL2,Boris,loc\n")
    present = [{"key": "L1", "name": "Anna"}, {"key": "L2", "name": "Vera"}]
    warnings = read_roster(table, propose_columns(table, GROUPS), GROUPS, present).warnings
    assert [str(warning).split(".")[0] for warning in warnings] == [
        "L2 is “Vera” in the study and “Boris” in this roster"
    ]


def test_groups_that_the_study_does_not_know_keep_their_order_and_the_script_of_their_name():
    table = read_table("r.csv", "name,role,group\nA,,Таксисты\nB,,loc\nC,,Drivers & co\nD,moderator,Staff\n".encode())
    found = groups_of_roster(table, propose_columns(table, GROUPS) | {"group": "group"}, GROUPS)
    assert [(group.key, group.label_en, group.label_ru) for group in found] == [
        ("taksisty", "", "Таксисты"),
        ("drivers_co", "Drivers & co", ""),
    ]


def test_new_groups_get_short_names_that_fit_and_colours_that_nobody_has():
    found = []
    for number in range(len(PALETTE)):
        found.append(new_group(f"Regional unions of independent drivers {number}", "", [*GROUPS, *map(asdict, found)]))
    assert len({group.colour for group in found}) == len(PALETTE)
    assert {group.colour for group in found}.isdisjoint({"#D55E00", "#0072B2", *(row["colour"] for row in GROUPS)})
    assert {len(group.short_en) <= 16 for group in found} == {True}
    assert len({group.key for group in found}) == len(found)


def test_no_group_gets_the_key_of_everybody():
    assert new_group("All", "Все", GROUPS).key == "all_2"


def test_the_template_can_be_filled_and_read():
    for language in ("en", "ru"):
        table = read_table("t.xlsx", template(language, GROUPS))
        assert table.rows == ()
        assert {"name", "group", "consent", "role", "expert_id"} <= set(propose_columns(table, GROUPS))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ....", "not a table"),
        (b"\x00\x01\x02", "not a table"),
        (b"<html><body>Sign in</body></html>", "web page"),
        (b"PK\x03\x04 nothing else", "cannot be opened"),
    ],
)
def test_a_file_that_is_no_table_gets_one_sentence(content, says):
    with pytest.raises(UnreadableTable, match=says):
        read_table("roster.csv", content)


def test_a_workbook_that_is_a_bomb_is_not_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    with pytest.raises(UnreadableTable, match="suspiciously large"):
        read_table("roster.xlsx", out.getvalue())


def test_cells_beyond_the_header_are_warned_of():
    table = read_table("a.csv", b"name,group\nAnna,loc,extra\n")
    assert table.rows == ({"name": "Anna", "group": "loc"},)
    assert len(table.warnings) == 1


@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(ending):
    rows = ["name,group", '"Anna, née Berg",loc', "", 'Boris,"ext', "Vera,loc", '"Two\nlines",ext']
    table = read_table("a.csv", ("\n".join(rows) + ending).encode())
    assert [row["name"] for row in table.rows] == ["Anna, née Berg", "Boris", "Vera", "Two\nlines"]
    assert [row["group"] for row in table.rows] == ["loc", '"ext', "loc", "ext"]
    assert [str(warning).split(" and ")[0] for warning in table.warnings] == ["A quotation mark opens in row 4"]


def test_an_open_quotation_mark_before_very_many_rows_is_warned_of():
    table = read_table("a.csv", b'name,group\nBoris,"ext\n' + b"Vera,loc\n" * 19_000)
    assert len(table.rows) == 19_001
    assert len(table.warnings) == 1


def test_many_open_quotation_marks_are_one_warning_and_very_many_no_table():
    table = read_table("a.csv", b"a,b\n" + b'1,"2\n' * 30)
    assert len(table.rows) == 30
    assert "30 rows and are never closed: 2, 3, 4, 5, 6, …" in str(table.warnings[0])
    with pytest.raises(UnreadableTable):
        read_table("a.csv", b"a,b\n" + b'1,"2\n' * 5000)


@pytest.mark.parametrize("text", ['a,b\n"x ""y""",z\n', 'a,b\nx "y" z,"last"', 'a,b\nan inch is 1",2', 'a\n""'])
def test_marks_that_are_closed_or_stand_within_a_cell_are_nothing_to_warn_of(text):
    assert read_table("a.csv", text.encode()).warnings == ()


def test_a_file_of_open_quotation_marks_is_no_table():
    with pytest.raises(UnreadableTable):
        read_table("a.csv", b"a,b\n" + b'1,"2\n' + (b'1,"' + b"x" * 140_000 + b"\n") * 3)


@settings(max_examples=150, deadline=None)
@given(st.text('a,"\n', max_size=60))
def test_any_quotation_marks_give_a_table_or_a_sentence(text):
    with contextlib.suppress(UnreadableTable):
        assert isinstance(read_table("x.csv", text.encode()), Table)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_table_or_a_sentence(content):
    with contextlib.suppress(UnreadableTable):
        assert isinstance(read_table("x.csv", content), Table)
