"""Many statements: what is in the sample, where the others go, what is refused; with limits made small."""

import numpy as np
import pytest
from sklearn.metrics import normalized_mutual_info_score

from coding.topics import embeddings, large, models
from coding.topics.job import as_json
from coding.topics.model import fit_topics
from coding.topics.result import LEFT_OUT, StatementText, TooLittleMemory
from coding.topics.terms import Reading
from coding.topics.texts import Text
from tests.bench.synthetic import answers


def texts_of(groups, codes=lambda _row: ()):
    """A text a row, each said by one of its group."""
    return [
        Text(f"text {row}", Reading((), (), ()), (StatementText(str(row), f"text {row}", group, codes=codes(row)),))
        for row, group in enumerate(groups)
    ]


@pytest.fixture
def small_limits(monkeypatch):
    """A sample of 200, placed in portions of 90 by 32."""
    monkeypatch.setattr(large, "LIMIT", 200)
    monkeypatch.setattr(large, "FEWEST_OF_GROUP", 10)
    monkeypatch.setattr(large, "PORTION", 90)
    monkeypatch.setattr(large, "COMPARED", 32)


def test_up_to_the_limit_all_are_modelled_in_their_order():
    texts = texts_of(["a"] * 50)
    assert large.sampled(texts, 0) == texts


def test_every_group_is_in_the_sample_with_its_share_or_its_fewest(small_limits):
    texts = texts_of(["many"] * 880 + ["some"] * 100 + ["few"] * 15 + ["rare"] * 5)
    ordered = large.sampled(texts, 0)
    assert sorted(each.text for each in ordered) == sorted(each.text for each in texts)
    sample = [each.statements[0].group for each in ordered[:200]]
    assert sample.count("rare") == 5
    assert sample.count("few") == 10
    assert 20 <= sample.count("some") <= 30
    assert sample.count("many") == pytest.approx(160, abs=5)


def test_the_sample_is_the_same_for_the_same_seed(small_limits):
    texts = texts_of(["a"] * 900 + ["b"] * 100)
    assert large.sampled(texts, 1) == large.sampled(texts, 1)
    assert large.sampled(texts, 1) != large.sampled(texts, 2)


def test_more_groups_than_the_sample_has_room_for_stay_within_it(small_limits):
    ordered = large.sampled(texts_of([str(row % 150) for row in range(600)]), 0)
    assert len({each.statements[0].group for each in ordered[:200]}) == 150


def test_what_is_coded_comes_into_the_sample_first(small_limits):
    texts = texts_of(["a"] * 1_000, lambda row: ("code",) if row % 20 == 0 else ())
    sample = large.sampled(texts, 0, coded_first=True)[:200]
    assert sum(bool(each.statements[0].codes) for each in sample) == 50


@pytest.mark.slow
@pytest.mark.xdist_group("topics")
def test_the_others_are_placed_in_their_topics_and_all_levels_know_them(models_folder, small_limits):
    statements, topics = answers(640, "ru")
    silent = [StatementText("x", "Да."), StatementText("y", "Ну вот.")]
    twin = StatementText("z", statements[0].text, "experts", "somebody")
    result = fit_topics([*statements, *silent, twin], n_topics=8, cache_folder=models_folder)
    assert result.n == 643
    assert any("a sample of 200 of 640 different statements" in str(notice) for notice in result.notices)
    topic_of = {each.statement_id: each.topic for each in result.assignments}
    assert {topic_of["x"], topic_of["y"]} == {LEFT_OUT}
    assert topic_of["z"] == topic_of[statements[0].id]
    assert normalized_mutual_info_score(topics, [topic_of[each.id] for each in statements]) > 0.8
    assert sum(topic.size for topic in result.topics) == 641
    for level in result.levels:
        assert sum(topic.size for topic in level.topics) == 641
    assert all(0 <= each.probability <= 1 for each in result.assignments)
    assert np.mean([each.probability for each in result.assignments]) > 0.8
    assert len(result.places) == len(result.leaves.of_statement) == 643
    assert result == fit_topics([twin, *silent, *statements[::-1]], n_topics=8, cache_folder=models_folder)


