"""Files made to exhaust: deep nesting, one word of a megabyte, a hundred thousand columns. Each ends in a transcript, a
document or one sentence; none takes more than its size. (Sizes are small enough for a test; the same shapes at twenty
megabytes were measured by hand.)"""

import zipfile
from io import BytesIO

import pytest

from transcripts.documents import read_document
from transcripts.reading import UnreadableTranscript, read_file

SIZE = 300_000
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def packed(**parts):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + (".xml" if not name.startswith("mime") else ""), text)
    return file.getvalue()


def docx(body):
    return packed(word__document=f"<w:document {WORD}><w:body>{body}</w:body></w:document>")


def odt(body):
    text = f"<office:document-content {OPEN}><office:body><office:text>{body}</office:text></office:body>"
    return packed(mimetype="application/vnd.oasis.opendocument.text", content=f"{text}</office:document-content>")


def much(bait):
    return (bait * (SIZE // len(bait))).encode()


PLAIN = {
    bait: much(bait)
    for bait in ("[", ":", " ", ". ", "1", "<v ", "-->", "A: b\n", "A", "(", "**", "#", "-", "> ", ",", "\t", "| ", "Mr. A. ",
                 "т.е. ", "a-\n", "[1, ", "[00:00:01] ", "#00:00:01-0# ", "e.g. i.e. ", "\n\na")
}  # fmt: skip
PACKED = {
    "runs.docx": docx("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 20_000 + "</w:p>"),
    "deep.docx": docx("<w:p>" * 50_000 + "</w:p>" * 50_000),
    "nested.docx": docx("<w:tbl><w:tr><w:tc>" * 60 + "<w:p><w:r><w:t>a: b</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 60),
    "bottomless.docx": docx("<w:tbl><w:tr><w:tc>" * 5000 + "</w:tc></w:tr></w:tbl>" * 5000),
    "deep.odt": odt("<text:span>" * 50_000 + "</text:span>" * 50_000),
    "blanks.odt": odt('<text:p>A: b<text:s text:c="999999999"/></text:p>'),
    "groups.rtf": b"{\\rtf1\\ansi " + b"{" * 100_000 + b"a" + b"}" * 100_000 + b"}",
    "deep.html": b"<div>" * 60_000 + b"a",
    "entities.html": much("&#"),
    "comment.html": b"<!--" + much("-"),
    "deep.json": b"[" * 100_000 + b"]" * 100_000,
    "columns.csv": ("speaker,text," + ",".join(f"c{number}" for number in range(50_000)) + "\nA,b\n").encode(),
    "quote.csv": b'speaker,text\nA,"' + much("b"),
    "loop.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "brackets.pdf": b"%PDF-1.4\n1 0 obj" + much("["),
}  # fmt: skip


def ends_well(read, name, content):
    try:
        found = read(name, content)
    except UnreadableTranscript as refusal:
        assert str(refusal)
    else:
        assert found.text


@pytest.mark.parametrize("read", [read_file, read_document])
@pytest.mark.parametrize("bait", PLAIN, ids=repr)
@pytest.mark.parametrize("head", ["", "WEBVTT\n\n", "1\n00:00:01,000 --> 00:00:02,000\n"], ids=["text", "vtt", "srt"])
def test_a_text_of_one_thing_a_hundred_thousand_times_ends_well(read, bait, head):
    ends_well(read, "bait.txt", head.encode() + PLAIN[bait])


@pytest.mark.parametrize("read", [read_file, read_document])
@pytest.mark.parametrize("name", PACKED)
def test_what_is_packed_to_exhaust_ends_well(read, name):
    ends_well(read, name, PACKED[name])


def test_more_lines_than_anybody_writes_are_refused_before_they_are_read():
    with pytest.raises(UnreadableTranscript, match="more than 1000000 lines"):
        read_file("long.txt", b"A: b\n" * 1_000_001)
