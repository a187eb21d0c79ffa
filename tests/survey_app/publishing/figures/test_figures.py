"""Figures of a release: numbers stand in them as words, bars are as long as their share, what is hidden is said."""

import pytest

from survey_app.language import use
from survey_app.publishing.figures.drawing import PHONE, WIDE, Count
from survey_app.publishing.figures.mirrored import mirrored, unnamed
from survey_app.publishing.figures.numbers import numbers
from survey_app.publishing.figures.people import people
from survey_app.publishing.figures.scales import places, scale
from survey_app.publishing.figures.tiles import Column, Row, tiles
from tests.survey_app.publishing.figures.reading import SVG, boxes, marks, read, right_edge, words

COUNTS = [
    Count("p.late", "Delays", 3, 6, "negative"),
    Count("p.rude", "Rudeness <of> clerks & captains", 6, 6, "negative"),
    Count("p.dear", "Prices", 0, 6, "negative"),
    Count("p.wet", "Rain", None, 6, "negative"),
    Count("e.phone", "Tickets by phone", 2, 6, "positive"),
]
SEGMENTS = [Column("a", "Ferrymen", "Ferrymen"), Column("b", "Passengers", "Pass."), Column("all", "All", "All")]


def both(figure):
    return [figure.wide, figure.phone]


def test_either_drawing_says_what_it_is_and_has_its_own_width():
    figure = mirrored(COUNTS, "a", "What hinders?", "Rudeness (6 of 6)")
    for drawing, width in zip(both(figure), (WIDE, PHONE), strict=True):
        tree = read(drawing)
        assert tree.get("viewBox").split()[2] == str(width)
        assert (tree.get("role"), tree.get("data-segment")) == ("img", "a")
        assert tree.find(f"{SVG}title").text == "What hinders?"
        assert tree.find(f"{SVG}desc").text == "Rudeness (6 of 6)"
        assert right_edge(drawing) <= width + 0.1


def test_problems_and_enablers_are_ranked_with_their_numbers_and_what_nobody_names_is_left_to_the_table():
    for drawing in both(mirrored(COUNTS, "a", "", "")):
        told = words(drawing)
        assert told[0] == "Problems"
        assert [each for each in told if " of " in each and each[0].isdigit()] == ["6 of 6", "3 of 6", "2 of 6"]
        assert "hidden" in told
        assert "Prices" not in told
        assert marks(drawing) == [("p.rude", ""), ("p.late", ""), ("p.wet", ""), ("e.phone", "")]
    assert unnamed(COUNTS) == "1 code that nobody names stands in the table."
    assert unnamed(COUNTS[:2]) == ""


def test_a_bar_is_as_long_as_its_share_of_the_bed():
    drawing = mirrored(COUNTS, "a", "", "").wide
    beds, bars = boxes(drawing, "bed"), boxes(drawing, "p")
    assert bars[0] == beds[0]
    assert bars[1] == pytest.approx(beds[1] / 2, abs=0.1)
    assert boxes(drawing, "e")[0] == pytest.approx(beds[-1] / 3, abs=0.1)
    assert len(boxes(drawing, "hid")) == 1


def test_where_nobody_names_anything_it_is_said():
    assert "Nobody has named one here." in words(mirrored([], "a", "", "").wide)


def test_every_expert_is_a_dot_and_many_are_a_bar():
    drawn = read(people(COUNTS[:1], "a", "", "").wide)
    dots = [each for each in drawn.iter(f"{SVG}path") if "dots" in each.get("class")]
    step = float(dots[0].get("stroke-dasharray").split()[1])
    lengths = {each.get("class").split()[1]: float(each.get("d").split("h")[1]) for each in dots}
    assert lengths["ring"] // step + 1 == 6
    assert lengths["b"] // step + 1 == 3
    many = people([Count("c", "Many", 40, 80)], "a", "", "").wide
    assert boxes(many, "b")[0] == pytest.approx(boxes(many, "bed")[0] / 2, abs=0.1)
    assert "40 of 80" in words(many)


