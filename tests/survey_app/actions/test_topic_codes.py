"""Topics beside the codebook: only what may be seen counts, and a code of a topic codes nothing."""

from dataclasses import replace

import pytest

from coding.counts import mentions
from survey_app.actions.assigning import assign
from survey_app.actions.codebook_undo import undo_codebook
from survey_app.actions.memos import memo_on
from survey_app.actions.results import Layer, frames_of
from survey_app.actions.rights import NotPermitted
from survey_app.actions.sampling import SampleRefused, coverage, samples_of
from survey_app.actions.studies import need_study
from survey_app.actions.topic_codes import beside_codes, code_of_topic, found_topics
from survey_app.actions.topics import keep_topics, what_experts_said
from survey_app.store import codes, samples, studies
from tests.survey_app.views.topic_runs import topic

ADJUDICATED = Layer("adjudicated")


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def run_of(store, study, of_statement):
    """Store a run in which `of_statement` says the topic of each statement by its row."""
    said = what_experts_said(store, study)
    numbers = [of_statement(row) for row in said.itertuples()]
    topics = [
        topic(number, numbers.count(number), [f"word{number}", "portal"], [number])
        for number in sorted(set(numbers) - {-1})
    ]
    result = {
        "n": len(said), "model": "a model", "seed": 3, "topics": topics, "quality": {}, "notices": [],
        "assignments": [
            {"statement_id": each, "topic": number, "probability": 1.0}
            for each, number in zip(said["statement_id"], numbers, strict=True)
        ],
    }  # fmt: skip
    return keep_topics(store, "A", study["id"], 3, result)


@pytest.fixture
def coded_or_not(store, study):
    """Topic 0 is what has a code, topic 1 what has none: 200 and 80 of the demo's 280 statements."""
    coded = set(mentions(frames_of(store, study["id"]))["statement_id"])
    run_of(store, study, lambda row: int(row.statement_id not in coded))
    return found_topics(store, study["id"])


def laid(store, study, found, layer=ADJUDICATED):
    return beside_codes(store, study["id"], found, frames_of(store, study["id"]), layer)


def test_a_topic_of_what_nobody_coded_is_lacking_with_its_statements_and_people(store, study, coded_or_not):
    beside = laid(store, study, coded_or_not)
    [row] = beside.lacking.to_dict("records")
    assert (row["topic"], row["statements"], row["uncoded"]) == (1, 80, 80)
    assert len(beside.uncoded[1]) == 80
    assert row["experts"] == frames_of(store, study["id"]).statements.set_index("statement_id").loc[
        beside.uncoded[1], "expert_id"
    ].nunique()  # fmt: skip
    assert beside.left_out == 0
    assert beside.likeness.statements == 200


def test_codings_that_may_not_be_seen_make_no_topic_lacking(team, unopened):
    """Whoever codes a text blind sees none of its adjudicated codings: the text is not judged, instead of being bare."""
    study, members = team
    store, coder = members["researcher"]
    run_of(unopened, study, lambda row: 0)
    source = what_experts_said(unopened, study)["source_id"].iloc[0]
    assign(unopened, "A", study["id"], [coder["id"]], [source])
    found = found_topics(store, study["id"])
    frames = frames_of(store, study["id"])
    beside = beside_codes(store, study["id"], found, frames, ADJUDICATED)
    seen = frames.codings[frames.codings["layer"] == "adjudicated"]
    assert source not in set(seen["source_id"])
    here = what_experts_said(unopened, study)
    assert beside.left_out >= int((here["source_id"] == source).sum()) > 0
    assert not set(here.loc[here["source_id"] == source, "statement_id"]) & {
        each for several in beside.uncoded.values() for each in several
    }


def test_texts_that_the_layer_has_no_coding_in_are_left_out_and_said(store, study, coded_or_not):
    frames = frames_of(store, study["id"])
    one = frames.codings[frames.codings["layer"] == "adjudicated"]["source_id"].iloc[0]
    fewer = replace(frames, codings=frames.codings[frames.codings["source_id"] == one])
    beside = beside_codes(store, study["id"], coded_or_not, fewer, ADJUDICATED)
    assert {frames.statements.set_index("statement_id")["source_id"][each] for each in beside.uncoded[1]} == {one}
    assert beside.left_out == 280 - int((what_experts_said(store, study)["source_id"] == one).sum())


