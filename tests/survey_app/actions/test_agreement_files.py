"""The report on agreement as files: everything is in it, no name and no word of an expert is."""

import csv
import io
import re

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from survey_app.actions.agreement_files import agreement_csv, agreement_docx, agreement_html, agreement_xlsx
from survey_app.actions.agreement_material import Asked
from survey_app.actions.agreement_methods import LITERATURE, blindness, to_copy
from survey_app.actions.agreement_report import NothingToReport, agreement_report
from survey_app.actions.assigning import assign
from survey_app.actions.code_merging import merge_codes
from survey_app.actions.opening import close_comparison, open_comparison
from survey_app.actions.studies import need_study, rename_study
from survey_app.language import use
from survey_app.store import codes as code_rows
from survey_app.store import schema, studies
from survey_app.store.log import rows
from tests.survey_app.actions.planning import ids_of
from tests.survey_app.agreements import opened, source_id

FEW = 200


@pytest.fixture
def study(store):
    return opened(store)


def words_of(content):
    word = Document(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def secrets(store, study):
    """Names of experts, of coders and of people as they were displayed, and what the experts said."""
    with store.reading() as connection:
        experts = rows(connection, select(schema.expert).where(schema.expert.c.study_id == study["id"]))
        accounts = rows(connection, select(schema.account))
        coders = studies.coders(connection, study["id"])
        names = [row["display_name"] for row in rows(connection, select(schema.speaker))]
        texts = rows(connection, select(schema.source.c.text).where(schema.source.c.study_id == study["id"]))
    said = [line for row in texts for line in row["text"].splitlines() if len(line) > 40]
    return [
        name
        for name in [*(row["name"] for row in [*experts, *accounts, *coders]), *names, *said]
        if len(name) > 3
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
def test_word_and_html_say_everything_and_name_nobody(store, study, language):
    with store.change(study["id"], "A", "name_coders") as change:
        for row in studies.coders(change.connection, study["id"]):
            change.update(schema.coder, row["id"], name=f"Surname of {row['key']}")
    report = agreement_report(store, study, Asked(coders=("A", "B")), resamples=FEW)
    with use(language):
        word, html = agreement_docx(report), agreement_html(report).decode()
    said = words_of(word)
    for text in (said, html):
        assert not [secret for secret in secrets(store, study) if secret in text]
        assert not re.search(r"\b[nN]a[nN]\b|\bNone\b", text)
    kappa = "0.662" if language == "en" else "0,662"
    assert kappa in said
    assert kappa in html
    document = Document(io.BytesIO(word))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert len(headings) == 10
    codes = next(table for table in document.tables if len(table.rows) == 44)
    assert codes.rows[1].cells[0].text.startswith("P03")
    assert all(work in said for work in LITERATURE)
    assert f'lang="{language}"' in html


def test_what_is_not_computable_is_said_with_its_reason(store, study):
    report = agreement_report(store, study, Asked(coders=("A", "B")), resamples=FEW)
    said = words_of(agreement_docx(report))
    assert "No coder applied this code. This concerns: T03 Almost 100 % electronic document flow" in said
    assert "An interval needs 10 experts; here are 2." in said


def test_html_runs_nothing_and_shows_markup_as_text(store, study):
    evil = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    rename_study(store, "A", study["id"], title_en=evil, title_ru=evil)
    report = agreement_report(store, need_study(store, "demo-en"), resamples=0)
    html = agreement_html(report).decode()
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert "http://" not in html
    assert "https://" not in html


def test_the_workbook_holds_numbers_and_no_formula(store, study):
    with store.change(study["id"], "A", "rename") as change:
        code = rows(change.connection, select(schema.code).where(schema.code.c.key == "prob.skills"))
        for row in code:
            change.update(schema.code, row["id"], label_en="=1+1", short="")
    report = agreement_report(store, study, Asked(coders=("A", "B")), resamples=FEW)
    book = load_workbook(io.BytesIO(agreement_xlsx(report)))
    codes = book["Codes"]
    header = [cell.value for cell in codes[1]]
    assert header[:4] == [
        "Code", "Krippendorff's alpha", "Krippendorff's alpha: from", "Krippendorff's alpha: to"
    ]  # fmt: skip
    assert codes.max_row == 44
    named = {row[0].value: row for row in codes.iter_rows(min_row=2)}
    assert named["=1+1"][0].data_type == "s"
    assert named["=1+1"][1].value == report.result.per_code["prob.skills"].alpha
    assert book["Groups"].max_row == 9


def test_csv_has_a_row_a_code_that_machines_can_read(store, study):
    report = agreement_report(store, study, Asked(coders=("A", "B")), resamples=FEW)
    with use("ru"):
        listed = list(csv.DictReader(io.StringIO(agreement_csv(report).decode("utf-8-sig"))))
    assert len(listed) == 43
    found = {row["code_id"]: row for row in listed}
    assert float(found["prob.unready"]["cohen"]) == pytest.approx(0.6618, abs=5e-5)
    assert [found["prob.unready"][name] for name in ("both", "only_first", "only_second", "neither")] == [
        "3", "3", "0", "274"
    ]  # fmt: skip
    assert found["targ.docflow"]["alpha"] == ""
    assert found["targ.docflow"]["remark"]


def test_who_coded_blind_and_which_sample_was_drawn(store, study):
    with store.reading() as connection:
        coders = {row["key"]: row["id"] for row in studies.coders(connection, study["id"])}
        statements = rows(connection, select(schema.statement).where(
            schema.statement.c.source_id == source_id(store, study, "S-A")
        ))  # fmt: skip
    with store.change(study["id"], "A", "assign") as change:
        sample = change.insert(
            schema.sample,
            {"study_id": study["id"], "name": "Twice", "seed": 17, "plan": {"kappa": 0.8, "lower": 0.6},
             "created_at": "2026-01-01T00:00:00+00:00"},
        )[0]  # fmt: skip
        change.insert(schema.sampled, [{"sample_id": sample, "statement_id": row["id"]} for row in statements[:12]])
        change.insert(
            schema.assignment,
            [
                {"study_id": study["id"], "coder_id": coders[key], "source_id": source_id(store, study, text),
                 "mode": mode, "sample_id": sample if text == "S-A" else None}
                for key, text, mode in [("A", "S-A", "blind"), ("A", "S-B", "blind"), ("A", "S-C", "open")]
            ],
        )  # fmt: skip
    report = agreement_report(store, study, Asked(coders=("A", "B")), resamples=0)
    assert blindness(report, "A") == "blind: 2, open: 1"
    assert blindness(report, "B") == "no assignment noted"
    assert "blind to each other" not in to_copy(report)
    table = next(
        table
        for table in Document(io.BytesIO(agreement_docx(report))).tables
        if table.rows[0].cells[0].text == "Sample"
    )
    assert [cell.text for cell in table.rows[1].cells] == [
        "Twice", "17", "12", "expected kappa 0.8; lower limit wanted 0.6"
    ]  # fmt: skip


def test_only_those_who_all_coded_blind_are_said_to_be_independent(store):
    study = opened(store, keys=["S-A"])
    with store.reading() as connection:
        coders = {row["key"]: row["id"] for row in studies.coders(connection, study["id"])}
    with store.change(study["id"], "A", "assign") as change:
        change.insert(
            schema.assignment,
            [
                {"study_id": study["id"], "coder_id": coders[key], "source_id": source_id(store, study, "S-A"),
                 "mode": "blind"}
                for key in ("A", "B")
            ],
        )  # fmt: skip
    report = agreement_report(store, study, Asked(coders=("A", "B")), resamples=0)
    assert "independently and blind to each other" in to_copy(report)
    assert "102 statements" in to_copy(report)


def after_opening(store, study):
    return agreement_report(store, study, Asked(coders=("A", "B")), resamples=0).after_opening


def codings_of(store, study, coder, count):
    """Some of a coder's own codings in S-A."""
    coding, coder_row = schema.coding, schema.coder
    query = (
        select(coding)
        .join(coder_row, coder_row.c.id == coding.c.coder_id)
        .where(coder_row.c.key == coder, coding.c.source_id == source_id(store, study, "S-A"))
        .where(coding.c.layer == "coder")
        .order_by(coding.c.start)
        .limit(count)
    )
    with store.reading() as connection:
        return rows(connection, query)


def test_what_was_coded_before_the_opening_is_not_counted(store, study):
    assert after_opening(store, study) == {}


def test_codings_added_resized_and_removed_after_the_opening_are_counted(store, study):
    gone, longer = codings_of(store, study, "B", 2)
    with store.change(study["id"], "B", "add_coding") as change:
        change.insert(schema.coding, {name: value for name, value in gone.items() if name != "id"})
    with store.change(study["id"], "B", "remove_coding") as change:
        change.delete(schema.coding, gone["id"])
    with store.change(study["id"], "B", "resize_coding") as change:
        change.update(schema.coding, longer["id"], end=longer["end"] - 1)
    assert after_opening(store, study) == {"B": 3}
    report = agreement_report(store, study, Asked(coders=("A", "B")), resamples=0)
    assert "codings were added, changed or removed 3 times" in to_copy(report)
    with use("en"):
        assert "Changes of codings after the opening" in agreement_html(report).decode()


def test_closing_and_opening_anew_hides_nothing(store, study):
    text = source_id(store, study, "S-A")
    [gone] = codings_of(store, study, "B", 1)
    with store.change(study["id"], "B", "remove_coding") as change:
        change.delete(schema.coding, gone["id"])
    close_comparison(store, "A", study["id"], [text])
    with store.change(study["id"], "B", "add_coding") as change:
        change.insert(schema.coding, {name: value for name, value in gone.items() if name != "id"})
    open_comparison(store, "A", study["id"], [text], early=True)
    assert after_opening(store, study) == {"B": 2}


def test_who_changed_something_after_the_opening_did_not_work_independently(store, study):
    assign(store, "A", study["id"], ids_of(store, study).coder.values(), [source_id(store, study, "S-A")])
    asked = Asked(coders=("A", "B"), sources=(source_id(store, study, "S-A"),))
    assert "independently and blind" in to_copy(agreement_report(store, study, asked, resamples=0))
    [gone] = codings_of(store, study, "B", 1)
    with store.change(study["id"], "B", "remove_coding") as change:
        change.delete(schema.coding, gone["id"])
    said = to_copy(agreement_report(store, study, asked, resamples=0))
    assert "independently" not in said
    assert "1 coding was added, changed or removed" in said


def test_adjudicated_codings_and_those_that_follow_the_codebook_are_no_judgements(store, study):
    adjudicated = schema.coding.select().where(schema.coding.c.layer == "adjudicated")
    with store.change(study["id"], "B", "settle") as change:
        text = source_id(store, study, "S-A")
        found = rows(change.connection, adjudicated.where(schema.coding.c.source_id == text))
        change.delete(schema.coding, found[0]["id"])
    with store.reading() as connection:
        keys = {row["key"]: row["id"] for row in code_rows.codes(connection, study["id"])}
    merge_codes(store, "A", study["id"], keys["prob.low_ict"], keys["prob.unready"])
    assert after_opening(store, study) == {}


def test_without_figures_there_is_no_report(unopened):
    with pytest.raises(NothingToReport, match="No comparison is open yet"):
        agreement_report(unopened, need_study(unopened, "demo-en"))
