"""Pictures of topics on their page: one at a time, by the address; words behind a mark; a code of a topic."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from survey_app.actions.sampling import samples_of
from survey_app.actions.studies import need_study
from survey_app.actions.topics import keep_topics, what_experts_said
from survey_app.language import _, use
from survey_app.views import topic_codes, topic_groups, topic_hierarchy, topic_map, topic_timeline, topic_words
from tests.survey_app.jobs.watching import PATIENCE_S
from tests.survey_app.views.topic_runs import topic

APP = Path(__file__).parents[3] / "survey_app" / "app.py"
PICTURES = {
    "groups": topic_groups, "words": topic_words, "map": topic_map, "tree": topic_hierarchy, "time": topic_timeline,
    "codes": topic_codes,
}  # fmt: skip


def run_of(store, slug, **changes):
    """A run with two topics, every second statement in one: places and a tree as newer runs have them."""
    study = need_study(store, slug)
    ids = what_experts_said(store, study)["statement_id"].tolist()
    result = {
        "n": len(ids), "model": "a model", "seed": 3, "notices": [],
        "topics": [
            topic(0, len(ids) // 2, ["portal", "register", "GIS"], [0], ids[:3]),
            topic(1, len(ids) // 2, ["course", "staff", "[x](http://x.example)"], [1], ids[1:2]),
        ],
        "assignments": [
            {"statement_id": each, "topic": place % 2, "probability": 1.0} for place, each in enumerate(ids)
        ],
        "places": [[(place % 9) / 9, (place % 7) / 7] for place, _each in enumerate(ids)],
        "leaves": {
            "of_statement": [place % 2 for place, _each in enumerate(ids)], "merges": [[[0], [1]]],
            "terms": ["portal", "course"], "forms": {}, "counts": [[[0, 5]], [[0, 1], [1, 4]]],
        },
        "quality": {"npmi": None, "diversity": 1.0, "outliers": 0.0, "stability": 1.0},
    } | changes  # fmt: skip
    keep_topics(store, "A", study["id"], 3, result)
    return study


def open_picture(slug, picture, language="en", **address):
    app = AppTest.from_file(APP, default_timeout=PATIENCE_S)
    app.context["locale"] = language
    app.query_params["study"] = slug
    app.run()
    app.query_params["picture"] = picture
    for name, value in address.items():
        app.query_params[name] = value
    app.switch_page("pages/topics.py").run()
    assert not app.exception
    return app


def shown(app):
    kinds = (app.header, app.subheader, app.markdown, app.caption, app.info, app.error)
    return "\n".join(each.value.replace("\\", "") for kind in kinds for each in kind)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("picture", list(PICTURES))
def test_each_picture_is_opened_by_its_address_with_question_and_table(store, picture, language):
    run_of(store, f"demo-{language}")
    app = open_picture(f"demo-{language}", picture, language)
    with use(language):
        assert PICTURES[picture].title() in [each.value for each in app.header]
        assert PICTURES[picture].reading() in shown(app).replace("\\", "")
    assert app.get("plotly_chart")


@pytest.mark.parametrize("picture", ["words", "map", "tree"])
def test_a_run_of_an_older_version_does_not_break_a_picture(store, picture):
    study = need_study(store, "demo-en")
    run_of(store, "demo-en", places=[], leaves=None)
    assert PICTURES[picture].title() in [each.value for each in open_picture(study["slug"], picture).header]


def test_statements_of_a_topic_come_one_of_each_expert(store):
    study = run_of(store, "demo-en")
    texts = what_experts_said(store, study)["text"].tolist()
    said = shown(open_picture("demo-en", "voices"))
    assert texts[0] in said
    assert "of 20 experts" in said


def test_a_code_is_made_of_a_topic_on_the_page_and_its_statements_wait(store):
    study = run_of(store, "demo-en")
    app = open_picture("demo-en", "codes")
    name = next(each for each in app.text_input if each.label == "Name in English")
    assert name.value == "portal, register, GIS"
    name.set_value("Portals")
    next(each for each in app.button if each.label == "Make the code").click().run()
    assert not app.exception
    assert "Portals" in [row["name"] for row in samples_of(store, study["id"])]


def test_a_code_of_a_name_that_is_taken_is_refused_with_a_sentence(store):
    study = run_of(store, "demo-en")
    before = samples_of(store, study["id"])
    app = open_picture("demo-en", "codes")
    next(each for each in app.text_input if each.label == "Name in English").set_value(" ")
    next(each for each in app.button if each.label == "Make the code").click().run()
    assert not app.exception
    assert _("A code needs a name: write one in English or in Russian.") in shown(app)
    assert samples_of(store, study["id"]) == before


def test_words_of_a_run_are_never_markup(store):
    run_of(store, "demo-en")
    for picture in ("groups", "voices", "codes"):
        app = open_picture("demo-en", picture, topic="1")
        kinds = (app.markdown, app.subheader, app.caption)
        assert not any("[x](http" in each.value for kind in kinds for each in kind)
