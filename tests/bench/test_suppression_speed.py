"""How long it takes to find what a release hides, of dense studies: the demo's codes, eight groups, three segmentations
that overlap, the strict rule. Prints figures, asserts none but that nothing hidden can be worked out."""

import statistics
import time

import numpy as np

from coding.recovering import Counts, recoverable
from coding.suppression import suppress
from tests.coding.demo_study import demo

LEAST = 3
SETS = [
    *np.eye(8), [1, 1, 0, 0, 0, 0, 0, 0], [0, 0, 1, 1, 1, 0, 0, 0], [0, 0, 0, 0, 0, 1, 1, 1], [1, 0, 1, 0, 1, 0, 1, 0],
    [0, 1, 0, 1, 0, 1, 0, 1], np.ones(8),
]  # fmt: skip
"""Eight groups, the same in three, the same in two across them, and everyone."""


def dense(seed, shares=(0.1, 0.95)):
    """A study in which every code has a share of its own of the experts, between the two, and so has every group."""
    drawn = np.random.default_rng(seed)
    codes = demo().codes
    place = {code: n for n, code in enumerate(codes["code_id"])}
    parent = np.array([place.get(above, -1) for above in codes["parent_id"]])
    own = np.array([not (parent == code).any() for code in range(len(parent))])
    sizes = drawn.integers(3, 9, 8)
    home = np.repeat(np.arange(8), sizes)
    share = drawn.uniform(*shares, len(parent)) * np.where(own, 1, 0)
    times = drawn.poisson(-np.log1p(-share), (len(home), len(parent)))
    for code in sorted(range(len(parent)), key=lambda each: -depth(parent, each)):
        if parent[code] >= 0:
            times[:, parent[code]] += times[:, code]
    people, statements = (
        np.array([table[home == part].sum(axis=0) for part in range(8)]) for table in (times > 0, times)
    )
    return Counts(sizes, people, statements, np.array(SETS, dtype=bool), parent, own, np.zeros_like(people))


def depth(parent, code):
    return 0 if parent[code] < 0 else 1 + depth(parent, parent[code])


def must_hide(counts):
    """Cells of everyone, and of one or two."""
    return (counts.k == counts.n[:, None]) | ((counts.k > 0) & (counts.k < LEAST))


def test_what_a_dense_study_hides(capsys):
    told = []
    for name, shares in (("dense", (0.1, 0.95)), ("sparse", (0.02, 0.3))):
        for seed in range(5):
            counts = dense(seed, shares)
            must = must_hide(counts)
            begun = time.process_time()
            hidden = suppress(counts, must)
            told.append((name, time.process_time() - begun, int(must.sum()), int(hidden.sum()), hidden.size))
            assert not recoverable(counts, hidden).any()
    with capsys.disabled():
        print()
        for name, seconds, must, hidden, cells in told:
            print(f"{name:7} {seconds:5.1f} s of processor, {must} cells that must be hidden, {hidden} are, of {cells}")
        print(f"median {statistics.median(each[1] for each in told):.1f} s")
