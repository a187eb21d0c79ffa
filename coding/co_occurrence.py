"""Codes together: how often two codes are in one statement, one turn or one expert's talk, and how much beyond chance.

Jaccard is the share of units with both among those with either (in ATLAS.ti the c-coefficient). Lift compares both with
what two unrelated codes of these sizes would share; PMI is its binary logarithm (Church and Hanks 1990), NPMI the same
from -1 (never together) over 0 (unrelated) to 1 (never apart; Bouma 2009).
"""

from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from coding.counts import SESSIONS, expert_statements, in_order, lineage, mentions
from coding.frames import Frames

Unit = Literal["statement", "turn", "expert"]
COUNTS = ["both", "only_first", "only_second", "neither"]
COLUMNS = ["first", "second", *COUNTS, "jaccard", "lift", "pmi", "npmi", "experts", "supported"]


def co_occurrences(
    frames: Frames,
    unit: Unit = "expert",
    *,
    minimum: int = 3,
    with_parents: bool = True,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:
    """One row for every two codes, in the codebook's order (`COLUMNS`).

    both, only_first, only_second, neither: units, of all that experts said or of all experts, silent ones included.
    Measures as `association` has them. experts: who said both in one unit; supported: at least `minimum` of them did.
    With parents a code is also where any code under it is. No code is paired with one above it.
    """
    placed, n = _placed(frames, unit, with_parents, source_kinds, layer, coder_id)
    codes = pd.Index(frames.codes["code_id"])
    units, _names = pd.factorize(placed["unit"])
    said = np.zeros((int(units.max(initial=-1)) + 1, len(codes)), dtype=np.float32)
    said[units, codes.get_indexer(pd.Index(placed["code_id"]))] = 1
    owner = np.zeros(len(said), dtype=int)
    owner[units] = pd.factorize(placed["expert_id"])[0]
    together = said.T @ said  # exact: float32 counts to 2 ** 24
    first, second = _pairs(frames.codes)
    both, alone = together[first, second], together.diagonal()
    measures = association(n, alone[first], alone[second], both)
    experts = _experts(said, owner)[first, second]
    counts = {
        "both": both, "only_first": alone[first] - both, "only_second": alone[second] - both,
        "neither": n - alone[first] - alone[second] + both,
    }  # fmt: skip
    whole = {name: values.astype("int64") for name, values in counts.items()}
    names = {"first": codes.to_numpy()[first], "second": codes.to_numpy()[second]}
    return pd.DataFrame(names | whole | measures | {"experts": experts, "supported": experts >= minimum})


def association(n: int, first: np.ndarray, second: np.ndarray, both: np.ndarray) -> dict[str, np.ndarray]:
    """jaccard, lift, pmi (bits), npmi of pairs, from counts of `n` units: with the first, the second, both.

    NaN where undefined: jaccard without any unit, the others where a code is in none, npmi where both are in all. Two
    codes that are never together have a pmi of minus infinity and an npmi of -1.
    """
    first, second, both = (np.asarray(each, dtype=float) for each in (first, second, both))
    with np.errstate(divide="ignore", invalid="ignore"):
        jaccard = both / (first + second - both)
        lift = both * n / (first * second)
        pmi = np.log2(lift)
        npmi = np.where(lift == 0, -1.0, pmi / -np.log2(both / n))
    return {"jaccard": jaccard, "lift": lift, "pmi": pmi, "npmi": npmi}


def quotes_of_pair(
    frames: Frames,
    first: str,
    second: str,
    group_ids: Collection[str] | None = None,
    *,
    unit: Unit = "expert",
    with_parents: bool = True,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:
    """The words behind a pair, as `coding.counts.quotes_of` gives those behind a code.

    Of statements those with both codes; of turns and experts every statement with either, where both are in the unit.
    """
    placed, _n = _placed(frames, unit, with_parents, source_kinds, layer, coder_id)
    of_first, of_second = (placed[placed["code_id"] == code] for code in (first, second))
    shared = set(of_first["unit"]) & set(of_second["unit"])
    either = pd.concat([of_first, of_second]).drop_duplicates("statement_id")
    either = either[either["unit"].isin(shared)]
    return in_order(frames, either if group_ids is None else either[either["group_id"].isin(list(group_ids))])


def _placed(
    frames: Frames, unit: Unit, with_parents: bool, source_kinds: Sequence[str], layer: str, coder_id: str | None
) -> tuple[pd.DataFrame, int]:
    """`coding.counts.mentions` with the number of the unit in which each lies, and how many units there are."""
    found = mentions(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id, with_parents=with_parents)
    if unit == "expert":
        return found.assign(unit=pd.factorize(found["expert_id"])[0]), len(frames.experts)
    spoken = expert_statements(frames, source_kinds)
    numbers: np.ndarray = np.arange(len(spoken))
    if unit == "turn":
        numbers = spoken.groupby(["source_id", "turn", "expert_id"], sort=False).ngroup().to_numpy()
    places = pd.Index(spoken["statement_id"]).get_indexer(pd.Index(found["statement_id"]))
    return found.assign(unit=numbers[places]), int(numbers.max(initial=-1)) + 1


def _pairs(codes: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The places of every two codes of which neither is above the other."""
    place = pd.Index(codes["code_id"])
    related = np.zeros((len(place), len(place)), dtype=bool)
    above = lineage(codes)
    below, top = (place.get_indexer(pd.Index(above[name])) for name in ("code_id", "ancestor"))
    related[below[top >= 0], top[top >= 0]] = True
    first, second = np.triu_indices(len(place), 1)
    apart = ~(related[first, second] | related[second, first])
    return first[apart], second[apart]


def _experts(said: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """How many experts have both codes in one unit: codes x codes, from units x codes and each unit's expert."""
    found = np.zeros((said.shape[1], said.shape[1]), dtype="int64")
    for expert in np.unique(owner):
        own = said[owner == expert]
        found += own.T @ own > 0
    return found
