"""Forces on either side of the line: the demo's known counts, arrows that point to it, opposites on one line."""

from dataclasses import replace

import pytest

from coding.counts import presence
from coding.segments import ALL, by_groups
from survey_app import language
from survey_app.views import force_field as view
from survey_app.views import style

from .conftest import EXPECTED


def prepared(frames, **which):
    return view.prepare(frames, by_groups(frames.groups), **which)


def strips(figure):
    return [[tuple(mark) for mark in trace.customdata] for trace in figure.data if trace.customdata is not None]


def arrows(figure):
    """For each side the corners of its arrows."""
    found = []
    for trace in figure.data:
        if trace.type != "scatter":
            continue
        corners, parts = list(zip(trace.x, trace.y, strict=True)), [[]]
        for x, y in corners:
            if x is None:
                parts.append([])
            else:
                parts[-1].append((x, y))
        found.append([part for part in parts if part])
    return found


def words(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def test_every_force_has_its_known_experts(frames):
    rows = prepared(frames).set_index(["code_id", "segment"])
    for code, known in EXPECTED["expert_level"].items():
        if code.startswith(("prob.", "enab.")):
            assert (rows.k[code, ALL], rows.n[code, ALL]) == (known["k"], known["n"])
    assert set(rows.polarity) == {"negative", "positive"}


def test_arrows_point_to_the_line_from_both_sides_the_strongest_on_top(english):
    left, right = arrows(view.figure(prepared(english)))
    assert [-min(x for x, _y in arrow) for arrow in left][:3] == [10, 9, 6]
    assert [max(x for x, _y in arrow) for arrow in right][:3] == [11, 8, 6]
    for side, sign in ((left, -1), (right, 1)):
        tops = [min(y for _x, y in arrow) for arrow in side]
        assert tops == sorted(tops)
        for arrow in side:
            tip = min(arrow, key=lambda corner: abs(corner[0]))
            assert 0 < sign * tip[0] < 0.5
            assert [corner[0] for corner in arrow].count(tip[0]) == 1  # a point, not an edge
            assert all(sign * x > 0 for x, _y in arrow)


def test_sides_have_their_colours_and_never_red_or_green(english):
    colours = [trace.fillcolor for trace in view.figure(prepared(english)).data if trace.type == "scatter"]
    assert colours == [style.PROBLEM, style.ENABLER]


def test_a_mark_knows_its_code_and_its_segment(english):
    left, right = strips(view.figure(prepared(english), segment="loc"))
    assert ("prob.skills", "loc") in left
    assert all(code.startswith("enab.") and segment == "loc" for code, segment in right)


def test_the_finding_says_in_plain_words_what_weighs_more(english):
    assert view.finding(prepared(english)) == (
        "Presses hardest against change: “Skills shortage among officials” (10 of 20 experts). Drives it hardest: "
        "“Better quality and access of services” (11 of 20 experts). On the whole more presses against: more "
        "that restrains is named by 11 of 20 experts, more that drives by 5 of 20."
    )


def test_experts_lean_as_their_codes_say(frames):
    rows, said = prepared(frames), presence(frames)
    problems, enablers = (
        said[[code for code in said if code.startswith(f"{root}.")]].sum(axis=1) for root in ("prob", "enab")
    )
    row = rows[rows.segment == ALL].iloc[0]
    known = [(problems > enablers).sum(), (problems < enablers).sum(), ((problems == enablers) & (problems > 0)).sum()]
    assert [row.restrained, row.driven, row.even, row.silent] == [*known, 0]
    parts = rows[rows.segment != ALL].drop_duplicates("segment")
    assert parts[["restrained", "driven", "even", "silent"]].sum().tolist() == [*known, 0]


def test_each_segment_leans_its_own_way(english):
    rows = prepared(english)
    assert view.finding(rows, segment="corp").endswith(
        "On the whole more drives: more that drives is named by 2 of 2 experts, more that restrains by 0 of 2."
    )
    assert view.finding(rows, segment="bus").endswith(
        "The sides are even: more that restrains is named by 1 of 2 experts, more that drives by as many."
    )
    assert view.finding(rows, segment="loc").startswith("Local authorities. Presses hardest against change: 4 codes")


def test_opposites_lie_on_one_line(english):
    rows = prepared(english)
    left, right = strips(view.figure(rows, pairs="prob"))
    assert [(one, other) for (one, _s), (other, _t) in zip(left, right, strict=True)] == [
        ("prob.one_way", "enab.dialogue"), ("prob.paper_dup", "enab.paperless"), ("prob.admin", "enab.simplify"),
    ]  # fmt: skip
    assert strips(view.figure(rows, pairs="enab")) == [left, right]
    for one, other in zip(*arrows(view.figure(rows, pairs="prob")), strict=True):
        assert {y for _x, y in one} == {y for _x, y in other}
    assert list(view.roots_with_pairs(rows)) == ["prob", "enab"]
    assert len(view.table(rows, pairs="prob")) == 6


def test_an_opposite_that_is_no_force_is_none(english):
    rows = prepared(english).set_index(["code_id", "segment"])
    assert rows.counterpart["prob.passive", ALL] == ""
    assert rows.counterpart["enab.dialogue", ALL] == "prob.one_way"
    bare = prepared(replace(english, codes=english.codes.drop(columns="counterpart")))
    assert set(bare.counterpart) == {""}
    assert words(view.figure(bare, pairs="prob")) == ["Nobody has named a force that has an opposite here."]


def test_nothing_presses_twice_a_finer_code_and_a_heading_have_no_arrow(english):
    codes = english.codes.copy()
    codes.loc[codes["code_id"] == "prob.skills", "parent_id"] = "prob.unready"
    first = english.codings.index[english.codings["code_id"] == "prob.unready"][0]
    codings = english.codings.copy()
    codings.loc[first, "code_id"] = "prob"  # the heading itself: it is shown in tables then
    rows = prepared(replace(english, codes=codes, codings=codings))
    assert {"prob", "prob.skills", "prob.unready"} <= set(rows["code_id"])
    drawn = {code for side in strips(view.figure(rows, top=99)) for code, _segment in side}
    assert "prob.unready" in drawn
    assert not {"prob", "prob.skills"} & drawn
    assert {"prob", "prob.skills"} <= {code for code, _segment in view.table(rows).index}
    counts = rows[rows["segment"] == ALL].set_index("code_id")["k"]
    assert counts["prob.unready"] >= counts["prob.skills"]


def test_what_is_not_drawn_is_announced(english):
    assert {"12 more in the table", "7 more in the table"} <= set(words(view.figure(prepared(english), top=3)))


@pytest.mark.parametrize("dark", [False, True])
def test_without_codings_it_says_so(english, dark):
    rows = prepared(replace(english, codings=english.codings.head(0)))
    assert words(view.figure(rows, dark=dark)) == ["Nobody has named a problem or an enabler here."]
    assert view.finding(rows) == "Nobody has named a problem or an enabler here."
    assert set(rows.silent[rows.segment == ALL]) == {20}


def test_names_follow_the_language_in_force(english):
    rows = prepared(english)
    with language.use("ru"):
        assert "Недостаточная квалификация служащих" in view.finding(rows)
        assert "Недостаточная квалификация служащих" in list(view.table(rows).iloc[:, 1])
