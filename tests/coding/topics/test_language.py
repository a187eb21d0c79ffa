"""spaCy's frame: sentence ends, tokens and lemmas of Russian, English and texts of both."""

import subprocess
import sys

import pytest

from coding.topics import language


@pytest.mark.parametrize(
    ("frame", "text", "sentences"),
    [
        (
            "ru",
            "Он живёт в г. Москве. За 5 тыс. руб. купили карты, планы и т. д. для архива. А дальше?",
            ["Он живёт в г. Москве.", "За 5 тыс. руб. купили карты, планы и т. д. для архива.", "А дальше?"],
        ),
        ("ru", "Подписал А. С. Иванов. Всё.", ["Подписал А. С. Иванов.", "Всё."]),
        ("en", "Dr. Smith came at 5 p.m. on Monday. Nobody was there.", ["Dr. Smith came at 5 p.m. on Monday.", "Nobody was there."]),
        ("xx", "データは重要です。次の質問です。", ["データは重要です。", "次の質問です。"]),
        ("ru", "Портал работает. The portal works. Всё хорошо.", ["Портал работает.", "The portal works.", "Всё хорошо."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(frame, text, sentences):
    assert [each.text.strip() for each in language.pipeline(frame)(text).sents] == sentences


@pytest.mark.parametrize("frame", language.LANGUAGES)
def test_the_script_of_each_word_decides_on_its_lemma(frame):
    doc = language.pipeline(frame)("Registers of открытых данных were ещё better")
    assert [each.lemma_ for each in doc] == ["register", "of", "открытый", "данные", "be", "еще", "good"]


@pytest.mark.parametrize("frame", language.LANGUAGES)
def test_hyphens_join_words_and_underscores_and_slashes_part_them(frame):
    doc = language.pipeline(frame)("веб-портал e-government data_set портал/МФЦ")
    words = ["веб-портал", "e-government", "data", "_", "set", "портал", "/", "МФЦ"]
    assert [each.text for each in doc] == words


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("сотрудниками", "сотрудник"),
        ("ещё", "еще"),
        ("данные", "данные"),
        ("registers", "register"),
        ("better", "good"),
        ("МФЦ", "мфц"),
    ],
)
def test_lemmas_of_both_languages(word, lemma):
    assert language.lemma(word) == lemma


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("", ""), ("Ёлка", "елка"), ("x" * 5_000, "x" * 5_000), ("сверх" * 2_000, "сверх" * 2_000), ("数据", "数据")],
    ids=["empty", "yo", "long Latin", "long Cyrillic", "Chinese"],
)
def test_words_that_are_none_are_their_own_lemma(word, lemma):
    assert language.lemma(word) == lemma


def test_every_sentence_of_a_long_text_is_marked():
    doc = language.pipeline("ru")("Слово и дело. " * 1_000)
    assert sum(1 for _sentence in doc.sents) == 1_000


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("Портал", "ru"),
        ("The портал", "ru"),
        ("The portal and я", "en"),
        ("δεδομένα", "xx"),
        ("", "xx"),
        ("🎉 5", "xx"),
    ],
)
def test_the_letters_of_a_text_say_whose_rules_cut_it(text, frame):
    assert language.language_of(text) == frame


@pytest.mark.parametrize("value", [None, float("nan"), 5, b"bytes", ["list"]])
def test_what_is_no_text_is_an_empty_one(value):
    assert language.as_text(value) == ""


def test_half_a_surrogate_pair_does_not_stop_spacy():
    assert len(language.pipeline("ru")(language.as_text("да\ud800нет"))) == 2


def test_importing_the_modules_loads_neither_spacy_nor_dictionaries():
    code = (
        "import sys, coding.topics.language, coding.topics.stop_words, coding.topics.terms, coding.topics.keyness, "
        "coding.topics.vocabulary, coding.topics.topic_words; "
        "print([each for each in ('spacy', 'pymorphy3', 'simplemma', 'sklearn', 'scipy') if each in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
