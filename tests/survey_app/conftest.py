"""The application in tests as the server runs it."""

import pytest
from argon2 import PasswordHasher
from streamlit.runtime.pages_manager import PagesManager

from survey_app.auth import passwords

_begin = PagesManager.__init__


def begin_with_our_navigation(self, *words, **named):
    """As `survey_app.server.build_app` has it; Streamlit's AppTest would take the folder named pages for the menu."""
    PagesManager.uses_pages_directory = False
    _begin(self, *words, **named)


@pytest.fixture(autouse=True)
def _navigation_is_ours(monkeypatch):
    monkeypatch.setattr(PagesManager, "__init__", begin_with_our_navigation)


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
