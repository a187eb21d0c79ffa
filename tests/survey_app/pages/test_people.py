"""Experts on screen: the roster and its groups, who is who, consent, groups and their mergings."""

import pandas as pd
import pytest

from survey_app.actions.bringing_in import recognise_path
from survey_app.actions.demo import DEMO
from survey_app.actions.people import import_roster, merges
from survey_app.actions.storing import bring_in_files
from survey_app.actions.studies import create_study, need_study
from survey_app.components.who_is_who import decisions
from survey_app.rosters.roster import Roster, RosterPerson
from survey_app.store import experts, sources, studies
from tests.conftest import CORPORA
from tests.survey_app.pages.opening import button, open_page, press, problems, russian, sound, words

ROSTER = ("roster.csv", (DEMO / "experts.csv").read_bytes(), "text/csv")
OWN = (
    "own.csv",
    b"name,role,group\nAnna Orlova,expert,Drivers\nBoris Utkin,expert,Owners\nVera,moderator,\n",
    "text/csv",
)


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "", title_en="Panel")


def drop(app, *file):
    app.file_uploader[0].set_value(tuple(file))
    return sound(app.run())


def people(store, study):
    with store.reading() as connection:
        return {row["key"]: row for row in experts.experts(connection, study["id"])}


def groups(store, study):
    with store.reading() as connection:
        return {row["key"]: row for row in studies.groups(connection, study["id"])}


def names(store, study):
    with store.reading() as connection:
        return {row["display_name"]: row for row in sources.speakers(connection, study["id"])}


def table(app, column):
    return next(one.value for one in app.dataframe if column in one.value.columns)


def bring_session(store, study, name="S-A"):
    bring_in_files(store, "", study, [recognise_path(store, study["id"], DEMO / "transcripts" / f"{name}_en.vtt")])


# ------------------------------------------------------------------ the roster
@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_empty_study_says_what_a_roster_is(study, language):
    app = open_page("people", "panel", language)
    assert app.title[0].value == (russian("Experts") if language == "ru" else "Experts")
    assert app.file_uploader[0].label == (russian("Roster of experts") if language == "ru" else "Roster of experts")


def test_the_demos_roster_is_mapped_looked_at_and_imported(fresh_store, study):
    app = drop(open_page("people", "panel"), *ROSTER)
    mapped = {one.label: one.value for one in app.selectbox}
    assert mapped["Expert's id"] == "expert_id"
    assert mapped["Stakeholder group"] == "group"
    assert mapped["Consent to be quoted"] == "consent_quotes"
    assert len(table(app, "Stakeholder group")) == 20
    assert people(fresh_store, study) == {}
    press(app, "Import 20 experts")
    assert len(people(fresh_store, study)) == 20
    assert people(fresh_store, study)["F1"]["consent"] == "after_review"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02\x03", "is not a table"),
        (b"<html><body>Sign in</body></html>", "is a web page"),
        (b"name,town\nAnna,Here\n", "no column with the stakeholder group"),
        (b"id,name,group\nL1,Anna,loc\nL1,Boris,reg\n", "have the same id, L1"),
        (b"name,group,role\nAnna,loc,secretary\n", "is not a role"),
    ],
)
def test_an_unusable_roster_gets_one_sentence_and_stores_nothing(fresh_store, study, content, says):
    app = drop(open_page("people", "panel"), "roster.csv", content or b" ", "text/csv")
    assert len(problems(app)) == 1
    assert says in problems(app)[0]
    assert not [one for one in app.button if "Import" in one.label]
    assert people(fresh_store, study) == {}


def test_the_sentence_is_russian_in_russian(study):
    app = drop(open_page("people", "panel", "ru"), "roster.csv", b"name,town\nAnna,Here\n", "text/csv")
    sentence = "The roster has no column with the stakeholder group. Add one, or say which column it is."
    assert problems(app) == [russian(sentence)]


