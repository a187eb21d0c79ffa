"""Poll reports of Zoom in both layouts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.readers import Brought, zoom_polls
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import make_survey
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.forms import answers_of, as_xlsx

OLD = """\ufeff#,User Name,User Email,Submitted Date/Time,
1,Anna Belova,anna@example.org,"May 4, 2020 10:02:33","Roads, or schools?",Roads,What do you use?,Portal;Chat,
2,Boris Chernov,boris@example.org,"May 4, 2020 10:02:41","Roads, or schools?",Schools,What do you use?,Chat,
3,Vera Zimina,vera@example.org,"May 4, 2020 10:02:50","Roads, or schools?",Schools,What do you use?,Chat;Portal,
4,Anna Belova,Anna@example.org,"May 4, 2020 10:31:00",Shall we go on?,Yes,
"""
NEW = """Poll Report
Report Generated:,"Nov 3, 2023 12:00:00"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes)
Panel,123 456,"Nov 3, 2023 10:00:00",60

Poll Details
#,User Name,User Email,Submitted Date/Time,"Roads, or schools?"
1,Anna Belova,anna@example.org,"Nov 3, 2023 10:05:00",Roads
2,Boris Chernov,,"Nov 3, 2023 10:05:10",Schools
3,Anonymous Attendee,,"Nov 3, 2023 10:05:20",Roads
4,Anonymous Attendee,,"Nov 3, 2023 10:05:30",Roads

#,User Name,User Email,Submitted Date/Time,What do you use?
1,Boris Chernov,,"Nov 3, 2023 10:06:00",Portal;Chat
2,Anna Belova,ANNA@example.org,"Nov 3, 2023 10:06:00",Chat

