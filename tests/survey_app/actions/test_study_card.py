"""The study card: kept in parts, taken back in parts, whatever else the study chooses."""

import pytest

from survey_app.actions.studies import choose, need_study, rename_study
from survey_app.actions.study_card import fill_study_card, study_card, undo_study_card
from survey_app.publishing.study_card import Author, Card, CardProblem
from survey_app.store.undo import UndoRefused


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def filled(**words):
    return Card({key: (text, "") for key, text in words.items()})


def test_a_new_study_s_card_is_empty(store, study):
    assert study_card(store, study["id"]) == Card()


def test_what_is_filled_in_is_there_afterwards_beside_other_choices(store, study):
    fill_study_card(store, "A", study["id"], filled(ethics="Approved."), seen=Card())
    assert study_card(store, study["id"]) == filled(ethics="Approved.")
    assert need_study(store, "demo-en")["choices"]["segmentation"] == "five_segments"


def test_two_tabs_that_began_with_the_same_card_lose_nothing_of_each_other(store, study):
    fill_study_card(store, "A", study["id"], filled(ethics="Approved."), seen=Card())
    fill_study_card(store, "B", study["id"], filled(funding="None."), seen=Card())
    assert study_card(store, study["id"]) == filled(ethics="Approved.", funding="None.")


def test_what_is_refused_changes_nothing(store, study):
    with pytest.raises(CardProblem):
        fill_study_card(store, "A", study["id"], Card(doi="here"), seen=Card())
    assert study_card(store, study["id"]) == Card()


def test_an_undo_takes_back_the_own_last_change_of_the_card_alone(store, study):
    fill_study_card(store, "A", study["id"], filled(ethics="Approved."), seen=Card())
    fill_study_card(store, "A", study["id"], filled(ethics="Waived."), seen=filled(ethics="Approved."))
    fill_study_card(store, "B", study["id"], Card(authors=(Author("Ivanova"),)), seen=Card())
    choose(store, "A", study["id"], segmentation="by_group")
    rename_study(store, "A", study["id"], title_en="Panel", title_ru="")
    assert undo_study_card(store, "A", study["id"])
    assert study_card(store, study["id"]).words == {"ethics": ("Approved.", "")}
    assert undo_study_card(store, "A", study["id"])
    assert not undo_study_card(store, "A", study["id"])
    assert study_card(store, study["id"]) == Card(authors=(Author("Ivanova"),))
    after = need_study(store, "demo-en")
    assert (after["choices"]["segmentation"], after["title_en"]) == ("by_group", "Panel")


def test_an_undo_is_refused_where_somebody_has_written_over_it(store, study):
    fill_study_card(store, "A", study["id"], filled(ethics="Approved."), seen=Card())
    fill_study_card(store, "B", study["id"], filled(ethics="Waived."), seen=filled(ethics="Approved."))
    with pytest.raises(UndoRefused):
        undo_study_card(store, "A", study["id"])
    assert study_card(store, study["id"]) == filled(ethics="Waived.")
