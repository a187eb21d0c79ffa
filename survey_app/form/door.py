"""How a personal link is opened: tries that lead nowhere are counted, and a page of another site can send nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from survey_app.auth.forms import TooLong, body_of
from survey_app.auth.known import known_as, sign_of
from survey_app.auth.limiting import Key, Limiter
from survey_app.form.pages import HEADERS, YEAR_S
from survey_app.settings import settings
from survey_app.store.sign_ins import hashed

OF_ADDRESS = 40
"""Links that lead nowhere and are free for an address on the net: a whole office may come from one."""


@dataclass(frozen=True, slots=True)
class Door:
    """Behind which personal links lie. `cookie`: by which a browser that has had a good one is known; `path`: where
    they lie."""

    cookie: str
    path: str

    def key(self, request: Request, token: str) -> Key:
        """Under what a try is counted: the browser where it knows the link, else the address on the net."""
        browser = known_as(settings().data_folder, request.cookies.get(self.cookie, ""), hashed(token))
        client = request.client
        return Key(f"browser {browser}" if browser else f"address {client.host if client else ''}", OF_ADDRESS)

    def opened(self, limiter: Limiter, key: Key) -> None:
        """The try led somewhere."""
        limiter.succeeded(Key(""), key)

    def know(self, answer: Response, token: str) -> Response:
        """Let the browser remember that it has had this link."""
        answer.set_cookie(
            self.cookie, sign_of(settings().data_folder, hashed(token)), YEAR_S, path=self.path, httponly=True,
            samesite="lax", secure=settings().address.startswith("https:"),
        )  # fmt: skip
        return answer


def is_own(request: Request) -> bool:
    """Whether what is sent comes from a page of ours, for browsers that say whose page it was."""
    sent_by = request.headers.get("sec-fetch-site", "same-origin")
    return request.method != "POST" or sent_by in {"same-origin", "none"}


def endpoint(
    answer: Callable[[Request, bytes], Response], most_bytes: int
) -> Callable[[Request], Awaitable[Response]]:  # fmt: skip
    """An endpoint that reads at most so many bytes and answers on a thread."""

    async def here(request: Request) -> Response:
        try:
            body = await body_of(request, most_bytes) if request.method == "POST" else b""
        except TooLong:
            return PlainTextResponse("", 413, HEADERS)
        return await run_in_threadpool(answer, request, body)

    return here