def test_what_nobody_names_has_empty_dots_and_what_is_hidden_has_none():
    figure = people([Count("c", "None", 0, 5), Count("d", "Secret", None, 5)], "a", "", "")
    for drawing in both(figure):
        looks = [each.get("class") for each in read(drawing).iter(f"{SVG}path")]
        assert looks == ["dots ring", "dots hole"]
        assert len(boxes(drawing, "hid")) == 1
        assert sorted(words(drawing)) == ["0 of 5", "None", "Secret", "hidden"]


def crossed():
    cells = {
        ("late", "a"): Count("late", "Delays", 2, 3), ("late", "b"): Count("late", "Delays", None, 3),
        ("late", "all"): Count("late", "Delays", 3, 6),
    }  # fmt: skip
    return tiles([Row("late", "Delays", "Problems")], SEGMENTS, cells, "Who?", "", "all")


def test_a_tile_says_k_of_n_with_a_dot_for_each_of_a_few_and_hides_what_is_hidden():
    for drawing in both(crossed()):
        told = words(drawing)
        assert "Problems" in told
        assert [each for each in told if "/" in each] == ["2/3", "3/6"]
        assert "●●○" in told
        assert "hidden" in told
        assert marks(drawing) == [("late", "a"), ("late", "b"), ("late", "all")]
        assert boxes(drawing, "hid") == boxes(drawing, "t4")


def test_names_that_do_not_fit_their_columns_become_numbers_with_a_list():
    long = [Column(str(n), "Правительственно-административные структуры", "Правительственно-админ.") for n in range(8)]
    cells = {("c", str(n)): Count("c", "Код", 1, 3) for n in range(8)}
    told = words(tiles([Row("c", "Код")], long, cells, "", "", "all").phone)
    assert [each for each in told if each.isdigit()] == [*"12345678", *"12345678"]
    assert told.count("Правительственно-административные структуры") == 8


ROWS = [
    {"name": "first", "counts": [1, 2, 3], "answered": 6, "aside": [("no answer", 0)]},
    {"name": "second", "counts": [4, 0, 0], "answered": 4, "aside": [("no answer", 2)]},
]


def test_a_scale_diverges_from_its_middle_and_tells_every_count():
    for drawing in both(scale(["bad", "so-so", "good"], ROWS, "How?", "")):
        told = words(drawing)
        assert {"bad", "so-so", "good", "first", "second"} <= set(told)
        assert [each for each in told if each.isdigit()] == ["1", "2", "3", "4", "2"]
        bars = [
            each
            for each in read(drawing).iter(f"{SVG}rect")
            if each.get("height") == "24" and each.get("class") == "piece"
        ]
        middle = float(bars[1].get("x")) + float(bars[1].get("width")) / 2
        assert float(bars[3].get("x")) + float(bars[3].get("width")) == pytest.approx(middle, abs=0.2)
        assert right_edge(drawing) <= float(read(drawing).get("viewBox").split()[2]) + 0.1


def test_places_begin_at_the_left_and_end_with_how_many_gave_any():
    for drawing in both(places(["place 1", "place 2", "place 3"], ROWS, "", "")):
        assert [each for each in words(drawing) if " of " in each] == ["6 of 6", "4 of 4"]


def test_numbers_have_a_dot_for_each_value_and_a_median():
    row = {"name": "years", "values": [[10.0, 1], [20.0, 3], [40.0, 1]], "median": 20.0}
    for drawing in both(numbers([row], "", "")):
        sizes = [float(each.get("r")) for each in read(drawing).iter(f"{SVG}circle")]
        assert sizes == [4.0, 7.0, 4.0]
        assert words(drawing)[1:2] == ["20"]
        assert "40" in words(drawing)


def test_the_words_of_a_figure_are_in_the_language_in_force():
    with use("ru"):
        told = words(mirrored(COUNTS[:1], "a", "", "").wide)
    assert "3 из 6" in told
    assert "Проблемы" in told
