"""The browser of the browser tests, for what is measured in it."""

from tests.browser.conftest import browser, own_server, page, window  # noqa: F401
