"""Addresses of recordings that are good for some hours: signed with a secret that lies in the data folder."""

from __future__ import annotations

import hmac
import re
from hashlib import sha256
from pathlib import Path
from time import time

from survey_app.own_secret import own_secret

GOOD_FOR_S = 8 * 3600
"""How long an address is good for at least; that of a recording stays the same for an hour."""
SECRET = "recordings.key"  # noqa: S105 (a file's name)
_STEP_S = 3600
_TOKEN = re.compile(r"(\d{1,12})-([0-9a-f]{64})")


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
    return hmac.new(own_secret(data_folder, SECRET), f"{recording_id} {until}".encode(), sha256).hexdigest()
