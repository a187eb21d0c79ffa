"""Vectors are made once, are the same whoever asks, and survive whatever happens to their folder."""

import random
import shutil
import threading

import numpy as np
import pytest

from coding.topics import all_cores, vector_shelf, vectors
from coding.topics.models import LETTERS, UnusableModel
from tests.coding.topics.tiny import WORDS, make_model

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("topics")]


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return str(make_model(tmp_path_factory.mktemp("tiny") / "model"))


@pytest.fixture
def shelf(model, tmp_path):
    return tmp_path / "vectors" / vectors.recipe_folder(model, tmp_path)


def texts(count, seed=0):
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORDS, k=chance.randint(1, 30))) + f" {index}" for index in range(count)]


def made_of(monkeypatch):
    """The texts that a model was asked for, as they come."""
    asked = []
    batches = vectors._batches

    def counted(model, new, prefix):
        asked.extend(new)
        return batches(model, new, prefix)

    monkeypatch.setattr(vectors, "_batches", counted)
    return asked


def test_a_text_has_the_same_vector_whatever_it_is_embedded_with_and_the_same_bits_once_it_is_stored(model, tmp_path):
    said = texts(200)
    together = vectors.embed(said, model, tmp_path / "a")
    alone = np.vstack([vectors.embed([each], model, tmp_path / "b") for each in said[:40]])
    assert np.allclose(together[:40], alone, rtol=0, atol=1e-6)
    assert np.allclose(vectors.embed(said[::-1], model, tmp_path / "c")[::-1], together, rtol=0, atol=1e-6)
    assert np.array_equal(vectors.embed(said, model, tmp_path / "b")[:40], alone)  # forty of them were stored
    assert np.array_equal(vectors.embed(said[::-1], model, tmp_path / "a")[::-1], together)


def test_stored_vectors_are_those_that_were_returned_at_first(model, tmp_path):
    said = texts(50)
    first = vectors.embed(said, model, tmp_path)
    assert first.dtype == np.float32
    assert np.allclose(np.linalg.norm(first, axis=1), 1)
    assert np.array_equal(vectors.embed(said, model, tmp_path), first)


def test_however_many_cores_are_at_work_the_bits_are_the_same(model, tmp_path, monkeypatch):
    said = texts(300)
    found = []
    for cores in (1, 2, 5):
        monkeypatch.setattr(all_cores, "cores", lambda many=cores: many)
        found.append(vectors.embed(said, model, tmp_path / str(cores)))
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], found[2])


def test_several_cores_stop_when_the_work_is_cancelled_and_a_fault_of_one_is_told(model, tmp_path, monkeypatch):
    monkeypatch.setattr(all_cores, "cores", lambda: 3)

    class Cancelled(Exception):
        pass

    def cancel(share):
        if share > 0.1:
            raise Cancelled

    batches = [np.array([row]) for row in range(100)]

    def vectors_of(_own, rows):
        if rows[0] == 50:
            raise ArithmeticError("a fault")
        return rows, np.zeros((1, 24))

    loaded = vectors._load(model, model)
    with pytest.raises(ArithmeticError):
        list(all_cores.on_all_cores(loaded, vectors_of, batches))
    working = threading.active_count()
    with pytest.raises(Cancelled):
        vectors.embed(texts(300), model, tmp_path, cancel)
    assert threading.active_count() == working


def test_vectors_are_those_of_sentence_transformers(model, tmp_path):
    from sentence_transformers import SentenceTransformer

    said = texts(30)
    expected = SentenceTransformer(model, device="cpu").encode(said, normalize_embeddings=True)
    assert np.abs(vectors.embed(said, model, tmp_path) - expected).max() < 1e-3


def test_only_new_texts_are_embedded_and_equal_ones_once(model, tmp_path, monkeypatch):
    asked = made_of(monkeypatch)
    vectors.embed(["open data", "a register", "open data"], model, tmp_path)
    assert asked == ["open data", "a register"]
    found = vectors.embed(["the portal", "open data", "the portal"], model, tmp_path)
    assert asked == ["open data", "a register", "the portal"]
    assert np.array_equal(found[0], found[2])


def test_another_model_or_another_prefix_has_vectors_of_its_own(model, tmp_path):
    other = make_model(tmp_path / "other", hidden=16)
    shutil.copytree(model, tmp_path / "tiny-e5")
    said = ["the register does not know"]
    shapes = [vectors.embed(said, str(each), tmp_path).shape for each in (model, other)]
    assert shapes == [(1, 24), (1, 16)]
    with_prefix = vectors.embed(said, str(tmp_path / "tiny-e5"), tmp_path)
    assert not np.array_equal(with_prefix, vectors.embed(said, model, tmp_path))
    assert np.array_equal(with_prefix, vectors.embed(["query: the register does not know"], model, tmp_path))
    assert len(list((tmp_path / "vectors").iterdir())) == 3


