"""What a query found, as files: read back with other eyes than those that wrote them."""

import csv
from io import BytesIO, StringIO

import pytest
from docx import Document
from openpyxl import load_workbook

from coding.queries import ADJUDICATED, HasCode, Query, Where
from coding.vicinity import neighbours
from survey_app.actions.found_files import (
    COLUMNS,
    Report,
    presence_csv,
    presence_xlsx,
    statements_csv,
    statements_docx,
    statements_xlsx,
)
from survey_app.actions.retrieving import by_expert, retrieve
from survey_app.actions.studies import need_study
from survey_app.language import use
from survey_app.store import sources, studies
from survey_app.views.spoken import clock, spoken


@pytest.fixture
def report(demo_store):
    study = need_study(demo_store, "demo-en")
    with demo_store.reading() as connection:
        coder = studies.coders(connection, study["id"])[0]["id"]
        keys = {row["id"]: row["key"] for row in sources.sources(connection, study["id"])}
    query = Query(HasCode("prob.skills"), Where(groups=("loc", "reg")), ADJUDICATED)
    return Report(retrieve(demo_store, study["id"], coder, query), "P01 in two groups", "The panel", keys)


def rows_of(content):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_every_row_of_the_csv_carries_k_and_n_of_its_group(report):
    rows = rows_of(statements_csv(report))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(report.found.statements) > 0
    counts = report.found.counts.set_index("group_id")
    for row in rows:
        assert (int(row["group_k"]), int(row["group_n"])) == (
            counts.loc[row["group_id"], "k"],
            counts.loc[row["group_id"], "n"],
        )
        assert row["all_n"] == "6"
        assert "prob.skills" in row["matched"].split("; ")


def test_the_context_is_what_stands_around(report):
    rows = {row["statement_id"]: row for row in rows_of(statements_csv(report))}
    ordered = report.found.frames.statements.sort_values(["source_id", "order"])
    ids = list(ordered["statement_id"])
    for statement_id, row in rows.items():
        at = ids.index(statement_id)
        before, after = ordered.iloc[at - 1], ordered.iloc[(at + 1) % len(ids)]
        assert row["before"] in ("", f"{before['expert_id']}: {before['text']}")
        assert row["after"] in ("", f"{after['expert_id']}: {after['text']}")
    assert any(row["before"] for row in rows.values())


def test_every_file_has_the_statements_by_expert_in_the_order_of_groups(report):
    experts = [row["expert_id"] for row in by_expert(report.found)]
    order = list(report.found.frames.groups.sort_values("order")["group_id"])
    groups = [row["group_id"] for row in rows_of(statements_csv(report))]
    assert groups == sorted(groups, key=order.index)
    assert len(set(groups)) == 2
    assert [row["expert_id"] for row in rows_of(statements_csv(report))] == experts
    sheet = load_workbook(BytesIO(statements_xlsx(report))).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == experts
    word = Document(BytesIO(statements_docx(report)))
    headings = [one.text.split(" · ")[0] for one in word.paragraphs if one.style.name == "Heading 2"]
    assert headings == list(dict.fromkeys(experts))


def test_the_word_file_says_who_spoke_before_and_when(report):
    paragraphs = [paragraph.text for paragraph in Document(BytesIO(statements_docx(report))).paragraphs]
    row = by_expert(report.found)[0]
    place = paragraphs.index(row["text"])
    before = neighbours(report.found.frames.statements, [row["statement_id"]])[row["statement_id"]][0]
    assert paragraphs[place - 1] == f"{before['expert_id']}: {before['text']}"
    assert clock(row["start_s"]) in paragraphs[place + 2].split(" · ")
    assert clock(3725.9) == "1:02:05"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_workbook_has_statements_experts_and_the_query(report, language):
    with use(language):
        book = load_workbook(BytesIO(statements_xlsx(report)))
    statements, experts, query = book.worksheets
    header = [cell.value for cell in statements[1]]
    assert not set(header) & {"expert_id", "before"}
    assert ("Statement" in header) == (language == "en")
    assert statements.max_row == len(report.found.statements) + 1
    assert [cell.value for cell in experts[experts.max_row]][1:3] == [
        report.found.counts.iloc[-1]["k"],
        report.found.counts.iloc[-1]["n"],
    ]
    assert [cell.value for cell in query[2]] == ["The panel", "P01 in two groups"]


def test_the_word_file_says_the_query_the_counts_and_every_statement(report):
    word = Document(BytesIO(statements_docx(report)))
    paragraphs = [paragraph.text for paragraph in word.paragraphs]
    assert paragraphs[:2] == ["The panel", "P01 in two groups"]
    assert set(report.found.statements["text"]) <= set(paragraphs)
    last = [cell.text for cell in word.tables[0].rows[-1].cells]
    assert last[1:3] == [str(report.found.counts.iloc[-1]["k"]), "6"]


def test_experts_and_codes_are_0_and_1_in_both_files(report):
    rows = rows_of(presence_csv(report))
    assert len(rows) == 6
    assert {row["prob_skills"] for row in rows} <= {"0", "1"}
    assert sum(int(row["prob_skills"]) for row in rows) == report.found.counts.iloc[-1]["k"]
    book = load_workbook(BytesIO(presence_xlsx(report)))
    header = [cell.value for cell in book.worksheets[0][1]]
    assert header == list(rows[0])
    assert {row[0].value for row in book.worksheets[1].iter_rows(min_row=2)} == set(header[3:])


def test_no_cell_is_a_formula_and_nothing_unwritable_stops_a_file(report):
    nasty = report.found.statements.copy()
    nasty["text"] = "=HYPERLINK(1)\x00\x0b"
    report.found.statements.loc[:, "text"] = nasty["text"]
    assert rows_of(statements_csv(report))[0]["text"].startswith("'=")
    cells = [cell for row in load_workbook(BytesIO(statements_xlsx(report))).worksheets[0].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any("HYPERLINK" in paragraph.text for paragraph in Document(BytesIO(statements_docx(report))).paragraphs)


def test_a_moderator_is_called_so_and_nobody_known_is_not_named():
    assert spoken({"expert_id": "", "role": "moderator", "text": "Well?"}) == "moderator: Well?"
    assert spoken({"expert_id": "", "role": "unknown", "text": "Well?"}) == "Well?"
    assert spoken({"expert_id": "L1", "role": "expert", "text": "Long."}, "L…") == "L1: L…"
