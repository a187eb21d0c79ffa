"""Word processors' files: what is in them is read, what is wrong with them is one sentence."""

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.model import Transcript
from transcripts.reading import UnreadableTranscript, read_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TALK = ["Anna: We begin.", "Boris: Yes, gladly.", "Anna: Thank you."]
RTF = rb"{\rtf1\mac\ansicpg10007{\fonttbl\f0 Times;}\f0 Anna: \'8f\'f0\'e8\'e2\'e5\'f2.\par Boris: Yes, gladly.\par Anna: Thank you.\par}"


def word(paragraphs=(), change=None):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if change:
        change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def odt(body, mimetype="application/vnd.oasis.opendocument.text"):
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": mimetype, "content.xml": content})


def pdf(lines):
    stream = "BT /F1 12 Tf 50 800 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()


def sheet(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FILES = {
    "interview_docx": ("talk.docx", word(TALK)),
    "interview_odt": ("talk.odt", odt("".join(f"<text:p>{line}</text:p>" for line in TALK))),
    "interview_rtf": ("talk.rtf", RTF.replace(rb"\'8f\'f0\'e8\'e2\'e5\'f2.", b"We begin.")),
    "interview_pdf": ("talk.pdf", pdf(TALK)),
    "interview_html": ("talk.html", b"<html><head><title>x</title><script>Anna: no</script></head><body><p>Anna: We begin.<p>Boris: Yes, gladly.<div>Anna: <b>Thank</b> you.</div></body></html>"),
    "turns_xlsx": ("talk.xlsx", sheet([["Speaker", "Text"], ["Anna", "We begin."], ["Boris", "Yes, gladly."], ["Anna", "Thank you."]])),
    "turns_docx": ("table.docx", word(change=lambda d: [setattr(cell, "text", text) for row, texts in zip(d.add_table(4, 2).rows, [("Speaker", "Text"), ("Anna", "We begin."), ("Boris", "Yes, gladly."), ("Anna", "Thank you.")], strict=True) for cell, text in zip(row.cells, texts, strict=True)])),
}  # fmt: skip


@pytest.mark.parametrize("shape", FILES)
def test_the_same_talk_is_read_from_every_container(shape):
    found = read_file(*FILES[shape])
    assert found.shape == shape
    assert [(unit.speaker, unit.text) for unit in found.units] == [
        ("Anna", "We begin."),
        ("Boris", "Yes, gladly."),
        ("Anna", "Thank you."),
    ]


def test_teams_in_word_names_people_surname_first():
    file = word(
        [
            "Panel",
            "6 May 2024, 09:00AM",
            "56m 41s",
            "Akimova, Anna started transcription",
            "Akimova, Anna   0:09",
            "We begin.",
            "Belov, Boris   0:12",
            "Yes.",
            "Akimova, Anna   1:15",
            "So.",
            "Akimova, Anna stopped transcription",
        ]
    )
    found = read_file("talk.docx", file)
    assert (found.shape, found.speakers, found.date) == ("teams_docx", ("Akimova, Anna", "Belov, Boris"), "2024-05-06")
    assert [(unit.start_s, unit.text) for unit in found.units] == [(9, "We begin."), (12, "Yes."), (75, "So.")]


def test_tables_and_tracked_insertions_are_read_and_deletions_are_not():
    def change(document):
        document.add_table(1, 1).rows[0].cells[0].text = "Boris: In a table."
        document.paragraphs[0]._p.append(parse_xml(f"<w:ins {W}><w:r><w:t> And more.</w:t></w:r></w:ins>"))
        document.paragraphs[0]._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>Never.</w:delText></w:r></w:del>"))

    found = read_file("talk.docx", word(TALK, change))
    assert found.units[0].text == "We begin. And more."
    assert found.units[-1].text == "In a table."
    told = [str(warning) for warning in found.warnings]
    assert "The file has 1 table; it was read too." in told
    assert "The file has 2 tracked changes; insertions were taken, deletions were not." in told


def test_a_protocol_says_who_was_asked_and_can_be_cut_into_its_interviews():
    def change(document):
        for name in ("Акимова Анна", "Белов Борис"):
            table = document.add_table(3, 2)
            for row, cells in zip(
                table.rows, [("Дата", "06.05.2024"), ("ФИО", name), ("Должность", "Эксперт")], strict=True
            ):
                row.cells[0].text, row.cells[1].text = cells
            document.add_paragraph("1. Что мешает?")
            document.add_paragraph(f"Ответ: всё мешает, говорит {name}.")

    found = read_file("protocol.docx", word(["План"], change))
    assert (found.shape, found.date, len(found.units), found.parts) == (
        "ru_interview_protocol_docx",
        "2024-05-06",
        2,
        (1,),
    )
    assert len(found.turns) == 2
    assert [(who.name, who.position) for who in found.attendees] == [
        ("Акимова Анна", "Эксперт"),
        ("Белов Борис", "Эксперт"),
    ]


def test_cyrillic_letters_of_a_mac_are_cyrillic_letters():
    assert read_file("talk.rtf", RTF).units[0].text == "Привет."


def test_a_page_without_speakers_is_read_paragraph_by_paragraph_and_says_so():
    found = read_file(
        "essay.docx", word(["We thought about it for a long time.", "And then we did it all over again."])
    )
    assert (found.shape, len(found.units), found.speakers) == ("docx_no_speaker", 2, ())
    assert "names no speakers" in str(found.warnings[-1])


BOMB = packed({"[Content_Types].xml": "", "word/document.xml": b" " * 70_000_000})
ENTITY = packed(
    {"[Content_Types].xml": "", "word/document.xml": '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'}
)
BAD = {
    "bomb": ("talk.docx", BOMB, "suspiciously large inside"),
    "entities": ("talk.docx", ENTITY, "markup that is not allowed"),
    "entities in odt": ("talk.odt", packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}), "markup that is not allowed"),
    "entities in eaf": ("talk.eaf", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><ANNOTATION_DOCUMENT>&a;</ANNOTATION_DOCUMENT>', "markup that is not allowed"),
    "old word": ("talk.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old format of Office"),
    "torn": ("talk.docx", FILES["interview_docx"][1][:900], "damaged"),
    "scan": ("scan.pdf", pdf([]), "it is a scan"),
    "torn pdf": ("talk.pdf", b"%PDF-1.7\n1 0 obj <<", "damaged"),
    "no words": ("talk.docx", word([]), "not a kind of transcript"),
    "sign-in page": ("talk.vtt", b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
    "poll": ("poll.csv", b"Poll Report\nReport Generated:,x\n#,User Name,User Email,Submitted Date/Time\n1,Anna,a@b.c,x,Q,A\n", "report of a poll"),
    "recordings": ("list.csv", b"Topic,ID,Start Time,File Size (MB),File Count,\nPanel,1,x,2,3,\n", "list of recordings"),
    "broken json": ("talk.json", b'{"segments": [{"start": 0, "text": "We', "damaged"),
    "deep json": ("talk.json", b'{"segments": [{"start": 0, "text": ' + b"[" * 100_000, "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_one_sentence(case):
    name, content, words = BAD[case]
    with pytest.raises(UnreadableTranscript, match=words):
        read_file(name, content)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.integers(0, 40_000), st.binary(min_size=1, max_size=8)), max_size=6),
    st.integers(0, 40_000),
)
def test_a_file_that_was_damaged_on_its_way_never_brings_anything_but_a_sentence(shape, wounds, length):
    name, content = FILES[shape]
    torn = bytearray(content)
    for place, new in wounds:
        torn[place % len(torn) : place % len(torn) + len(new)] = new
    torn = bytes(torn[: 50 + length % len(torn)]) if length % 3 == 0 else bytes(torn)
    try:
        assert isinstance(read_file(name, torn), Transcript)
    except UnreadableTranscript as problem:
        assert str(problem)