def test_a_model_whose_weights_have_changed_is_another_one(model, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(model, copy)
    before = vectors.embed(["open data"], str(copy), tmp_path)
    weights = bytearray((copy / "model.safetensors").read_bytes())
    weights[-64:] = bytes(64)
    (copy / "model.safetensors").write_bytes(weights)
    vectors._load.cache_clear()
    vectors.embed(["open data"], str(copy), tmp_path)
    assert len(list((tmp_path / "vectors").iterdir())) == 2
    assert before.shape == (1, 24)


@pytest.mark.parametrize("damage", ["truncated", "empty", "other", "foreign"])
def test_a_damaged_file_is_ignored_and_made_again(model, tmp_path, shelf, damage):
    from safetensors.numpy import save_file

    said = texts(20)
    first = vectors.embed(said, model, tmp_path)
    (file,) = shelf.glob("*.safetensors")
    if damage == "truncated":
        file.write_bytes(file.read_bytes()[:-100])
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "other":
        file.write_text("no vectors at all " * 50, "utf-8")
    else:
        save_file({"keys": np.zeros((3, 16), np.uint8), "vectors": np.full((3, 24), np.nan, np.float32)}, file)
    assert np.array_equal(vectors.embed(said, model, tmp_path), first)
    assert np.array_equal(vectors.embed(said, model, tmp_path), first)
    assert len(list(shelf.glob("*.safetensors"))) == 1


def test_the_folder_may_go_at_any_moment(model, tmp_path):
    said = texts(30)
    first = vectors.embed(said, model, tmp_path)
    size = vectors.stored_bytes(tmp_path)
    assert size > 30 * 24 * 2

    def gone(_share):
        vectors.forget(tmp_path)

    assert np.array_equal(vectors.embed([*said, "one more"], model, tmp_path, gone)[:30], first)
    vectors.forget(tmp_path)
    assert vectors.stored_bytes(tmp_path) == 0
    assert np.array_equal(vectors.embed(said, model, tmp_path), first)
    assert vectors.stored_bytes(tmp_path) == size


def test_where_nothing_can_be_written_vectors_are_made_all_the_same(model, tmp_path):
    (tmp_path / "vectors").write_text("a file where the folder would be", "utf-8")
    assert vectors.embed(["open data"], model, tmp_path).shape == (1, 24)


def test_what_was_ready_when_the_work_was_stopped_stays(model, tmp_path, monkeypatch):
    monkeypatch.setattr(vectors, "PORTION", 10)
    said = texts(30)

    class Stopped(Exception):
        pass

    def stop(share):
        if share > 0.5:
            raise Stopped

    with pytest.raises(Stopped):
        vectors.embed(said, model, tmp_path, stop)
    asked = made_of(monkeypatch)
    vectors.embed(said, model, tmp_path)
    assert asked == said[10:]


def test_progress_rises_to_the_end(model, tmp_path):
    shares = []
    vectors.embed(texts(100), model, tmp_path, shares.append)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_no_text_at_all_has_no_vectors(model, tmp_path):
    assert vectors.embed([], model, tmp_path).shape == (0, 24)


def test_strange_texts_have_vectors(model, tmp_path):
    found = vectors.embed(["", " ", "🙂" * 50, "word " * 10_000, "\ud800 half a sign"], model, tmp_path)
    assert np.isfinite(found).all()


def test_spelling_is_compared_within_the_texts_and_never_stored(tmp_path):
    vectors.embed(["ανοιχτά δεδομένα", "τιμή του νερού", "δεδομένα"], LETTERS, tmp_path)
    assert not (tmp_path / "vectors").exists()


def test_many_small_files_are_laid_together(tmp_path):
    keys = vector_shelf.keys_of([str(index) for index in range(400)])
    rows = np.random.default_rng(0).normal(size=(400, 8)).astype(np.float32)
    for start in range(0, 400, 4):  # every second file repeats the one before it
        at = start - start % 8
        vector_shelf.keep(tmp_path, keys[at : at + 8], rows[at : at + 8])
        vector_shelf.keep(tmp_path, keys[start : start + 4], rows[start : start + 4])
    assert len(list(tmp_path.iterdir())) <= vector_shelf.FILES
    there, found = vector_shelf.read(tmp_path, keys[::-1])
    assert there.all()
    assert np.array_equal(found, rows[::-1])


def test_what_a_lost_process_has_left_goes_in_time(tmp_path):
    import os

    old, young = tmp_path / "a.unfinished", tmp_path / "b.unfinished"
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (0, 0))
    vector_shelf.keep(tmp_path, vector_shelf.keys_of(["a"]), np.ones((1, 8), np.float32))
    assert (old.exists(), young.exists()) == (False, True)


WRITER = """
import sys
import time
from pathlib import Path
import numpy as np
from coding.topics import vector_shelf
shelf, number, deleted = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
for turn in range(60):
    while turn == 30 and not deleted.exists():
        time.sleep(0.001)
    names = [f"{number} {turn} {index}" for index in range(5)]
    vector_shelf.keep(shelf, vector_shelf.keys_of(names), np.full((5, 8), number + 1, np.float32))
"""


def test_several_processes_write_while_another_one_deletes(tmp_path):
    import subprocess
    import sys
    from pathlib import Path

    shelf, deleted = tmp_path / "vectors" / "one", tmp_path / "deleted"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, shelf, str(number), deleted], cwd=Path(__file__).parents[3],
                         env={"PYTHONPATH": ".", "PATH": ""}, stderr=subprocess.PIPE)
        for number in range(3)
    ]  # fmt: skip
    while any(each.poll() is None for each in writers):
        if not deleted.exists() and shelf.exists():
            vectors.forget(tmp_path)
            deleted.touch()
        vector_shelf.read(shelf, vector_shelf.keys_of(["0 59 0"]))
    assert [each.wait() for each in writers] == [0, 0, 0], [each.stderr.read() for each in writers]
    keys = vector_shelf.keys_of([f"{number} 59 {index}" for number in range(3) for index in range(5)])
    there, found = vector_shelf.read(shelf, keys)
    assert there.any()
    expected = np.repeat([1, 2, 3], 5)[there]
    assert (found[there] == expected[:, None]).all()


def test_a_model_that_is_not_here_is_not_fetched(tmp_path, calls_outside):
    with pytest.raises(UnusableModel, match="is not on this machine"):
        vectors.embed(["open data"], "some/model", tmp_path)
    assert calls_outside == []