def test_a_column_chosen_by_hand_counts(fresh_store, study):
    content = b"who,where\nAnna Orlova,loc\nBoris Utkin,reg\n"
    app = drop(open_page("people", "panel"), "roster.csv", content, "text/csv")
    assert problems(app) == ["Say which column holds the experts' names."]
    sound(next(one for one in app.selectbox if one.label == "Name").set_value("who").run())
    press(app, "Import 2 experts")
    assert [row["name"] for row in people(fresh_store, study).values()] == ["Anna Orlova", "Boris Utkin"]


def test_a_roster_of_its_own_groups_brings_them_along(fresh_store, study):
    app = drop(open_page("people", "panel"), *OWN)
    assert "The roster has 2 groups that the study does not know." in words(app)
    press(app, "Import 2 experts")
    assert list(groups(fresh_store, study)) == ["drivers", "owners"]
    assert {row["group_key"] for row in people(fresh_store, study).values()} == {"drivers", "owners"}


def test_the_studys_groups_may_stay_or_the_rosters_be_refused(fresh_store, study):
    app = drop(open_page("people", "panel"), *OWN)
    keep = next(one for one in app.checkbox if "nobody is in" in one.label)
    sound(keep.uncheck().run())
    own = next(one for one in app.checkbox if one.label == "Use the groups of this roster")
    sound(own.uncheck().run())
    assert "“Drivers” is not a stakeholder group" in problems(app)[0]
    sound(next(one for one in app.checkbox if one.label == "Use the groups of this roster").check().run())
    sound(next(one for one in app.checkbox if "nobody is in" in one.label).uncheck().run())
    press(app, "Import 2 experts")
    assert len(groups(fresh_store, study)) == 10


def test_one_strange_group_among_known_ones_is_not_taken_without_asking(study):
    content = b"name,group\nAnna,loc\nBoris,locl\n"
    app = drop(open_page("people", "panel"), "roster.csv", content, "text/csv")
    assert "“locl” is not a stakeholder group" in problems(app)[0]


@pytest.mark.skipif(not CORPORA.exists(), reason="the real files are not here")
def test_the_real_consultations_roster(fresh_store, study):
    file = CORPORA / "digital_government_en" / "uberX_participants.csv"
    app = drop(open_page("people", "panel"), file.name, file.read_bytes(), "text/csv")
    press(app, "Import 28 experts")
    assert len(people(fresh_store, study)) == 28


# ------------------------------------------------------------------ who is who
def test_without_a_transcript_or_a_roster_it_says_what_is_missing(fresh_store, study):
    assert "Display names appear here once a transcript is in the study." in words(open_page("people", "panel"))
    bring_session(fresh_store, study)
    assert "Import the roster first" in words(open_page("people", "panel"))


def test_proposals_say_on_what_they_rest_and_are_confirmed_at_once(fresh_store, study):
    bring_session(fresh_store, study, "S-B")
    app = drop(open_page("people", "panel"), *ROSTER)
    app.multiselect[0].set_value([])
    press(sound(app.run()), "Import 20 experts")
    app = open_page("people", "panel")
    proposed = table(app, "certainty").set_index("name")
    assert proposed.loc["Lugova Irina", "certainty"] == "same name"
    assert proposed.loc["Lyudmila T.", "certainty"] == "a part of the name fits"
    assert proposed.loc["Galaxy A52", "certainty"] == "nobody fits: choose"
    assert proposed.index[0] == "Galaxy A52"
    assert not proposed["confirmed"].any()
    press(app, "Confirm 9 names")
    found = names(fresh_store, study)
    assert {name for name, row in found.items() if not row["confirmed"]} == {"Galaxy A52"}
    assert found["Vera (moderator)"]["role"] == "moderator"
    sound(app.toggle[0].set_value(True).run())
    assert list(table(app, "certainty")["name"]) == ["Galaxy A52"]


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demos_names_are_all_confirmed(language):
    app = open_page("people", f"demo-{language}", language)
    assert table(app, "confirmed")["confirmed"].all()
    assert button(app, "All confirmed" if language == "en" else russian("All confirmed")).disabled


