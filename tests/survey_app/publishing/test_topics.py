"""Topics in a release: only what several experts say, as k of n and as words, and never a single statement."""

import json

import pytest

from survey_app.actions.gate import Own, gate
from survey_app.actions.released_topics import topics_to_release
from survey_app.actions.studies import need_study
from survey_app.actions.topics import keep_topics, what_experts_said
from survey_app.publishing.public_page import page
from survey_app.publishing.topics import ReleasedTopics, publishable
from tests.survey_app.publishing.small_study import SAID, frames, freeze
from tests.survey_app.views.topic_runs import assigned, old, result, topic


def released(run):
    return ReleasedTopics(run, assigned(run))


@pytest.fixture(scope="module")
def snapshot():
    return freeze(frames(), found=released(result()))


def test_only_topics_of_enough_experts_are_told_and_words_that_as_many_say():
    """Topic 0 is of three experts; "late" is the one word of it that three of them say."""
    [kept] = publishable(frames(), released(result()), 3)
    assert (kept["topic"], kept["words"]) == (0, ["late"])
    assert [each["topic"] for each in publishable(frames(), released(result()), 1)] == [0, 1, 2]


def test_a_phrase_is_told_where_enough_experts_say_it_as_a_whole():
    run = result(topics=[topic(0, 3, ["late", "late again"], [0, 1])])
    assert publishable(frames(), released(run), 1)[0]["words"] == ["late", "late again"]
    assert publishable(frames(), released(run), 2)[0]["words"] == ["late"]


def test_topics_by_segments_are_k_of_n_in_both_languages(snapshot):
    for language in ("en", "ru"):
        told = snapshot.content[language]["topics"]
        [by] = told["by"]
        [row] = by["table"]["rows"]
        assert row["cells"] == ["late", "2/3", "1/3", "3/6", 3]
        assert by["cells"] == [["0", "a", 2, 3], ["0", "b", 1, 3], ["0", "all", 3, 6]]
        assert "%" not in by["finding"]
        assert [panel["table"]["rows"][0]["cells"] for panel in told["words"]["panels"]] == [["late", "3", "3"]]


def test_a_release_holds_no_map_no_statement_and_nobody(snapshot):
    held = json.dumps(snapshot.content["en"]["topics"])
    for name, expert, text, _codes in SAID:
        assert text not in held
        assert f'"{expert}"' not in held
        assert f'"{name}"' not in held
    assert "rude" not in held  # a word of a topic of one expert


def test_the_page_has_a_chapter_of_topics_and_says_what_they_are(snapshot):
    html = page(snapshot)
    assert html.count('id="en/topics"') == html.count('id="ru/topics"') == 1
    assert 'href="#en/topics"' in html
    assert "Topics are its proposal, not codings" in html


def test_a_release_without_topics_is_as_it_was():
    bare = freeze(frames())
    assert bare.content["en"]["topics"] is None
    assert "/topics" not in page(bare)


def test_a_run_without_counts_of_words_is_told_by_segments_alone():
    told = freeze(frames(), found=released(old(result()))).content["en"]["topics"]
    assert told["words"] is None
    assert told["by"][0]["table"]["rows"]


def test_topics_of_too_few_experts_leave_no_trace():
    run = result(topics=[topic(2, 1, ["rude"], [3])])
    content = freeze(frames(), found=released(run)).content["en"]
    assert content["topics"] is None
    assert "vectors" not in json.dumps(content["method"])


def test_a_word_that_is_also_a_name_of_the_roster_shuts_the_gate_until_it_is_confirmed(store):
    study = need_study(store, "demo-en")
    assert topics_to_release(store, study) is None
    said = what_experts_said(store, study)
    words = ["vera", "data"]
    run = result(
        topics=[topic(0, len(said), words, [0])],
        assignments=[{"statement_id": each, "topic": 0, "probability": 1.0} for each in said["statement_id"]],
    )
    keep_topics(store, "A", study["id"], 3, run)
    merged = ["by_group"]
    bare = gate(store, study, merged)
    told = gate(store, study, merged, own=Own(with_topics=True))
    assert ("vera" in told.doubtful, "vera" in bare.doubtful) == (True, False)
    assert any("“vera” in the names and words of topics" in str(reason) for reason in told.reasons)
    sure = gate(store, study, merged, own=Own(with_topics=True, accepted=frozenset({"vera"})))
    assert not any("“vera”" in str(reason) for reason in sure.reasons)
