"""A report in all its forms: what is in it, and that nobody's name and no word that was not released is."""

import io
import re
import zipfile
from dataclasses import replace

import pypdf
import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from sqlalchemy import select

from coding.segments import by_groups
from survey_app.actions.figures import browser
from survey_app.actions.quotes import decide_quote, quotable
from survey_app.actions.report_files import report_files
from survey_app.actions.report_paper import MOST_ROWS
from survey_app.actions.report_slides import SMALLEST
from survey_app.actions.reporting import Wish, layer_in_words, report_of
from survey_app.actions.results import Layer, frames_of
from survey_app.actions.studies import need_study
from survey_app.language import _, use
from survey_app.store import schema
from survey_app.store.log import rows

KEYS = ("problems", "codes", "differ", "dominance", "saturation", "talk", "together", "timeline-S-A", "answers-years")
ADJUDICATED = Layer("adjudicated")
MARK = re.compile(r"<[^>]+>")

needs_browser = pytest.mark.skipif(browser() is None, reason="draws with Chromium, which is not installed")


def wish(store, study, keys=KEYS, **named):
    frames = frames_of(store, study["id"])
    return Wish(frames, by_groups(frames.groups), ADJUDICATED, keys, **named)


def names_of(store, study):
    """Names of experts and of people as they were displayed, and keys of experts."""
    with store.reading() as connection:
        experts = rows(connection, select(schema.expert).where(schema.expert.c.study_id == study["id"]))
        displayed = [row["display_name"] for row in rows(connection, select(schema.speaker))]
    return {name for name in [*(row["name"] for row in experts), *displayed] if len(name) > 3}


def sentences_of(store, study):
    """What experts said, and whether it was released."""
    decisions = {row["statement_id"]: row["decision"] for row in quotable(store, study, ADJUDICATED)}
    statements = frames_of(store, study["id"]).statements
    return {
        text: decisions.get(key) == "released"
        for key, text in zip(statements["statement_id"], statements["text"], strict=True)
        if len(text) > 30
    }


