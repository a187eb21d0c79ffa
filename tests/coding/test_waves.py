"""Waves side by side count as each of them counts alone."""

from dataclasses import replace

import pytest

from coding.counts import code_counts, k_of_n
from coding.segments import ALL, by_groups
from coding.waves import UnlikeWaves, Wave, side_by_side
from tests.coding.demo_study import demo


def _two():
    whole = demo()
    later = replace(whole, experts=whole.experts[whole.experts["group_id"].isin(["fed", "reg", "loc"])])
    return Wave("2022", "2022", "2022", whole), Wave("2024", "2024", "2024", later)


def test_each_wave_counts_as_it_does_alone():
    first, later = _two()
    joined = side_by_side([first, later])
    counts = code_counts(joined, by_groups(joined.groups))
    found = {row.segment: (row.k, row.n) for row in counts[counts["code_id"] == "prob.skills"].itertuples()}
    assert found["2022"] == k_of_n(first.frames, "prob.skills") == (10, 20)
    assert found["2024"] == k_of_n(later.frames, "prob.skills") == (6, 8)
    assert found[ALL] == (16, 28)


def test_only_codes_that_both_have_are_counted():
    first, later = _two()
    fewer = later.frames.codes[later.frames.codes["code_id"] != "prob.skills"]
    joined = side_by_side([first, replace(later, frames=replace(later.frames, codes=fewer))])
    assert "prob.skills" not in set(joined.codes["code_id"]) | set(joined.codings["code_id"])
    assert "prob.rights" in set(joined.codes["code_id"])


def test_waves_without_a_code_in_common_and_a_wave_beside_itself_are_refused():
    first, later = _two()
    with pytest.raises(UnlikeWaves, match="two different"):
        side_by_side([first, first])
    other = later.frames.codes.assign(code_id="x." + later.frames.codes["code_id"])
    with pytest.raises(UnlikeWaves, match="no code in common"):
        side_by_side([first, replace(later, frames=replace(later.frames, codes=other))])
