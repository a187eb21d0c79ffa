"""A model comes when it is asked for: only data, whole or not at all, and every failure is a sentence."""

import shutil
import socket

import pytest

from coding.topics import downloading, models, vectors
from coding.topics.downloading import NotDownloaded, download
from tests.coding.topics.tiny import hub_at_work, make_model

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("topics")]

NAME = "somebody/tiny-model"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return make_model(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture
def hub(model, monkeypatch):
    with hub_at_work() as (hub, address):
        monkeypatch.setenv("HF_ENDPOINT", address)
        hub.offer(NAME, model)
        hub.models[NAME] |= {
            "pytorch_model.bin": b"pickle", "modeling_own.py": b"code", "README.md": b"words",
            "onnx/model.onnx": b"other", "openvino/config.json": b"{}", "../config.json": b"{}", "a/../b.json": b"{}",
        }  # fmt: skip
        yield hub


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    monkeypatch.setattr(downloading, "PIECE", 1000)
    monkeypatch.setattr(downloading, "TOLD_EVERY_S", 0)


def told():
    """What the job says, and a report to give it."""
    said = []
    return said, lambda share, message: said.append((share, str(message)))


def get(name=NAME):
    return download({"name": name}, lambda _share, _message: None)


def test_a_model_is_downloaded_and_used(hub, model, tmp_path):
    said, report = told()
    assert not models.is_here(NAME)
    done = download({"name": f" {NAME} "}, report)
    assert models.is_here(NAME)
    assert done["bytes"] == models.state(NAME, tmp_path).size
    assert said[0] == (0.0, f"Asking {downloading.endpoint()} for the model")
    assert said[-1][0] == 1.0
    assert [share for share, _words in said] == sorted(share for share, _words in said)
    found = vectors.embed(["open data"], NAME, tmp_path)
    assert (found == vectors.embed(["open data"], str(model), tmp_path)).all()


def test_only_data_is_fetched_never_pickles_and_never_programs(hub, model, empty_hub):
    get()
    asked = {path.split(f"/resolve/{hub.commit}/")[1] for path, _range in hub.asked if "/resolve/" in path}
    there = {str(each.relative_to(model)) for each in model.rglob("*") if each.is_file()}
    assert asked == there
    assert all(each.endswith(downloading.ENDINGS) for each in asked)
    assert not list(empty_hub.rglob("*.bin"))
    assert not list(empty_hub.rglob("*.unfinished"))
    assert not (models.hub_folder(NAME) / "unfinished").exists()


def test_the_store_is_one_that_the_hubs_own_library_reads(hub, empty_hub):
    from huggingface_hub import snapshot_download

    get()
    assert snapshot_download(NAME, local_files_only=True, cache_dir=empty_hub) == str(models.found_folder(NAME))


def test_what_was_broken_off_goes_on_where_it_stopped(hub, monkeypatch):
    monkeypatch.setattr(downloading, "TRIES", 1)
    size = len(hub.models[NAME]["model.safetensors"])
    assert size > 20_000

    class Stopped(BaseException):
        pass

    def stop(share, _message):
        if share > 0.5:
            raise Stopped

    with pytest.raises(Stopped):
        download({"name": NAME}, stop)
    assert not models.is_here(NAME)
    hub.asked.clear()
    get()
    weights = [asked for path, asked in hub.asked if path.endswith("model.safetensors")]
    assert len(weights) == 1
    assert int(weights[0].removeprefix("bytes=").rstrip("-")) > size / 4
    assert len(hub.asked) <= 4  # what was whole is not asked for again
    assert models.is_here(NAME)


def test_a_connection_that_breaks_is_taken_up_again(hub):
    hub.break_after = 10_000
    get()
    assert models.is_here(NAME)
    assert [asked for path, asked in hub.asked if path.endswith("model.safetensors")][:3] == [
        None, "bytes=10000-", "bytes=20000-",
    ]  # fmt: skip


def test_a_connection_that_never_gives_anything_is_told(hub):
    hub.break_after = 0
    with pytest.raises(NotDownloaded, match=r"was lost. Start again: the download goes on where it stopped"):
        get()
    assert not models.is_here(NAME)


def test_a_server_without_ranges_sends_all_again(hub, monkeypatch):
    hub.ranges = False
    part = models.hub_folder(NAME) / "unfinished" / hub.commit / "model.safetensors"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"something old")
    get()
    assert (models.found_folder(NAME) / "model.safetensors").read_bytes() == hub.models[NAME]["model.safetensors"]


def test_a_damaged_file_is_not_taken(hub):
    hub.wrong = {"model.safetensors"}
    with pytest.raises(NotDownloaded, match=r"The file model.safetensors has come damaged"):
        get()
    assert not models.is_here(NAME)
    hub.wrong = set()
    get()
    assert models.is_here(NAME)


def test_without_a_network_it_is_told(monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("HF_ENDPOINT", address)
    with pytest.raises(NotDownloaded, match=f"{address} cannot be reached. Is this machine online"):
        get()


def test_the_guard_of_the_tests_is_what_a_missing_network_looks_like(monkeypatch, calls_outside):
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    with pytest.raises(NotDownloaded, match=r"https://huggingface.co cannot be reached"):
        get()
    assert calls_outside


def test_a_name_that_the_hub_does_not_know_is_told(hub):
    with pytest.raises(NotDownloaded, match="has no public model with the name nobody/nothing"):
        get("nobody/nothing")


@pytest.mark.parametrize("name", ["", "../up", "a/b/c", "a b", "http://x.example/a", "a/..", "/etc", "owner/мodel?x=1"])
def test_what_cannot_be_a_name_is_never_asked_for(hub, name):
    with pytest.raises(NotDownloaded, match="cannot be the name of a model"):
        get(name)
    assert hub.asked == []


@pytest.mark.parametrize("missing", ["all", "module"])
def test_pickled_weights_are_refused(hub, missing):
    files = hub.models[NAME]
    if missing == "all":
        del files["model.safetensors"]
    else:
        files["1_Pooling/pytorch_model.bin"] = b"pickle"
    with pytest.raises(NotDownloaded, match="a form that can carry program code, not as safetensors"):
        get()
    assert not any("safetensors" in path for path, _range in hub.asked)


def test_a_model_that_does_not_fit_on_the_disk_is_not_begun(hub, empty_hub):
    listing = hub.listing(NAME)
    free = shutil.disk_usage(empty_hub).free
    for each in listing["siblings"]:
        if each["rfilename"] == "model.safetensors":
            each["size"] = free
    hub.listing = lambda _name: listing
    with pytest.raises(NotDownloaded, match=r"needs \d+ MB, but only \d+ MB are free"):
        get()
    assert not any(path.endswith("model.safetensors") for path, _range in hub.asked)


def test_an_answer_of_something_else_is_told(hub):
    hub.listing = lambda _name: ["no", "model"]
    with pytest.raises(NotDownloaded, match="does not answer as a hub of models does"):
        get()


def test_a_file_larger_than_announced_is_not_taken(hub):
    listing = hub.listing(NAME)
    for each in listing["siblings"]:
        if each["rfilename"] == "model.safetensors":
            each["size"] = 100
    hub.listing = lambda _name: listing
    with pytest.raises(NotDownloaded):
        get()
    assert not models.is_here(NAME)
