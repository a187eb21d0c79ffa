"""Addresses of recordings that are good for some hours: signed with a secret that lies in the data folder."""

from __future__ import annotations

import hmac
import os
import re
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes
from threading import Lock
from time import time

GOOD_FOR_S = 8 * 3600
"""How long an address is good for at least; that of a recording stays the same for an hour."""
SECRET = "recordings.key"  # noqa: S105 (a file's name)
_BYTES = 32
_STEP_S = 3600
_TOKEN = re.compile(r"(\d{1,12})-([0-9a-f]{64})")
_making = Lock()


def address_of(data_folder: Path, recording_id: str) -> str:
    """Where a browser may ask for a recording until the token expires. Names neither a person nor a file."""
    until = (int(time()) // _STEP_S + 1) * _STEP_S + GOOD_FOR_S
    return f"/recording/{recording_id}?token={until}-{_signature(data_folder, recording_id, until)}"


def is_good(data_folder: Path, recording_id: str, token: str) -> bool:
    """Whether the token was made here for this recording and has not expired."""
    read = _TOKEN.fullmatch(token)
    until, given = (int(read[1]), read[2]) if read else (0, "")
    return hmac.compare_digest(given, _signature(data_folder, recording_id, until)) and time() < until


def _signature(data_folder: Path, recording_id: str, until: int) -> str:
    return hmac.new(_secret(data_folder), f"{recording_id} {until}".encode(), sha256).hexdigest()


def _secret(data_folder: Path) -> bytes:
    """The installation's secret, made at the first use; one that was cut short is made anew."""
    path = data_folder / SECRET
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
