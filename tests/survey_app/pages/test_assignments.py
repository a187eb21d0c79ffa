"""Who codes what, on screen: giving texts, one's own texts, handing in, the sample, opening, training."""

import pytest

from survey_app import session
from survey_app.actions.assigning import assign, hand_in
from survey_app.actions.opening import own_texts, plan_of
from survey_app.actions.sampling import samples_of
from survey_app.actions.studies import create_study, need_study
from survey_app.settings import settings
from tests.survey_app.actions.planning import ids_of, looks_at_all
from tests.survey_app.pages.opening import button, open_page, press, problems, russian, sound, words


@pytest.fixture
def signed_in(team, monkeypatch):
    """Let the tab be that of a person: signed_in(role); the team's study, its store, ids."""
    study, people = team
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()

    def as_role(role):
        account = people[role][0].account
        monkeypatch.setattr(session, "account", lambda: {"id": account, "name": role, "login": role})
        return study

    as_role.study, as_role.store = study, people["owner"][0].acting(None)
    as_role.ids, as_role.people = ids_of(as_role.store, study), people
    yield as_role
    settings.cache_clear()


def choose(app, label, *values):
    """Fill the choices that say so."""
    found = [one for one in [*app.multiselect, *app.selectbox] if one.label == label]
    assert found, label
    found[0].set_value(list(values) if found[0].type == "multiselect" else values[0])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_plan_of_the_demo_is_a_matrix(store, language):
    app = open_page("assignments", f"demo-{language}", language)
    said = russian if language == "ru" else (lambda text: text)
    table = app.dataframe[0].value
    assert app.title[0].value == said("Assignments")
    first = table.iloc[0].tolist()
    assert any(str(cell).startswith("✓ 102/102 · ") for cell in first)
    assert any(str(cell).startswith("60/102 · ") for cell in first)
    assert table[said("Comparison")].ne("–").sum() == 5


def test_without_assignments_it_says_that_everybody_may_code(fresh_store):
    create_study(fresh_store, "A", title_en="Panel")
    said = words(open_page("assignments", "panel"))
    assert "every coder may code every text" in said
    assert "nothing to draw from" in said


def test_texts_are_given_and_taken_back(signed_in):
    study = signed_in("researcher")
    ids = signed_in.ids
    app = open_page("assignments", study["slug"])
    choose(app, "Texts", ids.source["S-B"])
    choose(app, "Coders", ids.coder["C"])
    press(app, "Give")
    (made,) = plan_of(signed_in.store, study["id"]).assigned.values()
    assert made.row["mode"] == "blind"
    choose(app, "Assignment", made.row["id"])
    sound(app.run())
    press(app, "Withdraw")
    assert not plan_of(signed_in.store, study["id"]).assigned


def test_giving_nothing_is_told(signed_in):
    study = signed_in("researcher")
    app = open_page("assignments", study["slug"])
    press(app, "Give")
    assert "nothing to give" in problems(app)[0]


def test_opening_asks_when_somebody_is_still_coding(signed_in):
    study = signed_in("researcher")
    ids, store = signed_in.ids, signed_in.store
    assign(store, "A", study["id"], [ids.coder["C"]], [ids.source["S-B"]])
    app = open_page("assignments", study["slug"])
    choose(app, "Texts to compare", ids.source["S-B"])
    sound(app.run())
    press(app, "Open")
    assert "Not handed in yet: C (S-B)" in words(app)
    assert not plan_of(store, study["id"]).opened
    press(app, "Open nevertheless")
    assert list(plan_of(store, study["id"]).opened) == [ids.source["S-B"]]
    choose(app, "Texts to close", ids.source["S-B"])
    sound(app.run())
    press(app, "Close the comparison")
    assert not plan_of(store, study["id"]).opened


