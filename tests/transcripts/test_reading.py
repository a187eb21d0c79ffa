"""What a file becomes, and what is refused with which sentence."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.__main__ import main
from transcripts.model import Transcript
from transcripts.reading import LARGEST_TEXT, UnreadableTranscript, check_size, read_file

VTT = "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nAnna: Grüße 👩‍👩‍👧 e\u0301.\r\n\r\n2\r\n00:00:02.500 --> 00:00:04.000\r\nAnna: And more.\r\n\r\n3\r\n00:00:05.000 --> 00:00:06.000\r\nBoris: Why?\r\n"


def read(text, name="call.vtt", **more):
    return read_file(name, text.encode(), **more)


def test_positions_are_code_points_of_the_stored_text():
    found = read(VTT)
    assert found.text == "Grüße 👩‍👩‍👧 \u00e9. And more.\nWhy?"
    assert [found.text[turn.start : turn.end] for turn in found.turns] == [turn.text for turn in found.turns]
    assert [found.text[each.start : each.end] for each in found.statements] == [each.text for each in found.statements]


def test_words_that_look_like_markup_or_timings_are_kept():
    text = "WEBVTT\n\n1\n00:01 --> 00:02\nAnna: if x < 5 --> y > 3 &amp; so\n\nand after a blank line\n\n2\n00:03,5 --> 00:04\nAnna: end\n"
    assert read(text).turns[0].text == "if x < 5 --> y > 3 & so and after a blank line end"


def test_times_are_read_in_every_form():
    text = "WEBVTT\n\n0:0:0.0 --> 0:0:3.490\nAnna: a\n\n01:02,5 --> 61:00:00\nAnna: b\n"
    units = read(text).units
    assert [(unit.start_s, unit.end_s) for unit in units] == [(0.0, 3.49), (62.5, 219600.0)]


def test_a_cue_without_a_name_stays_without_one():
    found = read(VTT + "\n4\n00:00:07.000 --> 00:00:08.000\nand that\n")
    assert found.units[-1].speaker == ""
    assert found.turns[-1].speaker == ""
    assert any("no speaker" in str(warning) for warning in found.warnings)


def test_who_speaks_once_among_labelled_lines_keeps_their_words():
    found = read("Ann: one\nBob: two\nAnn: three\nBob: four\nCarol: I disagree\nAnn: five\n", "talk.txt")
    assert found.speakers == ("Ann", "Bob", "Carol")
    assert [turn.text for turn in found.turns if turn.speaker == "Carol"] == ["I disagree"]


def test_three_lines_are_a_talk_when_somebody_speaks_twice():
    assert read("Ann: one\nBob: two\nAnn: three\n", "talk.txt").speakers == ("Ann", "Bob")


def test_a_note_is_nobody():
    found = read("Anna: one\nNote: this is not a person\nBoris: two\nAnna: three\nBoris: four\n", "talk.txt")
    assert found.speakers == ("Anna", "Boris")
    assert "Note: this is not a person" in found.turns[0].text


def test_a_chat_is_read_whatever_the_language_of_its_header():
    chat = (
        "10:00:01 От  Иван Петров  для  Всем:\n\tДобрый день\n10:00:05 От  Анна  для  Всем:\n\tОтвет на «Добрый день»\n"
        "\t\n\tи вам!\n10:00:09 От  Анна  для  Иван Петров(Личное сообщение):\n\tсекрет\n"
    )
    found = read(chat, "chat.txt")
    assert found.shape == "zoom_chat_v2_txt"
    assert found.speakers == ("Иван Петров", "Анна")
    assert [turn.text for turn in found.turns] == ["Добрый день", "и вам!"]
    assert found.private_messages_dropped == 1


def test_a_chat_past_midnight_goes_on():
    chat = "23:59:58 From  A  to  Everyone:\n\tlate\n00:00:03 From  B  to  Everyone:\n\tearly\n"
    assert [unit.start_s for unit in read(chat, "chat.txt").units] == [86398.0, 86403.0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"   \r\n\r\n", "is empty"),
        (b"WEBVTT\r\n\r\n", "no cues"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "sign-in page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "not a text file"),
        (b"PK\x03\x04" + bytes(200), "not a text file"),
        (b"just some words\nwithout any speaker\n", "not a kind of transcript"),
        (b"Quick recap\nThe team met.\nNext steps\n- more\nSummary\nwords", "AI Companion"),
    ],
)
def test_bad_input_gets_one_plain_sentence(content, says):
    with pytest.raises(UnreadableTranscript, match=says):
        read_file("file.vtt", content)


def test_a_large_file_is_refused_before_it_is_read():
    with pytest.raises(UnreadableTranscript, match="not the recording"):
        check_size("recording.vtt", 300_000_000)
    assert LARGEST_TEXT < 300_000_000


def test_nul_bytes_in_a_transcript_become_replacement_signs():
    assert "\ufffd" in read_file("a.vtt", VTT.replace("more", "mo\0re").encode()).text


def test_russian_in_an_old_encoding_is_read_and_said():
    talk = "Анна: Здравствуйте, коллеги, начнём нашу встречу.\nБорис: Давайте начнём, я готов рассказать.\n" * 8
    found = read_file("talk.txt", talk.encode("cp1251"))
    assert found.speakers == ("Анна", "Борис")
    assert found.language == "ru"
    assert any("encoding" in str(warning) for warning in found.warnings)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_transcript_or_a_sentence(content):
    try:
        assert isinstance(read_file("x.vtt", content), Transcript)
    except UnreadableTranscript as problem:
        assert str(problem).count("{") == 0


LINE = st.sampled_from(
    ["WEBVTT", "", "1", "00:00:01.000 --> 00:00:02.000", "Anna: word", "10:00:01 From A to Everyone:", "\ttext", "### B:",
     "10:00:02\tAnna:\thi", "> quoted", "Reacted to \"x\" with 👍", "é́ͅ: ‮x", "00:00 --> x", ":", "a:b:c"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(LINE | st.text(max_size=20), max_size=25), st.sampled_from(["a.vtt", "chat.txt", "a.md"]))
def test_any_mixture_of_lines_keeps_the_positions(lines, name):
    try:
        found = read_file(name, "\n".join(lines).encode("utf-8", "replace"))
    except UnreadableTranscript:
        return
    text = found.text
    for turn in found.turns:
        assert text[turn.start : turn.end] == turn.text
    for statement in found.statements:
        turn = found.turns[statement.turn]
        assert turn.start <= statement.start < statement.end <= turn.end
        assert text[statement.start : statement.end] == statement.text


def test_the_command_line_answers_for_every_file(tmp_path, capsys):
    (tmp_path / "good.vtt").write_text(VTT, encoding="utf-8")
    (tmp_path / "bad.vtt").write_bytes(b"")
    assert main([str(tmp_path / "good.vtt"), str(tmp_path / "bad.vtt"), "--json"]) == 2
    out, err = capsys.readouterr()
    good, bad = json.loads(out)
    assert (good["shape"], good["units"], good["speakers"], good["clock"]) == (
        "zoom_cloud_vtt",
        3,
        ["Anna", "Boris"],
        "offset",
    )
    assert set(bad) == {"file", "error"}
    assert err.count("\n") == 1


def test_the_command_line_prints_statements(tmp_path, capsys):
    (tmp_path / "good.vtt").write_text(VTT, encoding="utf-8")
    assert main([str(tmp_path / "good.vtt"), "--statements"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert set(first) == {"turn", "speaker", "role", "start", "end", "start_s", "end_s", "text"}
