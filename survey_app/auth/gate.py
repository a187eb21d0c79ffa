"""The gate of a team's server: whoever has not signed in gets the page for it, published releases, and nothing else."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from survey_app.auth.forms import own_path
from survey_app.auth.origins import refuse_websocket
from survey_app.session import COOKIE
from survey_app.store import sign_ins
from survey_app.store.log import Store

OPEN = ("/auth/sign-", "/auth/invitation/", "/auth/password/", "/auth/look/", "/auth/account", "/auth/change-password",
        "/r/", "/f/", "/q/", "/static/")  # fmt: skip
"""Beginnings of addresses that ask for themselves who comes, or that are for everybody."""
OPEN_FILES = frozenset({"/_stcore/health", "/favicon.png", "/favicon.ico"})
NO_STORE = {"Cache-Control": "no-store"}


class Gate:
    """Looks at each request and each websocket before the application does."""

    def __init__(self, app: ASGIApp, store: Callable[[], Store]) -> None:
        self.app = app
        self._store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, send to the page for signing in, or refuse."""
        if scope["type"] not in {"http", "websocket"} or (scope["type"] == "http" and _is_open(scope["path"])):
            await self.app(scope, receive, send)
            return
        token = HTTPConnection(scope).cookies.get(COOKIE, "")
        if await run_in_threadpool(sign_ins.signed_in, self._store(), token) is not None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await refuse_websocket(receive, send)
        else:
            await _instead(scope)(scope, receive, send)


def _is_open(path: str) -> bool:
    return path in OPEN_FILES or (path.startswith(OPEN) and ".." not in path)


def _instead(scope: Scope) -> Response:
    """For a person who opens a page, the way to sign in; for anything else a refusal."""
    asks_for_page = "text/html" in Headers(scope=scope).get("accept", "") and not scope["path"].startswith(
        ("/_stcore/", "/media/", "/component/", "/recording/")
    )
    if scope["method"] not in {"GET", "HEAD"} or not asks_for_page:
        return PlainTextResponse("", 403, NO_STORE)
    query = scope["query_string"].decode("ascii", "replace")
    wished = own_path(scope["path"] + (f"?{query}" if query else ""))
    return RedirectResponse(f"/auth/sign-in?next={quote(wished, safe='')}", 303, NO_STORE)
