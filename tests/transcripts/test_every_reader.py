"""Whatever a file holds, reading it gives a transcript or one sentence, and nothing else."""

import ast
import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcripts.test_text_shapes import SHAPES
from transcripts import containers
from transcripts.model import Transcript
from transcripts.readers import readers
from transcripts.reading import UnreadableTranscript, read_file

PIECES = [
    "WEBVTT\n\n", "1\n", "00:00:01.000 --> 00:00:02.500\n", "0:0:0.0 --> 0:0:3.4\n", "0:00:03.900,0:00:08.460\n", "-->",
    "Anna: ", "<v Anna>", "[Anna] 10:11:12\n", "10:11:12 From Anna to Everyone:\n\t", "10:11:12\t From  Anna : ",
    "00:10:15\tAnna:\t", "От Анны всем 03:59 PM\n", "**Anna:** ", "**00:01:02 Т:** ", "**Anna**  0:09  \n", "### Anna:\n",
    "#00:01:02-5#\n", "| Anna Akimova | AA | City |\n", "AA: ", "―\n", "Name (Original Name),User Email,Join Time\n",
    "speaker,start,end,text\n", ",", ";", "\t", "\n", "\n\n", "{", "}", "[", "]", '"segments":[', '"text":"', '"start":1,',
    '"timeline":[', '"ts":"00:00:01",', "data-timestamp", '<span class="timestamp" data-timestamp="1">', "</p>",
    "<ANNOTATION_DOCUMENT>", "<!DOCTYPE x>", "<html>", "{\\rtf1 ", "%PDF-1.4\n", "PK\x03\x04", "\0", "\u202e", "\u200d",
    "👍", "ௌௌௌ", "Quick recap", "Интервью 2\n", "---\n", "не знаю", "word ", "?", "99:99:99", ":", "::", "\r", "\ufeff", "&amp;",
]  # fmt: skip
NAMES = [
    "a.vtt",
    "chat.txt",
    "a.md",
    "a.csv",
    "a.json",
    "a.otr",
    "a.srt",
    "a.sbv",
    "a.tsv",
    "a.eaf",
    "a.docx",
    "a.odt",
    "a.rtf",
    "a.pdf",
    "a.html",
    "a.xlsx",
    "a",
    "../../a.txt",
    "🗂.txt",
]


def outcome(name, content):
    try:
        found = read_file(name, content)
    except UnreadableTranscript as problem:
        return str(problem)
    assert isinstance(found, Transcript)
    text = found.text
    for turn in found.turns:
        assert text[turn.start : turn.end] == turn.text
    for statement in found.statements:
        assert text[statement.start : statement.end] == statement.text
    return found


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(NAMES), st.lists(st.sampled_from(PIECES) | st.text(max_size=12), min_size=1, max_size=40))
def test_pieces_of_all_shapes_in_any_order_are_read_or_refused(name, pieces):
    assert outcome(name, "".join(pieces).encode("utf-8", "surrogatepass"))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(NAMES), st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_or_refused(name, content):
    assert outcome(name, content)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SHAPES)), st.data())
def test_a_good_file_with_a_wound_is_read_or_refused(key, data):
    name, text = SHAPES[key]
    place = data.draw(st.integers(0, len(text)))
    wound = data.draw(st.sampled_from(PIECES) | st.text(max_size=6))
    gone = data.draw(st.integers(0, 12))
    assert outcome(name, (text[:place] + wound + text[place + gone :]).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "line",
    ["Anna", "a" * 60, "x ", "[", "**", "0:0", "00:00:01.000", "1,", "\t", "A B ", '"', "<v ", "—", "|a", "(", "{"],
)
def test_a_long_line_of_one_thing_is_answered(line):
    """A pattern that tries every way to divide a line would not come back from this."""
    assert outcome("a.txt", (line * (200_000 // len(line))).encode())
    assert outcome("a.vtt", ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + line * (200_000 // len(line))).encode())


def test_a_reader_is_found_by_lying_in_the_folder_and_says_what_it_reads():
    for reader in readers():
        module = inspect.getmodule(reader.read)
        assert ast.get_docstring(ast.parse(inspect.getsource(module)))
        assert reader.sniff(containers.Opened("a.txt", "text", "")) == 0
