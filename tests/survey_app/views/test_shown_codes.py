"""Codebooks without headings, and words that are coded with a heading: nothing that was said is missing in charts."""

from dataclasses import replace

import pytest

from coding.segments import ALL, by_groups
from coding.shown_codes import shown_codes
from survey_app.views import (
    code_timeline,
    code_tree,
    dominance,
    flows,
    group_dots,
    groups_and_codes,
    problems_and_enablers,
    together,
)  # fmt: skip
from survey_app.views.code_rows import code_rows, roots


@pytest.fixture
def flat(english):
    """The demo with a codebook of one level: the problems, each for itself."""
    codes = english.codes[english.codes["code_id"].str.startswith("prob.")]
    own = codes.assign(parent_id="", root=codes["code_id"])
    return replace(english, codes=own, codings=english.codings[english.codings["code_id"].isin(own["code_id"])])


@pytest.fixture
def coded_heading(english):
    """The demo in which the heading of problems was given in place of the skills."""
    root = english.codes.set_index("code_id").at["prob.skills", "root"]
    codings = english.codings.assign(code_id=english.codings["code_id"].replace("prob.skills", root))
    return replace(english, codings=codings), root


def counted(frames):
    rows = code_rows(frames, by_groups(frames.groups), layer="adjudicated", coder_id=None)
    return rows[rows["segment"] == ALL].set_index("code_id")["k"]


def test_headings_that_hold_others_are_not_shown(english):
    hidden = set(english.codes.loc[~shown_codes(english), "code_id"])
    assert hidden == set(english.codes.loc[english.codes["parent_id"] == "", "code_id"])


def test_a_codebook_without_headings_is_counted_as_any_other(flat):
    assert counted(flat)["prob.skills"] == 10
    assert roots(flat) == {}
    groups = by_groups(flat.groups)
    assert "10 of 20" in problems_and_enablers.finding(problems_and_enablers.prepare(flat, groups))
    assert groups_and_codes.roots(groups_and_codes.prepare(flat, groups)) == {}
    assert "prob.skills" in group_dots.codes(flat)
    assert len(dominance.prepare(flat, groups)) == len(flat.codes)
    assert "prob.skills" in set(code_tree.prepare(flat)["code_id"])
    assert "prob.skills" in set(flows.prepare(flat, groups)["target"])
    assert {"prob.skills", "prob.unready"} <= {*(rows := together.prepare(flat))["first"], *rows["second"]}
    session = flat.sources["source_id"].iloc[0]
    assert code_timeline.roots(code_timeline.prepare(flat, groups, session)) == {}


def test_a_heading_that_was_coded_is_a_row_of_its_own(coded_heading):
    frames, root = coded_heading
    assert counted(frames)[root] >= 10
    assert root in group_dots.codes(frames)


def test_a_heading_leads_no_list(coded_heading):
    frames, root = coded_heading
    view = problems_and_enablers
    rows = view.prepare(frames, by_groups(frames.groups))
    heading = frames.codes.set_index("code_id").at[root, "label_en"]
    assert rows.loc[rows["code_id"] == root, "k"].max() >= rows.loc[rows["polarity"] == "negative", "k"].max()
    assert f"“{heading}”" not in view.finding(rows)