def test_a_confirmation_is_undone_on_screen(fresh_store, study):
    bring_session(fresh_store, study)
    person = RosterPerson("F1", "Viktor Zaozerny", group_id="fed")
    import_roster(fresh_store, "", study["id"], Roster((person,)))
    app = press(open_page("people", "panel"), "Confirm 3 names")
    assert len(merges(fresh_store, study["id"])) == 1
    press(app, "Undo")
    assert not any(row["confirmed"] for row in names(fresh_store, study).values())
    assert merges(fresh_store, study["id"]) == []


CHOICES = {"E1": ("expert", "E1"), "E2": ("expert", "E2"), "moderator": ("moderator", ""), "?": ("unknown", "")}


def edit(before, after, *, everything):
    """What is stored when a table of (who, confirmed) has become another: {row: (role, expert, confirmed)}."""

    def frame(rows):
        return pd.DataFrame([{"name": "x", "who": who, "confirmed": tick} for who, tick in rows])

    found = decisions(frame(before), frame(after), CHOICES, everything=everything)
    return {one["id"]: (one["role"], one["expert_key"], one["confirmed"]) for one in found}


def test_saving_changed_rows_confirms_them_and_leaves_the_others():
    before = [("E1", False), ("E2", False), ("?", False)]
    assert edit(before, [("E2", False), ("E2", False), ("?", False)], everything=False) == {0: ("expert", "E2", True)}
    assert edit(before, [("E1", True), ("E2", False), ("?", False)], everything=False) == {0: ("expert", "E1", True)}


def test_confirming_all_leaves_out_names_that_nobody_knows():
    before = [("E1", False), ("moderator", False), ("?", False), ("E2", True)]
    assert edit(before, before, everything=True) == {0: ("expert", "E1", True), 1: ("moderator", "", True)}


def test_a_tick_says_that_nobody_knows_and_an_untick_opens_the_name_again():
    assert edit([("?", False)], [("?", True)], everything=True) == {0: ("unknown", "", True)}
    assert edit([("E1", True)], [("E1", False)], everything=True) == {0: ("expert", "E1", False)}
    assert edit([("E1", True)], [("?", True)], everything=False) == {0: ("unknown", "", True)}


# ------------------------------------------------------------------ consent and groups
def test_everybody_has_consented_is_said_once_for_all(fresh_store, study):
    press(drop(open_page("people", "panel"), *OWN), "Import 2 experts")
    press(open_page("people", "panel"), "Set 2 experts to “yes”")
    assert {row["consent"] for row in people(fresh_store, study).values()} == {"yes"}


@pytest.mark.usefixtures("data_folder")
def test_an_expert_with_answers_is_not_taken_out(store):
    press(open_page("people", "demo-en"), "Take out")
    assert len(people(store, need_study(store, "demo-en"))) == 20


def test_a_group_is_renamed_added_and_removed_on_screen(fresh_store, study):
    app = open_page("people", "panel")
    next(one for one in app.text_input if one.label == "Short in English").set_value("Ministries")
    press(app, "Save")
    assert groups(fresh_store, study)["fed"]["short_en"] == "Ministries"
    app = open_page("people", "panel")
    next(one for one in app.text_input if one.label == "Name in English").set_value("Trade unions")
    press(app, "Add group")
    assert "trade_unions" in groups(fresh_store, study)
    press(open_page("people", "panel"), "Remove this group")
    assert "fed" not in groups(fresh_store, study)


def test_a_merging_needs_a_name_and_is_kept(store):
    study = need_study(store, "demo-en")
    app = press(open_page("people", "demo-en"), "Keep this merging")
    assert problems(app) == ["Give this way of merging a name."]
    next(one for one in app.text_input if one.label == "Name of this way of merging").set_value("As they are")
    press(app, "Keep this merging")
    with store.reading() as connection:
        assert "as_they_are" in {row["key"] for row in studies.segmentations(connection, study["id"])}
    app = open_page("people", "demo-en")
    sound(app.button(key="unmerge-as_they_are").click().run())
    with store.reading() as connection:
        assert "as_they_are" not in {row["key"] for row in studies.segmentations(connection, study["id"])}


@pytest.mark.usefixtures("empty_folder")
def test_without_a_study_the_page_leads_to_the_list():
    assert "No study is open" in words(open_page("people"))
