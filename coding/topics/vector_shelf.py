"""A folder of vectors by the text's hash: many processes read and write it, and anybody may delete it at any time.

Each file holds `keys` (n, 16), the first bytes of each text's SHA-256, and `vectors` (n, dimensions), float32, as
safetensors. A file appears whole or not at all and never changes; one that cannot be read counts as not there.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

ROWS = 20_000
"""Most vectors in a file: 31 MB of 384 dimensions."""

FILES = 24
"""Above so many files those that are less than half full are laid together."""

ABANDONED_S = 3600
"""A file that has not been finished for so long belongs to a process that is gone."""

ENDING = ".safetensors"


def keys_of(texts: Sequence[str]) -> np.ndarray:
    """The texts' keys, (n,), 16 bytes each."""
    digests = b"".join(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16] for text in texts)
    return np.frombuffer(digests, dtype="S16")


def read(shelf: Path, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """Which keys are there, (n,) bool, and their vectors, (n, dimensions) float32, zeros elsewhere; None: no file.

    Where another process lays files together meanwhile, the folder is read once more.
    """
    order = np.argsort(keys, kind="stable")
    there, vectors = np.zeros(len(keys), dtype=bool), None
    for _attempt in range(2):
        vanished = False
        for file in _files(shelf):
            if there.all():
                break
            try:
                own, found = _opened(file)
            except FileNotFoundError:
                vanished = True
                continue
            except (OSError, ValueError):
                with suppress(OSError):
                    file.unlink()
                continue
            if vectors is None:
                vectors = np.zeros((len(keys), found.shape[1]), dtype=np.float32)
            if found.shape[1] != vectors.shape[1]:
                continue
            places = np.minimum(np.searchsorted(keys, own, sorter=order), len(keys) - 1)
            hits = keys[order[places]] == own
            there[order[places[hits]]] = True
            vectors[order[places[hits]]] = found[hits]
        if not vanished:
            break
    return there, vectors


def keep(shelf: Path, keys: np.ndarray, vectors: np.ndarray) -> None:
    """Write vectors, (n, dimensions) float32, and tidy up. Without room or right to write nothing is kept."""
    with suppress(OSError):
        for start in range(0, len(keys), ROWS):
            _write(shelf, keys[start : start + ROWS], vectors[start : start + ROWS])
        _lay_together(shelf)


def _lay_together(shelf: Path) -> None:
    """Small files become one, with each key once; what a process that is gone has left goes."""
    for file in shelf.glob("*.unfinished"):
        with suppress(FileNotFoundError):
            if time.time() - file.stat().st_mtime > ABANDONED_S:
                file.unlink()
    files = _files(shelf)
    if len(files) <= FILES:
        return
    taken: list[Path] = []
    parts: list[tuple[np.ndarray, np.ndarray]] = []
    for file in files:
        try:
            keys, vectors = _opened(file)
        except (OSError, ValueError):
            continue
        if 2 * len(keys) < ROWS and (not parts or vectors.shape[1] == parts[0][1].shape[1]):
            taken.append(file)
            parts.append((keys, vectors))
    if len(parts) < 2:
        return
    keys, first = np.unique(np.concatenate([each[0] for each in parts]), return_index=True)
    vectors = np.concatenate([each[1] for each in parts])[first]
    written = {
        _write(shelf, keys[start : start + ROWS], vectors[start : start + ROWS]) for start in range(0, len(keys), ROWS)
    }
    for file in taken:
        if file not in written:
            file.unlink(missing_ok=True)


def _files(shelf: Path) -> list[Path]:
    try:
        return sorted(file for file in shelf.iterdir() if file.suffix == ENDING)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _opened(file: Path) -> tuple[np.ndarray, np.ndarray]:
    """Keys and vectors of a file. Raises OSError, or ValueError if it is damaged."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        tensors = load(file.read_bytes())  # no mapping into memory: the file may go while it is read
        keys, vectors = tensors["keys"], tensors["vectors"]
    except (SafetensorError, KeyError) as problem:
        raise ValueError(f"{file} is damaged") from problem
    if keys.ndim != 2 or keys.shape[1] != 16 or keys.dtype != np.uint8:
        raise ValueError(f"{file} has other keys")
    if vectors.ndim != 2 or vectors.dtype != np.float32 or len(vectors) != len(keys) or not np.isfinite(vectors).all():
        raise ValueError(f"{file} has other vectors")
    return np.ascontiguousarray(keys).view("S16").ravel(), vectors


def _write(shelf: Path, keys: np.ndarray, vectors: np.ndarray) -> Path:
    """A new file, named by what is in it, so that two processes with the same vectors write the same file."""
    from safetensors.numpy import save

    rows = np.frombuffer(keys.astype("S16").tobytes(), dtype=np.uint8).reshape(-1, 16)
    content = save({"keys": rows, "vectors": np.ascontiguousarray(vectors, dtype=np.float32)})
    file = shelf / f"{hashlib.sha256(content).hexdigest()[:32]}{ENDING}"
    shelf.mkdir(parents=True, exist_ok=True)
    number, unfinished = tempfile.mkstemp(dir=shelf, suffix=".unfinished")
    try:
        with open(number, "wb") as opened:
            opened.write(content)
        os.replace(unfinished, file)
    finally:
        Path(unfinished).unlink(missing_ok=True)
    return file
