"""What is known of models before they are here, and what of them is on this machine."""

import pytest

from coding.topics import models
from coding.topics.models import ENGLISH, KNOWN, LETTERS, MULTILINGUAL, RUSSIAN, is_here, known, prefix_of, state


def put_into_hub(hub, name, commit="abc"):
    """A model in the hub's store, as `hf download` leaves it."""
    store = hub / f"models--{name.replace('/', '--')}"
    snapshot = store / "snapshots" / commit
    snapshot.mkdir(parents=True)
    (snapshot / "modules.json").write_text("[]", "utf-8")
    (snapshot / "model.safetensors").write_bytes(bytes(1000))
    (store / "refs").mkdir()
    (store / "refs" / "main").write_text(commit, "utf-8")
    return snapshot


def test_names_are_there_once_and_bundled_models_first():
    names = [each.name for each in KNOWN]
    assert len(set(names)) == len(names)
    assert names[:3] == [ENGLISH, RUSSIAN, LETTERS]
    assert [each.bundled for each in KNOWN] == [True] * 3 + [False] * (len(KNOWN) - 3)


def test_only_models_of_one_space_for_both_languages_read_mixed_studies():
    assert MULTILINGUAL[0] == "intfloat/multilingual-e5-small"
    assert "sergeyzh/rubert-tiny-turbo" not in MULTILINGUAL
    assert not {ENGLISH, RUSSIAN, LETTERS} & set(MULTILINGUAL)


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("intfloat/multilingual-e5-small", "query: "),
        ("/models/my-e5-large", "query: "),
        ("intfloat/multilingual-e5-large-instruct", ""),
        ("BAAI/bge-m3", ""),
        ("somebody/else", ""),
    ],
)
def test_the_prefix_that_a_model_wants(name, prefix):
    assert prefix_of(name) == prefix


def test_bundled_models_are_always_here(tmp_path):
    assert [state(name, tmp_path).here for name in (ENGLISH, RUSSIAN, LETTERS)] == [True] * 3
    assert state(ENGLISH, tmp_path).size == 91_000_000
    assert list(tmp_path.iterdir()) == [tmp_path / "hub"]  # nothing was built for the question


def test_a_model_in_the_store_of_the_hub_is_here_with_its_size(empty_hub, tmp_path):
    assert not state(MULTILINGUAL[0], tmp_path).here
    snapshot = put_into_hub(empty_hub, MULTILINGUAL[0])
    found = state(MULTILINGUAL[0], tmp_path)
    assert (found.here, found.folder, found.size) == (True, snapshot, 1002)


def test_a_model_whose_download_was_not_finished_is_not_here(empty_hub):
    snapshot = put_into_hub(empty_hub, MULTILINGUAL[0])
    (snapshot.parents[1] / "refs" / "main").unlink()
    assert not is_here(MULTILINGUAL[0])


def test_a_folder_is_a_model_if_it_says_what_it_is_made_of(tmp_path):
    (tmp_path / "mine").mkdir()
    assert not is_here(str(tmp_path / "mine"))
    (tmp_path / "mine" / "config.json").write_text("{}", "utf-8")
    assert state(str(tmp_path / "mine"), tmp_path).size == 2


@pytest.mark.parametrize("name", ["", "..", "../..", "a\0b", "x" * 5000, "a/b/c", "models"])
def test_what_is_no_name_is_not_here(name):
    assert not is_here(name)


def test_weights_have_a_fingerprint_and_all_files_a_recipe(tmp_path):
    (tmp_path / "config.json").write_text("{}", "utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    name = str(tmp_path)
    import hashlib

    assert models.fingerprint(name, tmp_path) == hashlib.sha256(b"weights").hexdigest()[:12]
    before, recipe = models.fingerprint(name, tmp_path), models.recipe(name, tmp_path)
    (tmp_path / "config.json").write_text('{"pooling": 1}', "utf-8")
    assert models.fingerprint(name, tmp_path) == before
    assert models.recipe(name, tmp_path) != recipe


def test_every_note_is_a_sentence():
    assert all(str(each.note).endswith(".") for each in KNOWN)
    assert known("no such model") is None
