"""The dashboard: what it shows, what it filters, which words stand behind a mark, and what it says when empty."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coding.segments import ALL
from survey_app.actions.demo import SLUGS, demo_rows
from survey_app.actions.studies import create_study, need_study
from survey_app.components.filters import Choice
from survey_app.store import schema
from survey_app.store.log import Store
from survey_app.store.log import rows as read
from tests.survey_app.jobs.watching import PATIENCE_S
from tests.survey_app.pages.looks import as_tables

APP = Path(__file__).parents[3] / "survey_app" / "app.py"


def open_dashboard(slug, language="en", **address):
    """The page as a link opens it: application first, then the dashboard with what stands in the address."""
    app = AppTest.from_file(APP, default_timeout=PATIENCE_S)
    app.session_state["language"] = language
    app.query_params["study"] = slug
    app.run()
    for name, value in address.items():
        app.query_params[name] = value
    app.switch_page("pages/dashboard.py").run()
    assert not app.exception
    return app


def findings(app):
    return [one.value.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ") for one in app.subheader]


def key_figures(app):
    return {one.label: one.value for one in app.metric}


def words(app):
    return " ".join(one.value.replace("\\", "") for one in [*app.markdown, *app.caption])


def chosen(app, key):
    return next(one for one in app.selectbox if one.key == f"choice of {key}")


@pytest.mark.usefixtures("data_folder")
def test_the_demo_is_read_at_a_glance():
    app = open_dashboard("demo-en")
    assert list(key_figures(app).values()) == ["20 of 20", "3", "280", "200 of 280", "20 of 20"]
    assert findings(app) == [
        "Named most as a problem: “Skills shortage among officials” (10 of 20 experts). "
        "Named most as an enabler: “Better quality and access of services” (11 of 20 experts).",
        "Segments differ most on “Stuck at informing and servicing”: Civil society structures 3 of 3, "
        "all others 2 of 17. Looked at: the 15 codes named most.",
        "Highest: “a tool to raise the quality of life” (13 of 20 above the middle of the scale)",
        "Most agreed on: “a tool to raise the quality of life” (Cns 0.708); "
        "least: “a condition of competitiveness” (Cns 0.572)",
        "S2 (State corporations) spoke most: 26 of 280 statements; the median is 13.5",
    ]
    assert len(app.get("plotly_chart")) == 5
    assert not app.dataframe
    assert len(as_tables(app).dataframe) == 5
    assert not app.get("plotly_chart")


@pytest.mark.usefixtures("data_folder")
def test_the_russian_study_speaks_russian():
    app = open_dashboard("demo-ru", "ru")
    assert "Недостаточная квалификация служащих" in findings(app)[0]
    assert len(app.get("plotly_chart")) == 5


@pytest.mark.usefixtures("data_folder")
def test_every_chart_has_a_name_for_those_who_cannot_see_it():
    app = open_dashboard("demo-en")
    names = [one.proto.alt for one in app.get("plotly_chart")]
    assert names[0].startswith("What hinders, and what helps? Named most as a problem")
    assert all(names)


@pytest.mark.usefixtures("data_folder")
def test_the_choice_stands_in_the_address_by_keys_that_no_language_changes():
    app = open_dashboard("demo-en", segments="five_segments", groups=["loc", "fed"], question="t2.c1")
    assert chosen(app, "segments").value == "five_segments"
    assert chosen(app, "question").value == "t2.c1"
    assert key_figures(app)["experts spoke"] == "5 of 5"
    chosen(app, "segments").select("authority_vs_rest").run()
    assert app.query_params["segments"] == "authority_vs_rest"
    chosen(app, "segments").select("by_group").run()
    assert "segments" not in app.query_params
    assert app.query_params["groups"] == ["fed", "loc"]


@pytest.mark.usefixtures("data_folder")
def test_what_the_address_does_not_know_is_ignored():
    app = open_dashboard("demo-en", segments="nonsense", groups=["nobody"], question="x", of="y")
    assert chosen(app, "segments").value == "by_group"
    assert key_figures(app)["experts spoke"] == "20 of 20"


@pytest.mark.usefixtures("data_folder")
def test_the_words_of_one_segment_are_counted_alone():
    app = open_dashboard("demo-en", of="loc")
    assert findings(app)[0].startswith(
        "Local authorities. Named most as a problem: 4 codes alike (3 of 3 experts each)"
    )


@pytest.mark.usefixtures("data_folder")
def test_statements_can_be_counted_instead_of_experts():
    app = open_dashboard("demo-en")
    next(one for one in app.button_group if one.key == "count of problems").set_value("statements").run()
    assert "“Data-based management and saving” (19 statements)" in findings(app)[0]


@pytest.mark.usefixtures("data_folder")
def test_another_layer_gives_another_result():
    app = open_dashboard("demo-en", layer="coder-C")
    mine = {row["statement_id"] for row in demo_rows("codings.csv") if row["coder"] == "C"}
    assert key_figures(app)["statements are coded"] == f"{len(mine)} of 280"


@pytest.mark.usefixtures("data_folder")
def test_behind_a_mark_stand_the_words_with_their_group_and_no_name():
    app = open_dashboard("demo-en")
    app.session_state["codes-picked"] = ("prob.skills", "loc")
    app.run()
    assert "**Skills shortage among officials**" in words(app)
    assert "Local authorities · 3 of 3 experts" in words(app)
    assert "Our accountant got the procurement system on a Friday" in words(app)
    assert "L1 · Local · S-A.L1.04" in words(app)
    assert "6 statements" in words(app)
    assert "Science" not in words(app)
    next(one for one in app.button if one.key == "codes-close").click().run()
    assert "Our accountant" not in words(app)


@pytest.mark.usefixtures("data_folder")
def test_behind_an_answer_stand_who_gave_it_and_what_was_said_of_it():
    app = open_dashboard("demo-en", question="t2.c1")
    app.session_state["answers-picked"] = ("t2.c1.skills", "loc")
    app.run()
    given = next(one.value for one in app.dataframe if "Answer" in one.value.columns and "Expert" in one.value.columns)
    assert given["Answer"].tolist() == ["blocks"] * 3
    assert "Our accountant got the procurement system on a Friday" in words(app)


@pytest.mark.usefixtures("data_folder")
def test_groups_are_set_against_the_rest_below_the_answers():
    app = open_dashboard("demo-en", question="t2.c1", line="t2.c1.skills")
    assert findings(app)[3].startswith("Furthest from the others: Local authorities, median 5, +2 against theirs")
    table = next(one.value for one in as_tables(app).dataframe if "Cliff's delta" in one.value.columns)
    assert table.set_index("Segment").loc["Local authorities", "answered"] == "3 of 3"


@pytest.mark.usefixtures("data_folder")
def test_a_ranking_says_how_far_it_is_shared_and_a_choice_nothing():
    assert findings(open_dashboard("demo-en", question="t1.c2"))[3].startswith("Kendall's W is")
    assert len(findings(open_dashboard("demo-en", question="t2.c2"))) == 4


@pytest.mark.usefixtures("data_folder")
def test_a_mark_that_is_gone_opens_nothing():
    app = open_dashboard("demo-en")
    for key in ("problems", "codes", "answers", "speakers"):
        app.session_state[f"{key}-picked"] = ("gone", "nowhere")
    app.run()
    assert not app.exception
    assert not [one for one in app.button if one.key and one.key.endswith("-close")]


@pytest.mark.usefixtures("data_folder")
def test_markup_in_a_statement_is_shown_as_it_was_said(store):
    """Text from files is data: it stands on the page escaped."""
    study = need_study(store, SLUGS["en"])
    with store.writing() as connection:
        source = schema.source
        row = read(connection, source.select().where(source.c.study_id == study["id"], source.c.key == "S-A"))[0]
        text = row["text"].replace("Our accountant", "**[accou](x)*", 1)
        connection.execute(source.update().where(source.c.id == row["id"]).values(text=text))
    app = open_dashboard("demo-en")
    app.session_state["codes-picked"] = ("prob.skills", ALL)
    app.run()
    assert any(r"\*\*\[accou\]\(x\)\*" in one.value for one in app.markdown)


def test_an_empty_study_says_what_to_do_first(empty_folder):
    create_study(Store(f"sqlite:///{empty_folder / 'rakurs.db'}"), "A", title_en="New", slug="new")
    app = open_dashboard("new")
    assert "Nothing to count yet" in words(app)
    assert not app.get("plotly_chart")


def test_uncoded_sessions_without_a_questionnaire_say_what_to_do(store):
    study = need_study(store, SLUGS["en"])
    with store.change(study["id"], "A", "clear") as change:
        for table in (schema.coding, schema.response):
            change.delete(table, [row["id"] for row in read(change.connection, table.select())])
    app = open_dashboard("demo-en")
    assert "Nothing is coded yet" in words(app)
    assert "No answers yet" in words(app)
    assert key_figures(app)["statements are coded"] == "0 of 280"
    assert findings(app) == ["S2 (State corporations) spoke most: 26 of 280 statements; the median is 13.5"]


def test_a_new_coding_is_counted_at_once(store):
    app = open_dashboard("demo-en")
    study = need_study(store, SLUGS["en"])
    with store.change(study["id"], "A", "take_out") as change:
        codes = read(change.connection, schema.code.select().where(schema.code.c.key == "prob.skills"))
        coding = schema.coding
        gone = read(change.connection, coding.select().where(coding.c.code_id.in_([code["id"] for code in codes])))
        change.delete(coding, [row["id"] for row in gone])
    app.run()
    assert "Skills shortage" not in findings(app)[0]


def test_the_groups_left_out_do_not_count_as_experts(demo_store):
    """A choice keeps its promise without a screen: segments that nobody is in are not offered."""
    from survey_app.actions.results import Layer, frames_of, segmentation

    study = need_study(demo_store, SLUGS["en"])
    frames = frames_of(demo_store, study["id"])
    local = replace(frames, experts=frames.experts[frames.experts.group_id == "loc"])
    choice = Choice(local, segmentation(demo_store, study, "by_group"), Layer("adjudicated"), ())
    assert choice.segments == [ALL, "loc"]
    assert choice.groups_in("loc") == ("loc",)
    assert choice.groups_in(ALL) is None
