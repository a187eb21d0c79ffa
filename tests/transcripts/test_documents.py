"""Regulations and strategies: whole paragraphs, mended words, what the first page says. All texts are made up."""

import csv
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.documents import UnreadableTranscript, document_statements, document_turns, read_document
from transcripts.references import references_in, without_references
from transcripts.wraps import rejoin

DEMO = Path(__file__).parents[2] / "survey_app" / "starter" / "demo"


def read(text, name="act.txt"):
    return read_document(name, text.encode())


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("number", [0, 1])
def test_the_documents_of_the_demo_say_what_they_are(language, number):
    with (DEMO / "documents.csv").open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))[number]
    path = DEMO / known[f"file_{language}"]
    found = read_document(path.name, path.read_bytes())
    issuer = known[f"issued_by_{language}"].rpartition(" (")[0]
    assert (found.title, found.number, found.date, found.issuer, found.level, found.language) == (
        known[f"title_{language}"], known[f"number_{language}"], known["date"], issuer, known["level"], language,
    )  # fmt: skip
    assert found.warnings == ()


UKAZ = """УКАЗ
ПРЕЗИДЕНТА РОССИЙСКОЙ ФЕДЕРАЦИИ

О национальных целях развития на период до 2030 года

В целях осуществления прорывного развития постановляю:

1. Определить цели согласно приложению.

Москва, Кремль
21 июля 2020 года
№ 474
"""


@pytest.mark.parametrize(
    ("text", "title", "number", "date", "issuer", "level"),
    [
        ("ПРАВИТЕЛЬСТВО РОССИЙСКОЙ ФЕДЕРАЦИИ\n\nПОСТАНОВЛЕНИЕ\nот 9 декабря 2021 г. № 348\n\nМОСКВА\n\n"
         "О порядке ведения реестра услуг\n\n1. Утвердить порядок.\n",
         "О порядке ведения реестра услуг", "348", "2021-12-09", "Правительство Российской Федерации", "federal"),
        ("ЗАКОН МОСКОВСКОЙ ОБЛАСТИ\n\nО ЦИФРОВЫХ УСЛУГАХ\n\nот 01.02.2020 № 17/2020-ОЗ\n\nСтатья 1 Предмет\n",
         None, "17/2020-ОЗ", "2020-02-01", None, "regional"),
        ("СОВЕТ ДЕПУТАТОВ ГОРОДСКОГО ОКРУГА ПРИМЕРНЫЙ\n\nРЕШЕНИЕ\nот 05.03.2019 № 12/3\n\n"
         "Об электронных обращениях жителей\n\n1. Утвердить.\n",
         "Об электронных обращениях жителей", "12/3", "2019-03-05", "Совет депутатов городского округа примерный",
         "local"),
        ("REGULATION (EU) 2016/679 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\nof 27 April 2016\n"
         "on the protection of persons\n\n1. This is a rule.\n", None, "2016/679", "2016-04-27", None, "federal"),
        ("Executive Order 14028 of May 12, 2021\n\nImproving the Nation's Services\n\n1. Policy.\n",
         None, "14028", "2021-05-12", None, None),
        ("Some notes on services\n\nWe think that they are good.\n", "Some notes on services", "", "", "", ""),
    ],
)  # fmt: skip
def test_the_first_page_is_read(text, title, number, date, issuer, level):
    found = read(text)
    said = {"title": title, "number": number, "date": date, "issuer": issuer, "level": level}
    assert {name: getattr(found, name) for name, value in said.items() if value is not None} == {
        name: value for name, value in said.items() if value is not None
    }


def test_a_decree_is_read_whose_number_stands_at_its_end():
    found = read(UKAZ)
    assert found.title == "О национальных целях развития на период до 2030 года"
    assert (found.issuer, found.level) == ("Президент Российской Федерации", "federal")


WRAPPED = """1. Services of the authorities shall be designed in elec-
tronic form from the outset, and their co-operation with e-
government portals is described in the annex. Every service
has an owner.
2. Co-operation between authorities is free of charge. Elec-
tronic records are kept for ten years, and nobody is asked
for them twice.
   A new paragraph begins with an indent, and it goes on for
more than one line.
"""


def test_hard_wraps_are_joined_and_hyphens_mended_where_the_word_has_none():
    found = read(WRAPPED)
    assert found.paragraphs == (
        "1. Services of the authorities shall be designed in electronic form from the outset, and their co-operation "
        "with e-government portals is described in the annex. Every service has an owner.",
        "2. Co-operation between authorities is free of charge. Electronic records are kept for ten years, and nobody "
        "is asked for them twice.",
        "A new paragraph begins with an indent, and it goes on for more than one line.",
    )
    assert [warning.count for warning in found.warnings] == [3]


