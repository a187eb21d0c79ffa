"""How long agreement of 10 coders on 5,000 statements with 43 codes takes. Prints figures, asserts no time."""

import resource
from time import perf_counter, process_time

import numpy as np
import pandas as pd
import pytest

from coding.agreement import agreement
from coding.characters import character_agreement
from coding.coded import coded_of
from coding.pairs import per_pair

CODERS, UNITS, CODES, RESAMPLES = 10, 5_000, 43, 1_000


@pytest.fixture(scope="module")
def judgements() -> pd.DataFrame:
    """Statements of none to three codes, common ones and rare ones; coders miss some, add some and skip a tenth."""
    generator = np.random.default_rng(0)
    weights = 1 / np.arange(1, CODES + 1)
    chance = 0.95 * weights / weights.sum()
    truth = generator.random((UNITS, 1, CODES)) < chance
    applied = (truth & (generator.random((UNITS, CODERS, CODES)) < 0.85)) | (
        generator.random((UNITS, CODERS, CODES)) < 0.1 * chance
    )
    applied &= (seen := generator.random((UNITS, CODERS)) < 0.9)[:, :, None]
    rows = [(f"u{unit}", f"k{coder}", f"c{code}") for unit, coder, code in np.argwhere(applied)]
    rows += [(f"u{unit}", f"k{coder}", "") for unit, coder in np.argwhere(seen & ~applied.any(axis=2))]
    return pd.DataFrame(rows, columns=["unit", "coder", "code"])


def said(capsys, *lines: str) -> None:
    with capsys.disabled():
        print("", *lines, sep="\n")


def test_statements(judgements, capsys):
    experts = {f"u{unit}": f"e{unit % 200}" for unit in range(UNITS)}
    times = {}
    for name, clusters in (("units", None), ("experts", experts)):
        begin, worked = perf_counter(), process_time()
        found = agreement(judgements, resamples=RESAMPLES, clusters=clusters)
        times[name], times[f"{name}, processor"] = perf_counter() - begin, process_time() - worked
    begin = perf_counter()
    pairs = per_pair(judgements, by_code=True)
    times["pairs"] = perf_counter() - begin
    assert found.overall.n_resamples == RESAMPLES
    assert len(pairs) == CODERS * (CODERS - 1) // 2
    sets = len(coded_of(judgements).sets[0])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said(
        capsys,
        f"{CODERS} coders, {UNITS} statements, {CODES} codes, {sets} different sets of codes, {len(judgements)} judgements",
        f"  {RESAMPLES} resamples of units {times['units']:.2f} s (processor {times['units, processor']:.2f} s), "
        f"of experts {times['experts']:.2f} s (processor {times['experts, processor']:.2f} s); "
        f"{len(pairs)} pairs by code {times['pairs']:.2f} s; memory of the whole process at most {memory:.0f} MB",
    )


def test_against_a_loop_over_krippendorff(judgements, capsys):
    """The peer computes one alpha a call: a few resamples of every code are timed and scaled up to all."""
    peer = pytest.importorskip("krippendorff")
    loops = 3
    begin = perf_counter()
    found = agreement(judgements, resamples=RESAMPLES)
    ours = perf_counter() - begin
    coded = coded_of(judgements)
    tables = np.where(coded.seen[:, :, None], coded.applied, np.nan)
    generator = np.random.default_rng(0)
    begin = perf_counter()
    for _ in range(loops):
        drawn = tables[generator.integers(0, UNITS, UNITS)]
        for code in range(CODES):
            peer.alpha(reliability_data=drawn[:, :, code].T, level_of_measurement="nominal")
    theirs = (perf_counter() - begin) / loops * RESAMPLES
    known = peer.alpha(reliability_data=tables[:, :, 0].T, level_of_measurement="nominal")
    assert found.per_code[coded.codes[0]].alpha == pytest.approx(known)
    said(
        capsys,
        f"  every coefficient, all codes and sets: {ours:.2f} s; alpha of single codes alone by a loop over "
        f"krippendorff: {theirs:.0f} s (from {loops} resamples), {theirs / ours:.0f} times as long",
    )


def test_characters(capsys):
    generator = np.random.default_rng(1)
    starts = np.arange(UNITS) * 200
    seen = pd.DataFrame(
        [("s", start, start + 199, f"k{coder}") for start in starts.tolist() for coder in range(3)],
        columns=["source_id", "start", "end", "coder_id"],
    )
    spans = [
        ("s", start + shift, start + shift + 80, f"c{start // 200 % CODES}", f"k{coder}")
        for start in starts.tolist()
        for coder, shift in enumerate(generator.integers(0, 100, 3).tolist())
    ]
    codings = pd.DataFrame(spans, columns=["source_id", "start", "end", "code_id", "coder_id"])
    begin = perf_counter()
    found = character_agreement(codings, seen, resamples=RESAMPLES)
    spent = perf_counter() - begin
    assert found.n_units == UNITS * 199
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said(
        capsys,
        f"3 coders, {found.n_units} characters, {len(codings)} passages, {CODES} codes: {spent:.2f} s with "
        f"{RESAMPLES} resamples of statements; memory at most {memory:.0f} MB",
    )
