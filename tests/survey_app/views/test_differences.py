"""Where groups differ: k/n in every tile, shades in steps, and words that promise no more than the sizes allow."""

from dataclasses import replace

import pytest

from coding.segments import ALL, Segment, Segmentation, by_groups
from survey_app.theme import DARK, LIGHT
from survey_app.views import differences as view
from survey_app.views import style
from survey_app.views.code_rows import roots
from survey_app.views.difference_words import p_value, signed

from .conftest import EXPECTED, GROUPS
from .test_style import contrast


def merged(**segments):
    made = tuple(Segment(key, key.title(), key.title(), tuple(groups.split("+"))) for key, groups in segments.items())
    return Segmentation("merged", "Merged", "Вместе", made)


def tiles(figure):
    """Text and colour of every tile by code and segment."""
    [bars] = figure.data
    rows = zip(bars.customdata, bars.text, bars.marker.color, bars.textfont.color, strict=True)
    return {tuple(mark): (text, colour, ink) for mark, text, colour, ink in rows}


def test_every_tile_says_k_of_n(frames):
    found = tiles(view.figure(view.prepare(frames, by_groups(frames.groups)), top=99))
    for code, known in EXPECTED["expert_level"].items():
        assert {group: found[code, group][0] for group in GROUPS} == known["by_group"]
        assert found[code, ALL][0] == f"{known['k']}/{known['n']}"


def test_the_surest_code_comes_first_and_then_what_lies_farthest_from_all_experts_together(english):
    rows = view.prepare(english, by_groups(english.groups))
    figure = view.figure(rows)
    codes = list(dict.fromkeys(code for code, _segment in tiles(figure)))
    assert len(codes) == 12
    assert codes[0] == "prob.interagency"  # D4: no group is divided but one of two experts
    assert rows["omnibus_p"].min() == rows["omnibus_p"].iloc[0]
    assert codes[1:3] == ["plat.gis", "plat.initiative"]  # 2/2 and 3/3 against nobody: both the root of 20
    farthest = rows.groupby("code_id", sort=False)["residual"].apply(lambda column: column.abs().max())
    assert (farthest.iloc[1:].diff().dropna() <= 1e-9).all()
    assert [word.text for word in figure.layout.annotations][-1] == "31 more in the table"
    assert {
        code.partition(".")[0] for code in view.prepare(english, by_groups(english.groups), root="plat").code_id
    } == {"plat"}
    assert roots(english)["plat"] == "Possibilities of online platforms"


def test_a_shade_has_no_more_steps_than_experts_behind_it():
    row = {"segment": "fed", "k": 1, "n": 2, "residual": 3.08}
    assert view._colour(row, False) == view.colour_of(1.0, False)
    assert view._colour(row | {"k": 2}, False) == view.colour_of(2.0, False)
    assert view._colour(row | {"k": 3, "n": 3}, False) == view.colour_of(3.0, False)
    assert view._colour(row | {"k": 0, "residual": -3.0}, False) == view.colour_of(-2.0, False)


def test_the_shade_is_the_residual_in_steps(english):
    found = tiles(view.figure(view.prepare(english, by_groups(english.groups)), top=99))
    none, most = view.colour_of(0, False), view.colour_of(3, False)
    assert found["plat.initiative", "civ"][1] == most
    assert found["plat.initiative", "reg"][1] == none  # 0/3 where 3 of 20 name it
    assert found["prob.skills", "civ"][1] == view.colour_of(-1.5, False)  # 0/3 where 10 of 20 do: 1.88
    assert found["prob.skills", ALL][1] not in {none, most}
    assert found["targ.docflow", "fed"][1] == none


@pytest.mark.parametrize("dark", [False, True])
def test_shades_can_be_told_apart_and_read(dark):
    steps = [view.colour_of(residual, dark) for residual in (-5, -2.5, -1.5, 0, 1.5, 2.5, 5)]
    assert len(set(steps)) == 7
    assert view.colour_of(0.99, dark) == view.colour_of(-0.99, dark) == steps[3]
    assert view.colour_of(3.0, dark) == steps[-1]
    paper = (DARK if dark else LIGHT)["backgroundColor"]
    assert min(contrast(steps[0], paper), contrast(steps[-1], paper)) >= 3
    assert all(contrast(style.ink_on(colour), colour) >= 4.5 for colour in steps)
    assert not {colour.lower() for colour in steps} & {style.PROBLEM.lower(), style.ENABLER.lower()}


def test_the_legend_is_in_words(english):
    figure = view.figure(view.prepare(english, by_groups(english.groups)))
    [key] = [word.text for word in figure.layout.annotations if "expected" in word.text]
    assert key.startswith("fewer")
    assert key.endswith("more than expected")
    assert key.count("■") == 7


