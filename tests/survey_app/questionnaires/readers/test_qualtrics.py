"""Exports of Qualtrics: three rows of headers, two until 2017, in any language of the platform."""

import json

import pytest

from survey_app.questionnaires.reading import read_questionnaire
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.forms import answers_of, as_csv, as_xlsx
from tests.survey_app.questionnaires.readers.exports import REAL, proposed, sentences, survey_of

SYSTEM = {
    "StartDate": "startDate", "EndDate": "endDate", "Status": "status", "IPAddress": "ipAddress",
    "Progress": "progress", "Duration (in seconds)": "duration", "Finished": "finished",
    "RecordedDate": "recordedDate", "ResponseId": "_recordId", "RecipientLastName": "recipientLastName",
    "RecipientFirstName": "recipientFirstName", "RecipientEmail": "recipientEmail",
    "ExternalReference": "externalDataReference", "LocationLatitude": "locationLatitude",
    "LocationLongitude": "locationLongitude", "DistributionChannel": "distributionChannel",
    "UserLanguage": "userLanguage",
}  # fmt: skip


def lines_of(columns, *people, status=(), progress=()):
    """Header rows and rows: `columns` of (name, text, ImportId or the whole of the JSON), `people` of their cells."""
    names = [*SYSTEM, *(name for name, _text, _key in columns)]
    texts = [*(f"Системный столбец {place}" for place in range(17)), *(text for _name, text, _key in columns)]
    keys = [json.dumps({"ImportId": key} if isinstance(key, str) else key)
            for key in (*SYSTEM.values(), *(key for _name, _text, key in columns))]  # fmt: skip
    rows = []
    for place, cells in enumerate(people):
        system = ["2026-02-01 10:00:00", "2026-02-01 10:10:00", (*status, *["0"] * 9)[place], "192.0.2.1",
                  (*progress, *["100"] * 9)[place], "600", "1", "2026-02-01 10:10:01", f"R_{place}", "", "", "",
                  f"E{place + 1}", "59.9", "30.3", "anonymous", "RU"]  # fmt: skip
        rows.append([*system, *cells])
    return [names, texts, keys, *rows]


def file_of(columns, *people, **more):
    return as_csv(*lines_of(columns, *people, **more))


TICKS = [("Q5_1", "What helped? - Roads", "QID5_1"), ("Q5_2", "What helped? - Water", "QID5_2"),
         ("Q5_3", "What helped? - Other:", "QID5_3"),
         ("Q5_3_TEXT", "What helped? - Other: - Text", "QID5_3_TEXT")]  # fmt: skip


def test_what_the_system_adds_is_known_by_its_key_in_any_language():
    export, columns = proposed(file_of([("Q1", "Что мешает?", "QID1_TEXT")], ["Нет людей."]))
    assert export.platform == "Qualtrics"
    assert export.respondent == "ExternalReference"
    assert [columns[name].kind for name in SYSTEM] == ["leave_out"] * 17
    why = {name: columns[name].why for name in SYSTEM}
    assert {why[name] for name in ("StartDate", "EndDate", "RecordedDate")} == {"time"}
    personal = {"IPAddress", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "LocationLatitude",
                "LocationLongitude"}  # fmt: skip
    assert {name for name in why if why[name] == "personal"} == personal
    assert (columns["Q1"].kind, columns["Q1"].item_id, columns["Q1"].label[1]) == ("open", "QID1", "Что мешает?")


@pytest.mark.parametrize(
    ("chosen", "status"),
    [(("1", "1", "1"), "0"), (("Roads", "Water", "Other:"), "IP Address"), (("1", "2", "3"), "0")],
)
def test_an_option_of_several_has_a_column_and_words_of_its_own(chosen, status):
    roads, water, other = chosen
    found = survey_of(
        file_of(TICKS, [roads, water, "", ""], [roads, "", other, "Neighbours"], ["", "", "", ""], status=[status] * 3)
    )
    assert answers_of(found, "QID5.1") == {"E1": 1.0, "E2": 1.0}
    assert answers_of(found, "QID5.2") == {"E1": 1.0, "E2": 0.0}
    assert answers_of(found, "QID5.3") == {"E1": 0.0, "E2": 1.0}
    assert list(found.answers.query("text != ''")["text"]) == ["Neighbours"]
    items = found.items.set_index("item_id")
    assert items.loc["QID5", "label_en"] == "What helped?"
    assert items.loc["QID5.2", "label_en"] == "Water"


