"""Forms that only a page of ours can send: a token bound to the browser, and a look at where a request comes from."""

import hmac
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from survey_app.own_secret import own_secret
from survey_app.settings import settings

COOKIE = "rakurs-form"
FIELD = "form_token"
SECRET = "forms.key"  # noqa: S105 (a file's name)
MOST_BYTES = 16 * 1024
LONGEST_PATH = 500
_SEED = re.compile(r"[\w-]{43}")


class TooLong(Exception):
    """A form with more in it than any of ours can have."""


def seed_of(request: Request) -> str:
    """What the browser's cookie holds, or something fresh for it."""
    kept = request.cookies.get(COOKIE, "")
    return kept if _SEED.fullmatch(kept) else token_urlsafe(32)


def token_for(data_folder: Path, seed: str) -> str:
    """What the forms of a browser carry."""
    return hmac.new(own_secret(data_folder, SECRET), f"form {seed}".encode(), sha256).hexdigest()


def is_ours(request: Request, fields: Mapping[str, str]) -> bool:
    """Whether a form was sent from a page of ours that this very browser has been given."""
    seed = request.cookies.get(COOKIE, "")
    expected = token_for(settings().data_folder, seed).encode()
    fitting = hmac.compare_digest(expected, fields.get(FIELD, "").encode())
    return bool(_SEED.fullmatch(seed)) and fitting and comes_from_here(request)


def comes_from_here(request: Request) -> bool:
    """Whether the browser says nothing else than that our own page asks."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    host = urlsplit(origin).netloc
    return origin == settings().address or (bool(host) and host == request.headers.get("host"))


async def body_of(request: Request, most: int) -> bytes:
    """What was sent. Raises TooLong before more than `most` bytes are in memory."""
    pieces, size = [], 0
    async for piece in request.stream():
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise TooLong
    return b"".join(pieces)


async def fields_of(request: Request) -> dict[str, str]:
    """The fields of a form that was sent. Raises TooLong before more than `MOST_BYTES` are in memory."""
    body = await body_of(request, MOST_BYTES)
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {}
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=50))
    except ValueError:
        return {}


def own_path(wished: str) -> str:
    """Where to go on after signing in: a path of ours, else the start."""
    plain = wished.isprintable() and "\\" not in wished and len(wished) <= LONGEST_PATH
    inside = wished.startswith("/") and not wished.startswith("//") and not wished.startswith("/auth/sign-")
    return wished if plain and inside else "/"
