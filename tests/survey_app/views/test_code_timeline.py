"""Codes along one session: strokes at their times under the guide's questions, nothing lost that has no time."""

from dataclasses import replace

import pandas as pd
import pytest

from coding.counts import mentions
from coding.segments import by_groups
from survey_app import language
from survey_app.views import code_timeline as view

from .conftest import EXPECTED


def sessions(frames):
    return frames.statements.loc[frames.statements.source_kind == "session", "source_id"].unique()


def prepared(frames, place=0, **which):
    return view.prepare(frames, by_groups(frames.groups), sessions(frames)[place], **which)


def said(rows):
    return rows[rows.kind == view.STATEMENT]


def words(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def test_every_code_of_every_statement_is_there_once(frames):
    parts = [said(prepared(frames, place)) for place in range(3)]
    assert sum(len(part) for part in parts) == EXPECTED["code_applications"]
    together = pd.concat(parts)
    found = set(zip(together.code_id, together.statement_id, strict=True))
    expected = mentions(frames)
    assert found == set(zip(expected.code_id, expected.statement_id, strict=True))


def test_a_stroke_stands_at_its_time_and_tells_its_statement(english):
    rows = prepared(english)
    (strokes,) = view.figure(rows, root="prob").data
    times = english.statements.set_index("statement_id")["start_s"]
    own = mentions(english)
    assert len(strokes.x) > 20
    for x, (code, statement) in zip(strokes.x, strokes.customdata, strict=True):
        assert x == times[statement]
        assert code.startswith("prob.")
        assert ((own.code_id == code) & (own.statement_id == statement)).any()


def test_lanes_run_from_what_comes_up_first(english):
    rows = prepared(english)
    (strokes,) = view.figure(rows, root="prob").data
    lanes = pd.DataFrame({"x": strokes.x, "y": strokes.y}).groupby("y")["x"].median()
    assert len(lanes) == 12
    assert lanes.tolist() == sorted(lanes)
    assert "2 more in the table" in words(view.figure(rows, root="prob"))[-1]
    assert len(set(view.figure(rows, top=3).data[0].y)) == 3


def test_sections_follow_the_guide_one_after_another(english):
    rows = prepared(english)
    sections = rows[rows.kind == view.SECTION]
    assert sections.question_id.tolist() == ["intro", "t1.o1", "t1.o2", "t2.o1", "t2.o2", "t3.o1", "z.c1", "z.o1"]
    assert sections.end_s.tolist()[:-1] == sections.start_s.tolist()[1:]
    here = english.statements[english.statements.source_id == sessions(english)[0]]
    assert sections.start_s.iloc[0] == here.start_s.min()
    figure = view.figure(rows)
    assert len(figure.layout.shapes) == 8
    key = words(figure)[-1].replace("<br>", " ")
    assert "1. introduction" in key
    assert "4. What hinders digitalization most where you work?" in key
    asked = here.groupby("question_id").size().to_dict()
    for row in sections.itertuples():
        inside = here[(here.start_s >= row.start_s) & (here.start_s < row.end_s)]
        assert set(inside.question_id) == {row.question_id}
        assert len(inside) in (asked[row.question_id], asked[row.question_id] - 1)


def test_statements_without_times_are_counted_and_kept_in_the_table(english):
    rows = prepared(english)
    chosen = said(rows).statement_id.drop_duplicates().head(3)
    starts = english.statements["start_s"].mask(english.statements["statement_id"].isin(chosen))
    fewer = prepared(replace(english, statements=english.statements.assign(start_s=starts)))
    assert view.reading(fewer).endswith("3 statements without a time stand in the table alone.")
    assert "without a time" not in view.reading(rows)
    assert view.reading() == view.reading(rows)
    assert len(view.table(fewer)) == len(view.table(rows)) == len(said(rows))
    drawn = {statement for _code, statement in view.figure(fewer, top=99).data[0].customdata}
    assert not drawn & set(chosen)
    assert set(view.table(fewer).index.get_level_values("statement_id")) >= set(chosen)


@pytest.mark.parametrize("dark", [False, True])
def test_without_any_times_or_codes_it_says_so(english, dark):
    timeless = prepared(replace(english, statements=english.statements.assign(start_s=float("nan"))))
    assert words(view.figure(timeless, dark=dark)) == ["The statements of the session have no times."]
    assert view.finding(timeless) == "The statements of the session have no times."
    codeless = prepared(replace(english, codings=english.codings.head(0)))
    assert words(view.figure(codeless, dark=dark)) == ["No statement of the session has one of these codes."]
    assert view.table(codeless).empty
    nowhere = view.prepare(english, by_groups(english.groups), "no such source")
    assert view.finding(nowhere) == "No statement of the session has one of these codes."
    assert view.roots(nowhere) == {}


def test_the_finding_says_what_comes_early_and_late(english):
    rows = prepared(english)
    assert view.finding(rows, root="prob") == (
        "“Administrative barriers” comes up early (about 0:15), “Stuck at informing and servicing” late (about 0:30)"
    )
    assert view.finding(rows, root="targ") == "Too few statements to say when codes come up"


def test_the_table_says_when_who_and_under_which_question(english):
    listed = view.table(prepared(english), root="prob").iloc[0]
    assert listed.tolist() == [
        "Skills shortage among officials", "0:14:34", "Local authorities",
        "What hinders digitalization most where you work? Please tell one recent case.",
    ]  # fmt: skip


def test_names_follow_the_language_in_force(english):
    rows = prepared(english)
    with language.use("ru"):
        assert "Административные барьеры" in view.finding(rows, root="prob")
