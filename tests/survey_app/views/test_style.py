"""Readable in light and dark, in both languages; nothing cut, nothing read as markup."""

import pytest

from survey_app import language
from survey_app.theme import DARK, LIGHT
from survey_app.views import style


def contrast(first, second):
    """WCAG 2 contrast ratio of two colours, computed here from the definition."""
    lights = []
    for colour in (first, second):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    return max(lights) / min(lights)


def test_black_on_white_has_the_greatest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("colour", [style.PROBLEM, style.ENABLER])
def test_bars_stand_out_from_the_paper(theme, colour):
    assert contrast(colour, theme["backgroundColor"]) >= 3


@pytest.mark.parametrize("dark", [False, True])
def test_numbers_on_tiles_and_bars_can_be_read(dark):
    shares = [style.shade(share / 20, dark) for share in range(21)]
    scales = [colour for points in range(2, 12) for colour in style.scale_colours(points, dark)]
    for colour in [*shares, *scales]:
        assert contrast(style.ink_on(colour), colour) >= 4.5
    look = style.palette(dark)
    assert contrast(look.soft, shares[0]) >= 4.5  # the zeros
    assert contrast(look.ink, look.track) >= 4.5
    assert contrast(look.soft, look.paper) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("points", range(1, 12))
def test_every_point_of_a_scale_has_a_colour_of_its_own(points, dark):
    colours = style.scale_colours(points, dark)
    assert len(set(colours)) == points
    assert not set(colours) & {style.PROBLEM.lower(), style.ENABLER.lower()}


def test_long_labels_are_wrapped_and_never_cut():
    text = "Недостаточно цифровое межведомственное взаимодействие и " + "сверх" * 20
    lines = style.wrapped(text, 30).split("<br>")
    assert all(len(line) <= 30 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_text_is_shown_and_not_read_as_markup():
    assert style.wrapped("<img src=x> & co", 40) == "&lt;img src=x&gt; &amp; co"


def test_rows_grow_with_their_labels():
    assert style.height_of(["one", "two"]) < style.height_of(["one<br>more<br>lines", "two"])
    assert style.height_of(["one"] * 5) == 5 * style.height_of(["one"])


def test_k_of_n_is_never_a_percentage():
    with language.use("en"):
        assert style.k_of_n(2, 3) == "2 of 3"
        assert style.k_of_n_experts(1, 1) == "1 of 1 expert"
    with language.use("ru"):
        assert "%" not in style.k_of_n(2, 3)


def test_numbers_are_written_as_the_language_does():
    with language.use("en"):
        assert [style.number(value) for value in (11.5, 70.0, 2)] == ["11.5", "70", "2"]
    with language.use("ru"):
        assert style.number(11.5) == "11,5"
