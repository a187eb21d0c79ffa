"""From segments to problems and on to enablers: every band is experts who stand at both ends."""

from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.counts import k_of_n, presence
from coding.segments import ALL, Segmentation, by_groups
from survey_app.language import use
from survey_app.views import flows as view
from survey_app.views.band_places import Band, placed, uncrossed
from survey_app.views.code_pairs import codes_of_mark

from .conftest import EXPECTED, demo_frames


def prepared(frames, **more):
    return view.prepare(frames, by_groups(frames.groups), **more)


def test_a_band_of_a_segment_is_its_experts_who_name_the_problem(frames):
    rows = prepared(frames, minimum=1)
    rows = rows[rows["stage"] == "segments"]
    for row in rows.to_dict("records"):
        assert f"{row['k']}/{row['n']}" == EXPECTED["expert_level"][row["target"]]["by_group"][row["source"]]
    named = sum(
        not count.startswith("0/")
        for code, known in EXPECTED["expert_level"].items() if code.startswith("prob.")
        for count in known["by_group"].values()
    )  # fmt: skip
    assert len(rows) == named


def test_a_band_between_codes_is_the_experts_who_name_both(frames):
    said = presence(frames)
    rows = prepared(frames)
    rows = rows[rows["stage"] == "codes"]
    assert len(rows) > 10
    for row in rows.to_dict("records"):
        assert row["k"] == (said[row["source"]] & said[row["target"]]).sum() >= 3
        assert row["n"] == k_of_n(frames, row["source"])[0]
        assert (row["source"].partition(".")[0], row["target"].partition(".")[0]) == ("prob", "enab")


def test_english_and_russian_give_the_same_links(demo_store, published):
    english, russian = (view.prepare(demo_frames(demo_store, name), published) for name in ("en", "ru"))
    pd.testing.assert_frame_equal(english, russian)


def test_links_of_few_experts_are_nowhere(english):
    for minimum in (1, 3, 5):
        rows = prepared(english, minimum=minimum)
        assert rows["k"].min() >= minimum
        assert len(view.table(rows)) == len(rows)
    assert "Links of fewer than 3 experts are left out." in view.reading()


def test_no_column_has_more_than_is_asked_for(english):
    rows = prepared(english, minimum=1)
    for top in (2, 8):
        *bands, bars, _numbers = view.figure(rows, top=top).data
        nodes = [tuple(mark) if mark else None for mark in bars.customdata]
        assert sum(bool(mark) and mark[0].startswith("prob.") for mark in nodes) == top
        assert sum(bool(mark) and mark[0].startswith("enab.") for mark in nodes) == top
        assert nodes.count(None) <= top
        assert all(mark[1] == ALL for mark in nodes if mark)
    said = view.figure(rows, top=8).layout.annotations[-1].text
    assert said == f"{len(rows) - len(bands)} more links in the table"


def test_marks_name_a_problem_of_a_segment_or_both_codes(english):
    rows = prepared(english)
    numbers = view.figure(rows).data[-1]
    codes = english.codes["code_id"].tolist()
    marks = {tuple(mark) for mark in numbers.customdata}
    assert marks <= set(view.table(rows).index)
    for mark, segment in marks:
        assert (mark in codes) == (segment != ALL)
        assert mark in codes or codes_of_mark(mark, codes)


def test_a_band_is_as_thick_at_both_ends_as_experts_stand_behind_it(english):
    rows = prepared(english)
    *bands, _bars, _numbers = view.figure(rows, top=99).data
    thick = sorted(round(band.y[-1] - band.y[0]) for band in bands)
    assert thick == sorted(rows["k"])
    assert thick == sorted(round(band.y[len(band.y) // 2] - band.y[len(band.y) // 2 - 1]) for band in bands)


def test_the_finding_names_the_link_of_most_experts(english):
    assert view.finding(prepared(english)) == (
        "“Skills shortage among officials” and “Better quality and access of services” are named by the same experts "
        "most: 6 of 10 experts who name the problem also name the enabler"
    )


@pytest.mark.parametrize("dark", [False, True])
def test_without_links_it_says_so(english, dark):
    nothing = prepared(replace(english, codings=english.codings.head(0)))
    said = "No link has enough experts behind it."
    assert view.figure(nothing, dark=dark).layout.annotations[0].text == said
    assert view.finding(nothing) == said
    assert view.table(nothing).empty
    with use("ru"):
        assert view.title()


def test_without_segments_the_codes_are_still_linked(english):
    rows = view.prepare(english, Segmentation("x", "", "", ()))
    assert set(rows["stage"]) == {"codes"}
    headings = [each.text for each in view.figure(rows).layout.annotations]
    assert "<b>Problems</b>" in headings
    assert "<b>Groups</b>" not in headings


def test_nodes_are_as_tall_as_what_flows_through_them_and_keep_their_room():
    bands = [Band("a", "p", 3), Band("b", "p", 2), Band("p", "x", 4), Band("p", "y", 4)]
    found = placed([["a", "b"], ["p"], ["x", "y"]], bands, dict.fromkeys("abpxy", 1.0))
    assert found.height == 10
    assert found.nodes == {"a": (2.5, 5.5), "b": (6.5, 8.5), "p": (1.5, 9.5), "x": (1, 5), "y": (6, 10)}
    assert [found.entering[band] for band in bands] == [1.5, 4.5, 1, 6]
    assert [found.leaving[band] for band in bands] == [2.5, 6.5, 1.5, 5.5]


def test_columns_turn_round_until_nothing_crosses():
    bands = [Band("a", "q", 1), Band("b", "p", 1), Band("q", "y", 1), Band("p", "x", 1)]
    found = uncrossed([["a", "b"], ["p", "q"], ["x", "y"]], bands)
    assert found == [["a", "b"], ["q", "p"], ["y", "x"]]


@given(st.sets(st.tuples(st.sampled_from("abc"), st.sampled_from("pqr")), min_size=1))
def test_no_node_is_lost_and_no_bands_of_a_node_overlap(pairs):
    bands = [Band(one, other, 2) for one, other in sorted(pairs)]
    columns = uncrossed([list("abc"), list("pqr")], bands)
    assert [sorted(column) for column in columns] == [list("abc"), list("pqr")]
    found = placed(columns, bands, dict.fromkeys("abcpqr", 1.0))
    for ends, side in ((found.leaving, "source"), (found.entering, "target")):
        for node in {getattr(band, side) for band in bands}:
            tops = sorted(ends[band] for band in bands if getattr(band, side) == node)
            assert all(after - before >= 2 for before, after in pairwise(tops))
            low, high = found.nodes[node]
            assert low <= tops[0]
            assert tops[-1] + 2 <= high
