"""A study as frames: keys instead of ids, texts cut from their source, nobody counted who is no expert."""

import pytest

from coding.counts import code_counts, expert_statements
from coding.segments import by_groups
from survey_app.actions.codebook import add_code, archive_code
from survey_app.actions.results import frames_of
from survey_app.actions.studies import create_study, need_study
from survey_app.store import codes, schema, sources, studies


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def applications(store, study, code):
    frames = frames_of(store, study["id"])
    found = code_counts(frames, by_groups(frames.groups))
    return int(found[(found["code_id"] == code) & (found["segment"] == "all")]["k"].iloc[0])


def test_the_demo_is_280_statements_of_20_experts_in_either_language(demo_store):
    for slug in ("demo-en", "demo-ru"):
        frames = frames_of(demo_store, need_study(demo_store, slug)["id"])
        spoken = expert_statements(frames)
        assert len(spoken) == 280
        assert spoken["expert_id"].nunique() == 20


def test_a_statement_is_cut_from_the_text_of_its_source(demo_store):
    study = need_study(demo_store, "demo-ru")
    frames = frames_of(demo_store, study["id"])
    with demo_store.reading() as connection:
        for source in sources.sources(connection, study["id"], "session"):
            text = sources.source(connection, source["id"])["text"]
            own = frames.statements[frames.statements["source_id"] == source["id"]]
            assert [text[row.start : row.end] for row in own.itertuples()] == list(own["text"])


def test_codings_of_a_code_out_of_use_still_count(store, study):
    with store.reading() as connection:
        by_key = {row["key"]: row["id"] for row in codes.codes(connection, study["id"])}
    before = applications(store, study, "prob.skills")
    archive_code(store, "A", study["id"], by_key["prob.skills"], archived=True)
    assert applications(store, study, "prob.skills") == before == 10


def test_a_code_out_of_use_that_nobody_used_is_not_shown_as_zero(store, study):
    with store.reading() as connection:
        root = next(row["id"] for row in codes.codes(connection, study["id"]) if row["key"] == "prob")
    new = add_code(store, "A", study["id"], parent_id=root, label_en="Weather")
    assert "prob.weather" in set(frames_of(store, study["id"]).codes["code_id"])
    archive_code(store, "A", study["id"], new, archived=True)
    assert "prob.weather" not in set(frames_of(store, study["id"]).codes["code_id"])


def test_the_frames_are_read_again_after_a_change_and_only_then(store, study):
    first = frames_of(store, study["id"])
    assert frames_of(store, study["id"]) is first
    with store.change(study["id"], "A", "touch") as change:
        group = studies.groups(change.connection, study["id"])[0]
        change.update(schema.stakeholder_group, group["id"], label_en="Renamed")
    assert frames_of(store, study["id"]).groups["label_en"].iloc[0] == "Renamed"


def test_an_empty_study_has_every_frame_with_its_columns(fresh_store):
    frames = frames_of(fresh_store, create_study(fresh_store, "", title_en="Empty")["id"])
    assert [len(frames.statements), len(frames.experts), len(frames.codings), len(frames.answers)] == [0, 0, 0, 0]
    assert len(frames.items) == 0
    assert len(frames.codes) == 49
    assert code_counts(frames, by_groups(frames.groups))["k"].sum() == 0
