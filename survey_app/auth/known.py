"""Browsers in which a login has signed in before: a stranger who tries its password does not make them wait."""

import hmac
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe

from survey_app.auth.forms import SECRET
from survey_app.own_secret import own_secret

COOKIE = "rakurs-known"


def sign_of(data_folder: Path, login: str) -> str:
    """What such a browser keeps; says nothing of the login."""
    browser = token_urlsafe(16)
    return f"{browser}.{_signature(data_folder, browser, login)}"


def known_as(data_folder: Path, kept: str, login: str) -> str:
    """The browser's own name if it is known for this login, else ""."""
    browser, _dot, given = kept.partition(".")
    expected = _signature(data_folder, browser, login)
    return browser if hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()) else ""


def _signature(data_folder: Path, browser: str, login: str) -> str:
    words = f"known {browser} {login}".encode("utf-8", "replace")
    return hmac.new(own_secret(data_folder, SECRET), words, sha256).hexdigest()
