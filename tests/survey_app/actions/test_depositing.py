"""The deposit package: what a release would show and nothing else, the same bytes for the same study, behind the gate."""

import csv
import json
import re
import shutil
from collections import Counter
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
import yaml
from docx import Document
from openpyxl import load_workbook

from coding.codebook import read_codebook
from survey_app.actions import depositing
from survey_app.actions.codebook import change_code
from survey_app.actions.demo import demo_rows
from survey_app.actions.depositing import deposit
from survey_app.actions.expert_codes import KEPT
from survey_app.actions.form_links import use_form
from survey_app.actions.gate import PublishingRefused
from survey_app.actions.handed_out import handed_out
from survey_app.actions.people import set_consent
from survey_app.actions.publishing import publish
from survey_app.actions.released_quotes import consenting, released_quotes
from survey_app.actions.results import Layer, frames_of
from survey_app.actions.studies import need_study
from survey_app.actions.study_card import fill_study_card
from survey_app.publishing.study_card import Author, Card
from survey_app.questionnaires.example import EXAMPLE
from survey_app.settings import settings
from survey_app.store import codes as code_rows
from survey_app.store import experts, schema
from survey_app.store.log import Store

ADJUDICATED = Layer("adjudicated")


@pytest.fixture(scope="module", params=["en", "ru"])
def made(request, demo_folder, tmp_path_factory):
    """The language, the study and its package, by the names of its files. What is given out is noted: in a copy."""
    file = shutil.copy(demo_folder / "rakurs.db", tmp_path_factory.mktemp("made"))
    store = Store(f"sqlite:///{file}")
    study = need_study(store, f"demo-{request.param}")
    content, count = deposit(store, study)
    files = opened(content)
    assert count == len(files)
    return request.param, store, study, files


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def opened(content):
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def said(files):
    """Everything that can be read in a package, Word files and workbooks unpacked."""
    texts = []
    for name, content in files.items():
        if name.endswith((".docx", ".xlsx")):
            inside = opened(content)
            texts += [part.decode("utf-8", "replace") for each, part in inside.items() if each.endswith(".xml")]
        else:
            texts.append(content.decode("utf-8-sig"))
    return "\n".join(texts)


def table(content):
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_it_holds_what_a_repository_asks_for(made):
    _language, _store, _study, files = made
    assert set(files) == {
        "README.md", "instrument/questionnaire_items.csv", "instrument/interview_guide.yaml", "codebook/codebook.yaml",
        "codebook/codebook.csv", "quotes/released_quotes.csv", "tables/segments_by_codes.csv",
        "tables/experts_by_codes.csv", "tables/agreement_overall.csv", "tables/agreement_by_code.csv", "methods/methods_en.docx",
        "methods/methods_en.html", "methods/methods_ru.docx", "methods/methods_ru.html", "CITATION.cff", "citation.bib",
    }  # fmt: skip


def test_no_unreleased_sentence_name_or_alias_is_anywhere_in_it(made):
    language, store, study, files = made
    told = said(files)
    frames = frames_of(store, study["id"])
    out = {quote.text for quote in consenting(released_quotes(store, study, ADJUDICATED))}
    inside = frames.statements[(frames.statements["role"] != "moderator") & ~frames.statements["text"].isin(out)]
    assert len(inside) > 80
    quoted = "\n".join(out)
    for text in inside["text"]:
        assert text not in told or text in quoted or len(text.split()) < 3, text
    with store.reading() as connection:
        people = experts.experts(connection, study["id"])
        names = [name for row in people for name in (row["name"], *row["other_names"]) if name]
    assert len(names) == 40
    assert not [name for name in names if name in told]
    assert not [row["display_name"] for row in demo_rows("aliases.csv") if row["display_name"] in told]
    for row in demo_rows("experts.csv"):
        assert not re.search(rf"\b{row['expert_id']}\b", told)
        assert row[f"organisation_type_{language}"] not in told
    assert not re.search(r"[\w.]+@[\w-]+\.\w+", told)