def test_columns_of_options_may_share_a_key_beside_the_choice():
    columns = [("Q5_1", "What helped? - Selected Choice - Roads", {"ImportId": "QID5", "choiceId": "1"}),
               ("Q5_4", "What helped? - Selected Choice - Other", {"ImportId": "QID5", "choiceId": "4"}),
               ("Q5_4_TEXT", "What helped? - Other - Text", "QID5_4_TEXT")]  # fmt: skip
    found = survey_of(file_of(columns, ["Roads", "Other", "Luck"], ["Roads", "Other", ""]))
    assert answers_of(found, "QID5.4") == {"E1": 1.0, "E2": 1.0}
    assert set(found.items["label_en"]) == {"What helped?", "Roads", "Other"}


@pytest.mark.parametrize(
    ("cells", "labels"),
    [
        (["1,3", "3", "1", "1,2,3"], ["1", "2", "3"]),
        (["Roads, bridges,Water", "Water", "Schools,Water", "Roads, bridges"], ["Roads, bridges", "Water", "Schools"]),
    ],
)
def test_several_options_may_stand_in_one_cell(cells, labels):
    content = file_of([("Q5", "What helped?", "QID5")], *([cell] for cell in cells))
    _export, columns = proposed(content)
    assert columns["Q5"].kind == "multi"
    assert [point["en"] for point in columns["Q5"].points] == labels
    assert answers_of(survey_of(content), "QID5.2") == dict(
        zip(["E1", "E2", "E3", "E4"], [float(labels[1] in cell.split(",")) for cell in cells], strict=True)
    )


def test_words_beside_a_list_stand_with_their_option():
    columns = [
        ("Q5", "What helped? - Selected Choice", "QID5"),
        ("Q5_7_TEXT", "What helped? - Other - Text", "QID5_7_TEXT"),
    ]
    found = survey_of(file_of(columns, ["Roads,Other", "Luck"], ["Roads,Water", ""], ["Water", ""]))
    assert answers_of(found, "QID5.7") == {"E1": 1.0, "E2": 0.0, "E3": 0.0}
    assert list(found.answers.query("item_id == 'QID5.7' and text != ''")["text"]) == ["Luck"]


def test_one_choice_is_one_choice_in_words_and_in_numbers_and_a_scale_where_the_words_are_one():
    columns = [("Q1", "Where?", "QID1"), ("Q2", "Who?", "QID2"), ("Q3", "Sure?", "QID3")]
    _export, found = proposed(file_of(columns, ["Town", "2", "Agree"], ["Village", "4", "Strongly agree"]))
    assert [found[name].kind for name in ("Q1", "Q2", "Q3")] == ["single", "single", "likert"]
    assert [point["value"] for point in found["Q2"].points] == [2, 4]


@pytest.mark.parametrize("asked", ["Where? - Selected Choice", "Where? - Выбранный вариант", "Where?"])
def test_words_beside_one_choice_explain_it(asked):
    columns = [("Q1", asked, "QID1"), ("Q1_3_TEXT", "Where? - Elsewhere - Text", "QID1_3_TEXT")]
    found = survey_of(file_of(columns, ["Elsewhere", "At sea"], ["Town", ""]))
    assert list(found.answers["item_id"]) == ["QID1", "QID1"]
    assert dict(zip(found.answers["expert_id"], found.answers["text"], strict=True)) == {"E1": "At sea", "E2": ""}
    assert found.items.set_index("item_id").loc["QID1", "label_en"] == "Where?"


def test_a_matrix_shares_its_scale_and_its_question():
    columns = [("Q3_1", "How much? - Roads", "QID3_1"), ("Q3_2", "How much? - Water", "QID3_2")]
    _export, found = proposed(file_of(columns, ["a little", "a lot"], ["not at all", "a little"]))
    assert {(column.kind, column.parent_id, column.parent_label[0]) for column in (found["Q3_1"], found["Q3_2"])} == {
        ("likert", "QID3", "How much?")
    }
    assert (found["Q3_2"].item_id, found["Q3_2"].label[0]) == ("QID3.2", "Water")