def test_a_sample_is_planned_drawn_given_and_removed(signed_in):
    study = signed_in("researcher")
    ids, store = signed_in.ids, signed_in.store
    app = open_page("assignments", study["slug"])
    assert "52 statements" in words(app)
    for field in app.number_input:
        if field.label == "Share with the code, %":
            field.set_value(50)
        if field.label == "Seed":
            field.set_value(11)
    sound(app.run())
    assert "44 statements" in words(app)
    press(app, "Draw")
    (sample,) = samples_of(store, study["id"])
    assert (sample["size"], sample["plan"]["precision"]["prevalence"]) == (44, 0.5)
    drawn = next(one.value for one in app.dataframe if "Drawn" in one.value.columns)
    assert sum(int(cell.split(" ")[0]) for cell in drawn["Drawn"]) == 44
    [one for one in app.multiselect if one.label == "Coders"][-1].set_value([ids.coder["C"]])
    press(app, "Give the sample")
    assert sum(each.total for each in plan_of(store, study["id"]).assigned.values()) == 44
    press(app, "Remove the sample")
    assert "given to coders" in problems(app)[0]


def test_a_plan_that_cannot_be_is_told(signed_in):
    study = signed_in("researcher")
    app = open_page("assignments", study["slug"])
    next(field for field in app.number_input if field.label.startswith("Lower limit")).set_value(0.9)
    sound(app.run())
    assert "has to be smaller than the kappa" in problems(app)[0]


@pytest.mark.parametrize("page", ["home", "desk"])
def test_a_coder_hands_in_with_a_word_on_what_waits(signed_in, page):
    study = signed_in("coder")
    ids, store = signed_in.ids, signed_in.store
    assign(store, "A", study["id"], [ids.coder["C"]], [ids.source["S-A"]])
    app = open_page(page, study["slug"])
    if page == "home":
        assert "Your texts" in words(app)
    assert "42 statements have not been looked at" in words(app)
    press(app, "Hand in nevertheless")
    (mine,) = own_texts(store, study["id"], ids.coder["C"])
    assert mine.handed_in
    assert not [one for one in app.button if one.label.startswith("Hand in")]
    if page == "home":
        assert "handed in" in words(app)


def test_a_coder_sees_own_steps_and_own_numbers(signed_in):
    study = signed_in("coder")
    app = open_page("home", study["slug"])
    said = words(app)
    assert "46 codings" in said
    assert "726" not in said
    assert "Next step" not in said
    linked = {link.page for link in app.get("page_link")}
    assert {"desk", "codebook", "dashboard"} <= linked
    assert not linked & {"files", "people", "publish", "assignments"}
    everything = words(open_page("studies"))
    assert "next:" not in everything


def test_a_reader_is_led_to_the_dashboard_alone(signed_in):
    study = signed_in("reader")
    app = open_page("home", study["slug"])
    about_study = {link.page for link in app.main.get("page_link")}
    assert about_study == {"dashboard"}
    assert "Next step" not in words(app)


def test_after_training_the_result_is_shown_to_the_trainee_and_to_the_researcher(signed_in):
    study = signed_in("coder")
    ids, store = signed_in.ids, signed_in.store
    assign(store, "A", study["id"], [ids.coder["C"]], [ids.source["S-C"]], purpose="training")
    looks_at_all(store, study, ids.coder["C"], ids.source["S-C"])
    before = words(open_page("home", study["slug"]))
    assert "training" in before
    assert "What was missed" not in before
    hand_in(signed_in.people["coder"][0], "C", study["id"], ids.coder["C"], ids.source["S-C"])
    app = open_page("home", study["slug"])
    said = words(app)
    assert "What was missed" in said
    assert "Decided: " in said
    table = app.dataframe[0].value
    assert (table["Hit"] == 0).all()
    assert table["Missed"].sum() > 0
    assert "Cohen's kappa" not in table.columns
    signed_in("researcher")
    app = open_page("assignments", study["slug"])
    results = [one.value for one in app.dataframe if "Cohen's kappa" in one.value.columns]
    assert len(results) == 1
    assert results[0]["Cohen's kappa"].eq(0).any()


def test_alone_a_coder_who_is_not_done_sees_their_texts(store):
    study = need_study(store, "demo-en")
    assert "Texts of" not in words(open_page("home", "demo-en"))
    app = open_page("home", "demo-en")
    app.session_state[f"coder of {study['id']}"] = ids_of(store, study).coder["C"]
    said = words(sound(app.run()))
    assert "Texts of C" in said
    assert button(app, "Hand in nevertheless")
