"""The application in tests as the server runs it."""

import pytest
from argon2 import PasswordHasher
from streamlit.runtime.pages_manager import PagesManager

from survey_app.actions import publishing
from survey_app.auth import passwords
from survey_app.components import in_turn
from survey_app.jobs import threads
from survey_app.publishing.quotes import published_quotes
from survey_app.publishing.snapshot import Snapshot
from tests.survey_app.publishing.small_study import frames, freeze

_begin = PagesManager.__init__


def begin_with_our_navigation(self, *words, **named):
    """As `survey_app.server.build_app` has it; Streamlit's AppTest would take the folder named pages for the menu."""
    PagesManager.uses_pages_directory = False
    _begin(self, *words, **named)


@pytest.fixture(autouse=True)
def _navigation_is_ours(monkeypatch):
    monkeypatch.setattr(PagesManager, "__init__", begin_with_our_navigation)


@pytest.fixture(autouse=True)
def _no_browser_is_waited_for(monkeypatch):
    monkeypatch.setattr(in_turn, "WORDS_AHEAD_S", 0)
    monkeypatch.setattr(in_turn, "CHART_AHEAD_S", 0)


@pytest.fixture
def quickly(monkeypatch):
    """Freeze a small study instead of drawing all charts of the demo."""
    made = freeze(frames())

    def take(asked, _study, merged, quotes, **given):
        content = made.content | {"created": given["created"], "quotes": published_quotes(asked, merged, quotes)}
        return Snapshot(given["slug"], given["version"], content)

    monkeypatch.setattr(publishing, "take", take)


@pytest.fixture(autouse=True)
def _no_work_is_left():
    """What a test has begun on a thread ends with it, before its folder goes, and nothing of it is told to the next."""
    yield
    for work in threads._works.values():
        work.cancel()
    for work in threads._works.values():
        work.wait(60)
    threads._works.clear()


@pytest.fixture(scope="session", autouse=True)
def _passwords_cost_little():
    """The same algorithm with little work: hundreds of accounts are made here."""
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=2048, parallelism=1)


@pytest.fixture
def passwords_as_kept(monkeypatch):
    """With all the work that a real password costs."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher())
    passwords._of_nobody.cache_clear()
    yield
    passwords._of_nobody.cache_clear()