def test_rows_of_a_matrix_with_several_answers_are_questions_of_their_own():
    columns = [(f"Q3_{row}_{col}", f"Who helps? - {place} - {who}", f"QID3_{row}_{col}")
               for row, place in ((1, "Roads"), (2, "Water")) for col, who in ((1, "State"), (2, "Firms"))]  # fmt: skip
    found = survey_of(file_of(columns, ["1", "", "", "1"], ["1", "1", "1", ""]))
    assert answers_of(found, "QID3-1.2") == {"E1": 0.0, "E2": 1.0}
    assert found.items.set_index("item_id").loc["QID3-2", "label_en"] == "Who helps? - Water"


def test_side_by_side_is_a_matrix_for_each_of_its_columns():
    columns = [(f"Q8#{part}_{row}", f"Rate - {asked} - {line}", f"QID8#{part}_{row}")
               for part, asked in ((1, "Now"), (2, "Later")) for row, line in ((1, "Roads"), (2, "Water"))]  # fmt: skip
    _export, found = proposed(file_of(columns, ["good", "poor", "good", "good"], ["poor", "good", "fair", "good"]))
    assert (found["Q8#2_1"].item_id, found["Q8#2_1"].parent_label[0]) == ("QID8-2.1", "Rate - Later")
    assert found["Q8#2_1"].label[0] == "Roads"
    assert found["Q8#1_1"].kind == "likert"


def test_ranks_are_places_and_places_in_a_group_too():
    columns = [("Q7_1", "Rank - Roads", "QID7_1"), ("Q7_2", "Rank - Water", "QID7_2"), ("Q7_3", "Rank - Schools", "QID7_3"),
               ("Q9_0_GROUP_1", "Sort - Keep - Roads", {"ImportId": "QID9_0_GROUP", "choiceId": "1"}),
               ("Q9_0_1_RANK", "Sort - Keep - Roads - Rank", "QID9_G0_1_RANK"),
               ("Q9_0_2_RANK", "Sort - Keep - Water - Rank", "QID9_G0_2_RANK")]  # fmt: skip
    rows = [["1", "2", "3", "Roads", "2", "1"], ["3", "1", "2", "", "", "1"], ["1", "2", "", "Roads", "1", ""]]
    found = survey_of(file_of(columns, *rows))
    assert answers_of(found, "QID7.1") == {"E1": 1.0, "E2": 3.0, "E3": 1.0}
    assert answers_of(found, "QID9-g0.1") == {"E1": 2.0, "E3": 1.0}
    assert set(found.items["type"]) == {"rank"}


def test_whether_somebody_recommends_is_a_number_and_its_group_is_aside():
    columns = [("Q4", "Would you recommend it?", "QID4"), ("Q4_NPS_GROUP", "Group", "QID4_NPS_GROUP")]
    _export, found = proposed(file_of(columns, ["9", "3"], ["2", "1"]))
    assert (found["Q4"].kind, found["Q4"].highest, found["Q4_NPS_GROUP"].why) == ("numeric", 10.0, "system")


def test_times_devices_and_topics_are_aside_and_what_was_embedded_is_not():
    columns = [("Q2", "Why?", "QID2_TEXT"), ("Q2 - Topics", "Q2 - Topics", "QID2_TEXT_ab12Topics"),
               ("T_Page Submit", "Timing", "QID6_PAGE_SUBMIT"), ("Q5_DO", "Order", "QID5_DO"),
               ("panel", "panel", "panel")]  # fmt: skip
    _export, found = proposed(file_of(columns, ["No staff.", "x", "3.2", "1|2", "A"], ["No.", "y", "3", "2|1", "A"]))
    kept = [name for name, column in found.items() if column.kept]
    assert kept == ["Q2", "panel"]


def test_html_and_breaks_of_lines_in_a_question_are_gone():
    columns = [("Q2", "<div><strong>Why</strong><br>\nnot&nbsp;now?</div>", "QID2_TEXT")]
    _export, found = proposed(file_of(columns, ["No staff."]))
    assert found["Q2"].label[0] == "Why not now?"


