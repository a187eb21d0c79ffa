"""Talk and form on the screen: its questions, the words behind a mark, who is named to whom, and what it says empty."""

import pytest

from coding.segments import ALL
from survey_app import session
from survey_app.actions.demo import SLUGS
from survey_app.actions.studies import create_study, need_study
from survey_app.settings import settings
from survey_app.store import schema
from survey_app.store.log import rows as read
from tests.survey_app.pages.looks import as_tables
from tests.survey_app.pages.opening import open_page, words


def findings(app):
    return [one.value.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ") for one in app.subheader]


def chosen(app, key):
    return next(one for one in app.selectbox if one.key == f"choice of {key}")


@pytest.mark.usefixtures("data_folder")
def test_the_demo_answers_six_questions():
    app = open_page("beside", "demo-en")
    assert [one.value for one in app.header] == [
        "Do those who speak of it rate it higher?",
        "Who says it and rates it low, who is silent and rates it high?",
        "What is rated high, and how many speak of it?",
        "Do they speak of what they choose?",
        "Will the targets be reached, and who speaks of them?",
        "Where do we stand, and where shall we?",
    ]
    assert len(app.get("plotly_chart")) == 6
    assert all(one.proto.alt for one in app.get("plotly_chart"))
    assert findings(app)[1] == (
        "insufficient qualification of officials. Say it and rate it low: S1; silent, but rate it high: R3"
    )
    assert findings(app)[5] == "From 2.1 to 3.15 on average: of 20 experts, 19 step up, 1 stay, 0 step down"
    assert len(as_tables(app).dataframe) == 6


@pytest.mark.usefixtures("data_folder")
def test_the_choice_stands_in_the_address():
    app = open_page("beside", "demo-ru", "ru", matter="t2.c1.funding", priorities="t1.c1", talk="answers")
    assert "C1, C3, N3" in findings(app)[1]
    assert chosen(app, "priorities").value == "t1.c1"
    assert chosen(app, "talk").value == "answers"


@pytest.mark.usefixtures("data_folder")
def test_behind_an_expert_stand_their_words():
    app = open_page("beside", "demo-en")
    app.session_state["parting-picked"] = ("t2.c1.skills", "S1")
    app.run()
    assert "S1 · State corp." in words(app)
    assert "L1 · Local" not in words(app)
    app.session_state["parting-picked"] = ("t2.c1.skills", "R3")
    app.run()
    assert "Nobody has said anything of this." in words(app)


@pytest.mark.usefixtures("data_folder")
def test_behind_each_chart_stand_words_and_answers():
    app = open_page("beside", "demo-en")
    app.session_state["talk-picked"] = ("t2.c1.skills", "loc")
    app.session_state["priorities-picked"] = ("t2.c1.funding", ALL)
    app.session_state["chosen-picked"] = ("t1.c2.human", ALL)
    app.session_state["targets-picked"] = ("targ.share70", "fed")
    app.session_state["ladder-picked"] = ("t3.c1", "fed")
    app.run()
    assert not app.exception
    assert "Our accountant got the procurement system on a Friday" in words(app)
    assert "Federal authorities · > 70 % in 2024 · 1 of 2 experts" in words(app)
    step = next(one.value for one in app.dataframe if list(one.value.columns) == ["Expert", "From", "To"])
    assert step.to_numpy().tolist() == [
        ["F1", "consulting", "interactive communication"], ["F2", "servicing", "interactive communication"],
    ]  # fmt: skip


@pytest.mark.usefixtures("data_folder")
def test_a_mark_that_is_gone_opens_nothing():
    app = open_page("beside", "demo-en")
    for key in ("talk", "parting", "priorities", "chosen", "targets", "ladder"):
        app.session_state[f"{key}-picked"] = ("gone", "nowhere")
    app.run()
    assert not app.exception
    assert not [one for one in app.button if one.key and one.key.endswith("-close")]


def test_readers_are_not_told_who_rated_what(team, monkeypatch):
    study, people = team
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()
    for role, told in (("reader", "1 expert; silent, but rate it high: 1 expert"), ("researcher", "S1; silent")):
        account = people[role][0].account
        monkeypatch.setattr(session, "account", lambda: {"id": account, "name": role, "login": role})  # noqa: B023
        app = open_page("beside", study["slug"])
        assert told in findings(app)[1]
        app.session_state["ladder-picked"] = ("t3.c1", ALL)
        app.run()
        shown = [one for one in app.dataframe if "Expert" in one.value.columns]
        assert bool(shown) == (role == "researcher")
    settings.cache_clear()


def test_a_study_in_which_no_item_measures_a_code_says_what_to_do(store):
    study = need_study(store, SLUGS["en"])
    with store.change(study["id"], "A", "clear") as change:
        for row in read(change.connection, schema.item.select().where(schema.item.c.study_id == study["id"])):
            if row["code_key"]:
                change.update(schema.item, row["id"], code_key="")
    app = open_page("beside", "demo-en")
    assert "Nothing to lay side by side yet" in words(app)
    assert "Name the code at the questions of the interview guide" in words(app)
    assert not app.get("plotly_chart")


def test_an_empty_study_breaks_nothing(fresh_store):
    create_study(fresh_store, "A", title_en="New", slug="new")
    assert "Nothing to lay side by side yet" in words(open_page("beside", "new"))


def test_without_codings_nobody_speaks_of_anything(store):
    with store.change(need_study(store, SLUGS["en"])["id"], "A", "clear") as change:
        change.delete(schema.coding, [row["id"] for row in read(change.connection, schema.coding.select())])
    app = open_page("beside", "demo-en")
    assert findings(app)[0] == ("Talk and form cannot be compared on any matter.")
    assert len(app.get("plotly_chart")) == 6


def test_readers_of_the_dashboard_are_not_told_who_answered_what(team, monkeypatch):
    study, people = team
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()
    for role in ("reader", "researcher"):
        account = people[role][0].account
        monkeypatch.setattr(session, "account", lambda: {"id": account, "name": role, "login": role})  # noqa: B023
        app = open_page("dashboard", study["slug"])
        app.session_state["answers-picked"] = ("t1.c1.qol", ALL)
        app.run()
        shown = [one for one in app.dataframe if {"Expert", "Answer"} <= set(one.value.columns)]
        assert bool(shown) == (role == "researcher")
    settings.cache_clear()
