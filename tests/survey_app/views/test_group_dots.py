"""A dot an expert: as many full ones as name the code, no interval of a small group."""

from dataclasses import replace

import pytest

from coding.segments import ALL, by_groups
from survey_app.views import group_dots as view
from survey_app.views import style

from .conftest import EXPECTED, GROUPS


def dots(figure):
    """Full dots of each segment, and hollow ones altogether."""
    full, hollow = figure.data
    counts = {}
    for _code, segment in full.customdata or ():
        counts[segment] = counts.get(segment, 0) + 1
    return counts, len(hollow.x)


@pytest.mark.parametrize("code", ["prob.skills", "plat.initiative", "targ.docflow", "enab.quality"])
def test_a_dot_is_an_expert(frames, code):
    counts, hollow = dots(view.figure(view.prepare(frames, by_groups(frames.groups), code)))
    known = EXPECTED["expert_level"][code]
    assert {group: counts.get(group, 0) for group in GROUPS} == {
        group: int(cell.split("/")[0]) for group, cell in known["by_group"].items()
    }
    assert counts.get(ALL, 0) == known["k"]
    assert hollow == 2 * (known["n"] - known["k"])  # once among all, once in a group


def test_a_full_dot_leads_to_words_and_a_hollow_one_nowhere(english):
    full, hollow = view.figure(view.prepare(english, by_groups(english.groups), "prob.skills")).data
    assert {tuple(mark) for mark in full.customdata} == {
        ("prob.skills", segment) for segment in ("fed", "reg", "loc", "corp", "sci", "rmc", ALL)
    }
    assert (hollow.customdata, hollow.hoverinfo) == (None, "skip")
    assert full.marker.color == style.PROBLEM


def test_no_two_dots_lie_on_one_another_and_rows_break_where_a_phone_ends(english):
    many = english.experts.loc[english.experts.index.repeat(4)].reset_index(drop=True)
    many["expert_id"] = [f"{name}-{number}" for number, name in enumerate(many["expert_id"])]
    figure = view.figure(view.prepare(replace(english, experts=many), by_groups(english.groups), "prob.skills"))
    places = [(x, y) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(places) == len(set(places)) == 2 * 80
    assert max(x for x, _y in places) < figure.layout.xaxis.range[1] <= 332
    assert max(y for _x, y in places) < figure.layout.yaxis.range[0]


def test_only_segments_of_five_have_an_interval(english, published):
    groups = view.prepare(english, by_groups(english.groups), "prob.skills")
    assert groups["low"].notna().tolist() == [False] * 8 + [True]
    table = view.table(groups)
    assert table["95 % interval"].tolist() == ["30 to 70 %", *["–"] * 8]  # Wilson of 10/20
    assert table["Experts"].tolist()[:2] == ["10 of 20", "1 of 2"]
    assert table.index[0] == ("prob.skills", ALL)
    words = [word.text for word in view.figure(groups).layout.annotations]
    assert ["%" in text for text in words] == [True] + [False] * 8


def test_the_finding_names_whole_groups_and_silent_ones(english):
    rows = view.prepare(english, by_groups(english.groups), "prob.skills")
    assert view.finding(rows) == (
        "“Skills shortage among officials” (10 of 20 experts); named by everyone in: Local authorities (3 of 3); "
        "by nobody in: Civil society structures (0 of 3), Business structures (0 of 2)"
    )
    unused = view.prepare(english, by_groups(english.groups), "targ.docflow")
    assert view.finding(unused).endswith("(0 of 20 experts)")


def test_without_a_choice_it_is_the_code_of_most_experts(english):
    assert view.prepare(english, by_groups(english.groups))["code_id"].unique().tolist() == ["enab.quality"]
    assert list(view.codes(english)) == EXPECTED["codes"]


@pytest.mark.parametrize("dark", [False, True])
def test_without_the_code_it_says_so(english, dark):
    for rows in (
        view.prepare(english, by_groups(english.groups), "prob.nothing"),
        view.prepare(replace(english, codes=english.codes.head(0)), by_groups(english.groups)),
    ):
        assert (
            view.figure(rows, dark=dark).layout.annotations[0].text == view.finding(rows) == "There are no codes here."
        )
        assert view.table(rows).empty
