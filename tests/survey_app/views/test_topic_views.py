"""Charts of topics: who speaks of which, words, tree, map, along the session, beside codes; old runs say what they lack."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.counts import mentions
from coding.segments import ALL
from coding.topics.crosswalk import Likeness
from survey_app.language import use
from survey_app.views import (
    style,
    topic_codes,
    topic_groups,
    topic_hierarchy,
    topic_map,
    topic_timeline,
    topic_words,
)
from survey_app.views.label_places import apart, beside
from survey_app.views.topic_rows import named_topics, said_in_topics, topic_name
from tests.survey_app.publishing.small_study import SAID, frames, grouping

from .topic_runs import assigned, old, result, topic


@pytest.fixture
def study():
    return frames()


def about(study, run):
    return run["topics"], assigned(run), study, grouping(study)


def everything(study, run):
    """Each chart of topics with what was prepared for it: figure in light and dark, finding, table."""
    coded = mentions(study)
    listed = [
        (topic_groups, topic_groups.prepare(*about(study, run)), {}),
        (topic_words, topic_words.prepare(run["topics"], run.get("leaves")), {"topic": 0}),
        (topic_hierarchy, topic_hierarchy.prepare(run["topics"], run.get("leaves")), {}),
        (topic_map, topic_map.prepare(run["topics"], assigned(run), run, study, grouping(study)), {}),
        (topic_timeline, topic_timeline.prepare(*about(study, run)), {}),
        (topic_codes, topic_codes.prepare(run["topics"], assigned(run), coded, study), {}),
    ]
    return [
        ([view.figure(rows, dark=dark, **named) for dark in (False, True)], view.finding(rows, **named),
         view.table(rows, **named), f"{view.title()} {view.reading()}")
        for view, rows, named in listed
    ]  # fmt: skip


# ------------------------------------------------------------------ what all of them keep


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_chart_of_topics_says_a_name_or_a_statement(study, language):
    with use(language):
        made = everything(study, result())
        for figures, finding, table, words in made:
            shown = " ".join([*(figure.to_json() for figure in figures), finding, words, table.to_csv()])
            for _name, expert, text, _codes in SAID:
                assert text not in shown
                assert f'"{expert}"' not in shown


def test_old_runs_say_what_they_lack(study):
    run = old(result())
    said = [figures[0].layout.annotations[0].text for figures, *_rest in everything(study, run)[1:4]]
    assert ["Run the topics again" in text.replace("<br>", " ") for text in said] == [True] * 3
    assert topic_words.table(topic_words.prepare(run["topics"], None), topic=1)["times in all"].tolist() == ["–", "–"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_without_topics_every_chart_is_a_sentence(study, language):
    run = result(topics=[], assignments=[], places=[])
    with use(language):
        for figures, finding, table, _words in everything(study, run):
            assert figures[0].layout.annotations[0].text.strip()
            assert finding.strip()
            assert table.empty


# ------------------------------------------------------------------ names and people


def test_a_topic_is_called_as_a_person_called_it_else_by_its_first_words():
    with use("ru"):
        assert [topic_name(each) for each in result()["topics"]] == ["late, ferry, monday", "phone, ticket", "Манеры"]
    assert topic_name(topic(4, 1, [], [])) == "5"
    assert named_topics([topic(0, 1, ["a"], [], name_ru="Имя")])["name_en"].tolist() == ["Имя"]


def test_only_experts_of_the_study_and_statements_that_are_still_there_count(study):
    run = result()
    run["assignments"] += [{"statement_id": "gone", "topic": 0, "probability": 1.0}]
    said = said_in_topics(*about(study, run))
    assert sorted(said["statement_id"]) == ["s1", "s2", "s3", "s4", "s5", "s7"]
    fewer = said_in_topics(
        run["topics"], assigned(run),
        type(study)(study.statements, study.experts[study.experts["group_id"] == "a"], study.groups, study.codes,
                    study.codings, study.items, study.answers),
        grouping(study),
    )  # fmt: skip
    assert sorted(fewer["statement_id"]) == ["s1", "s2", "s3", "s4"]


# ------------------------------------------------------------------ groups


def test_every_cell_of_topics_by_groups_says_k_of_n(study):
    [tiles] = topic_groups.figure(topic_groups.prepare(*about(study, result()))).data
    found = {tuple(mark): text for mark, text in zip(tiles.customdata, tiles.text, strict=True)}
    assert {key: found["0", key] for key in ("a", "b", "c", ALL)} == {"a": "2/3", "b": "1/3", "c": "–", ALL: "3/6"}
    assert {key: found["2", key] for key in ("a", "b", ALL)} == {"a": "1/3", "b": "0/3", ALL: "1/6"}


def test_the_finding_on_groups_names_the_topic_of_most_experts_and_no_percentage(study):
    said = topic_groups.finding(topic_groups.prepare(*about(study, result())))
    assert said == "Most experts speak of “late, ferry, monday” (3 of 6 experts)"
    assert "%" not in said


def test_the_table_of_groups_has_the_statements_of_all(study):
    table = topic_groups.table(topic_groups.prepare(*about(study, result())))
    assert table["Statements"].tolist() == [3, 2, 1]
    assert table["All"].tolist() == ["3/6", "2/6", "1/6"]


# ------------------------------------------------------------------ words


def test_words_are_counted_in_the_topic_and_in_all_whatever_their_form():
    rows = topic_words.prepare(result()["topics"], result()["leaves"])
    counts = {(row.topic, row.word): (row.here, row.everywhere) for row in rows.itertuples()}
    assert counts[0, "late"] == (3, 3)
    assert counts[1, "ticket"] == (1, 1)  # "tickets" is written "ticket"
    assert counts[2, "clerk"] == (1, 2)


def test_a_topic_put_together_by_hand_has_the_words_of_both():
    run = result(topics=[topic(0, 5, ["late", "phone"], [0, 1, 2]), topic(1, 1, ["rude"], [3])])
    rows = topic_words.prepare(run["topics"], run["leaves"])
    assert rows[rows["topic"] == 0][["here", "everywhere"]].to_numpy().tolist() == [[3, 3], [2, 2]]


def test_a_word_that_the_run_has_not_counted_has_a_dash_and_no_bar():
    run = result(topics=[topic(0, 3, ["late", "unheard"], [0, 1])])
    rows = topic_words.prepare(run["topics"], run["leaves"])
    assert topic_words.table(rows, topic=0)["times in all"].tolist() == ["3", "–"]
    assert len(topic_words.figure(rows, topic=0).data[1].x) == 1


# ------------------------------------------------------------------ the tree


def test_topics_join_in_the_order_of_the_tree_from_the_present_ones_on():
    rows = topic_hierarchy.prepare(result()["topics"], result()["leaves"])
    joins = rows[rows["step"] > 0]
    assert joins[["one", "other"]].to_numpy().tolist() == [[(1,), (2,)], [(0,), (1, 2)]]
    said = topic_hierarchy.finding(rows)
    assert said == "“phone, ticket” and “Manners” would become one first; “late, ferry, monday” stays by itself longest"


def test_topics_put_together_across_the_tree_join_once():
    run = result(topics=[topic(0, 4, ["late"], [0, 3]), topic(1, 1, ["monday"], [1]), topic(2, 2, ["phone"], [2])])
    joins = topic_hierarchy.prepare(run["topics"], run["leaves"])
    joins = joins[joins["step"] > 0]
    assert joins[["one", "other"]].to_numpy().tolist() == [[(0,), (1,)], [(2,), (0, 1)]]


def test_lines_of_the_tree_do_not_cross_and_every_topic_has_its_mark():
    rows = topic_hierarchy.prepare(result()["topics"], result()["leaves"])
    _lines, marks = topic_hierarchy.figure(rows).data
    order = [int(topic_number) for topic_number, _segment in marks.customdata]
    assert sorted(order) == [0, 1, 2]
    assert abs(order.index(1) - order.index(2)) == 1


def test_parts_that_never_join_stay_apart():
    run = result()
    run["leaves"]["merges"] = [[[0], [1]], [[2], [3]]]
    rows = topic_hierarchy.prepare(run["topics"], run["leaves"])
    assert len(rows[rows["step"] > 0]) == 1
    assert topic_hierarchy.figure(rows).data


# ------------------------------------------------------------------ the map


def test_the_map_has_a_mark_a_statement_with_its_topic_and_group(study):
    run = result()
    figure = topic_map.figure(topic_map.prepare(run["topics"], assigned(run), run, study, grouping(study)))
    marks = [tuple(mark) for trace in figure.data for mark in trace.customdata]
    assert sorted(marks) == [("0", "a"), ("0", "a"), ("0", "b"), ("1", "a"), ("1", "b"), ("2", "a")]
    assert {trace.name for trace in figure.data} == {"a", "b"}


def test_of_very_many_statements_some_are_drawn_and_it_is_said(study, monkeypatch):
    monkeypatch.setattr(topic_map, "MOST_MARKS", 3)
    run = result()
    figure = topic_map.figure(topic_map.prepare(run["topics"], assigned(run), run, study, grouping(study)))
    assert sum(len(trace.x) for trace in figure.data) == 3
    assert "one statement of 2 is drawn" in [each.text for each in figure.layout.annotations]


boxes = st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=0, max_size=12)


@given(boxes)
def test_labels_do_not_lie_over_each_other_and_stay_in_the_field(wished):
    size = (0.5, 0.14)
    at = apart(wished, [size] * len(wished))
    for one, (x, y) in enumerate(at):
        assert abs(x) + size[0] / 2 <= 1.04 + 1e-9
        assert abs(y) + size[1] / 2 <= 1.04 + 1e-9
        for other_x, other_y in at[one + 1 :]:
            assert abs(x - other_x) >= size[0] - 1e-6 or abs(y - other_y) >= size[1] - 1e-6


def test_labels_with_room_stay_where_they_are_wished():
    assert apart([(0.5, 0.5), (-0.5, -0.5)], [(0.3, 0.1)] * 2) == [(0.5, 0.5), (-0.5, -0.5)]


def test_a_label_stands_beside_the_marks_that_it_names():
    cloud = np.random.default_rng(0).normal([0.2, -0.1], 0.06, (40, 2))
    [(x, y)] = beside([(0.2, -0.1)], [(0.5, 0.12)], cloud)
    assert not ((np.abs(cloud - [x, y]) < [0.25, 0.06]).all(axis=1)).any()
    assert np.hypot(x - 0.2, y + 0.1) < 0.5
    assert beside([(0.2, -0.1)], [(0.5, 0.12)], np.array([[-0.9, 0.9]])) == [(0.2, -0.1)]
    assert beside([], [], cloud) == []


@given(boxes)
def test_labels_beside_marks_do_not_lie_over_each_other(wished):
    size = (0.5, 0.14)
    at = beside(wished, [size] * len(wished), np.array(wished).reshape(-1, 2))
    for one, (x, y) in enumerate(at):
        assert abs(x) + size[0] / 2 <= 1.04 + 1e-9
        for other_x, other_y in at[one + 1 :]:
            assert abs(x - other_x) >= size[0] - 1e-6 or abs(y - other_y) >= size[1] - 1e-6


def test_a_label_has_two_lines_at_most_and_says_that_there_is_more(study):
    run = result()
    run["topics"][0]["words"] = ["municipality", "self-government", "accountability"]
    figure = topic_map.figure(topic_map.prepare(run["topics"], assigned(run), run, study, grouping(study)))
    texts = [each.text for each in figure.layout.annotations]
    assert "<b>municipality,<br>self-government…</b>" in texts
    assert all(text.count("<br>") < 2 for text in texts)


def test_the_key_of_topics_begins_at_the_edge_of_the_chart_and_fits_a_phone(study):
    """340 pixels: 8 of margin and 40 letters of at most 8 pixels."""
    run = result()
    run["topics"][0]["words"] = ["accountability", "self-government", "municipality"]
    figure = topic_codes.figure(topic_codes.prepare(run["topics"], assigned(run), mentions(study), study))
    key = figure.layout.title
    assert (key.xref, key.x, key.xanchor, key.yanchor) == ("container", 0, "left", "top")
    assert "accountability" in key.text
    assert max(map(len, key.text.split("<br>"))) <= 40
    assert key.y * figure.layout.height < figure.layout.margin.b


@pytest.mark.parametrize("dark", [False, True])
def test_no_two_kinds_are_alike(dark):
    assert len(set(style.kinds(40, dark))) == 40
    assert len({colour for colour, _shape in style.kinds(8, dark)}) == 8


# ------------------------------------------------------------------ along the session


def test_statements_lie_along_the_session_by_their_order_where_there_are_no_times(study):
    rows = topic_timeline.prepare(*about(study, result()))
    assert rows.set_index("statement_id")["share"].to_dict() == pytest.approx(
        {"s1": 0, "s3": 2 / 6, "s7": 1, "s2": 1 / 6, "s5": 4 / 6, "s4": 3 / 6}
    )


def test_with_times_they_lie_by_these(study):
    study.statements["start_s"] = [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 100.0]
    shares = topic_timeline.prepare(*about(study, result())).set_index("statement_id")["share"]
    assert (shares["s2"], shares["s7"]) == (0.1, 1.0)
    assert topic_timeline.prepare(*about(study, result()), "another source").empty


def test_a_topic_of_two_statements_is_not_said_to_come_early(study):
    said = topic_timeline.finding(topic_timeline.prepare(*about(study, result())))
    assert said == "Too few statements to say when topics come up"


# ------------------------------------------------------------------ beside codes


def test_cells_of_topics_and_codes_count_experts_who_said_both_at_once(study):
    rows = topic_codes.prepare(result()["topics"], assigned(result()), mentions(study), study)
    cells = {(row.topic, row.code_id): (row.k, row.statements) for row in rows.itertuples()}
    assert cells[0, "prob.late"] == (3, 3)
    assert cells[0, "prob.rude"] == (1, 1)
    assert cells[2, "prob.late"] == (0, 0)
    assert rows["code_id"].drop_duplicates().tolist() == ["prob.late", "prob.rude", "enab.phone"]


def test_the_finding_on_codes_names_the_pair_of_most_experts(study):
    rows = topic_codes.prepare(result()["topics"], assigned(result()), mentions(study), study)
    assert (
        topic_codes.finding(rows) == "“phone, ticket” and the code “Tickets by phone” go together most (2 of 2 experts)"
    )


def test_likeness_is_said_with_its_meaning_or_why_there_is_none():
    said = topic_codes.likeness_words(Likeness(200, 0.5, 0.25))
    assert said.startswith("Over 200 statements with a topic and a code: NMI 0.500, adjusted Rand index 0.250.")
    assert "Too few" in topic_codes.likeness_words(Likeness(1, None, None))


def test_a_topic_that_meets_no_code_is_still_a_column(study):
    none = pd.DataFrame(columns=["statement_id", "expert_id", "group_id", "code_id"])
    assert topic_codes.prepare(result()["topics"], assigned(result()), none, study).empty
    rows = topic_codes.prepare(result()["topics"], assigned(result()), mentions(study).head(1), study)
    assert sorted(rows["topic"].unique()) == [0, 1, 2]
