"""The list of sections: each is made of the demo's tables alone, in both languages, and names nobody."""

import pytest

from coding.segments import by_groups
from survey_app.actions.demo import SLUGS
from survey_app.actions.statement_attributes import attributes_of
from survey_app.actions.studies import need_study
from survey_app.actions.targets import indicators_of
from survey_app.language import use
from survey_app.views.chapter_names import chapter_names
from survey_app.views.registry import Figures, Material, on_paper, sections
from tests.survey_app.views.conftest import demo_frames


def material(store, language):
    study = need_study(store, SLUGS[language])["id"]
    frames = demo_frames(store, language)
    return Material(
        frames,
        by_groups(frames.groups),
        attributes=attributes_of(store, study),
        indicators=indicators_of(store, study),
    )


@pytest.fixture(scope="module", params=["en", "ru"])
def listed(request, demo_store):
    with use(request.param):
        found = material(demo_store, request.param)
        yield found, {key: (each, each.prepare()) for key, each in sections(found).items()}


def test_the_demo_has_a_section_for_every_chapter_that_it_has_something_for(listed):
    found, made = listed
    names = chapter_names(found.frames)
    assert len(made) > 35
    assert {"problems", "codes", "forces", "codes-prin", "differ", "heads", "together", "flows", "code-tree",
            "saturation", "dominance", "answers-t1.c1", "chosen-t1.c2", "rated-t2.c1", "targets", "ladder"} < set(made)  # fmt: skip
    order = [list(names).index(each.chapter) for each, _rows in made.values()]
    assert order == sorted(order)


def test_each_has_a_question_of_its_own_a_finding_and_a_table(listed):
    _found, made = listed
    titles = [each.title() for each, _rows in made.values()]
    assert len(set(titles)) == len(titles)
    for key, (each, rows) in made.items():
        assert each.finding(rows), key
        assert len(each.table(rows).columns) > 1, key
        assert each.figure(rows).layout.height > 100, key


def test_on_paper_nobody_is_asked_to_press_anything(listed):
    _found, made = listed
    for each, rows in made.values():
        told = on_paper(each.reading(rows))
        assert "Select" not in told
        assert "Выберите" not in told
    assert on_paper("One. Select a bar. Two.") == "One. Two."


def test_no_expert_is_told_apart(listed):
    found, made = listed
    experts = set(found.frames.experts["expert_id"])
    for key, (each, rows) in made.items():
        cells = {str(cell) for column in each.table(rows).to_numpy().tolist() for cell in column}
        assert not experts & cells, key
        assert not any(f" {expert} " in f" {each.finding(rows)} " for expert in experts), key


def test_a_figure_has_as_many_lines_as_there_is_room_for(listed):
    _found, made = listed
    each, rows = made["problems"]
    whole = each.figure(rows).layout.height
    figures = Figures(each, rows)
    assert 300 < figures.within(400).layout.height <= 400 < whole
    assert figures.within(10).layout.height == figures.within(9000).layout.height == whole
    assert figures.within(400) is figures.within(400)


def test_a_figure_keeps_what_its_finding_is_about(listed):
    _found, made = listed
    each, rows = made["codes"]
    assert Figures(each, rows).within(400).layout.height == each.figure(rows).layout.height
