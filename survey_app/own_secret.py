"""Secrets of this installation: made at their first use, in the data folder, readable by its owner alone."""

import os
from pathlib import Path
from secrets import token_bytes
from threading import Lock

_BYTES = 32
_making = Lock()


def own_secret(data_folder: Path, name: str) -> bytes:
    """The secret in the file `name`, 32 bytes; one that was cut short is made anew."""
    path = data_folder / name
    with _making:
        try:
            secret = path.read_bytes()
        except FileNotFoundError:
            secret = b""
        if len(secret) == _BYTES:
            return secret
        secret = token_bytes(_BYTES)
        data_folder.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secret)
        return secret
