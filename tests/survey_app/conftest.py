"""The application in tests as the server runs it."""

import pytest
from streamlit.runtime.pages_manager import PagesManager

_begin = PagesManager.__init__


def begin_with_our_navigation(self, *words, **named):
    """As `survey_app.server.build_app` has it; Streamlit's AppTest would take the folder named pages for the menu."""
    PagesManager.uses_pages_directory = False
    _begin(self, *words, **named)


@pytest.fixture(autouse=True)
def _navigation_is_ours(monkeypatch):
    monkeypatch.setattr(PagesManager, "__init__", begin_with_our_navigation)