def test_a_word_torn_apart_by_a_justified_line_is_mended_where_it_stands_whole_elsewhere():
    text = (
        "Развитие государственного   м\nуниципального управления требует времени, и это признают все стороны.\n"
        "Опыт муниципального управления описан в приложении к настоящему документу полностью.\n"
        "Что-то ещё будет сделано, но по-новому и только после обсуждения со всеми участниками.\n"
    )
    found = read(text)
    assert found.paragraphs[0].startswith("Развитие государственного муниципального управления")
    assert "Что-то ещё" in found.text
    assert "но по-новому" in found.text


def test_running_heads_and_page_numbers_of_pages_are_left_out():
    pages = [
        f"Strategy of the Region\n{number}\nThe text about {word} begins here and goes on to the end of this line\n"
        f"and a little further on {word}.\n"
        for number, word in enumerate(["roads", "schools", "archives", "offices"], start=1)
    ]
    found = read("\f".join(pages))
    assert found.text.count("Strategy of the Region") == 1
    assert found.paragraphs[1] == (
        "The text about roads begins here and goes on to the end of this line and a little further on roads."
    )
    assert len(found.paragraphs) == 5
    assert found.warnings[0].count == 7


def test_paragraphs_of_a_word_file_stay_as_they_are_and_tables_are_read():
    document = docx.Document()
    for words in ("CONCEPT", "1. General", "A clause\u00a0with  spaces."):
        document.add_paragraph(words)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Target", "70 %"
    packed = BytesIO()
    document.save(packed)
    found = read_document("concept.docx", packed.getvalue())
    assert found.paragraphs == ("CONCEPT", "1. General", "A clause with spaces.", "Target · 70 %")


def test_a_web_page_is_a_document_by_its_ending_only():
    page = "<!doctype html><html><body><h1>Plan</h1><p>One\nclause [1, 4].</p><script>x()</script></body></html>"
    assert read(page, "plan.html").paragraphs == ("Plan", "One clause [1, 4].")
    with pytest.raises(UnreadableTranscript, match="is a web page"):
        read(page, "plan.txt")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.txt", b"", "empty"),
        ("talk.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "is a transcript"),
        ("act.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "docx"),
    ],
)
def test_what_is_no_document_is_refused_in_a_sentence(name, content, problem):
    with pytest.raises(UnreadableTranscript, match=problem):
        read_document(name, content)


def test_a_table_is_no_document():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(UnreadableTranscript):
        read_document("table.xlsx", packed.getvalue())


@pytest.mark.parametrize(
    "reference", ["[1]", "[1, 4, 8]", "[12, с. 45]", "[3, p. 7; 9]", "[1–3]", "(см. сноску 3)", "(see annex 2)"]
)
def test_references_are_found_and_left_out(reference):
    text = f"Services are combined {reference} by law."
    ((start, end),) = references_in(text)
    assert text[start:end] == reference
    assert without_references(text).split() == ["Services", "are", "combined", "by", "law."]


@pytest.mark.parametrize("words", ["[applause]", "(2021)", "[15:30:04] Anna", "[2021]", "(see below)"])
def test_other_brackets_are_no_references(words):
    assert references_in(words) == ()


def test_places_of_references_turns_and_statements_lie_in_the_text():
    found = read(WRAPPED + "\n3. This is cited [2, 5] and stays.\n")
    assert [found.text[start:end] for start, end in found.references] == ["[2, 5]"]
    for turn in document_turns(found):
        assert found.text[turn.start : turn.end] == turn.text
    for statement in document_statements(found):
        assert found.text[statement.start : statement.end] == statement.text


@given(st.lists(st.text("aбB -.\u00ad0123№\n", max_size=40), max_size=12), st.booleans())
def test_no_letter_of_a_text_is_lost(lines, paged):
    found = rejoin(lines, paged=paged)
    if not found.left_out:
        letters = [sign for line in lines for sign in line if sign.isalnum()]
        assert [sign for paragraph in found.paragraphs for sign in paragraph if sign.isalnum()] == letters


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.pdf", "a.docx", "a.odt", "a.html", "a.rtf", "a.md"]))
def test_nothing_but_a_document_or_a_refusal_comes_out(content, name):
    try:
        found = read_document(name, content)
    except UnreadableTranscript:
        return
    assert found.paragraphs
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in found.paragraphs)