1,Second poll,2
#,User Name,User Email,Submitted Date/Time,"Roads, or schools?"
1,Anna Belova,anna@example.org,"Nov 3, 2023 10:55:00",Schools
2,Gleb,,"Nov 3, 2023 10:55:00",Schools
"""
BEFORE, AFTER, USES = "Roads, or schools?", "Roads, or schools? (2)", "What do you use?"


def read(text, name="report.csv"):
    export = read_questionnaire(name, text.encode() if isinstance(text, str) else text)
    assert export.platform == "Zoom"
    return export


def test_answers_in_pairs_are_one_row_a_person():
    export = read(OLD)
    assert export.table.columns == ("User Name", "User Email", "Submitted Date/Time", BEFORE, USES, "Shall we go on?")
    assert export.table.values("User Name") == ["Anna Belova", "Boris Chernov", "Vera Zimina"]
    assert export.table.values("Shall we go on?") == ["Yes", "", ""]
    assert (export.respondent, export.table.warnings) == ("User Name", ())


def test_name_address_and_time_are_put_aside_and_choices_are_joined_by_semicolons():
    export = read(OLD)
    columns = propose_columns(export, None)
    assert [column.why for column in columns[:3]] == ["respondent", "personal", "time"]
    roads, uses, _go_on = columns[3:]
    assert (roads.kind, uses.kind, uses.separator) == ("single", "multi", ";")
    found = make_survey(export.table, [roads, uses], {0: "E1", 1: "E2", 2: "E3"})
    assert answers_of(found, f"{uses.item_id}.{[point['en'] for point in uses.points].index('Portal') + 1}") == {
        "E1": 1, "E2": 0, "E3": 1,
    }  # fmt: skip


def test_tables_of_several_polls_are_one_row_a_person():
    table = read(NEW).table
    rows = [(row["User Name"], row[BEFORE], row[USES], row[AFTER]) for row in table.rows]
    assert rows == [
        ("Anna Belova", "Roads", "Chat", "Schools"), ("Boris Chernov", "Schools", "Portal;Chat", ""),
        ("", "Roads", "", ""), ("", "Roads", "", ""), ("Gleb", "", "", "Schools"),
    ]  # fmt: skip
    assert not table.warnings


def test_a_poll_of_anonymous_people_names_nobody():
    head = "Poll Report\n#,User Name,User Email,Submitted Date/Time,Why?\n"
    export = read(head + "".join(f"{n},Anonymous Attendee,,10:0{n},So.\n" for n in range(1, 6)))
    assert len(export.table.rows) == 5
    assert export.respondent is None


def test_the_same_name_with_two_addresses_is_two_people():
    head = "#,User Name,User Email,Submitted Date/Time,Why?\n"
    table = read(head + "1,Anna,a@example.org,10:01,So.\n2,Anna,b@example.org,10:02,Thus.\n").table
    assert len(table.rows) == 2


def test_a_second_answer_in_one_poll_is_kept_and_said():
    head = "#,User Name,User Email,Submitted Date/Time,Why?\n"
    table = read(head + "1,Anna,a@example.org,10:01,So.\n2,Anna,a@example.org,10:02,Thus.\n").table
    assert [(row["Why?"], row["Why? (2)"]) for row in table.rows] == [("So.", "Thus.")]
    assert [str(warning)[:29] for warning in table.warnings] == ["Line 3 is a second answer of "]


def test_a_header_and_answers_torn_at_commas_are_mended():
    head = "#,User Name,User Email,Submitted Date/Time,Roads, schools, or both?\n"
    assert read(head + "1,Anna,,10:01,Both\n2,Boris,,10:02,Roads\n").table.values("Roads, schools, or both?") == [
        "Both",
        "Roads",
    ]
    head = "#,User Name,User Email,Submitted Date/Time,Why?\n"
    assert read(head + "1,Anna,,10:01,No time, no money\n").table.values("Why?") == ["No time, no money"]


def test_two_questions_under_one_header():
    head = "#,User Name,User Email,Submitted Date/Time,Why?,How?\n"
    table = read(head + "1,Anna,,10:01,So.\n2,Boris,,10:02,Thus.,Well.\n").table
    assert [(row["Why?"], row["How?"]) for row in table.rows] == [("So.", ""), ("Thus.", "Well.")]


def test_an_answer_without_a_question_is_left_out_and_said():
    head = "#,User Name,User Email,Submitted Date/Time,\n"
    table = read(head + "1,Anna,,10:01,Why?,So.,,Yes\n2,Boris,,10:02,Why?,Thus.\n").table
    assert table.values("User Name") == ["Boris"]
    assert [str(warning)[:37] for warning in table.warnings] == ["Line 2 has an answer without a questi"]


def test_a_report_saved_as_a_workbook_is_known():
    rows = [["#", "User Name", "User Email", "Submitted Date/Time", "Why?"], [1, "Anna", None, "10:01", "So."]]
    assert read(as_xlsx(["Poll Report"], *rows), "report.xlsx").table.values("Why?") == ["So."]


@pytest.mark.parametrize("text", ["Poll Report\n", "Poll Report\nTopic\n#,User Name,User Email,Submitted Date/Time,Why?\n",
                                  "#,User Name,User Email,Submitted Date/Time,\n1,Anna,,,\n"])  # fmt: skip
def test_a_report_without_answers_gets_one_sentence(text):
    with pytest.raises(UnreadableTable, match="nobody has answered"):
        read(text)


@pytest.mark.parametrize("content", [b"", b"\x00", b"#,Name,Mail\n1,2,3\n", b"Poll,Report\n", b"Timestamp,Why?\n1,2\n"])
def test_other_files_are_not_its_own(content):
    assert zoom_polls.sniff(Brought("a.csv", content)) == 0


def test_more_questions_than_a_table_may_have_are_refused_before_a_table_is_made():
    head = "#,User Name,User Email,Submitted Date/Time,\n"
    lines = "".join(f"{n},,,10:01," + "".join(f"q{n}.{k},a," for k in range(100)) + "\n" for n in range(1, 60))
    with pytest.raises(UnreadableTable, match="more than 50000 rows or 1000 columns"):
        read(head + lines)


LINES = st.one_of(
    st.sampled_from([
        "#,User Name,User Email,Submitted Date/Time,", "#,User Name,User Email,Submitted Date/Time,Why?",
        "#,User Name,User Email,Submitted Date/Time,A, b?", "1,Anna,,10:01,So.", "2,Anna,,10:01,Why?,So.", "", "3,,,,",
        "4,Anonymous Attendee,,10:01,Yes;No", "5,,,10:01,Why?,,Why?,a,b", "Poll Report", "٣,x,y,z,w",
    ]),
    st.text("#,12ab;\"\t ", max_size=20),
)  # fmt: skip


@given(st.lists(LINES, max_size=8))
def test_any_report_gives_proposals_or_a_sentence(lines):
    text = "\n".join(["Poll Report", "#,User Name,User Email,Submitted Date/Time,Why?", *lines])
    try:
        export = read_questionnaire("report.csv", text.encode())
    except UnreadableTable:
        return
    assert [column.name for column in propose_columns(export, None)] == list(export.table.columns)
    assert all(any(row.values()) for row in export.table.rows)
    assert export.respondent == ("User Name" if any(export.table.values("User Name")) else None)