def test_trials_are_left_out_and_who_did_not_finish_is_counted():
    columns = [("Q2", "Why?", "QID2_TEXT")]
    content = file_of(
        columns, ["a test"], ["Nobody asked us."], ["spam"], ["Half"],
        status=["Survey Preview", "IP Address", "Spam", "IP Address"], progress=["100", "100", "100", "40"],
    )  # fmt: skip
    table = read_questionnaire("q.csv", content).table
    assert table.values("Q2") == ["Nobody asked us.", "Half"]
    assert sentences(table) == [
        "2 rows were left out: previews, tests or spam.",
        "1 respondent did not finish the questionnaire; what they answered is kept.",
    ]
    numbers = file_of(columns, ["a"], ["b"], ["c"], status=["1", "0", "8"])
    assert read_questionnaire("q.csv", numbers).table.values("Q2") == ["b"]


def test_a_file_of_trials_alone_says_so():
    with pytest.raises(UnreadableTable, match="nothing but previews"):
        read_questionnaire("q.csv", file_of([("Q2", "Why?", "QID2_TEXT")], ["a"], status=["Survey Preview"]))


def test_workbooks_and_tabs_in_utf_16_are_the_same():
    lines = lines_of(TICKS, ["1", "1", "", ""], ["1", "", "1", "Люди"])
    tabs = as_csv(*lines, delimiter="\t").decode().encode("utf-16")
    for name, content in (("q.xlsx", as_xlsx(*lines)), ("q.tsv", tabs)):
        found = survey_of(content, name)
        assert answers_of(found, "QID5.2") == {"E1": 1.0, "E2": 0.0}
        assert "Люди" in set(found.answers["text"])


def test_the_rows_below_the_first_may_have_been_deleted():
    names, _texts, _keys, *rows = lines_of(TICKS, ["1", "1", "", ""], ["1", "", "1", "Luck"])
    export, columns = proposed(as_csv(names, *rows))
    assert export.platform == "Qualtrics"
    assert len(export.table.rows) == 2
    assert {name: columns[name].item_id for name in ("Q5_1", "Q5_3_TEXT")} == {"Q5_1": "Q5.1", "Q5_3_TEXT": "Q5.3"}


@pytest.mark.skipif(not REAL.exists(), reason="the real files are not here")
@pytest.mark.parametrize(
    ("name", "kind", "first"), [("qualtrics.csv", "single", "QID1"), ("qualtrics_legacy.csv", "numeric", "Q1")]
)
def test_real_exports_are_read(name, kind, first):
    export, columns = proposed((REAL / name).read_bytes(), name)
    assert (export.platform, len(export.table.rows)) == ("Qualtrics", 1)
    kept = {column.item_id: column for column in columns.values() if column.kept}
    assert list(kept) == [first, first.replace("1", "2")]
    assert kept[first].kind == kind
    assert kept[first.replace("1", "2")].label[0] == "This is a free text question."
    assert (export.table.values("Q1"), export.table.values("Q2")) == (["2"], ["Hello World!"])
    assert sum(column.why != "" for column in columns.values()) == len(columns) - 2


def test_a_row_of_a_matrix_may_ask_for_words_of_its_own():
    columns = [("Q3_1", "How much? - Roads", "QID3_1"), ("Q3_2", "How much? - Other", "QID3_2"),
               ("Q3_2_TEXT", "How much? - Other - Text", "QID3_2_TEXT")]  # fmt: skip
    found = survey_of(file_of(columns, ["a little", "a lot", "Ferries"], ["not at all", "a little", ""]))
    assert answers_of(found, "QID3.2") == {"E1": 4.0, "E2": 2.0}
    assert list(found.answers.query("text != ''")["text"]) == ["Ferries"]


def test_a_form_of_lines_to_type_in_is_open():
    columns = [("Q6_1", "Name two - First", "QID6_1_TEXT"), ("Q6_2", "Name two - Second", "QID6_2_TEXT")]
    _export, found = proposed(file_of(columns, ["Roads, water", "Schools"], ["Roads, water", "Water"]))
    assert [(column.kind, column.item_id, column.label[0]) for name, column in found.items() if name[0] == "Q"] == [
        ("open", "QID6.1", "First"), ("open", "QID6.2", "Second"),
    ]  # fmt: skip
