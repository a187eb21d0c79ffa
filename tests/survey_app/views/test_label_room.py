"""Room for labels is made beforehand, as much as they take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.views.label_room import lines_within, margin_with_room, text_width

MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}
FONT = {"size": 13}
LABELS = ["Digital inequality", "Нехватка кадров<br>у органов власти", "AI &amp; data"]


def layout(rows=None, columns=None):
    return {"margin": MARGIN, "yaxis": {"automargin": True, "tickfont": FONT, **(rows or {})},
            "xaxis": {"automargin": True, "tickfont": FONT, **(columns or {})}}  # fmt: skip


def test_without_labels_a_margin_stays():
    assert margin_with_room(layout()) == MARGIN
    assert margin_with_room(layout({"ticktext": []}, {"ticktext": ["below"]})) == MARGIN


def test_rows_get_the_room_of_their_widest_line():
    found = margin_with_room(layout({"ticktext": LABELS}))
    assert {**found, "l": 0} == {**MARGIN, "l": 0}
    alone = [margin_with_room(layout({"ticktext": [each]}))["l"] for each in LABELS]
    assert found["l"] == max(alone)
    assert alone[2] == margin_with_room(layout({"ticktext": ["AI & data"]}))["l"]
    assert alone[0] == margin_with_room(layout({"ticktext": [f"<b>{LABELS[0]}</b>"]}))["l"]


def test_columns_above_get_the_room_of_their_lines():
    one, two = (
        margin_with_room(layout(columns={"side": "top", "ticktext": ["a", "<br>".join("b" * lines)]}))["t"]
        for lines in (1, 2)
    )
    assert 8 < one < two


@pytest.mark.parametrize("hidden", [{"automargin": False}, {"showticklabels": False}, {"visible": False}])
def test_labels_that_are_not_shown_take_no_room(hidden):
    assert margin_with_room(layout({"ticktext": LABELS, **hidden})) == MARGIN


def test_smaller_letters_take_less_and_a_margin_that_is_wider_stays():
    small = margin_with_room(layout({"ticktext": LABELS, "tickfont": {"size": 10}}))["l"]
    assert small < margin_with_room(layout({"ticktext": LABELS}))["l"]
    assert margin_with_room(layout({"ticktext": LABELS}) | {"margin": MARGIN | {"l": 400}})["l"] == 400


@given(st.text("abcЖюW  \n—", max_size=60), st.integers(30, 200))
def test_lines_hold_the_whole_text_and_take_no_more_than_they_may(text, pixels):
    lines = lines_within(text, pixels)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line) <= pixels for line in lines)


def test_a_line_takes_words_as_long_as_they_fit():
    assert lines_within("Недостаточно цифровое межведомственное взаимодействие", 165) == [
        "Недостаточно цифровое",
        "межведомственное",
        "взаимодействие",
    ]
    assert lines_within("", 165) == [""]
