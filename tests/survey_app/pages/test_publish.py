"""The page “Publish”: what the gate says, the act itself, and the versions so far."""

import pytest

from survey_app.actions.people import set_consent
from survey_app.actions.publishing_plan import choose_plan, plan_of
from survey_app.actions.quotes_out import QuotesOut, quotes_out
from survey_app.actions.released_cells import unrelease_cell
from survey_app.actions.reviewing import reopen_review
from survey_app.actions.studies import create_study, need_study
from survey_app.components.cells_by_hand import usually_shown
from survey_app.language import use
from survey_app.store import experts, results
from tests.survey_app.actions.undecided_demo import state
from tests.survey_app.pages.opening import button, ended, open_page, press, problems, russian, sound, words


def test_an_empty_study_is_told_what_it_lacks(fresh_store):
    create_study(fresh_store, "", title_en="Panel", slug="panel")
    app = open_page("publish", "panel")
    assert "The gate is shut." in words(app)
    assert "The study has no experts yet: import the roster and confirm who is who." in words(app)
    assert button(app, "Publish a new version").disabled


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demo_s_gate_is_open(language):
    app = open_page("publish", f"demo-{language}", language)
    say = russian if language == "ru" else str
    assert say("The gate is open.") in words(app)
    assert not button(app, say("Publish a new version")).disabled


@pytest.mark.usefixtures("data_folder")
def test_groups_of_two_shut_the_gate_each_in_a_sentence():
    app = open_page("publish", "demo-en")
    app.multiselect[0].set_value(["by_group"])
    sound(app.run())
    assert words(app).count("has 2 experts; a published segment needs at least 3.") == 4
    assert button(app, "Publish a new version").disabled
    press(app, "Take this merging")
    assert "The gate is open." in words(app)


def test_the_boxes_stay_the_same_ones_and_say_what_holds(store):
    study = need_study(store, "demo-en")
    app = open_page("publish", "demo-en")
    boxes = app.multiselect[0].id, app.number_input[0].id, app.toggle[0].id
    app.multiselect[0].set_value(["five_segments", "by_group"])
    app.number_input[0].set_value(4)
    app.toggle[0].set_value(True)
    sound(app.run())
    plan = plan_of(store, study)
    assert [each.key for each in plan.segmentations] == ["five_segments", "by_group"]
    assert (plan.minimum, plan.rule.strict) == (4, True)
    assert (app.multiselect[0].id, app.number_input[0].id, app.toggle[0].id) == boxes
    choose_plan(store, "A", study["id"], keys=["five_segments"], smallest=5, strict=False)
    sound(app.run())
    assert (app.multiselect[0].value, app.number_input[0].value, app.toggle[0].value) == (["five_segments"], 5, False)
    app.multiselect[0].set_value([])
    sound(app.run())
    assert [each.key for each in plan_of(store, study).segmentations] == ["five_segments"]
    assert app.multiselect[0].value == []  # whoever takes one out to put another in is not stopped


def test_a_cell_that_all_say_is_released_on_the_page(store):
    study = need_study(store, "demo-en")
    unrelease_cell(store, "A", study, ("five_segments", "local", "prob.skills"))
    app = open_page("publish", "demo-en")
    assert "292 of 294 cells are shown. 2 are hidden: they say “all of a segment”" in words(app)
    app.checkbox(key="cell-five_segments-local-prob.skills").check()
    press(app, "Release the ticked ones")
    with store.reading() as connection:
        found = [row["code_key"] for row in results.released_cells(connection, study["id"])]
    assert "prob.skills" in found
    assert "All 294 cells are shown." in words(app)
    app.checkbox(key="shown-cell-five_segments-local-prob.skills").check()
    app = press(app, "Hide the ticked ones again")
    assert "292 of 294 cells are shown." in words(app)
    app.checkbox(key="cell-five_segments-local-prob.skills").check()
    app = press(app, "Release the ticked ones")
    assert "hidden:" not in words(app)


@pytest.mark.parametrize(
    ("shown", "every", "told"),
    [
        (1, 1, "The only cell is shown."),
        (1, 3, "1 of 3 cells is shown. 2 are hidden: they say “all of a segment”, or would give such cells away."),
        (2, 3, "2 of 3 cells are shown. 1 is hidden: it says “all of a segment”, or would give such a cell away."),
        (0, 2, "0 of 2 cells are shown. 2 are hidden: they say “all of a segment”, or would give such cells away."),
    ],
)
def test_hidden_cells_are_spoken_of_only_where_there_are_some(shown, every, told):
    with use("en"):
        assert usually_shown(shown, every) == told


@pytest.mark.usefixtures("quickly")
def test_a_version_is_published_listed_and_can_be_opened(store):
    app = ended(press(open_page("publish", "demo-en"), "Publish a new version"))
    assert "Version 1 was published." in words(app)
    assert "174 quotes" in words(app)
    assert [link.proto.url for link in app.get("link_button")] == ["/r/demo-en/v1/"] * 2  # told, and in the list
    with store.reading() as connection:
        assert len(results.releases(connection, need_study(store, "demo-en")["id"])) == 1


def test_withdrawn_consent_is_told_before_publishing(store):
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        rows = {row["key"]: row["id"] for row in experts.experts(connection, study["id"])}
    set_consent(store, "A", study["id"], {rows["L1"]: "no"})
    assert "released quotes are left out, because their experts no longer agree" in words(
        open_page("publish", "demo-en")
    )


@pytest.mark.usefixtures("data_folder")
def test_a_name_that_cannot_stand_in_an_address_is_refused_in_a_sentence():
    app = open_page("publish", "demo-en")
    app.text_input[0].set_value("Моё имя")
    sound(app.run())
    press(app, "Publish a new version")
    assert "cannot be a name in an address" in problems(app)[0]


def test_the_gate_says_how_many_quotes_go_out_and_leads_to_what_stands_in_the_way(store):
    study = need_study(store, "demo-en")
    out = quotes_out(store, study)
    app = open_page("publish", "demo-en")
    assert f"{out.going} of 174 released quotes go into this version." in words(app)
    reopen_review(store, "A", study["id"], state(store, study).source_id)
    app = open_page("publish", "demo-en")
    assert "The gate is shut." in words(app)
    assert "De-identification" in [one.proto.label for one in app.get("page_link")]
    assert "All 294 cells are shown." in words(app)


def test_a_warning_says_that_most_quotes_stay_inside():
    assert QuotesOut(2, 5).most_stay
    assert not QuotesOut(3, 5).most_stay
    assert not QuotesOut(0, 0).most_stay


@pytest.mark.usefixtures("quickly")
def test_a_version_that_lost_quotes_says_how_many(store):
    study = need_study(store, "demo-en")
    ended(press(open_page("publish", "demo-en"), "Publish a new version"))
    with store.reading() as connection:
        had = results.releases(connection, study["id"])[0]["manifest"]["quotes"]
        rows = {row["key"]: row["id"] for row in experts.experts(connection, study["id"])}
    set_consent(store, "A", study["id"], {rows["L1"]: "no"})
    app = open_page("publish", "demo-en")
    app.checkbox(key="in place of versions").check().run()
    app = ended(press(app, "Publish a new version"))
    assert f"version 1 had {had}. 1 older version is a notice now." in words(app)