def test_its_quotes_are_those_that_may_go_out(made):
    language, store, study, files = made
    rows = table(files["quotes/released_quotes.csv"])
    assert len(rows) == {"en": 174, "ru": 173}[language]
    assert {row["text"].removeprefix("'") for row in rows} <= {
        quote.text for quote in consenting(released_quotes(store, study, ADJUDICATED))
    }
    assert set(rows[0]) == {"number", "text", "language", "kind", "own_words", "segment", "codes"}


def test_its_matrix_is_of_segments_and_has_the_known_counts(made):
    *_others, files = made
    rows = {(row["code"], row["segment"]): row for row in table(files["tables/segments_by_codes.csv"])}
    assert {row["segment"] for row in rows.values()} == {
        "upper_authorities", "local", "state_linked", "civil_society", "business_science", "all",
    }  # fmt: skip
    assert (rows["prob.skills", "all"]["k"], rows["prob.skills", "all"]["n"]) == ("10", "20")
    assert (rows["prob.skills", "local"]["k"], rows["prob.skills", "local"]["n"]) == ("3", "3")
    assert rows["prob.skills", "all"]["segment_ru"] != ""


def test_its_experts_by_codes_have_the_numbers_of_the_segments_and_nobody_stands_alone(made):
    *_others, files = made
    rows = [tuple(row.values()) for row in table(files["tables/experts_by_codes.csv"])]
    assert len(rows) == 20
    assert min(Counter(rows).values()) >= 3
    codes = list(table(files["tables/experts_by_codes.csv"])[0])[1:]
    counts = {
        row["code"]: int(row["k"]) for row in table(files["tables/segments_by_codes.csv"]) if row["segment"] == "all"
    }
    assert set(codes) == set(counts)
    blank = 0
    for place, code in enumerate(codes, start=1):
        told = [row[place] for row in rows]
        assert told.count("1") <= counts[code] <= 20 - told.count("0"), code
        blank += told.count("")
    assert blank < 20 * len(codes) / 2
    assert {row[1 + codes.index("prob")] for row in rows} == {"1"}


def test_beside_another_table_of_experts_by_codes_there_is_none(store, study):
    first = opened(deposit(store, study)[0])
    assert opened(deposit(store, study)[0])["tables/experts_by_codes.csv"] == first["tables/experts_by_codes.csv"]
    with store.change(study["id"], "A", "test") as change:
        for row in handed_out(store, study):
            change.update(schema.handed_out, row["id"], kept=row["kept"] | {KEPT: "another"})
    files = opened(deposit(store, study)[0])
    assert "tables/experts_by_codes.csv" not in files
    assert "There is no table of experts by codes: an earlier package" in files["README.md"].decode()
    assert "Таблицы «эксперты по кодам» нет" in files["README.md"].decode()


def test_its_readme_names_every_file_with_its_rows_in_both_languages(made):
    *_others, files = made
    told = files["README.md"].decode()
    for name, content in files.items():
        if name != "README.md":
            lines = [line for line in told.splitlines() if line.startswith(f"| `{name}` |")]
            assert len(lines) == 2
            if name.endswith(".csv"):
                assert all(line.endswith(f"| {len(table(content))} |") for line in lines)


def test_its_codebook_can_be_read_again(made):
    *_others, files = made
    assert len(read_codebook(files["codebook/codebook.yaml"].decode()).codes) == 49
    assert yaml.safe_load(files["instrument/interview_guide.yaml"])["questions"]


def test_its_methods_note_is_a_word_file_in_each_language(made):
    *_others, files = made
    for language, word in (("en", "Saturation"), ("ru", "MASI")):
        document = Document(BytesIO(files[f"methods/methods_{language}.docx"]))
        cells = [cell.text for each in document.tables for row in each.rows for cell in row.cells]
        assert any(word in text for text in [*cells, *(one.text for one in document.paragraphs)])


def test_the_same_study_makes_the_same_bytes(store, study, monkeypatch):
    monkeypatch.setattr(depositing, "now", lambda: "2026-03-01T10:00:00+00:00")
    assert deposit(store, study) == deposit(store, study)