@pytest.mark.slow
@pytest.mark.xdist_group("topics")
def test_a_large_answer_has_short_figures_for_every_level(models_folder, small_limits):
    statements, _topics = answers(400, "ru")
    answer = as_json(fit_topics(statements, n_topics=8, cache_folder=models_folder))
    for level in answer["levels"]:
        assert len(level["together"]) == 400
        assert all(each == round(each, 2) for each in level["together"])


@pytest.mark.slow
@pytest.mark.xdist_group("topics")
def test_words_are_counted_over_all_statements_and_not_over_the_sample(models_folder, small_limits):
    statements, _topics = answers(600, "ru")
    result = fit_topics(statements, n_topics=8, cache_folder=models_folder)
    place = result.leaves.terms.index("интернет")
    counted = sum(leaf.get(place, 0) for leaf in result.leaves.counts)
    assert counted == sum("интернет" in each.text for each in statements)


@pytest.mark.slow
@pytest.mark.xdist_group("topics")
def test_many_statements_of_no_known_language_are_placed_by_spelling(models_folder, small_limits):
    words = [["δρόμος", "γέφυρα", "πεζοδρόμιο", "άσφαλτος"], ["σχολείο", "δάσκαλος", "μάθημα", "βιβλίο"]]
    statements = [
        StatementText(f"{one}{two}{three}{four}", f"{words[one][two]} {words[one][three]} αριθμός{'αβγδεζηθικ'[four]}")
        for one in range(2) for two in range(4) for three in range(4) for four in range(10)
    ]  # fmt: skip
    result = fit_topics(statements, n_topics=2, cache_folder=models_folder)
    assert result.model == "letters"
    assert sum(topic.size for topic in result.topics) == len(statements)
    assert result.quality.outliers == 0


def test_a_text_lies_in_the_space_of_spelling_where_an_equal_one_does():
    texts = ["δρόμος γέφυρα", "σχολείο δάσκαλος", "γέφυρα μάθημα", "βιβλίο δρόμος"]
    read = embeddings.reader(embeddings.LETTERS, texts, None)
    assert np.allclose(read(texts, lambda _share: None)[1:2], read(texts[1:2], lambda _share: None), atol=1e-6)


def test_the_estimate_lies_a_little_above_what_was_measured():
    """Peaks of processes that did nothing else: `docs/measurements.md`."""
    assert 990 <= large.needed_megabytes(1_004, models.ENGLISH) <= 1_250
    assert 1_420 <= large.needed_megabytes(10_000, models.RUSSIAN) <= 1_600
    assert 1_472 <= large.needed_megabytes(100_000, models.RUSSIAN) <= 1_900


def test_the_time_told_beforehand_is_about_what_was_measured():
    """Russian statements in a fresh process: 26.8, 49.6, 63.8 and 109.2 seconds (`docs/measurements.md`)."""
    for n, measured in ((1_000, 26.8), (10_000, 49.6), (30_000, 63.8), (100_000, 109.2)):
        assert measured <= large.needed_seconds(n, models.RUSSIAN, fresh=True) <= 1.3 * measured
    assert large.needed_seconds(300, models.RUSSIAN, fresh=False) == pytest.approx(4.1)
    assert large.needed_seconds(300, models.ENGLISH, fresh=True) == pytest.approx(31.2)


def test_more_than_there_is_memory_for_is_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(large, "available_megabytes", lambda: 0)
    choice = embeddings.for_language("en")
    with pytest.raises(TooLittleMemory, match=r"Topics of 10000000 statements take about \d+ MB of memory"):
        large.need_memory(10_000_000, choice)


def test_a_container_may_have_less_than_the_machine(monkeypatch, tmp_path):
    monkeypatch.setattr(large, "CONTAINER", tmp_path)
    free = large.available_megabytes()
    (tmp_path / "memory.max").write_text("300000000\n")
    (tmp_path / "memory.current").write_text("220000000\n")
    (tmp_path / "memory.stat").write_text("anon 100000000\ninactive_file 20000000\n")
    assert large.available_megabytes() == 100
    (tmp_path / "memory.max").write_text("max\n")
    assert large.available_megabytes() > min(free, 1_000) / 2