def parts_of(content):
    """All the words of a file: of an archive those of each part, of a PDF those of its pages."""
    if content.startswith(b"%PDF"):
        return flat(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    return flat(" ".join(MARK.sub(" ", text) + " " + " ".join(re.findall(r'descr="([^"]*)"', text)) for text in texts))


def flat(text):
    for written, sign in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"')):
        text = text.replace(written, sign)
    return " ".join(text.split())


@pytest.fixture(scope="module", params=["en", "ru"])
def made(request, demo_store):
    """Everything that can be made of the demo, in its language."""
    study = need_study(demo_store, f"demo-{request.param}")
    files = report_files(demo_store, study, wish(demo_store, study), languages=[request.param])
    with use(request.param):
        yield study, files


@needs_browser
def test_there_are_four_files_and_none_tells_a_name_or_an_unreleased_word(demo_store, made):
    study, files = made
    assert [name.rsplit(".")[-1] for name in files] == ["docx", "pdf", "pptx", "xlsx"]
    names, said = names_of(demo_store, study), sentences_of(demo_store, study)
    assert len(names) > 20
    for name, content in files.items():
        words = parts_of(content)
        assert len(words) > 2000
        assert not [each for each in names if each in words], name
        assert not [text for text, released in said.items() if not released and flat(text) in words], name
        quoted = [text for text, released in said.items() if released and flat(text) in words]
        assert bool(quoted) == (not name.endswith("xlsx")), name
        assert not re.search(r"\b(nan|None|NaN)\b", words), name


@needs_browser
def test_the_word_file_has_questions_tables_and_figures_with_words_for_them(demo_store, made):
    study, files = made
    document = Document(io.BytesIO(files[f"{study['slug']}-internal-report-{study['slug'][-2:]}.docx"]))
    assert document.paragraphs[0].text == (study["title_ru"] if study["slug"] == "demo-ru" else study["title_en"])
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings[0] == _("In short")
    assert headings[1] == _("What hinders, and what helps?")
    assert headings[-1] == _("How it was done")
    assert len(headings) == len(KEYS) + 2
    assert len([one for one in document.paragraphs if one.style.name == "List Bullet"]) == 10
    assert len(document.tables) == len(KEYS)
    assert len(document.tables[0].rows) == MOST_ROWS + 1
    assert len(document.inline_shapes) == len(KEYS)
    alt = document.inline_shapes[0]._inline.docPr.get("descr")
    assert alt.startswith(_("What hinders, and what helps?"))
    assert "10" in alt
    groups = frames_of(demo_store, study["id"]).groups
    said_by = {one.text.split("\n")[1] for one in document.paragraphs if one.style.name == "Quote"}
    assert len(said_by) > 3
    assert said_by <= set(groups[f"label_{study['slug'][-2:]}"])


@needs_browser
def test_slides_are_wide_have_titles_and_no_letters_below_twelve_points(made):
    study, files = made
    deck = Presentation(io.BytesIO(files[f"{study['slug']}-internal-report-{study['slug'][-2:]}.pptx"]))
    assert round(deck.slide_width / deck.slide_height, 3) == round(16 / 9, 3)
    slides = list(deck.slides)
    assert all(slide.shapes.title.text for slide in slides)
    pictures = [shape for slide in slides for shape in slide.shapes if shape.shape_type == 13]
    assert len(pictures) >= 5
    assert all(shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures)
    assert len(slides) == 1 + len(KEYS) + len(pictures) + 1
    sizes = [
        run.font.size.pt
        for slide in slides for shape in slide.shapes for frame in frames_in(shape)
        for paragraph in frame.paragraphs for run in paragraph.runs
    ]  # fmt: skip
    assert min(sizes) == SMALLEST
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width + 12700
            assert shape.top + shape.height <= deck.slide_height + 12700
    assert any(_("“{quote}”", quote="")[:1] in slide.notes_slide.notes_text_frame.text for slide in slides[1:3])


def frames_in(shape):
    if getattr(shape, "has_table", False) and shape.has_table:
        return [cell.text_frame for row in shape.table.rows for cell in row.cells]
    return [shape.text_frame] if shape.has_text_frame else []


@needs_browser
def test_the_pdf_has_a_page_for_each_question(made):
    study, files = made
    pages = pypdf.PdfReader(io.BytesIO(files[f"{study['slug']}-internal-report-{study['slug'][-2:]}.pdf"])).pages
    assert len(pages) > len(KEYS)
    assert round(float(pages[0].mediabox.width)) in (595, 596)
    assert _("In short") in pages[0].extract_text()


def test_without_a_browser_tables_stand_where_figures_would(monkeypatch, demo_store):
    monkeypatch.setenv("BROWSER_PATH", "/nothing/here")
    study = need_study(demo_store, "demo-en")
    files = report_files(demo_store, study, wish(demo_store, study, ("problems", "differ")), languages=["en", "ru"])
    assert list(files) == [
        f"demo-en-internal-report-{language}.{form}" for language in ("en", "ru") for form in ("docx", "pptx", "xlsx")
    ]
    document = Document(io.BytesIO(files["demo-en-internal-report-en.docx"]))
    assert len(document.inline_shapes) == 0
    assert len(document.tables) == 2
    slides = list(Presentation(io.BytesIO(files["demo-en-internal-report-en.pptx"])).slides)
    assert len(slides) == 4
    assert any(getattr(shape, "has_table", False) and shape.has_table for shape in slides[1].shapes)


def test_the_workbook_has_every_row_on_a_numbered_sheet_and_runs_nothing(monkeypatch, demo_store):
    monkeypatch.setenv("BROWSER_PATH", "/nothing/here")
    study = need_study(demo_store, "demo-en")
    asked = wish(demo_store, study, ("differ", "problems"))
    codes = asked.frames.codes.copy()
    codes.loc[codes["code_id"] == "prob.skills", "label_en"] = "=1+1"
    files = report_files(
        demo_store, study, replace(asked, frames=replace(asked.frames, codes=codes)), languages=["en"], forms=["xlsx"]
    )
    book = load_workbook(io.BytesIO(files["demo-en-internal-report-en.xlsx"]))
    assert book.sheetnames == ["About", "1. Where do groups differ", "2. What hinders, and what helps"]
    assert book.worksheets[1].max_row == 44
    cells = [cell for row in book.worksheets[2].iter_rows() for cell in row if cell.value == "=1+1"]
    assert cells
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_findings_stand_first_and_quotes_are_of_the_codes_that_are_shown(demo_store):
    study = need_study(demo_store, "demo-en")
    with use("en"):
        report = report_of(demo_store, study, wish(demo_store, study, ("problems", "there is none", "saturation")))
    assert [part.key for part in report.parts] == ["problems", "saturation"]
    assert report.findings[0].startswith(
        "Named most as a problem: “Skills shortage among officials” (10 of 20 experts)."
    )
    assert report.spoke == "Who spoke: 20 of 20 experts."
    assert len(report.how) == 5
    assert "3 coders coded apart" in report.how[1]
    assert "Sessions: 3." in report.how[0]
    assert "Civil society structures (3)" in report.how[3]
    skills = {row["text"] for row in quotable(demo_store, study, ADJUDICATED) if "prob.skills" in row["codes"]}
    assert report.parts[0].quotes[0].text in skills
    assert report.parts[1].quotes == ()
    assert report.parts[1].table.columns[0] == "Place"
    assert "Expert" not in report.parts[1].table.columns


def test_a_report_without_quotes_and_one_after_consent_went_have_no_word_of_the_expert(store):
    study = need_study(store, "demo-en")
    assert not any(part.quotes for part in report_of(store, study, wish(store, study, quotes=False)).parts)
    before = {quote.text for part in report_of(store, study, wish(store, study)).parts for quote in part.quotes}
    for row in quotable(store, study, ADJUDICATED):
        if row["text"] in before:
            decide_quote(store, "", study, row["statement_id"], "withheld")
    after = {quote.text for part in report_of(store, study, wish(store, study)).parts for quote in part.quotes}
    assert before
    assert not before & after


def test_quotes_are_of_those_alone_who_are_in_the_tables(demo_store):
    study = need_study(demo_store, "demo-en")
    asked = wish(demo_store, study)
    experts = asked.frames.experts[asked.frames.experts["group_id"] == "civ"]
    with use("en"):
        report = report_of(demo_store, study, replace(asked, frames=replace(asked.frames, experts=experts)))
    assert {quote.group for part in report.parts for quote in part.quotes} == {"Civil society structures"}


def test_a_layer_is_said_in_words():
    with use("en"):
        assert layer_in_words(ADJUDICATED) == "adjudicated"
        assert layer_in_words(Layer("coder", "A")) == "of coder A"
