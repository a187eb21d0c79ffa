"""The demo as its store gives it, in either language, with every known answer of it."""

import json
from pathlib import Path

import pytest

from survey_app import language
from survey_app.actions.demo import PUBLISHABLE, SLUGS
from survey_app.actions.results import frames_of
from survey_app.actions.studies import need_study

STARTER = Path(language.__file__).parent / "starter"
EXPECTED = json.loads((STARTER / "demo" / "expected.json").read_text("utf-8"))
GROUPS = ["fed", "reg", "loc", "corp", "civ", "bus", "sci", "rmc"]


def demo_frames(store, name):
    return frames_of(store, need_study(store, SLUGS[name])["id"])


@pytest.fixture(params=["en", "ru"])
def frames(request, demo_store):
    """One language's study, with that language on the screen."""
    with language.use(request.param):
        yield demo_frames(demo_store, request.param)


@pytest.fixture
def english(demo_store):
    with language.use("en"):
        yield demo_frames(demo_store, "en")


@pytest.fixture
def published():
    """The merging of groups that is fit to publish (D23)."""
    return PUBLISHABLE
