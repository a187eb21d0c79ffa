"""A server with a form, browsers before it, and a clock that a test turns."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from survey_app import auth_routes, form_routes, session
from survey_app.actions.studies import need_study
from survey_app.auth.gate import Gate
from survey_app.auth.limiting import Limiter
from tests.survey_app.actions.filled_forms import with_links
from tests.survey_app.form.forms import EVERYTHING


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 0.0

    monkeypatch.setattr(form_routes, "LIMITER", Limiter(lambda: Clock.now))
    return Clock


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def links(store, study, clock):
    return with_links(store, study, EVERYTHING)


@pytest.fixture
def address(links):
    return f"/f/{next(iter(links.values()))}"


@pytest.fixture
def browser(store):
    """Makes a browser with cookies of its own, before the gate of a team in which nobody has signed in."""
    app = Starlette(
        routes=[*auth_routes.ROUTES, *form_routes.ROUTES], middleware=[Middleware(Gate, store=session.machine_store)]
    )
    return lambda **more: TestClient(app, follow_redirects=False, headers={"accept-language": "en"}, **more)
