"""The cells of a release: right where they are shown, and never to be worked out where they are not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.counts import code_counts
from coding.recovering import recoverable
from coding.segments import ALL, Segment, Segmentation, segment_of
from survey_app.actions.demo import PUBLISHABLE
from survey_app.actions.results import frames_of, segmentation
from survey_app.actions.studies import need_study
from survey_app.publishing import cells as cells_module
from survey_app.publishing.cells import COLUMNS, Rule, cells_of, published_cells, survives, topic_cells
from tests.survey_app.publishing.small_study import experts, frames, grouping

COUNTED = {"layer": "adjudicated", "coder_id": None}


def at(cells, segment, code):
    row = cells[(cells["segment"] == segment) & (cells["code_id"] == code)].iloc[0]
    return (None if pd.isna(row["k"]) else int(row["k"])), int(row["n"]), bool(row["shown"])


def test_what_some_of_a_segment_say_is_shown_and_what_all_say_is_not():
    cells = published_cells(frames(), [grouping(frames())], **COUNTED)
    assert tuple(cells.columns) == COLUMNS
    assert at(cells, "a", "prob") == (None, 3, False)
    assert at(cells, "b", "prob")[2] is False  # else all minus b would be a
    assert at(cells, "a", "enab.phone") == (1, 3, True)
    assert at(cells, "all", "enab.phone") == (2, 6, True)
    assert cells.loc[~cells["shown"], ["k", "statements"]].isna().all(axis=None)
    assert survives(cells) == (int(cells["shown"].sum()), 15)


def test_a_cell_released_by_hand_is_shown_with_all_that_hung_on_it():
    rule = Rule(released=frozenset({("by_group", "a", "prob")}))
    cells = published_cells(frames(), [grouping(frames())], **COUNTED, rule=rule)
    assert at(cells, "a", "prob") == (3, 3, True)
    assert at(cells, "b", "prob") == (1, 3, True)


def test_the_stricter_rule_hides_cells_of_few():
    cells = published_cells(frames(), [grouping(frames())], **COUNTED, rule=Rule(strict=True, least=3))
    shown = cells[cells["shown"]]
    assert set(shown["k"]) <= {0, 3, 4, 5, 6}
    assert survives(cells) < survives(published_cells(frames(), [grouping(frames())], **COUNTED))


def test_a_segment_that_is_too_small_has_no_rows_and_cannot_be_subtracted():
    people = experts(sizes=(3, 2))
    cells = published_cells(frames(people), [grouping(frames())], **COUNTED)
    assert set(cells["segment"]) == {"a", "all"}
    both = cells.pivot(index="code_id", columns="segment", values="shown")
    assert not (both["a"] & both["all"]).any()


def test_nobody_s_segment_and_nobody_s_study_have_no_cells():
    assert "c" not in set(published_cells(frames(), [grouping(frames())], **COUNTED)["segment"])
    empty = published_cells(frames(experts(sizes=(0, 0))), [grouping(frames())], **COUNTED)
    assert list(empty.columns) == list(COLUMNS)
    assert empty.empty


def test_topics_are_cells_too():
    assigned = pd.DataFrame({"statement_id": ["s1", "s3", "s4", "s5"], "topic": [0, 0, 0, 1], "probability": 1.0})
    cells = topic_cells(frames(), [grouping(frames())], assigned, [0, 1], source_kinds=("session",))
    assert at(cells, "a", "0") == (None, 3, False)
    assert at(cells, "b", "1") == (1, 3, True)


@pytest.fixture
def solved(monkeypatch):
    """The tables that were suppressed, as the solver sees them, with what was hidden and what stands nowhere."""
    seen = []

    def watched(counts, must, untold):
        hidden = suppress(counts, must, untold)
        seen.append((counts, hidden, untold))
        return hidden

    suppress = cells_module.suppress
    monkeypatch.setattr(cells_module, "suppress", watched)
    return seen


@pytest.mark.parametrize("slug", ["demo-en", "demo-ru"])
@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("keys", [[PUBLISHABLE.key], [PUBLISHABLE.key, "authority_vs_rest"]])
def test_of_the_demo_nothing_hidden_can_be_recovered(demo_store, solved, slug, strict, keys):
    study = need_study(demo_store, slug)
    found = frames_of(demo_store, study["id"])
    merged = [segmentation(demo_store, study, key) for key in keys]
    cells = published_cells(found, merged, **COUNTED, rule=Rule(strict=strict))
    ((counts, hidden, untold),) = solved
    assert hidden.any()
    assert not (recoverable(counts, hidden) & ~untold).any()
    for each in merged:
        true = code_counts(found, each, **COUNTED).merge(
            cells[cells["segmentation"] == each.key], on=["code_id", "segment"], suffixes=("_true", "")
        )
        shown = true[true["shown"]]
        assert (shown["k_true"] == shown["k"]).all()
        assert (shown["statements_true"] == shown["statements"]).all()
        assert not shown["k"].eq(shown["n"]).any()
        assert (true["n_true"] == true["n"]).all()


def of_groups(key, *homes):
    named = {}
    for group, home in zip("abcd", homes, strict=True):
        named.setdefault(home, []).append(group)
    return Segmentation(key, key, key, tuple(Segment(home, home, home, tuple(held)) for home, held in named.items()))


SEGMENTATIONS = [
    of_groups("fine", "a", "b", "c", "d"), of_groups("pairs", "ab", "ab", "cd", "cd"),
    of_groups("crossed", "ac", "bd", "ac", "bd"), of_groups("three", "abc", "abc", "abc", "d"),
]  # fmt: skip


def _members(people, segmentation):
    home = segment_of(people, segmentation)
    whole = {key: set(home.index[home == key]) for key in segmentation.keys} | {ALL: set(home.index)}
    return {(segmentation.key, key): among for key, among in whole.items()}


@given(
    st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=12, max_size=16),
    st.sets(st.sampled_from(range(4)), min_size=1), st.booleans(),
)  # fmt: skip
@settings(max_examples=25)
def test_of_random_studies_nothing_hidden_can_be_recovered(given_, chosen, strict):
    """Twelve to sixteen experts in four groups; four codes, of which the first stands above two; statements of each."""
    people = pd.DataFrame(
        {"expert_id": [f"E{n}" for n in range(len(given_))], "group_id": ["abcd"[n % 4] for n in range(len(given_))]}
    )
    said, number = [], 0
    for expert, row in zip(people["expert_id"], given_, strict=True):
        for code, times in zip(("p.x", "p.y", "q", "r"), row, strict=True):
            for _time in range(times):
                number += 1
                said += [(f"s{number}", expert, each) for each in ((code, "p") if code.startswith("p.") else (code,))]
    table = pd.DataFrame(said, columns=["statement_id", "expert_id", "code_id"])
    codes = pd.DataFrame(
        {"code_id": ["p", "p.x", "p.y", "q", "r"], "parent_id": ["", "p", "p", "", ""],
         "own": [False, True, True, True, True]}
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patched:
        seen, suppress = [], cells_module.suppress
        patched.setattr(
            cells_module, "suppress", lambda *asked: seen.append((*asked, suppress(*asked))) or seen[-1][-1]
        )
        cells = cells_of(table, codes, people, [SEGMENTATIONS[n] for n in sorted(chosen)], Rule(strict=strict))
    for counts, _must, untold, hidden in seen:
        assert not (recoverable(counts, hidden) & ~untold).any()
    shown = cells[cells["shown"]]
    assert not shown["k"].eq(shown["n"]).any()
    assert not strict or not shown["k"].between(1, 2).any()
    assert np.array_equal(cells["shown"], cells["k"].notna())
    members = {place: among for each in SEGMENTATIONS for place, among in _members(people, each).items()}
    for _code, told in shown.groupby("code_id"):  # nor does what is left of one set within another say “all”
        rows = [(members[row.segmentation, row.segment], row.k, row.n) for row in told.itertuples()]
        for outer, k, n in rows:
            assert not any(inner < outer and k - less == n - fewer for inner, less, fewer in rows)


def test_a_rest_of_whom_all_say_something_is_protected_as_a_segment_is():
    """Groups a and b are segments, c is in none: all experts less the segments are the three of c."""
    study = frames(experts(sizes=(3, 3, 3)))
    said = pd.DataFrame(
        [(f"s{n}", expert, "prob.late") for n, expert in enumerate(["A1", "B1", "C1", "C2", "C3"])],
        columns=["statement_id", "expert_id", "code_id"],
    )
    codes = pd.DataFrame({"code_id": ["prob.late"], "parent_id": "", "own": True})
    two = Segmentation("two", "", "", (Segment("a", "", "", ("a",)), Segment("b", "", "", ("b",))))
    cells = cells_of(said, codes, study.experts, [two], Rule())
    assert not cells["shown"].all()  # 5 − 1 − 1 would be 3 of 3
    cells = cells_of(said[:-1], codes, study.experts, [two], Rule())
    assert cells["shown"].all()
    cells = cells_of(said[:-1], codes, study.experts, [two], Rule(strict=True))
    assert not cells["shown"].all()  # 2 of 3 is few


def test_what_is_known_of_everybody_is_known_of_those_in_it():
    study = frames()
    said = pd.DataFrame(
        [(f"s{n}", expert, "prob.late") for n, expert in enumerate(study.experts["expert_id"])],
        columns=["statement_id", "expert_id", "code_id"],
    )
    codes = pd.DataFrame({"code_id": ["prob.late"], "parent_id": "", "own": True})
    one = Segmentation("one", "", "", (Segment("a", "", "", ("a",)),))
    every = frozenset({("one", "all", "prob.late"), ("one", "a", "prob.late")})
    assert cells_of(said, codes, study.experts, [one], Rule(released=every))["shown"].all()
