"""Hidden cells stay hidden: whoever tries every table that agrees with what is shown finds two values for each."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.recovering import Counts, ranges, recoverable
from coding.suppression import suppress


def counts(sizes, said, sets, *, parent=(), statements=None, quoted=None, own=None):
    said = np.array(said)
    parent = np.array(parent or [-1] * said.shape[1])
    return Counts(
        np.array(sizes), said, said.copy() if statements is None else np.array(statements), np.array(sets, dtype=bool),
        parent, np.array([not (parent == code).any() for code in range(len(parent))] if own is None else own),
        np.zeros_like(said) if quoted is None else np.array(quoted),
    )  # fmt: skip


def everyone_says(found):
    return found.k == found.n[:, None]


THREE = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]
"""Three segments and everyone."""


def every_table(found, most):
    """Experts and statements of every table that could be, by trying all of them."""
    parts, codes = found.said.shape
    for said in product(*(range(n + 1) for n in np.repeat(found.sizes, codes))):
        said = np.array(said).reshape(parts, codes)
        for statements in product(range(most + 1), repeat=parts * codes):
            statements = np.array(statements).reshape(parts, codes)
            if _could_be(found, said, statements):
                yield said, statements


def _could_be(found, said, statements):
    if (statements < said).any() or ((said > 0) != (statements > 0)).any() or (statements < found.quoted).any():
        return False
    for code, above in enumerate(found.parent):
        under = found.parent == code
        for table in (said, statements):
            if above >= 0 and (table[:, code] > table[:, above]).any():
                return False
            if under.any() and not found.own[code] and (table[:, code] > table[:, under].sum(axis=1)).any():
                return False
    return True


def possible(found, hidden, most):
    """The values of each cell (experts and statements) in every table that agrees with what is shown."""
    seen = {}
    sets = found.sets.astype(int)
    for said, statements in every_table(found, most):
        cells = np.stack([sets @ said, sets @ statements])
        if (cells[0][~hidden] == found.k[~hidden]).all() and (cells[1][~hidden] == found.spoken[~hidden]).all():
            for place in np.ndindex(cells.shape):
                seen.setdefault(place, set()).add(int(cells[place]))
    return seen


def test_one_hidden_segment_is_what_is_missing_from_all():
    found = counts([3, 3, 3], [[3], [1], [2]], THREE)
    hidden = np.array([[True], [False], [False], [False]])
    assert recoverable(found, hidden).tolist() == hidden.tolist()


def test_a_second_segment_is_hidden_with_it_and_the_smallest_does():
    found = counts([3, 3, 3], [[3], [1], [2]], THREE)
    hidden = suppress(found, everyone_says(found))
    assert hidden.ravel().tolist() == [True, True, False, False]
    told = ranges(found, hidden)
    assert (told.least[:2].ravel().tolist(), told.greatest[:2].ravel().tolist()) == ([1, 1], [3, 3])


def test_a_complement_that_could_itself_say_all_is_taken_first():
    """One with nobody would leave, for who knows the rule, only one reason to hide."""
    found = counts([3, 5, 4], [[3], [0], [2]], THREE)
    assert suppress(found, everyone_says(found)).ravel().tolist() == [True, False, True, False]


def test_where_all_say_it_everything_is_hidden():
    found = counts([3, 3, 3], [[3], [3], [3]], THREE)
    assert suppress(found, everyone_says(found)).all()


def test_two_that_both_say_all_betray_each_other_by_their_sum():
    found = counts([3, 3, 3], [[3], [3], [0]], THREE)
    both = np.array([[True], [True], [False], [False]])
    assert recoverable(found, both).tolist() == both.tolist()
    assert suppress(found, both).ravel().tolist() == [True, True, True, False]


def test_overlapping_segmentations_are_seen_together():
    """Parts a, b, c, d as segments of one segmentation; a with b and c with d as those of another."""
    sets = [*np.eye(4), [1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]]
    found = counts([3, 3, 3, 3], [[3], [1], [1], [2]], sets)
    pair = np.zeros((7, 1), dtype=bool)
    pair[[0, 2]] = True
    assert recoverable(found, pair).ravel().tolist() == pair.ravel().tolist()
    hidden = suppress(found, everyone_says(found))
    assert not recoverable(found, hidden).any()
    assert hidden[:2].all()


def test_a_parent_betrays_its_only_child():
    """Nobody says the other child, so the parent is the first."""
    found = counts([3, 3, 3], [[3, 3, 0], [1, 1, 0], [1, 1, 0]], THREE, parent=[-1, 0, 0])
    child = np.zeros((4, 3), dtype=bool)
    child[[0, 1], 1] = True
    assert recoverable(found, child)[:, 1].tolist() == [True, True, False, False]
    hidden = suppress(found, everyone_says(found))
    assert not recoverable(found, hidden).any()
    assert hidden[0, :2].all()


def test_a_child_whom_all_mention_proves_it_of_the_parent():
    found = counts([3, 3], [[3, 3], [2, 1]], [[1, 0], [0, 1], [1, 1]], parent=[-1, 0], own=[True, True])
    parent = np.array([[True, False], [True, False], [True, False]])
    assert recoverable(found, parent)[:, 0].tolist() == [True, False, False]


def test_quotes_say_that_somebody_spoke():
    """Two experts and a quote of each segment: each said it once."""
    plain = counts([2, 2], [[1], [1]], [[1, 0], [0, 1], [1, 1]])
    quoted = counts([2, 2], [[1], [1]], [[1, 0], [0, 1], [1, 1]], quoted=[[1], [1]])
    hidden = np.array([[True], [True], [False]])
    assert not recoverable(plain, hidden).any()
    assert recoverable(quoted, hidden).tolist() == hidden.tolist()


def test_what_a_quote_gives_away_by_itself_is_helped_by_nothing_and_the_rest_stays():
    """The only expert of the first segment is quoted."""
    found = counts([1, 4, 4], [[1, 0], [2, 3], [1, 2]], THREE, parent=[-1, -1], quoted=[[1, 0], [0, 0], [0, 0]])
    everything = np.ones((4, 2), dtype=bool)
    assert np.argwhere(recoverable(found, everything)).tolist() == [[0, 0]]
    hidden = suppress(found, everyone_says(found))
    assert hidden[0, 0]
    assert not hidden.all()
    assert not hidden[:, 1].any()
    assert not (recoverable(found, hidden) & ~recoverable(found, everything)).any()


def test_statements_alone_can_betray():
    """As many statements as experts, so one hidden number is the other."""
    found = counts([3, 3], [[1], [0]], [[1, 0], [0, 1], [1, 1]], statements=[[5], [0]])
    hidden = np.array([[True], [True], [False]])
    told = ranges(found, hidden)
    assert (told.least_statements[0, 0], told.greatest_statements[0, 0]) == (0, 5)


@st.composite
def tables(draw, parts=3, codes=3, size=3, more=2):
    """A root with two children, and three parts with overlapping segments."""
    sizes = [draw(st.integers(1, size)) for _part in range(parts)]
    children = np.array([[draw(st.integers(0, n)) for _code in range(codes - 1)] for n in sizes])
    spoken = np.array([[k + (draw(st.integers(0, more)) if k else 0) for k in row] for row in children])
    root = [draw(st.integers(max(row), min(n, sum(row)))) for row, n in zip(children.tolist(), sizes, strict=True)]
    told = [max(max(row), k, min(sum(row), k)) for row, k in zip(spoken.tolist(), root, strict=True)]
    sets = draw(st.sampled_from([THREE, [*THREE, [1, 1, 0]], [[1, 1, 0], [0, 0, 1], [1, 0, 0], [1, 1, 1]]]))
    return counts(
        sizes, np.column_stack([root, children]), sets, parent=[-1, *[0] * (codes - 1)],
        statements=np.column_stack([told, spoken]),
    )  # fmt: skip


@given(tables(), st.sampled_from([0, 3]))
@settings(max_examples=40)
def test_nothing_hidden_is_recoverable(found, least):
    primary = everyone_says(found) | ((found.k > 0) & (found.k < least))
    hidden = suppress(found, primary)
    assert not (primary & ~hidden).any()
    assert not recoverable(found, hidden).any()


@given(tables(parts=2, codes=2, size=2, more=0), st.data())
@settings(max_examples=15)
def test_the_solver_agrees_with_trying_every_table(found, data):
    found = counts(
        found.sizes, found.said, [[1, 0], [0, 1], [1, 1]], parent=[-1, 0], statements=found.statements
    )  # fmt: skip
    hidden = np.array(data.draw(st.lists(st.booleans(), min_size=6, max_size=6))).reshape(3, 2)
    told = ranges(found, hidden)
    seen = possible(found, hidden, most=4)
    for at, code in np.ndindex(hidden.shape):
        assert min(seen[0, at, code]) == told.least[at, code]
        assert max(seen[0, at, code]) == told.greatest[at, code]
        assert min(seen[1, at, code]) == told.least_statements[at, code]
    alone = np.array([[len(seen[0, at, code]) == 1 for code in range(2)] for at in range(3)])
    assert (recoverable(found, hidden) | ~alone | ~hidden).all()
