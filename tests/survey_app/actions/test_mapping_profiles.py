"""Mappings of a study: kept under a name, replaced, forgotten; all in the log, all with the study's copy."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from survey_app.actions.mapping_profiles import delete_mapping, keep_mapping, mapping_profiles
from survey_app.actions.studies import create_study
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.profiles import Mapped, UnusableMapping
from survey_app.store import schema
from survey_app.store.belonging import tables_of_study
from survey_app.store.log import Gone
from survey_app.store.undo import last_done, turn_back

POINTS = ({"value": 1.0, "en": "low", "ru": "низко"}, {"value": 2.0, "en": "high", "ru": ""})
MAPPED = Mapped({"Mood?": Column("Mood?", "likert", "mood", ("Mood?", ""), points=POINTS)}, "id", "group", "Kobo")


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "A", title_en="Panel", language="en", slug="panel")


def kept(store, study):
    return {each.name: each.mapped for each in mapping_profiles(store, study["id"])}


def test_a_mapping_is_kept_and_comes_back(fresh_store, study):
    keep_mapping(fresh_store, "A", study["id"], "  Wave   one ", MAPPED)
    assert kept(fresh_store, study) == {"Wave one": replace(MAPPED, name="Wave one")}


def test_the_same_name_is_replaced(fresh_store, study):
    first = keep_mapping(fresh_store, "A", study["id"], "Wave", MAPPED)
    other = replace(MAPPED, respondent="code")
    assert keep_mapping(fresh_store, "A", study["id"], "Wave", other) == first
    assert kept(fresh_store, study)["Wave"].respondent == "code"


def test_a_mapping_is_forgotten_and_an_undo_brings_it_back(fresh_store, study):
    mapping = keep_mapping(fresh_store, "A", study["id"], "Wave", MAPPED)
    delete_mapping(fresh_store, "A", study["id"], mapping)
    assert not kept(fresh_store, study)
    with fresh_store.writing() as connection:
        turn_back(connection, last_done(connection, study["id"], "A", None, ["delete_mapping"]), "A")
    assert set(kept(fresh_store, study)) == {"Wave"}


def test_a_mapping_of_another_study_stays(fresh_store, study):
    other = create_study(fresh_store, "A", title_en="Other", language="en", slug="other")
    mapping = keep_mapping(fresh_store, "A", study["id"], "Wave", MAPPED)
    with pytest.raises(Gone):
        delete_mapping(fresh_store, "A", other["id"], mapping)
    assert not kept(fresh_store, other)
    assert set(kept(fresh_store, study)) == {"Wave"}


def test_a_mapping_needs_a_name(fresh_store, study):
    with pytest.raises(UnusableMapping, match="needs a name"):
        keep_mapping(fresh_store, "A", study["id"], "  ", MAPPED)


def test_what_other_hands_have_damaged_is_left_out(fresh_store, study):
    keep_mapping(fresh_store, "A", study["id"], "Wave", MAPPED)
    with fresh_store.writing() as connection:
        connection.execute(update(schema.mapping_profile).values(mapping={"columns": 3}))
    assert not kept(fresh_store, study)


def test_mappings_go_along_with_a_copy_of_the_study():
    assert schema.mapping_profile in tables_of_study()