def test_coders_look_at_topics_and_make_no_codes_and_readers_see_none(team, unopened):
    study, members = team
    run_of(unopened, study, lambda row: 0)
    coder, reader = members["coder"][0], members["reader"][0]
    found = found_topics(coder, study["id"])
    assert len(found.topics) == 1
    root = next(row for row in all_codes(unopened, study) if row["parent_id"] is None)
    with pytest.raises(NotPermitted):
        code_of_topic(coder, "A", study["id"], "", found=found, topic=0, parent_id=root["id"], label_en="Mine")
    with pytest.raises(NotPermitted):
        found_topics(reader, study["id"])


def test_a_code_of_a_topic_codes_nothing_and_keeps_its_statements_as_a_sample(store, study, coded_or_not):
    root = next(row for row in all_codes(store, study) if row["parent_id"] is None)
    before = len(frames_of(store, study["id"]).codings)
    coder = coder_of(store, study)
    made = {
        "found": coded_or_not, "topic": 1, "parent_id": root["id"], "label_en": "Small talk", "memo": "why",
    }  # fmt: skip
    assert code_of_topic(store, "A", study["id"], coder["id"], **made) == 80
    assert len(frames_of(store, study["id"]).codings) == before
    code = next(row for row in all_codes(store, study) if row["label_en"] == "Small talk")
    assert code["codings"] == 0
    assert memo_on(store, study["id"], coder["id"], "code", code["id"]) == "why"
    sample = next(row for row in samples_of(store, study["id"]) if row["name"] == "Small talk")
    assert sample["size"] == 80
    assert sample["plan"]["suggested"] == {"code_id": code["id"], "run_id": coded_or_not.run["id"], "topic": 1}
    with store.reading() as connection:
        assert samples.statements_of(connection, sample["id"]) == coded_or_not.statements_of(1)
    assert coverage(store, study["id"], sample["id"])["chosen"].sum() == 80


def test_a_second_sample_of_the_same_name_gets_a_number_and_the_code_can_be_undone(store, study, coded_or_not):
    root = next(row for row in all_codes(store, study) if row["parent_id"] is None)
    made = {"found": coded_or_not, "topic": 0, "parent_id": root["id"], "label_en": "Talk"}
    code_of_topic(store, "A", study["id"], "", **made)
    assert undo_codebook(store, "A", study["id"]).verb == "add_code"
    assert "Talk" not in [row["label_en"] for row in all_codes(store, study)]
    code_of_topic(store, "A", study["id"], "", **made)
    assert {"Talk", "Talk (2)"} <= {row["name"] for row in samples_of(store, study["id"])}


def test_topics_that_have_changed_since_make_no_code(store, study, coded_or_not):
    root = next(row for row in all_codes(store, study) if row["parent_id"] is None)
    changed = replace(coded_or_not, run=coded_or_not.run | {"result": {"topics": [topic(1, 3, ["before"], [])]}})
    before = len(all_codes(store, study))
    with pytest.raises(SampleRefused):
        code_of_topic(store, "A", study["id"], "", found=changed, topic=1, parent_id=root["id"], label_en="Late")
    assert len(all_codes(store, study)) == before


def test_a_topic_without_a_statement_to_code_makes_no_code(store, study, coded_or_not):
    root = next(row for row in all_codes(store, study) if row["parent_id"] is None)
    with pytest.raises(SampleRefused):
        code_of_topic(store, "A", study["id"], "", found=coded_or_not, topic=7, parent_id=root["id"], label_en="None")
    assert "None" not in [row["label_en"] for row in all_codes(store, study)]


def all_codes(store, study):
    with store.reading() as connection:
        return codes.codes(connection, study["id"])


def coder_of(store, study):
    with store.reading() as connection:
        return studies.coders(connection, study["id"])[0]