def test_a_shut_gate_shuts_it_too(demo_store):
    study = need_study(demo_store, "demo-en")
    with pytest.raises(PublishingRefused, match="a published segment needs at least 3"):
        deposit(demo_store, study, ["by_group"])


def test_who_withdraws_is_out_of_the_package_and_so_is_a_release_that_still_quotes_them(store, study):
    publish(store, "A", study, folder=settings().releases_folder)
    before = opened(deposit(store, study)[0])
    assert json.loads(before["release/release.json"])["version"] == 1
    of_l1 = {quote.text for quote in released_quotes(store, study, ADJUDICATED) if quote.expert_id == "L1"}
    with store.reading() as connection:
        rows = {row["key"]: row["id"] for row in experts.experts(connection, study["id"])}
    set_consent(store, "A", study["id"], {rows["L1"]: "no"})
    files = opened(deposit(store, study)[0])
    assert "release/release.json" not in files
    told = said(files)
    assert of_l1
    assert not [text for text in of_l1 if text in told]


def test_words_of_an_unreleased_statement_do_not_go_out_as_an_example_of_a_code(store, study):
    frames = frames_of(store, study["id"])
    out = {quote.text for quote in released_quotes(store, study, ADJUDICATED)}
    secret = next(text for text in frames.statements["text"] if len(text.split()) > 12 and text not in out)
    part = " ".join(secret.split()[2:11]).upper()
    with store.reading() as connection:
        code = next(row for row in code_rows.codes(connection, study["id"]) if row["key"] == "prob.skills")
    change_code(store, "A", study["id"], code["id"], example_en=f"My own example of it.\nHe said: {part}!")
    files = opened(deposit(store, study)[0])
    assert part not in said(files)
    assert "My own example of it." in files["codebook/codebook.yaml"].decode()


def test_what_the_card_says_stands_in_note_readme_and_citation(store, study):
    card = Card(
        {"ethics": ("Approved by the board.", "Одобрено комиссией.")}, (Author("Doe", "Jane Ann", "Доу", "Джейн"),),
        "panel@example.org", "CC-BY-4.0", "10.5281/zenodo.1234", ("panel",), (),
    )  # fmt: skip
    fill_study_card(store, "A", study["id"], card, seen=Card())
    files = opened(deposit(store, need_study(store, "demo-en"))[0])
    assert "Approved by the board." in files["methods/methods_en.html"].decode()
    assert "Одобрено комиссией." in files["methods/methods_ru.html"].decode()
    readme = files["README.md"].decode()
    assert "Doe, J. A." in readme
    assert "Доу, Д." in readme
    assert "panel@example.org" in readme
    told = yaml.safe_load(files["CITATION.cff"])
    assert (told["doi"], told["license"], told["authors"][0]["family-names"]) == (
        "10.5281/zenodo.1234", "CC-BY-4.0", "Doe",
    )  # fmt: skip


def test_a_questionnaire_with_a_definition_goes_out_as_a_form_and_no_cell_runs(store, study, monkeypatch):
    monkeypatch.setattr(depositing, "now", lambda: "2026-03-01T10:00:00+00:00")
    use_form(store, "A", study, EXAMPLE, "form")
    with store.reading() as connection:
        code = next(row for row in code_rows.codes(connection, study["id"]) if row["key"] == "prob.skills")
    change_code(store, "A", study["id"], code["id"], label_en="=1+1")
    content = deposit(store, study)
    files = opened(content[0])
    (form,) = [name for name in files if name.startswith("instrument/questionnaire_") and name.endswith(".xlsx")]
    assert load_workbook(BytesIO(files[form])).sheetnames == ["survey", "choices", "settings"]
    assert form.replace(".xlsx", ".yaml") in files
    named = {row["code_en"] for row in table(files["tables/segments_by_codes.csv"]) if row["code"] == "prob.skills"}
    assert named == {"'=1+1"}
    assert deposit(store, study) == content
