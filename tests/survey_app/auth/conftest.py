"""A server with accounts, browsers before it, and a clock that a test turns."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from survey_app import auth_routes, session
from survey_app.auth.gate import Gate
from survey_app.auth.limiting import Limiter
from survey_app.media_routes import ROUTES as MEDIA
from survey_app.settings import settings
from tests.survey_app.actions.test_accounts import make


async def anything(_request):
    return PlainTextResponse("inside")


async def stream(websocket):
    await websocket.accept("streamlit")
    await websocket.send_text("inside")
    await websocket.close()


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 0.0

    monkeypatch.setattr(auth_routes, "LIMITER", Limiter(lambda: Clock.now))
    return Clock


@pytest.fixture
def team_mode(fresh_store, clock, monkeypatch):
    monkeypatch.setenv("RAKURS_TEAM", "1")
    monkeypatch.delenv("RAKURS_ADDRESS", raising=False)
    settings.cache_clear()
    return fresh_store


@pytest.fixture
def browser(team_mode):
    """Makes a browser with cookies of its own."""
    app = Starlette(
        routes=[
            *auth_routes.ROUTES,
            *MEDIA,
            WebSocketRoute("/_stcore/stream", stream),
            Route("/{path:path}", anything, methods=["GET", "PUT", "POST", "DELETE"]),
        ],
        middleware=[Middleware(Gate, store=session.machine_store)],
    )
    return lambda: TestClient(app, follow_redirects=False, headers={"accept-language": "en"})


@pytest.fixture
def first(team_mode):
    """The first account's id."""
    return make(team_mode)[0]
