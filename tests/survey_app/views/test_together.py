"""Pairs of codes as a matrix and as a network: known answers, what is left out, what a mark says."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.co_occurrence import quotes_of_pair
from coding.segments import ALL
from survey_app.language import use
from survey_app.views import code_network, together
from survey_app.views.code_pairs import code_names, codes_of_mark, mark_of, most_together
from survey_app.views.node_places import spread

from .conftest import EXPECTED, demo_frames

VIEWS = [together, code_network]
UNITS = ["statement", "turn", "expert"]


def row_of(rows, names):
    marks = {"+".join(names), "+".join(reversed(names))}
    [row] = rows[rows["mark"].isin(marks)].to_dict("records")
    return row


def test_known_pairs_are_among_the_rows(frames):
    rows = together.prepare(frames)
    for names, known in EXPECTED["cooccurrence_expert_jaccard"].items():
        assert row_of(rows, names.split(" + "))["jaccard"] == pytest.approx(known, abs=5e-5)
    rows = together.prepare(frames, unit="statement")
    for names, times in EXPECTED["cooccurrence_statement"].items():
        assert row_of(rows, names.split(" + "))["both"] == times


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("unit", UNITS)
def test_english_and_russian_give_the_same_numbers(demo_store, view, unit):
    english, russian = (view.prepare(demo_frames(demo_store, name), unit=unit, minimum=1) for name in ("en", "ru"))
    assert len(english)
    pd.testing.assert_frame_equal(english, russian)


def cells(figure):
    """Count of each cell by the two codes, and its place (row, column)."""
    _bed, tiles, _dots = figure.data
    return {
        mark: (int(text), int(row), int(base))
        for (mark, _all), text, row, base in zip(tiles.customdata, tiles.text, tiles.y, tiles.base, strict=True)
    }


def test_every_cell_counts_its_pair_and_lies_below_the_diagonal(english):
    rows = together.prepare(english)
    figure = together.figure(rows)
    found = cells(figure)
    both = rows[rows["supported"]].set_index("mark")["both"]
    names = [each.text.replace("<br>", " ") for each in figure.layout.annotations]
    named = {code: row["label_en"] for code, row in code_names(rows).items()}
    assert len(found) > 20
    for mark, (count, row, column) in found.items():
        assert count == both[mark]
        assert row > column
        pair = codes_of_mark(mark, named)
        assert {names[row], names[column]} == {named[code] for code in pair}
    assert {*figure.data[1].customdata[0][1:]} == {ALL}


def test_pairs_of_few_experts_have_a_dot_and_no_number(english):
    rows = together.prepare(english)
    figure = together.figure(rows, top=99)
    few = rows[~rows["supported"]]
    assert len(cells(figure)) == rows["supported"].sum() == len(together.table(rows)) == 73
    assert not set(few["mark"]) & set(cells(figure))
    assert figure.data[2].customdata is None
    assert 0 < len(figure.data[2].x) <= len(few)
    assert "A dot: fewer than 3 experts." in together.reading()
    assert "A dot: fewer than 4 experts." in together.reading(minimum=4)
    assert together.table(together.prepare(english, minimum=6))["Experts"].tolist() == [6, 6, 6]


def test_codes_that_go_together_most_are_shown_and_the_rest_is_counted(english):
    rows = together.prepare(english)
    shown = together.figure(rows, top=4)
    assert len(shown.layout.annotations) == 5
    assert shown.layout.annotations[-1].text == "28 more codes in the table"
    assert "prob.skills" in " ".join(cells(shown))
    assert len(together.figure(rows).layout.annotations) == together.MOST + 1


def test_the_closest_codes_stand_side_by_side(english):
    """Of three codes of which two are always together, these two are neighbours."""
    rows = together.prepare(english)
    rows = rows[rows["first"].isin(["prob.skills", "prob.interagency", "enab.simplify", "prin.client"])]
    rows = rows[rows["second"].isin(["prob.interagency", "enab.simplify", "prin.client"])]
    for mark, (_count, row, column) in cells(together.figure(rows.assign(supported=True))).items():
        if set(mark.split("+")) in ({"enab.simplify", "prin.client"}, {"prob.skills", "prob.interagency"}):
            assert row == column + 1


def test_the_shade_is_the_jaccard_coefficient(english):
    rows = together.prepare(english)
    tiles = together.figure(rows, top=99).data[1]
    jaccard = rows.set_index("mark")["jaccard"]
    colours = {}
    for (mark, _all), colour in zip(tiles.customdata, tiles.marker.color, strict=True):
        colours.setdefault(round(jaccard[mark], 6), set()).add(colour)
    assert all(len(same) == 1 for same in colours.values())
    assert len({next(iter(same)) for same in colours.values()}) == len(colours) > 10


def test_the_findings_name_pairs_and_clusters(english):
    assert together.finding(together.prepare(english)) == (
        "“Better quality and access of services” and “Unified portal of public services” go together most: "
        "6 of 12 experts with either have both"
    )
    assert together.finding(together.prepare(english, unit="statement")) == (
        "“Skills shortage among officials” and “Unreadiness to work in new conditions” go together most: "
        "4 of 15 statements with either have both"
    )
    assert code_network.finding(code_network.prepare(english)).startswith(
        "Closest together: “Simplified and automated procedures”, “Client-centricity”, “Paperless work”; “Lack of "
    )
    assert code_network.finding(code_network.prepare(english, minimum=6)).startswith(
        "Closest together: “Better quality and access of services”, “Unified portal of public services”"
    )


def test_a_mark_leads_to_the_words_behind_both_codes(english):
    codes = english.codes["code_id"].tolist()
    for mark, (count, _row, _column) in cells(together.figure(together.prepare(english))).items():
        quotes = quotes_of_pair(english, *codes_of_mark(mark, codes))
        assert quotes["expert_id"].nunique() == count


def test_a_mark_is_read_even_if_keys_hold_a_plus():
    assert codes_of_mark(mark_of("a+b", "c"), ["a+b", "c", "a"]) == ("a+b", "c")
    assert codes_of_mark("a", ["a", "b"]) is None
    assert codes_of_mark("a+gone", ["a", "b"]) is None


def test_no_more_codes_are_taken_than_asked_for():
    rows = pd.DataFrame({"first": ["a", "c", "a"], "second": ["b", "d", "e"]})
    assert most_together(rows, 2) == ["a", "b"]
    assert most_together(rows, 3) == ["a", "b", "e"]
    assert most_together(rows, 5) == ["a", "b", "c", "d", "e"]


def test_clusters_share_half_of_their_experts_in_the_mean(english):
    rows = code_network.prepare(english)
    inside = rows[(rows["first_cluster"] > 0) & (rows["first_cluster"] == rows["second_cluster"])]
    assert inside["first_cluster"].nunique() == rows["first_cluster"].max()
    for _number, pairs in inside.groupby("first_cluster"):
        codes = set(pairs["first"]) | set(pairs["second"])
        assert pairs["jaccard"].sum() / (len(codes) * (len(codes) - 1) / 2) >= code_network.CLOSE
    by_code = pd.concat([rows[["first", "first_cluster"]].set_axis(["code", "cluster"], axis=1),
                         rows[["second", "second_cluster"]].set_axis(["code", "cluster"], axis=1)])  # fmt: skip
    sizes = by_code.drop_duplicates()["cluster"].value_counts().drop(0).sort_index()
    assert sizes.is_monotonic_decreasing


def test_the_network_draws_every_code_with_a_link(english):
    rows = code_network.prepare(english)
    figure = code_network.figure(rows)
    *lines, middles, marks = figure.data
    codes = [code for code, _all in marks.customdata]
    assert len(codes) == len(set(codes)) <= code_network.MOST
    pairs = [codes_of_mark(mark, codes) for mark, _all in middles.customdata]
    assert len(lines) == len(pairs)
    assert {code for pair in pairs for code in pair} == set(codes)
    width = {pair: line.line.width for pair, line in zip(pairs, lines, strict=True)}
    jaccard = {pair: row_of(rows, pair)["jaccard"] for pair in pairs}
    assert sorted(pairs, key=width.__getitem__) == sorted(pairs, key=jaccard.__getitem__)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_names_in_the_network_lie_over_nothing(demo_store, language):
    with use(language):
        figure = code_network.figure(code_network.prepare(demo_frames(demo_store, language)))
    marks = figure.data[-1]
    high = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    boxes = []
    for word, size in zip(figure.layout.annotations, marks.marker.size, strict=False):
        lines = word.text.split("<br>")
        wide = 6 * max(len(line) for line in lines)
        x, top = (word.x + 1) / 2 * 340, (1 - word.y) / 2 * high - size / 2
        boxes.append((x - wide / 2, x + wide / 2, top, top + size + 14 * len(lines)))
    for at, one in enumerate(boxes):
        for other in boxes[:at]:
            assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


@given(st.integers(1, 12), st.data())
@settings(max_examples=40, deadline=None)
def test_places_are_in_the_field_and_the_same_each_time(size, data):
    lengths = np.full((size, size), np.inf)
    for one in range(size):
        for other in range(one):
            if data.draw(st.booleans()):
                lengths[one, other] = lengths[other, one] = data.draw(st.floats(0.15, 1.15))
    at = spread(lengths)
    assert at.shape == (size, 2)
    assert np.isfinite(at).all()
    assert np.abs(at).max(initial=0) <= 1 + 1e-9
    assert (spread(lengths) == at).all()


def test_what_is_close_stands_close():
    two = np.full((4, 4), np.inf)
    for one, other, length in ((0, 1, 0.2), (2, 3, 0.2), (1, 2, 1)):
        two[one, other] = two[other, one] = length
    at = spread(two)
    apart = np.linalg.norm(at[:, None] - at, axis=2)
    assert max(apart[0, 1], apart[2, 3]) < min(apart[0, 2], apart[1, 2], apart[1, 3], apart[0, 3])


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("unit", UNITS)
def test_without_pairs_it_says_so(english, view, dark, unit):
    nothing = view.prepare(replace(english, codings=english.codings.head(0)), unit=unit)
    said = "No two codes are said together by enough experts."
    assert view.figure(nothing, dark=dark).layout.annotations[0].text == said
    assert view.finding(nothing) == said
    assert view.table(nothing).empty
    assert view.title()
    assert view.reading(unit=unit)


def test_one_pair_is_a_matrix_and_a_network(english):
    rows = code_network.prepare(english, unit="statement")
    assert len(rows) == 1
    assert len(code_network.figure(rows).data[-1].x) == 2
    assert len(cells(together.figure(rows))) == 1