def test_the_finding_says_how_sure_it_is(english):
    groups = by_groups(english.groups)
    assert view.finding(view.prepare(english, groups, root="plat")) == (
        "Segments differ most on “Platforms of civic initiative”: Civil society structures 3 of 3, all others 0 of 17. "
        "That segments differ on it at all is hardly chance, even though 4 codes were compared."
    )
    levels = merged(authorities="fed+reg+loc", others="corp+civ+bus+sci+rmc")
    target = view.finding(view.prepare(english, levels, root="targ"))
    assert target.endswith("Chance alone often makes such differences.")
    few = replace(english, experts=english.experts[english.experts["expert_id"].isin(["F1", "F2", "R1"])])
    assert view.finding(view.prepare(few, groups)).endswith(
        "So few experts cannot show a difference, whatever they say."
    )


def test_a_difference_for_itself_is_not_one_among_many(english):
    civil = view.finding(view.prepare(english, merged(civ="civ", loc="loc", fed="fed", market="corp+bus+sci")))
    assert "That segments differ on it at all is for itself hardly chance; among 43 codes it may well be." in civil


def test_p_stands_in_the_table_and_the_hover_alone(english):
    rows = view.prepare(english, by_groups(english.groups))
    assert "p " not in view.finding(rows)
    hover = dict(
        zip(map(tuple, view.figure(rows).data[0].customdata), view.figure(rows).data[0].hovertext, strict=True)
    )
    assert "p = 0.0009" in hover["plat.initiative", "civ"]
    assert "smallest p possible: 0.0009" in hover["plat.initiative", "civ"]
    assert "all others: 0 of 17 experts" in hover["plat.initiative", "civ"]
    assert "p =" not in hover["plat.initiative", ALL]


def test_the_table_has_every_code_and_every_number(english):
    table = view.table(view.prepare(english, by_groups(english.groups)))
    assert len(table) == 43
    row = table.loc[("plat.initiative", ALL)]
    assert row["Civil soc."] == "3/3 (+4.5)"
    assert row["Business"] == "0/2 (−0.6)"
    assert row["All"] == "3/20"
    assert row["stands out"] == "Civil soc."
    assert row["any difference: p"] == "0.0035"
    assert row["against all others: p"] == row["smallest p possible"] == "0.0009"
    unused = table.loc[("targ.docflow", ALL)]
    assert unused["any difference: p"] == unused["against all others: p"] == "1.00"
    assert unused["stands out"] == "–"


@pytest.mark.parametrize("dark", [False, True])
def test_without_codes_codings_or_people_it_says_so(english, dark):
    groups = by_groups(english.groups)
    nothing = view.prepare(replace(english, codings=english.codings.head(0)), groups)
    assert view.finding(nothing) == "Nobody has named any of these codes yet."
    assert {text for text, _colour, _ink in tiles(view.figure(nothing, dark=dark)).values()} == {"0/2", "0/3", "0/20"}
    no_codes = view.prepare(replace(english, codes=english.codes.head(0)), groups)
    assert view.figure(no_codes, dark=dark).layout.annotations[0].text == "There are no codes here."
    assert view.table(no_codes).empty
    nobody = view.prepare(english, merged(nobody="nobody"))
    assert view.finding(nobody) == "There is only one segment here: nothing to compare."
    assert tiles(view.figure(nobody, dark=dark))["prob.skills", "nobody"][0] == "–"
    assert view.table(nobody).loc[("prob.skills", ALL)].tolist()[1:] == ["–", "10/20", *["–"] * 6]
    everyone = view.prepare(english, merged(all_of_them="+".join(GROUPS)))
    assert view.finding(everyone) == "There is only one segment here: nothing to compare."


def test_long_names_of_segments_are_never_dropped(frames):
    names = [f"Федеральные и региональные органы исполнительной власт{letter}" for letter in "абвгдежз"]
    long = tuple(Segment(group, name, name, (group, "x" + group)) for group, name in zip(GROUPS, names, strict=True))
    figure = view.figure(view.prepare(frames, Segmentation("long", "", "", long)))
    headings = figure.layout.xaxis.ticktext
    assert [heading.replace("<br>", " ") for heading in headings[:-1]] == names
    assert all(style.lines_of(heading) <= 2 for heading in headings)


@pytest.mark.parametrize(
    ("p", "words"), [(1.0, "1.00"), (0.3333, "0.33"), (0.1, "0.10"), (0.0053, "0.0053"), (0.00002, "< 0.0001")]
)
def test_p_in_figures(english, p, words):
    assert p_value(p) == words


def test_signed_figures(english):
    figures = [signed(value) for value in (4.47, -5.32, 0.04, -0.04, float("nan"))]
    assert figures == ["+4.5", "−5.3", "0", "0", "–"]
