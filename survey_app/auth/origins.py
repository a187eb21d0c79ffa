"""Which pages may open a websocket: our own. A browser names the page that asks in `Origin`, and sends our cookies
along whichever it is."""

import logging
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger(__name__)


class OwnOrigin:
    """Refuses the websockets of foreign pages before Streamlit does, which would first ask a server on the net for the
    address of this machine. Programs that are no browser name no page, and pass."""

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        """`names`: the only names of this server, at any port; empty: whichever name a visitor has used."""
        self.app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through or refuse."""
        origins = Headers(scope=scope).getlist("origin") if scope["type"] == "websocket" else []
        if not origins:
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")
        if all(_is_own(origin, host, self._names) for origin in origins):
            await self.app(_told_as(f"{urlsplit(origins[0]).scheme}://{host}", scope), receive, send)
            return
        log.warning("A websocket of the page %r to %r was refused", origins[0], host)
        await refuse_websocket(receive, send)


async def refuse_websocket(receive: Receive, send: Send) -> None:
    """Close it before it is accepted: the browser gets 403."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})


def _is_own(origin: str, host: str, names: frozenset[str]) -> bool:
    try:
        page, server = urlsplit(origin), urlsplit(f"//{host}")
        if page.scheme not in {"http", "https"} or not host or server.netloc != host:
            return False
        return {_name(page.hostname), _name(server.hostname)} <= names if names else page.netloc == host
    except ValueError:
        return False


def _name(hostname: str | None) -> str:
    return (hostname or "").rstrip(".")


def _told_as(origin: str, scope: Scope) -> Scope:
    """With that origin: where it differs from the host, such as in the port behind a proxy, Streamlit would ask too."""
    others = [(name, value) for name, value in scope["headers"] if name.lower() != b"origin"]
    return {**scope, "headers": [*others, (b"origin", origin.encode("latin-1"))]}
