"""Where a query looks."""

import pytest

from survey_app.components.query_where import kinds_with

SOURCES = [{"id": "s", "kind": "session"}, {"id": "a", "kind": "answer"}, {"id": "d", "kind": "document"}]


@pytest.mark.parametrize(
    ("kinds", "texts", "expected"),
    [
        ((), (), ("session",)),
        ((), ("s",), ("session",)),
        ((), ("d", "a"), ("session", "answer", "document")),
        (("document",), ("a",), ("document", "answer")),
        (("answer",), ("gone",), ("answer",)),
    ],
)
def test_a_text_that_was_chosen_brings_its_kind_along(kinds, texts, expected):
    assert kinds_with(kinds, texts, SOURCES) == expected
