"""How long something takes is said in words, and what is left only once it can be told."""

import pytest

from survey_app.components.durations import duration
from survey_app.jobs.remaining import seconds_left
from survey_app.language import use


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "a few seconds"), (14.9, "a few seconds"), (15, "about half a minute"), (44, "about half a minute"),
        (45, "about 1 minute"), (89, "about 1 minute"), (91, "about 2 minutes"), (3000, "about 50 minutes"),
        (3500, "about 1 hour"), (7300, "about 2 hours"),
    ],
)  # fmt: skip
def test_a_time_is_said_in_words(seconds, said):
    with use("en"):
        assert duration(seconds) == said


@pytest.mark.parametrize(
    ("share", "passed", "left"),
    [(0.5, 10, 10), (0.25, 60, 180), (0.05, 3, 57), (1, 10, 0), (0.049, 10, None), (0.5, 2.9, None), (0, 100, None)],
)
def test_what_is_left_follows_from_share_and_time(share, passed, left):
    assert seconds_left(share, passed) == (None if left is None else pytest.approx(left))
