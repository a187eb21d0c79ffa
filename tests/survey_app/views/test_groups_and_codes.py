"""The heat map: k/n in every cell, zeros visible, groups too small for percentages shown as they are."""

from dataclasses import replace

import pytest

from coding.segments import ALL, Segment, Segmentation, by_groups
from survey_app.views import groups_and_codes as view

from .conftest import EXPECTED, GROUPS


def cells(figure):
    """Text of every tile by code and segment."""
    [tiles] = figure.data
    return {tuple(mark): text for mark, text in zip(tiles.customdata, tiles.text, strict=True)}


def test_every_cell_says_k_of_n(frames):
    found = cells(view.figure(view.prepare(frames, by_groups(frames.groups)), top=99))
    for code, known in EXPECTED["expert_level"].items():
        assert {group: found[code, group] for group in GROUPS} == known["by_group"]
        assert found[code, ALL] == f"{known['k']}/{known['n']}"


def test_what_no_expert_named_is_shown_as_zero(frames):
    found = cells(view.figure(view.prepare(frames, by_groups(frames.groups)), root="targ"))
    for code in EXPECTED["codes_never_used_by_experts"]:
        assert found[code, ALL] == "0/20"
        assert found[code, "fed"] == "0/2"


def test_nothing_is_a_percentage(frames):
    figure = view.figure(view.prepare(frames, by_groups(frames.groups)))
    assert "%" not in "".join(figure.data[0].text) + "".join(figure.layout.xaxis.ticktext)
    rows = view.prepare(frames, by_groups(frames.groups))
    assert not [name for name in view.table(rows).columns if "%" in name]


def test_a_root_shows_its_own_codes_alone(english):
    rows = view.prepare(english, by_groups(english.groups))
    assert {code.partition(".")[0] for code, _segment in cells(view.figure(rows, root="plat"))} == {"plat"}
    assert view.roots(rows)["plat"] == "Possibilities of online platforms"
    assert len(view.table(rows, root="prob")) == 15


def test_the_most_named_codes_come_first(english):
    rows = view.prepare(english, by_groups(english.groups))
    order = list(dict.fromkeys(code for code, _segment in cells(view.figure(rows, top=3))))
    assert order == [code for code, _experts in EXPECTED["dominance"]["top3_codes_by_experts"]]
    assert view.figure(rows, top=3).layout.annotations[-1].text == "40 more in the table"


def test_the_finding_sets_a_segment_against_all_others(english):
    rows = view.prepare(english, by_groups(english.groups))
    assert view.finding(rows, root="plat") == (
        "Segments differ most on “Platforms of civic initiative”: Civil society structures 3 of 3, all others 0 of 17"
    )


def test_where_the_chart_leaves_codes_out_the_finding_says_that_it_looks_at_the_others_alone(english):
    rows = view.prepare(english, by_groups(english.groups))
    assert view.finding(rows) == (
        "Segments differ most on “Stuck at informing and servicing”: Civil society structures 3 of 3, all others 2 of 17. "
        "Looked at: the 15 codes named most."
    )
    assert view.finding(rows, top=99) == view.finding(rows, root="plat")  # nobody is left out
    same = rows.assign(k=rows["n"])
    assert view.finding(same, top=1) == "The segments hardly differ here. Looked at: the code named most."


def test_the_strength_of_the_colour_is_the_share(english):
    rows = view.prepare(english, by_groups(english.groups))
    [tiles] = view.figure(rows, root="prob").data
    colour = {tuple(mark): each for mark, each in zip(tiles.customdata, tiles.marker.color, strict=True)}
    assert colour["prob.skills", "loc"] == colour["prob.interagency", "loc"]  # 3/3 and 3/3
    assert colour["prob.skills", "loc"] != colour["prob.skills", "reg"]  # 3/3 and 2/3
    assert colour["prob.skills", "civ"] == colour["prob.skills", "bus"]  # 0/3 and 0/2


def test_a_segment_without_experts_has_no_share(english):
    empty = Segmentation("x", "X", "X", (Segment("nobody", "Nobody", "Никто", ()),))
    found = cells(view.figure(view.prepare(english, empty)))
    assert found["prob.skills", "nobody"] == "–"
    assert found["prob.skills", ALL] == "10/20"


def test_groups_of_one_name_get_columns_of_their_own(english):
    twins = Segmentation(
        "x", "X", "X", (Segment("a", "Same", "Same", ("fed",)), Segment("b", "Same", "Same", ("loc", "reg")))
    )
    table = view.table(view.prepare(replace(english, groups=english.groups.assign(short_en="Same")), twins))
    assert list(table.columns) == ["Codes", "Same", "Same (b)", "All", "Statements"]
    assert table.loc[("prob.skills", ALL), "Same (b)"] == "5/6"
    namesake = Segmentation("x", "X", "X", (Segment("a", "Codes", "Codes", ("fed", "reg")),))
    assert list(view.table(view.prepare(english, namesake)).columns) == ["Codes", "Codes (2)", "All", "Statements"]


def test_no_short_word_stands_alone_in_a_heading(english):
    named = (
        Segment("a", "From society to authority", "x", ("civ", "bus")),
        Segment("b", "To society", "x", ("loc", "reg")),
    )
    figure = view.figure(view.prepare(english, Segmentation("x", "X", "X", named)))
    assert list(figure.layout.xaxis.ticktext[:2]) == ["From<br>society<br>to authority", "To society"]


@pytest.mark.parametrize("dark", [False, True])
def test_without_codes_or_codings_it_says_so(english, dark):
    nothing = view.prepare(replace(english, codings=english.codings.head(0)), by_groups(english.groups))
    assert view.finding(nothing) == "Nobody has named any of these codes yet."
    assert set(cells(view.figure(nothing, dark=dark)).values()) == {"0/2", "0/3", "0/20"}
    no_codes = view.prepare(replace(english, codes=english.codes.head(0)), by_groups(english.groups))
    assert view.figure(no_codes, dark=dark).layout.annotations[0].text == "There are no codes here."
    assert view.table(no_codes).empty
