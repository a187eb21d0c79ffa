"""Around what topics may grow, and that a run tells it again."""

from collections import Counter

import pytest

from survey_app.actions.results import frames_of
from survey_app.actions.studies import need_study
from survey_app.actions.topic_guidance import (
    AROUND_CODES,
    AROUND_DESCRIPTIONS,
    BY_THEMSELVES,
    codes_by_statement,
    descriptions,
    guidance_of,
)
from survey_app.actions.topics import payload


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
