"""Studies are created with the starter's codebook, guide and groups; renamed, put away, and deleted on purpose."""

import pytest

from survey_app.actions.studies import (
    StudyProblem,
    add_coder,
    archive_study,
    choose,
    create_study,
    delete_study,
    need_study,
    rename_coder,
    rename_study,
)
from survey_app.store import codes, studies
from survey_app.store.log import Gone


def sizes(store, study):
    with store.reading() as connection:
        return studies.sizes(connection, study["id"])


def test_a_new_study_brings_codebook_guide_groups_and_its_first_coder(fresh_store):
    study = create_study(fresh_store, "", title_en="Digital services", title_ru="Цифровые услуги", language="ru")
    assert study["slug"] == "digital-services"
    assert study["language"] == "ru"
    with fresh_store.reading() as connection:
        found = codes.codes(connection, study["id"])
        assert len(studies.groups(connection, study["id"])) == 8
        assert [coder["key"] for coder in studies.coders(connection, study["id"])] == ["A"]
        assert {row["key"] for row in studies.segmentations(connection, study["id"])} >= {"by_sector", "by_level"}
    assert sum(row["parent_id"] is not None for row in found) == 43
    assert sum(row["parent_id"] is None for row in found) == 6


def test_a_title_in_one_language_is_enough(fresh_store):
    assert create_study(fresh_store, "", title_ru="Панель")["slug"] == "panel"
    with pytest.raises(StudyProblem, match="needs a title"):
        create_study(fresh_store, "", title_en="  ", title_ru="")


def test_two_studies_of_one_title_have_two_names(fresh_store):
    names = [create_study(fresh_store, "", title_en="Panel")["slug"] for _time in range(3)]
    assert names == ["panel", "panel-2", "panel-3"]


def test_a_name_that_is_taken_is_refused_with_a_sentence(fresh_store):
    create_study(fresh_store, "", title_en="Panel")
    with pytest.raises(StudyProblem, match="already a study named panel"):
        create_study(fresh_store, "", title_en="Another", slug="panel")


def test_a_title_without_letters_still_gets_a_name(fresh_store):
    assert create_study(fresh_store, "", title_en="!!!")["slug"] == "study"


def test_renaming_keeps_the_name_in_addresses(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    rename_study(fresh_store, "", study["id"], title_en="Round table", title_ru="Круглый стол")
    renamed = need_study(fresh_store, "panel")
    assert (renamed["title_en"], renamed["title_ru"]) == ("Round table", "Круглый стол")
    with pytest.raises(StudyProblem, match="needs a title"):
        rename_study(fresh_store, "", study["id"], title_en="", title_ru=" ")


def test_an_archived_study_leaves_the_list_and_comes_back_whole(store):
    study = need_study(store, "demo-en")
    before = sizes(store, study)
    archive_study(store, "", study["id"], archived=True)
    with store.reading() as connection:
        assert [row["slug"] for row in studies.all_studies(connection)] == ["demo-ru"]
        assert [row["slug"] for row in studies.all_studies(connection, archived=True)] == ["demo-en"]
    archive_study(store, "", study["id"], archived=False)
    assert sizes(store, study) == before


def test_a_study_is_deleted_only_when_its_name_was_typed(store):
    study = need_study(store, "demo-en")
    with pytest.raises(StudyProblem, match="Nothing was deleted"):
        delete_study(store, study, "demo")
    assert need_study(store, "demo-en") == study
    delete_study(store, study, " demo-en ")
    with pytest.raises(StudyProblem, match="no study named"):
        need_study(store, "demo-en")


def test_what_is_done_to_a_study_that_was_deleted_meanwhile_gets_a_sentence(store):
    study = need_study(store, "demo-en")
    delete_study(store, study, "demo-en")
    with pytest.raises(Gone, match="no longer there"):
        rename_study(store, "", study["id"], title_en="Late", title_ru="")


def test_coders_get_the_next_free_letter(store):
    study = need_study(store, "demo-en")
    assert add_coder(store, "A", study["id"], "Dora") == "D"
    with store.reading() as connection:
        dora = studies.coders(connection, study["id"])[-1]
    rename_coder(store, "A", study["id"], dora["id"], " Dora Field ")
    with store.reading() as connection:
        assert [(row["key"], row["name"]) for row in studies.coders(connection, study["id"])][-1] == (
            "D",
            "Dora Field",
        )


def test_the_27th_coder_is_aa(fresh_store):
    study = create_study(fresh_store, "", title_en="Crowd")
    assert [add_coder(fresh_store, "", study["id"], "") for _time in range(26)][-1] == "AA"


def test_choices_are_kept_beside_each_other(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    choose(fresh_store, "", study["id"], segmentation="by_sector")
    choose(fresh_store, "", study["id"], layer="adjudicated")
    assert need_study(fresh_store, "panel")["choices"] == {"segmentation": "by_sector", "layer": "adjudicated"}
