"""Where sentences end: measured on labelled passages of our own making (synthetic)."""

from pathlib import Path

import pytest

from transcripts.sentences import is_cyrillic, sentence_spans

LABELLED = Path(__file__).parent / "labelled"
LEAST_RIGHT = {"sentences_en.txt": 134, "sentences_en_held_out.txt": 38, "sentences_ru.txt": 30}


def passages(name):
    """Each passage with the sentences that it is written to have."""
    lines = (LABELLED / name).read_text(encoding="utf-8").splitlines()
    return [(line.replace(" | ", " "), line.split(" | ")) for line in lines if line]


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize("name", LEAST_RIGHT)
def test_labelled_passages_are_cut_where_a_reader_cuts_them(name):
    right = sum(sentences(text) == wanted for text, wanted in passages(name))
    assert right >= LEAST_RIGHT[name]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Smith met Mr. J. R. Brown, e.g. in the U.S. Senate. It went well.", 2),
        ("No. 5 of the list. Why not? Because!", 3),
        ("It cost 3.5 million. “Too much.” She left.", 3),
        ("one sentence without an end", 1),
        ("small letters. with full stops. like a caption", 3),
    ],
)
def test_english_sentences(text, count):
    assert len(sentences(text)) == count


def test_the_script_decides_whatever_the_language_of_the_transcript():
    assert len(sentence_spans("Это стоит 5 млн. руб. и т. д. Им. А. С. Пушкина. Да!", "en")) == 3
    assert len(sentence_spans("We met at the U.S. Senate, e.g. in May. It went well.", "ru")) == 2


def test_a_foreign_word_does_not_change_the_script():
    assert is_cyrillic("Мы работаем в Telegram и VK")
    assert not is_cyrillic("The word is «кадры», that is staff, as everybody says")
    assert not is_cyrillic("1, 2, 3")


def test_a_quotation_stays_whole():
    assert sentences("He said: “It is wrong. It always was.” Then he left.") == [
        "He said: “It is wrong. It always was.”",
        "Then he left.",
    ]
