"""A named model comes from the Hugging Face hub onto this machine: only when asked, and only data, never code.

The rest of Rakurs never asks the hub for anything (in the worker its libraries are forbidden to); this module speaks
to it directly, so that the one way out is in one place. Files are laid as the hub's own store has them:
`snapshots/<commit>/`, and `refs/main` last, so that a model which is not whole is never taken for one that is here.
"""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from coding.topics.models import hub_folder
from transcripts.messages import Message, MessageError, sentence

ENDINGS = (".safetensors", ".json", ".txt", ".model")
"""Weights, settings and words. Pickled weights (.bin, .pt) can carry program code, and programs (.py) are some."""

MEGABYTE = 1_000_000
ROOM = 100 * MEGABYTE
"""Bytes of the disk that stay free."""

PIECE = 16 * 1024
TOLD_EVERY_S = 0.3
TIMEOUT_S = 20.0
TRIES = 5
"""How often a broken connection is taken up again before the person is asked."""

_NAME = re.compile(r"^[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*)?$")
_PARTS = re.compile(r"^model-\d+-of-\d+\.safetensors$")

Report = Callable[[float, Message], None]


class NotDownloaded(MessageError):
    """A model could not be downloaded; what has come so far is kept and goes on from there."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a model on the hub: its bytes, and its SHA-256 where the hub says it ("" for small ones)."""

    name: str
    size: int
    sha256: str


