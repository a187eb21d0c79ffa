"""The server: Streamlit's application with our routes, headers, warm-up and theme around it."""

import gc
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from pkgutil import walk_packages
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from survey_app import (
    auth_routes,
    check_routes,
    components,
    desk_routes,
    form_routes,
    media_routes,
    release_routes,
)
from survey_app.auth.gate import Gate
from survey_app.auth.origins import OwnOrigin
from survey_app.components.telling import tell_unexpected
from survey_app.daily_copies import copying
from survey_app.session import machine_store
from survey_app.settings import settings
from survey_app.theme import THEME
from transcripts.messages import MessageError, sentence

SCRIPT = Path(__file__).parent / "app.py"


class AddressTaken(MessageError):
    """The address at which to serve cannot be had."""


class AddressOpen(MessageError):
    """Others could reach the address, and nobody signs in."""


def build_app(host: str = "127.0.0.1") -> st.App:
    """The ASGI application as it is served at `host`; in a team with the pages for signing in, and closed to whoever
    has not."""
    team = settings().team
    PagesManager.uses_pages_directory = False  # else a direct link, visited first, would run its page without app.py
    return st.App(
        SCRIPT,
        lifespan=_lifespan,
        routes=[
            *release_routes.ROUTES,
            *media_routes.ROUTES,
            *desk_routes.ROUTES,
            *form_routes.ROUTES,
            *check_routes.ROUTES,
            *(auth_routes.ROUTES if team else []),
        ],
        middleware=[
            Middleware(_Headers),
            Middleware(OwnOrigin, names=own_names(host)),
            *([Middleware(Gate, store=machine_store)] if team else []),
        ],
        on_script_error=tell_unexpected,
    )


def configuration(host: str, port: int) -> dict[str, Any]:
    """Streamlit's configuration, so that the current folder never matters."""
    config: dict[str, Any] = {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": settings().upload_megabytes,
        "server.enableWebsocketCompression": True,
        "runner.postScriptGC": False,
        "runner.magicEnabled": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "browser.gatherUsageStats": False,
    }
    if names := own_names(host):
        config["server.allowedHosts"] = names
    if settings().team and settings().address:
        config["server.corsAllowedOrigins"] = [settings().address]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - else Streamlit asks on the net which address to print
        config["browser.serverAddress"] = "localhost"
    return config | THEME


def own_names(host: str) -> list[str]:
    """The only names under which a server that listens at `host` answers; none where any name will do."""
    public = urlsplit(settings().address).hostname if settings().team else None
    if public:
        return [public, "localhost", "127.0.0.1"]
    return ["localhost", "127.0.0.1"] if host in {"127.0.0.1", "localhost"} else []


def check_address(host: str, port: int) -> None:
    """Raise AddressTaken, as one sentence, when nothing can be served there; AddressOpen where that would let in
    others than whoever sits at this machine without asking who they are."""
    if not settings().team and not _is_this_machine(host):
        raise AddressOpen(
            sentence(
                "Without accounts Rakurs listens on this machine only, and {host} can be reached from others. Set "
                "RAKURS_TEAM=1 so that people sign in (docs/team.md), or leave out RAKURS_HOST and --host.",
                host=host,
            )
        )
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except (OSError, OverflowError) as problem:
        raise AddressTaken(
            sentence(
                "Port {port} of {host} cannot be used: another program may have it. Choose another with --port.",
                port=port, host=host,
            )
        ) from problem  # fmt: skip


def serve(host: str, port: int) -> None:
    """Run until stopped. Raises as `check_address` does."""
    check_address(host, port)
    build_app(host).run(config=configuration(host, port))


def warm_up() -> None:
    """Load what the pages need before the first visit, open the store, and keep all of it out of later collections."""
    for module in walk_packages(components.__path__, f"{components.__name__}."):
        import_module(module.name)
    machine_store()
    gc.collect()
    gc.freeze()  # else the collection after each click would walk all of it again


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    warm_up()
    with copying():
        yield None


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


class _Headers:
    """Headers that every answer carries, unless a route has said more."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    ours = {
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"same-origin",
        b"x-frame-options": b"SAMEORIGIN",
        b"content-security-policy": (
            b"default-src 'self'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' 'unsafe-inline' blob:; "
            b"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
            b"connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; "
            b"base-uri 'self'; frame-ancestors 'self'"
        ),
    }

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _value in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *((name, value) for name, value in ours.items() if name not in present),
            ]
        await send(message)

    return wrapped
