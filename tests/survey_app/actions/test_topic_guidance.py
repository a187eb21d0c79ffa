"""Around what topics may grow, and that a run tells it again."""

from collections import Counter

import pytest

from survey_app.actions.assigning import assign
from survey_app.actions.opening import open_comparison
from survey_app.actions.results import frames_of, topics_frame, waiting_runs
from survey_app.actions.studies import need_study
from survey_app.actions.topic_codes import found_topics
from survey_app.actions.topic_guidance import (
    AROUND_CODES,
    AROUND_DESCRIPTIONS,
    BY_THEMSELVES,
    codes_by_statement,
    descriptions,
    guidance_of,
    guided_by,
)
from survey_app.actions.topics import keep_topics, payload, topic_runs
from survey_app.store import schema
from tests.coding.topics.small_run import small_run


@pytest.fixture
def study(demo_store):
    return need_study(demo_store, "demo-en")


def test_statements_bring_the_codes_that_were_settled(demo_store, study):
    codes = codes_by_statement(demo_store, study["id"])
    statements = frames_of(demo_store, study["id"]).statements.set_index("statement_id")
    assert Counter(statements["source_kind"][list(codes)])["session"] == 200
    assert all(own == tuple(sorted(set(own))) and own for own in codes.values())
    assert any("prob.skills" in own for own in codes.values())


def test_the_codebook_describes_codes_in_the_language_of_the_study(demo_store, study):
    english = descriptions(demo_store, study)
    russian = descriptions(demo_store, need_study(demo_store, "demo-ru"))
    assert english.keys() == russian.keys() >= {"prob.skills"}
    assert not any("а" <= letter <= "я" for text in english["prob.skills"] for letter in text.lower())
    assert any("а" <= letter <= "я" for text in russian["prob.skills"] for letter in text.lower())


@pytest.mark.parametrize("guidance", [BY_THEMSELVES, AROUND_CODES, AROUND_DESCRIPTIONS])
def test_the_worker_is_told_how_and_the_record_says_it_again(demo_store, study, guidance):
    sent = payload(demo_store, study, guidance=guidance)
    assert sent["guided"] == (guidance != BY_THEMSELVES)
    assert any(each["codes"] for each in sent["statements"]) == sent["guided"]
    assert bool(sent["seed_topics"]) == (guidance == AROUND_DESCRIPTIONS)
    assert guidance_of({"guided": sent["guided"], "seed_topics": sent["seed_topics"]}) == guidance


@pytest.fixture
def guided(team):
    """A run without guidance, then one around the codes that the owner sees: (study, members, ids of the two)."""
    study, members = team
    owner, coder = members["owner"]
    plain = keep_topics(owner, coder["key"], study["id"], 1, small_run(record={"guided": False}))
    by = guided_by(owner, study["id"])
    around = small_run(record={"guided": True})
    around["levels"][0]["topics"][0]["grown_around"] = ["prob.skills"]
    return study, members, plain, keep_topics(owner, coder["key"], study["id"], 2, around, guided=by)


def readable(store, study, run_id=""):
    """Which run somebody gets, and whether there is anything of it."""
    run, assigned = topics_frame(store, study["id"], run_id)
    return (run and run["id"], not assigned.empty)


def test_which_codings_guide_is_kept_with_the_run(guided):
    study, members, _plain, around = guided
    owner = members["owner"][0]
    by = topics_frame(owner, study["id"], around)[0]["result"]["guided_by"]
    frames = frames_of(owner, study["id"])
    settled = frames.codings[frames.codings["layer"] == "adjudicated"]
    assert {(source, layer) for source, _coder, layer in by} == {(each, "adjudicated") for each in settled["source_id"]}
    assert len(by) == len({tuple(each) for each in by})


def test_whoever_codes_blind_reads_no_run_around_hidden_codings(guided):
    study, members, plain, around = guided
    coder, coder_row = members["coder"]
    assert readable(coder, study) == (plain, True)
    assert readable(coder, study, around) == (None, False)
    assert [row["id"] for row in topic_runs(coder, study["id"])] == [plain]
    assert found_topics(coder, study["id"], around) is None
    assert waiting_runs(coder, study["id"]) == 1
    for role in ("owner", "researcher", "reader"):  # they see what was settled
        assert readable(members[role][0], study) == (around, True)
        assert waiting_runs(members[role][0], study["id"]) == 0
    owner, row = members["owner"]
    texts = sorted({source for source, _coder, _layer in guided_by(owner, study["id"])})
    open_comparison(owner, row["key"], study["id"], texts, early=True)
    assert readable(coder, study) == (around, True)
    assign(owner, row["key"], study["id"], [coder_row["id"]], texts[:1])  # blind again, at one text only
    assert readable(coder, study, around) == (None, False)


def test_a_run_around_ones_own_codings_is_read_by_oneself_only(team):
    study, members = team
    owner, row = members["owner"]
    with owner.writing() as connection:
        connection.execute(schema.coding.delete().where(schema.coding.c.layer == "adjudicated"))
    by = guided_by(owner, study["id"])
    assert {(coder, layer) for _source, coder, layer in by} == {(row["key"], "coder")}
    run_id = keep_topics(owner, row["key"], study["id"], 2, small_run(record={"guided": True}), guided=by)
    assert readable(owner, study) == (run_id, True)
    for role in ("researcher", "coder", "reader"):
        assert readable(members[role][0], study) == (None, False)


def test_an_earlier_guided_run_waits_while_anything_is_hidden(guided):
    study, members, plain, around = guided
    owner = members["owner"][0]
    with owner.writing() as connection:
        table = schema.topic_run
        result = {**small_run(record={"guided": True})}
        connection.execute(table.update().where(table.c.id == around).values(result=result))
    assert readable(members["coder"][0], study) == (plain, True)
    assert readable(owner, study) == (plain, True)  # other coders' codings are hidden from the owner too
    assert readable(owner.acting(None), study) == (around, True)
