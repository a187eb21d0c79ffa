"""The framework matrix: written cell by cell, undone, and read back from its files."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from survey_app.actions.code_merging import merge_codes
from survey_app.actions.codebook_undo import undo_codebook
from survey_app.actions.framework import (
    LONGEST,
    SummaryProblem,
    codes_to_sum_up,
    link_quote,
    matrix_of,
    redo_summary,
    undo_summary,
    write_summary,
)
from survey_app.actions.framework_files import Charted, framework_docx, framework_xlsx, quotes_of
from survey_app.actions.segmenting import merge_statements
from survey_app.actions.studies import create_study, need_study
from survey_app.store import codes, studies
from survey_app.store.experts import experts
from survey_app.store.log import Gone

COLUMN = "question:t1.o1"


@pytest.fixture
def panel(store):
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        coders = [row["id"] for row in studies.coders(connection, study["id"])]
        people = {row["key"]: row["id"] for row in experts(connection, study["id"])}
    return store, study["id"], coders, people


def matrix(panel, coder=0, kind="question", chosen=()):
    store, study_id, coders, _people = panel
    return matrix_of(store, study_id, coders[coder], kind, "adjudicated", chosen)


def write(panel, text, quotes=(), *, expert="L1", column=COLUMN, coder=0, seen=""):
    store, study_id, coders, people = panel
    write_summary(store, "A", study_id, coders[coder], people[expert], column, text, seen)
    for quote in quotes:
        link(panel, quote, expert=expert, column=column, coder=coder)


def link(panel, quote, *, linked=True, expert="L1", column=COLUMN, coder=0):
    store, study_id, coders, people = panel
    link_quote(store, "A", study_id, coders[coder], people[expert], column, quote, linked=linked)


def test_experts_stand_by_group_and_questions_in_their_order(panel):
    found = matrix(panel)
    groups = [row["group_key"] for row in found.experts]
    assert len(found.experts) == 20
    assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index)
    assert next(iter(found.columns)) == COLUMN


def test_a_summary_is_the_coders_own_and_comes_back_with_undo(panel):
    store, study_id, *_rest = panel
    quotes = matrix(panel).cell("L1", COLUMN).statements[:2]
    words = "Sees data as the bottleneck."
    write(panel, f"  {words} ", quotes)
    cell = matrix(panel).cell("L1", COLUMN)
    assert (cell.text, cell.quotes) == (words, quotes)
    assert matrix(panel, coder=1).cell("L1", COLUMN).text == ""
    write(panel, "Something else.", seen=words)
    assert undo_summary(store, "A", study_id) == ("L1", COLUMN)
    assert matrix(panel).cell("L1", COLUMN).text == words
    assert redo_summary(store, "A", study_id) == ("L1", COLUMN)
    assert matrix(panel).cell("L1", COLUMN).text == "Something else."
    write(panel, " ", seen="Something else.")
    for quote in quotes:
        link(panel, quote, linked=False)
    assert matrix(panel).cell("L1", COLUMN).text == ""
    for _quote in quotes:
        undo_summary(store, "A", study_id)
    assert matrix(panel).cell("L1", COLUMN).quotes == quotes
    while undo_summary(store, "A", study_id):
        pass
    assert matrix(panel).cell("L1", COLUMN).text == ""


def test_two_tabs_lose_nothing_of_each_other(panel):
    quote = matrix(panel).cell("L1", COLUMN).statements[0]
    write(panel, "Of the first tab.", seen="")
    write(panel, "Of the second tab.", seen="")
    assert matrix(panel).cell("L1", COLUMN).text == "Of the first tab.\n\nOf the second tab."
    link(panel, quote)
    write(panel, "", seen="")
    cell = matrix(panel).cell("L1", COLUMN)
    assert (cell.text[:17], cell.quotes) == ("Of the first tab.", (quote,))


def test_codes_with_a_summary_can_always_be_chosen(panel):
    store, study_id, coders, _people = panel
    write(panel, "Too few people.", column="code:prob.skills")
    listed, written = codes_to_sum_up(store, study_id, coders[0])
    assert written == ["prob.skills"]
    assert {"prob", "prob.skills"} <= {row["key"] for row in listed}
    assert codes_to_sum_up(store, study_id, coders[1])[1] == []


def test_codes_and_branches_can_be_columns(panel):
    found = matrix(panel, kind="code", chosen=["prob", "prob.skills", "gone"])
    assert list(found.columns) == ["code:prob", "code:prob.skills"]
    write(panel, "Too few people.", column="code:prob.skills")
    assert matrix(panel, kind="code", chosen=["prob.skills"]).cell("L1", "code:prob.skills").text == "Too few people."
    assert matrix(panel).cell("L1", "code:prob.skills").text == ""


@pytest.mark.parametrize("column", ["question:gone", "code:", "", "expert:L1"])
def test_no_column_of_the_study_no_summary(panel, column):
    with pytest.raises(SummaryProblem, match="no longer there"):
        write(panel, "x", column=column)


def test_nobody_elses_words_can_be_linked_and_nothing_endless_written(panel):
    others = matrix(panel).cell("L2", COLUMN).statements
    assert others
    with pytest.raises(SummaryProblem, match="all of this expert"):
        link(panel, others[0])
    with pytest.raises(SummaryProblem, match="at most"):
        write(panel, "x" * (LONGEST + 1))
    assert matrix(panel).cell("L1", COLUMN).text == ""


def test_another_study_cannot_be_written_into(panel):
    store, _study_id, coders, people = panel
    other = create_study(store, "", title_en="Other")
    with pytest.raises(Gone):
        write_summary(store, "A", other["id"], coders[0], people["L1"], COLUMN, "x")


@pytest.fixture
def charted(panel):
    found = matrix(panel)
    write(panel, "Sees data as the bottleneck.", found.cell("L1", COLUMN).statements[:2])
    write(panel, "=1+1", found.cell("F1", COLUMN).statements[:1], expert="F1")
    found = matrix(panel)
    return Charted(found, "The panel", {key: row["key"] for key, row in found.columns.items()}, {})


def test_the_workbook_leads_from_each_cell_to_its_quotes_and_back(charted):
    book = load_workbook(BytesIO(framework_xlsx(charted)))
    summaries, quotes = book.worksheets
    rows = {row[0].value: row for row in summaries.iter_rows(min_row=2)}
    assert rows["L1"][2].value == "Sees data as the bottleneck. [2, 3]"
    assert rows["F1"][2].value.startswith("=1+1")
    assert (rows["F1"][2].data_type, rows["F1"][2].quotePrefix) == ("s", True)
    place = rows["L1"][2].hyperlink.location
    assert place == f"'{quotes.title}'!A3"
    back = quotes["B3"].hyperlink.location
    assert back == f"'{summaries.title}'!{rows['L1'][2].coordinate}"
    assert [row[4].value for row in quotes.iter_rows(min_row=2)] == [
        quote.statement["text"] for quote in quotes_of(charted.matrix)
    ]


def test_every_link_of_the_word_file_leads_to_a_quote(charted):
    word = Document(BytesIO(framework_docx(charted)))
    body = word.element.body
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert links == marks == {"quote_1", "quote_2", "quote_3"}
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert any(text.startswith("Sees data as the bottleneck.") for text in cells)
    section = word.sections[0]
    assert section.page_width > section.page_height


def test_a_summary_goes_with_its_code_into_another_and_back_with_undo(panel):
    store, study_id, *_rest = panel
    with store.reading() as connection:
        keys = {row["key"]: row["id"] for row in codes.codes(connection, study_id)}
    write(panel, "Of skills.", column="code:prob.skills")
    write(panel, "Of readiness.", column="code:prob.unready")
    write(panel, "Alone.", column="code:prob.unready", expert="F1")
    merge_codes(store, "A", study_id, keys["prob.unready"], keys["prob.skills"])
    found = matrix(panel, kind="code", chosen=["prob.skills", "prob.unready"])
    assert found.cell("L1", "code:prob.skills").text == "Of skills.\n\nOf readiness."
    assert found.cell("F1", "code:prob.skills").text == "Alone."
    assert found.cell("L1", "code:prob.unready").text == ""
    undo_codebook(store, "A", study_id)
    found = matrix(panel, kind="code", chosen=["prob.skills", "prob.unready"])
    assert found.cell("L1", "code:prob.skills").text == "Of skills."
    assert found.cell("F1", "code:prob.unready").text == "Alone."


def test_a_summary_that_was_written_on_since_stays_when_the_merge_is_undone(panel):
    store, study_id, *_rest = panel
    with store.reading() as connection:
        keys = {row["key"]: row["id"] for row in codes.codes(connection, study_id)}
    write(panel, "Alone.", column="code:prob.unready")
    merge_codes(store, "A", study_id, keys["prob.unready"], keys["prob.skills"])
    write(panel, "Alone, and more.", column="code:prob.skills", seen="Alone.")
    assert undo_codebook(store, "A", study_id).left == 0
    found = matrix(panel, kind="code", chosen=["prob.skills", "prob.unready"])
    assert found.cell("L1", "code:prob.skills").text == "Alone, and more."


def test_a_link_goes_to_the_statement_that_its_own_was_joined_with(panel):
    store, study_id, *_rest = panel
    table = matrix(panel).frames.statements
    own = table[(table["expert_id"] == "L1") & (table["source_kind"] == "session")]
    pairs = zip(own.itertuples(), own.iloc[1:].itertuples(), strict=False)
    first, second = next((a, b) for a, b in pairs if (a.source_id, a.turn) == (b.source_id, b.turn))
    link(panel, second.statement_id)
    merge_statements(store, "A", study_id, first.source_id, first.statement_id)
    assert matrix(panel).cell("L1", COLUMN).quotes == (first.statement_id,)