def endpoint() -> str:
    """The address of the hub; HF_ENDPOINT names another."""
    return (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")


def download(payload: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Download `payload["name"]` as a job: {name, bytes}. `report` may raise to stop. Raises NotDownloaded."""
    import httpx2

    name = str(payload["name"]).strip()
    if not _NAME.match(name) or ".." in name:
        raise NotDownloaded(
            sentence("“{model}” cannot be the name of a model. A name looks like owner/model.", model=name)
        )
    report(0.0, sentence("Asking {address} for the model", address=endpoint()))
    with httpx2.Client(timeout=TIMEOUT_S, follow_redirects=True, headers={"user-agent": "rakurs"}) as client:
        commit, files = _listed(client, name)
        files = _wanted(client, name, commit, files)
        folder = hub_folder(name)
        snapshot, unfinished = folder / "snapshots" / commit, folder / "unfinished" / commit
        _need_room(name, files, unfinished, snapshot)
        total, before = sum(each.size for each in files), 0
        try:
            for each in files:
                _fetch(client, name, commit, each, unfinished, snapshot, _progress(report, name, before, total))
                before += each.size
            _write_whole(folder / "refs" / "main", commit)
        except OSError as problem:
            raise NotDownloaded(
                sentence(
                    "The files of the model cannot be written to {folder}: {problem}.",
                    folder=str(folder), problem=problem.strerror or str(problem),
                )
            ) from problem  # fmt: skip
    shutil.rmtree(folder / "unfinished", ignore_errors=True)
    return {"name": name, "bytes": total}


def _listed(client: Any, name: str) -> tuple[str, list[_File]]:
    """The newest commit of a model and its files."""
    answer = _asked(client, f"{endpoint()}/api/models/{name}?blobs=true", name)
    try:
        told = answer.json()
        commit = str(told["sha"])
        files = [
            _File(str(each["rfilename"]), int(each.get("size") or 0), str((each.get("lfs") or {}).get("sha256") or ""))
            for each in told["siblings"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise NotDownloaded(
            sentence("{address} does not answer as a hub of models does.", address=endpoint())
        ) from problem
    if not re.fullmatch(r"[0-9a-f]{7,64}", commit):
        raise NotDownloaded(sentence("{address} does not answer as a hub of models does.", address=endpoint()))
    return commit, files


def _wanted(client: Any, name: str, commit: str, files: list[_File]) -> list[_File]:
    """The files that loading needs: those of the model's own folder and of its modules, weights in safetensors only."""
    safe = {each.name: each for each in files if _is_plain(each.name)}
    modules = {""}
    if "modules.json" in safe:
        answer = _asked(client, f"{endpoint()}/{name}/resolve/{commit}/modules.json", name)
        try:
            modules |= {str(each.get("path", "")).strip("./") for each in answer.json()}
        except (ValueError, AttributeError, TypeError) as problem:
            raise _no_weights(name) from problem
    chosen, weighed = [], False
    for module in sorted(modules):
        own = [each for each in safe.values() if str(PurePosixPath(each.name).parent).strip(".") == module]
        weights = [each for each in own if _is_weights(each.name)]
        pickled = any(
            each.name.endswith((".bin", ".pt")) and str(PurePosixPath(each.name).parent).strip(".") == module
            for each in files
        )
        if pickled and not weights:
            raise _no_weights(name)
        weighed = weighed or bool(weights)
        chosen += [each for each in own if not each.name.endswith(".safetensors")] + weights
    if not weighed:
        raise _no_weights(name)
    return sorted(chosen, key=lambda each: (each.size, each.name))


def _no_weights(name: str) -> NotDownloaded:
    return NotDownloaded(
        sentence(
            "The model {model} offers its weights in a form that can carry program code, not as safetensors, or is no "
            "model of sentences. Rakurs does not take it: choose another one.",
            model=name,
        )
    )


def _is_plain(name: str) -> bool:
    """A data file at the top or one folder deep, with a name that cannot lead elsewhere."""
    parts = name.split("/")
    return len(parts) <= 2 and name.endswith(ENDINGS) and all(re.fullmatch(r"\w[\w.-]*", part) for part in parts)


def _is_weights(name: str) -> bool:
    file = name.rsplit("/", 1)[-1]
    return file == "model.safetensors" or bool(_PARTS.match(file))


def _need_room(name: str, files: list[_File], unfinished: Path, snapshot: Path) -> None:
    missing = sum(
        max(0, each.size - _size(unfinished / each.name)) for each in files if _size(snapshot / each.name) != each.size
    )
    existing = next(each for each in unfinished.parents if each.is_dir())
    free = shutil.disk_usage(existing).free
    if missing + ROOM > free:
        raise NotDownloaded(
            sentence(
                "The model {model} needs {needed} MB, but only {free} MB are free in {folder}. Make room and try "
                "again.",
                model=name, needed=-(-missing // MEGABYTE), free=free // MEGABYTE, folder=str(existing),
            )
        )  # fmt: skip


def _fetch(
    client: Any, name: str, commit: str, file: _File, unfinished: Path, snapshot: Path, progress: Callable[[int], None]
) -> None:
    """One file, from where it was left; moved into the snapshot when it is whole and is what the hub said."""
    import httpx2

    target, part = snapshot / file.name, unfinished / file.name
    if target.is_file() and target.stat().st_size == file.size:
        return
    part.parent.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if _size(part) > file.size:
        part.unlink()
    tries = 0
    while _size(part) < file.size or not part.exists():
        had = _size(part)
        try:
            _receive(client, f"{endpoint()}/{name}/resolve/{commit}/{file.name}", name, file, part, progress)
        except httpx2.TransportError as problem:
            tries = tries + 1 if _size(part) == had else 0
            if tries >= TRIES:
                raise NotDownloaded(
                    sentence(
                        "The connection to {address} was lost. Start again: the download goes on where it stopped.",
                        address=endpoint(),
                    )
                ) from problem
    if file.sha256 and _sha256(part) != file.sha256:
        part.unlink()
        raise NotDownloaded(
            sentence("The file {file} has come damaged. Start again, and it is fetched anew.", file=file.name)
        )
    os.replace(part, target)


def _receive(client: Any, address: str, name: str, file: _File, part: Path, progress: Callable[[int], None]) -> None:
    """Append what is missing of a file; a server that does not know ranges sends all of it again."""
    import httpx2

    had = _size(part)
    asked = {"accept-encoding": "identity"} | ({"range": f"bytes={had}-"} if had else {})
    with client.stream("GET", address, headers=asked) as answer:
        _need_good(answer, name)
        if had and answer.status_code != 206:
            had = 0
        with part.open("ab" if had else "wb") as opened:
            progress(had)
            for piece in answer.iter_raw(PIECE):
                had += len(piece)
                if had > file.size:
                    break
                opened.write(piece)
                progress(had)
    if had > file.size:
        part.unlink()
    if had != file.size:
        raise httpx2.RemoteProtocolError(f"{address} did not send what was announced")


def _asked(client: Any, address: str, name: str) -> Any:
    import httpx2

    try:
        answer = client.get(address)
    except httpx2.TransportError as problem:
        raise NotDownloaded(
            sentence("{address} cannot be reached. Is this machine online? Nothing was downloaded.", address=endpoint())
        ) from problem
    _need_good(answer, name)
    return answer


def _need_good(answer: Any, name: str) -> None:
    if answer.status_code in {401, 404}:  # the hub tells nobody whether a name exists that is not public
        raise NotDownloaded(
            sentence("{address} has no public model with the name {model}.", address=endpoint(), model=name)
        )
    if answer.status_code == 403:
        raise NotDownloaded(
            sentence("The model {model} is given only to people with an account at {address}.",
                     address=endpoint(), model=name)
        )  # fmt: skip
    if answer.status_code >= 400:
        raise NotDownloaded(
            sentence(
                "{address} answered with error {status}. Try again later.",
                address=endpoint(), status=answer.status_code,
            )
        )  # fmt: skip


def _progress(report: Report, name: str, before: int, total: int) -> Callable[[int], None]:
    told_at = 0.0

    def told(ready: int) -> None:
        nonlocal told_at
        if time.monotonic() < told_at + TOLD_EVERY_S and before + ready < total:
            return
        told_at = time.monotonic()
        report(
            (before + ready) / max(1, total),
            sentence(
                "{model}: {ready} of {total} MB",
                model=name,
                ready=(before + ready) // MEGABYTE,
                total=-(-total // MEGABYTE),
            ),
        )

    return told


def _write_whole(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.write_text(text, "utf-8")
    os.replace(unfinished, file)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
