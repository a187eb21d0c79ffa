"""The page “Quotes”: a decision a quote, and nothing that could betray a person goes out from here."""

import pytest

from survey_app.actions.deidentifying import decide_pseudonym
from survey_app.actions.quotes import decide_quote, quotable
from survey_app.actions.results import Layer
from survey_app.actions.review_queue import review_queue
from survey_app.actions.studies import create_study, need_study
from survey_app.components.quote_review import _marked
from tests.survey_app.pages.opening import open_page, press, russian, sound, words


def decisions(store, slug="demo-en"):
    rows = quotable(store, need_study(store, slug), Layer("adjudicated"))
    return {row["statement_id"]: row["decision"] for row in rows}


def of_expert(store, expert):
    rows = quotable(store, need_study(store, "demo-en"), Layer("adjudicated"))
    return next(row for row in rows if row["expert_id"] == expert and row["decision"] == "released")


def show(app, state):
    choice = next(one for one in app.button_group if one.key == "quotes-shown")
    choice.set_value(state)
    return sound(app.run())


@pytest.mark.usefixtures("empty_folder")
def test_before_anything_is_coded_the_page_says_where_to_begin(fresh_store):
    create_study(fresh_store, "", title_en="Panel", slug="panel")
    assert "Statements of experts stand here once they are coded." in words(open_page("quotes", "panel"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_undecided_in_the_demo_names_somebody_and_cannot_be_released_without_a_label(store, language):
    app = open_page("quotes", f"demo-{language}", language)
    label = russian("Release") if language == "ru" else "Release"
    found = [one for one in app.button if one.label == label]
    assert len(found) == {"en": 3, "ru": 4}[language]
    seen = [one for one in app.checkbox if one.key.startswith("seen-")]
    assert sum(one.disabled for one in found) == len(seen), "only what few say waits for a look"
    study = need_study(store, f"demo-{language}")
    cards = [card for card in review_queue(store, study["id"]) if card.kind == "person"]
    for card in cards:
        decide_pseudonym(store, "A", study["id"], card.pseudonym_id, "kept")
    app = open_page("quotes", f"demo-{language}", language)
    later = {one.key: one for one in app.button if one.label == label}
    assert len(later) == len(found) + 3, "a release falls where a name would now be shown"
    assert all(later[one.key].disabled for one in found), "experts of the roster are never shown"
    assert len(app.warning) == len(found)


def test_a_released_quote_is_taken_back_withheld_and_released_again(store):
    row = of_expert(store, "L1")
    app = show(open_page("quotes", "demo-en"), "released")
    sound(app.button(key=f"take back-{row['statement_id']}").click().run())
    assert decisions(store)[row["statement_id"]] == ""
    show(app, "open")
    sound(app.button(key=f"withheld-{row['statement_id']}").click().run())
    assert decisions(store)[row["statement_id"]] == "withheld"
    show(app, "withheld")
    press(app, "Take back")
    show(app, "open")
    assert app.button(key=f"released-{row['statement_id']}").disabled  # one or two of the segment say so
    assert "so the quote is" in words(app)
    sound(app.checkbox(key=f"seen-{row['statement_id']}").check().run())
    sound(app.button(key=f"released-{row['statement_id']}").click().run())
    assert decisions(store)[row["statement_id"]] == "released"


@pytest.mark.usefixtures("data_folder")
def test_an_expert_who_has_not_agreed_is_listed_without_buttons():
    app = show(open_page("quotes", "demo-en"), "all")
    assert "Consent to be quoted: after review" in words(app)
    assert "200 coded statements · 177 may be quoted · 174 released" in words(app)


def test_the_list_can_be_narrowed_to_a_group_and_a_code(store):
    app = show(open_page("quotes", "demo-en"), "released")
    app.selectbox[1].set_value("civ")
    sound(app.run())
    shown = [one.key.split("-", 1)[1] for one in app.button if (one.key or "").startswith("take back-")]
    groups = {
        row["statement_id"]: row["group_id"]
        for row in quotable(store, need_study(store, "demo-en"), Layer("adjudicated"))
    }
    assert {groups[statement] for statement in shown} == {"civ"}
    app.selectbox[0].set_value("plat.gis")
    assert "No quote fits these choices." in words(sound(app.run()))


def test_the_last_page_may_vanish_under_a_decision(store):
    study = need_study(store, "demo-en")
    rows = [row for row in quotable(store, study, Layer("adjudicated")) if row["decision"] == "released"][:10]
    for row in rows:
        decide_quote(store, "A", study, row["statement_id"], "")
    app = open_page("quotes", "demo-en")
    app.session_state["quotes-page"] = 2
    sound(app.run())
    shown = [one.key for one in app.button if (one.key or "").startswith("withheld-")]
    assert len(shown) == 1
    sound(app.button(key=shown[0]).click().run())
    assert len([one for one in app.button if (one.key or "").startswith("withheld-")]) == 12


def test_names_are_marked_in_the_words_and_the_words_stay_text():
    assert _marked("I told Boris: *yes*", ["Boris"]) == "I told :orange-background[Boris]\\: \\*yes\\*"
    assert _marked("Boris! Boris?", ["Boris"]) == ":orange-background[Boris]\\! :orange-background[Boris]?"
    assert _marked("plain #1", []) == "plain \\#1"
