"""Asking coded statements on the page, as a researcher does."""

import json
import logging

import pytest
from streamlit.elements.lib import policies

from survey_app.actions.demo import DEMO
from survey_app.actions.retrieving import queries_of
from survey_app.actions.studies import need_study
from survey_app.store import schema, sources, studies
from tests.survey_app.pages.opening import open_page, press, sound, words

EXPECTED = json.loads((DEMO / "expected.json").read_text("utf-8"))


def line(app, kind):
    """The widgets of the first line that end so."""
    return next(one for one in [*app.selectbox, *app.text_input] if one.key and one.key.endswith(f"-{kind}"))


def ask_for(app, code):
    """As a link to the page does."""
    app.query_params["code"] = code
    return sound(app.run())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_code_of_the_demo_is_answered_at_once(store, language):
    app = ask_for(open_page("find", f"demo-{language}", language), "prob.skills")
    known = EXPECTED["expert_level"]["prob.skills"]["k"]
    said = words(app)
    assert f"{known} of 20" in said or f"{known} из 20" in said
    assert "P01" in said


def test_words_that_are_looked_for_stand_on_a_ground(store):
    app = open_page("find", "demo-en")
    line(app, "kind").set_value("words").run()
    line(app, "words").set_value("SERVER").run()
    assert ":orange-background[" in words(sound(app))


def test_what_nobody_said_is_told_as_that(store):
    app = open_page("find", "demo-en")
    line(app, "kind").set_value("words").run()
    line(app, "words").set_value("quetzalcoatl").run()
    assert "No statement fits" in words(sound(app))


def test_lines_and_blocks_come_and_go(store):
    app = open_page("find", "demo-en")
    press(app, "Add a line")
    assert len([one for one in app.selectbox if one.key.endswith("-kind")]) == 2
    press(app, "Add a condition elsewhere")
    assert len([one for one in app.selectbox if one.key.endswith("-kind")]) == 3
    for _each in range(3):
        away = next(one for one in app.button if one.key and one.key.endswith("-away"))
        sound(away.click().run())
    assert not [one for one in app.selectbox if one.key.endswith("-kind")]
    press(app, "Add a condition")
    assert len([one for one in app.selectbox if one.key.endswith("-kind")]) == 1


def test_a_query_is_kept_opened_again_and_deleted(store):
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        coder = studies.coders(connection, study["id"])[0]["id"]
    app = ask_for(open_page("find", "demo-en"), "enab.data")
    before = words(app)
    next(one for one in app.text_input if one.label == "Name of the query").set_value("Data")
    press(app, "Save as a new query")
    kept = queries_of(store, study["id"], coder)
    assert [row["name"] for row in kept] == ["Data"]
    press(app, "New query")
    assert words(app) != before
    next(one for one in app.selectbox if one.label == "Saved queries").set_value(kept[0]["id"])
    sound(app.run())
    assert words(app) == before
    press(app, "Delete “Data”")
    assert queries_of(store, study["id"], coder) == []


def test_pages_are_turned_above_and_below_the_list_without_a_warning(store, caplog, monkeypatch):
    monkeypatch.setattr(policies, "_shown_default_value_warning", False)
    monkeypatch.setattr(logging.getLogger("streamlit"), "propagate", True)
    app = ask_for(open_page("find", "demo-en"), "prob")
    first = words(app)
    buttons = app.get("pagination")
    assert len(buttons) == 2
    place = buttons[0].proto.id.split("-", 2)[2].rsplit("-above-", 1)[0]
    app.session_state[place] = 2
    assert words(sound(app.run())) != first
    assert [one.proto.default for one in app.get("pagination")] == [2, 2]
    app.session_state[place] = 99
    sound(app.run())
    assert app.get("pagination")[0].proto.default == app.get("pagination")[0].proto.num_pages
    assert not [one for one in caplog.records if "default value" in one.getMessage()]


def test_a_text_of_a_kind_that_was_not_chosen_is_looked_through(store):
    study = need_study(store, "demo-en")
    with store.writing() as connection:
        text = sources.sources(connection, study["id"], "session")[0]
        connection.execute(schema.source.update().where(schema.source.c.id == text["id"]).values(kind="document"))
    app = open_page("find", "demo-en")
    next(one for one in app.multiselect if one.label == "Texts").set_value([text["id"]])
    assert "No statement fits" not in words(sound(app.run()))
