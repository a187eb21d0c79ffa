"""Lines are broken before they are too long, and no letter is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from survey_app.publishing.figures.letters import fits, width_of, wrapped

WORDS = some.text(some.characters(min_codepoint=33, max_codepoint=0x44F), min_size=1, max_size=30)


@given(some.lists(WORDS, max_size=8), some.floats(30, 400))
def test_every_line_fits_and_no_letter_is_lost(words, room):
    text = " ".join(words)
    lines = wrapped(text, room, 14.5)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 14.5) <= room + 1e-6 or len(line) == 1 for line in lines)


@pytest.mark.parametrize(
    ("text", "measured"),
    [("Skills shortage among officials", 183.1), ("Недостаточная квалификация служащих", 261.2), ("14 of 20", 46.6)],
)
def test_widths_are_those_of_the_typeface_within_a_tenth_and_never_less(text, measured):
    """Measured in Chromium with Source Sans at 14.5 pixels."""
    assert measured <= width_of(text, 14.5) <= measured * 1.1


def test_a_word_fits_or_not():
    assert fits("short words", 60, 12)
    assert not fits("Правительственно-административный", 60, 12)
