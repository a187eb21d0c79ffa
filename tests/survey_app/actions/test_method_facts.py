"""What a study knows of how it was done, on the demo whose numbers are known, and after changes of it."""

import pytest

from survey_app.actions.codebook import add_code
from survey_app.actions.form_links import make_links, use_form
from survey_app.actions.method_facts import method_facts
from survey_app.actions.results import segmentation
from survey_app.actions.studies import create_study, need_study
from survey_app.publishing.method_facts import Named
from survey_app.questionnaires.example import EXAMPLE
from survey_app.store import codes as code_rows
from survey_app.store import experts, schema, sources


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def facts_of(store, study, key="five_segments", **given):
    return method_facts(store, study, segmentation(store, study, key), **given)


def test_the_demo_s_numbers_are_the_known_ones(demo_store):
    facts = facts_of(demo_store, need_study(demo_store, "demo-en"), quotes=174)
    assert (facts.experts, facts.spoke, facts.repeated) == (20, 20, 0)
    assert (facts.sessions, facts.per_session, facts.chats, facts.documents) == (3, (6, 7), 3, 2)
    assert facts.days == ("2022-10-11", "2022-10-18")
    assert dict(facts.transcripts) == {"zoom": 3}
    assert facts.others == {"assistant": 3, "moderator": 3}
    assert (facts.statements, facts.coded, facts.coders, facts.adjudicated) == (280, 200, 3, True)
    assert (facts.codes, facts.roots, facts.after_texts) == (43, 6, 0)
    assert [each.count for each in facts.segments] == [5, 3, 4, 3, 5]
    assert [(each.label_en, each.count) for each in facts.major] == [
        ("Better quality and access of services", 11), ("Skills shortage among officials", 10),
    ]  # fmt: skip
    assert all(each.count < 5 for each in facts.minor)
    assert facts.questionnaires[0].answered == 20
    assert facts.quotes == 174
    assert "0.967" in facts.agreement.words["en"]
    assert "0,967" in facts.agreement.words["ru"]


def test_groups_of_two_are_not_named(demo_store):
    facts = facts_of(demo_store, need_study(demo_store, "demo-en"), "by_group")
    assert facts.segments
    assert all(each.count >= 3 for each in facts.segments)
    assert sum(each.count for each in facts.segments) <= 17  # what is left is enough to hide in


def test_an_empty_study_has_few_facts_and_no_trouble(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel", slug="panel")
    facts = facts_of(fresh_store, study, "by_group")
    assert (facts.title, facts.experts, facts.sessions, facts.minutes) == (Named("Panel", ""), 0, 0, ())
    assert facts.agreement is None
    assert facts.saturation.reason is not None


def test_a_code_made_after_the_first_transcript_is_told_apart(store, study):
    with store.writing() as connection:
        connection.execute(schema.source.update().values(created_at="2026-01-01T00:00:00+00:00"))
        connection.execute(schema.change.update().values(at="2025-12-31T00:00:00+00:00"))
        root = code_rows.codes(connection, study["id"])[0]
    add_code(store, "A", study["id"], parent_id=root["id"], label_en="New one")
    assert facts_of(store, study).after_texts == 1


def test_links_to_a_form_are_invitations(store, study):
    use_form(store, "A", study, EXAMPLE, "form")
    with store.reading() as connection:
        people = [row["id"] for row in experts.experts(connection, study["id"])][:4]
    make_links(store, "A", study["id"], people, "2027-06-01T00:00:00+00:00")
    form = facts_of(store, study).questionnaires[-1]
    assert (form.invited, form.answered, form.refused) == (4, 0, 0)


def test_who_speaks_in_two_sessions_is_one_expert(store, study):
    """A display name of the second session is confirmed to be an expert of the first."""
    with store.writing() as connection:
        speakers = [row for row in sources.speakers(connection, study["id"], "session") if row["role"] == "expert"]
        first = next(row for row in speakers if row["source_key"] == "S-A")
        other = next(row for row in speakers if row["source_key"] == "S-B")
        change = schema.speaker.update().where(schema.speaker.c.id == other["id"])
        connection.execute(change.values(expert_id=first["expert_id"]))
        connection.execute(schema.study.update().values(note="changed"))
        connection.execute(schema.change.insert().values(study_id=study["id"], verb="confirm", at=""))
    facts = facts_of(store, study)
    assert facts.repeated == 1
    assert facts.spoke == 19
