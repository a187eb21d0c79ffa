"""The order of speaking as a line (D10), its borders, its band, and when nothing can be said."""

from dataclasses import replace

import pandas as pd
import pytest

from coding.segments import ALL, by_groups
from survey_app import language
from survey_app.views import saturation as view

from .conftest import EXPECTED


def prepared(frames, **which):
    return view.prepare(frames, by_groups(frames.groups), **which)


def dots(figure):
    return next(trace for trace in figure.data if trace.customdata is not None)


def test_the_line_is_the_known_one(frames):
    figure = view.figure(prepared(frames))
    known = EXPECTED["saturation"]
    assert list(dots(figure).y) == [row["cumulative"] for row in known]
    assert [list(mark) for mark in dots(figure).customdata] == [[row["expert"], ALL] for row in known]
    assert figure.data[3].line.shape == "hv"


def test_the_borders_of_sessions_lie_where_the_known_counts_are(english):
    sources = english.statements.loc[english.statements.source_kind == "session", "source_id"].unique()
    rows = prepared(english, names=dict(zip(sources, ["S-A", "S-B", "S-C"], strict=True)))
    figure = view.figure(rows)
    assert [shape.x0 for shape in figure.layout.shapes] == [7.5, 14.5]
    everyone = rows[rows.segment == ALL]
    last = everyone.groupby("session_name", sort=False)["cumulative"].last().to_dict()
    assert last == EXPECTED["saturation_by_session"]
    assert {"S-A", "S-B", "S-C"} <= {note.text for note in figure.layout.annotations}


def test_the_finding_says_the_rule_and_its_figures(english):
    assert view.finding(prepared(english)) == (
        "After the first 12 experts nobody said anything new: 41 codes. By the rule of Guest, Namey and Chen "
        "saturation is reached after 9 experts: the next two added 1 to the 30 codes of the first four (9+2)."
    )


def test_in_a_group_of_a_few_it_is_not_judged(english):
    rows = prepared(english)
    assert view.finding(rows, segment="fed") == (
        "Federal authorities. Of 2 experts saturation cannot be judged: it takes 6."
    )
    assert len(dots(view.figure(rows, segment="fed")).x) == 2


def test_what_goes_on_is_said_to_go_on(english):
    few = english.statements[english.statements.expert_id.isin(["L1", "F1", "C1", "R1", "B1", "N1"])]
    said = view.finding(prepared(replace(english, statements=few)))
    assert said == (
        "The last expert still said something new: 35 codes. By the rule of Guest, Namey and Chen saturation is not "
        "reached: the last two experts still added 5 to the 30 codes of the first four. 14 experts are not counted "
        "here: nothing of theirs is coded yet, or they were silent."
    )


def test_the_line_lies_in_numbers_that_the_table_has_too(english):
    rows = prepared(english)
    listed = view.table(rows)
    assert listed["codes so far"].tolist() == [row["cumulative"] for row in EXPECTED["saturation"]]
    assert listed.index[0] == ("L1", ALL)
    assert listed.iloc[0]["said for the first time"].count(";") == 9
    low, high = view.figure(rows).data[1].y, view.figure(rows).data[0].y
    assert listed["in other orders"].tolist() == [f"{a:.0f} to {b:.0f}" for a, b in zip(low, high, strict=True)]


def test_readers_see_no_expert(english):
    rows = prepared(english, experts=False)
    shown = view.figure(rows).to_json() + view.table(rows).to_csv() + view.finding(rows)
    for expert in english.experts["expert_id"]:
        assert f'"{expert}"' not in shown
        assert f",{expert}," not in shown
    assert list(dots(view.figure(rows)).y) == [row["cumulative"] for row in EXPECTED["saturation"]]


@pytest.mark.parametrize("dark", [False, True])
def test_without_codings_it_says_so(english, dark):
    rows = prepared(replace(english, codings=english.codings.head(0)))
    assert view.figure(rows, dark=dark).layout.annotations[0].text == "No expert's words have a code yet."
    assert view.finding(rows) == "No expert's words have a code yet."
    assert view.table(rows).empty


def test_new_codes_are_named_in_the_language_in_force(english):
    rows = prepared(english)
    with language.use("ru"):
        assert "Недостаточная квалификация служащих" in view.table(rows).iloc[0, -1]


def twice(frames):
    """The study and its copy after it, with other experts."""
    statements, experts, codings = [], [], []
    for copy in ("", "-2"):
        who = frames.statements["expert_id"]
        names = {name: frames.statements[name] + copy for name in ("statement_id", "source_id")}
        statements.append(frames.statements.assign(expert_id=who.where(who == "", who + copy), **names))
        experts.append(frames.experts.assign(expert_id=frames.experts["expert_id"] + copy))
        codings.append(frames.codings.assign(**{key: frames.codings[key] + copy for key in ("coding_id", "source_id")}))
    return replace(frames, statements=pd.concat(statements), experts=pd.concat(experts), codings=pd.concat(codings))


def test_many_experts_have_numbers_below_the_line(english):
    figure = view.figure(prepared(twice(english)))
    assert len(dots(figure).x) == 40
    assert list(figure.layout.xaxis.ticktext) == ["1", *[str(place) for place in range(5, 41, 5)]]
    assert len(figure.layout.shapes) == 5
