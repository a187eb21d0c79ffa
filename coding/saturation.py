"""Whether more experts would say anything new: codes in the order of speaking, and the order taken away.

Code saturation only: that nobody brings a new code says nothing about how well a code is understood (Hennink, Kaiser
and Marconi 2017).
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import gammaln

from coding.codings import choose_layer
from coding.counts import SESSIONS, expert_statements, mentions
from coding.frames import Frames
from transcripts.messages import Message, counted, sentence

BASE = 4
"""Experts whose codes are what later ones are measured by."""
RUN = 2
"""Experts in a row who have to bring almost nothing new."""
THRESHOLD = 0.05
"""Largest share of the base's codes that a run may add."""
ORDERS = 1000


@dataclass(frozen=True, slots=True)
class Saturation:
    """What Guest, Namey and Chen (2020) report: "6+2" is reached=6, run=2.

    `reached` is how many experts had spoken before the first run that added too little, None if none did or if it
    cannot be judged (`reason`). `new` are the codes that the deciding run added, else the last one; base_codes those
    of the base.
    """

    reached: int | None
    run: int
    base_codes: int = 0
    new: int = 0
    reason: Message | None = None

    @property
    def ratio(self) -> float | None:
        """New codes of the run by codes of the base."""
        return None if self.reason else self.new / self.base_codes


def judged(new: Sequence[int], *, base: int = BASE, run: int = RUN, threshold: float = THRESHOLD) -> Saturation:
    """Saturation by the new codes of each expert in order (Guest, Namey and Chen 2020, PLoS ONE 15(5): e0232076).

    Runs overlap: after experts 5 and 6 come 6 and 7. It cannot be judged with fewer experts than base and run, and so
    never in a group of two to four.
    """
    if len(new) < base + run:
        reason = counted(
            "Of {count} expert saturation cannot be judged: it takes {least}.",
            "Of {count} experts saturation cannot be judged: it takes {least}.", len(new), least=base + run,
        )  # fmt: skip
        return Saturation(None, run, reason=reason)
    known = int(sum(new[:base]))
    if not known:
        return Saturation(None, run, reason=sentence("The first experts have no codes to measure the later ones by."))
    added = 0
    for start in range(base, len(new) - run + 1):
        added = int(sum(new[start : start + run]))
        if added <= threshold * known:
            return Saturation(start, run, known, added)
    return Saturation(None, run, known, added)


@dataclass(frozen=True)
class Spoken:
    """Who spoke, in the order of first statements, and with which codes.

    `said` is bool, one row an expert, one column for each of `code_ids`; `source_ids` is where each one spoke first.
    """

    expert_ids: tuple[str, ...]
    source_ids: tuple[str, ...]
    code_ids: tuple[str, ...]
    said: np.ndarray

    def of(self, expert_ids: Collection[str]) -> "Spoken":
        """The same of some experts, in their order."""
        chosen = set(expert_ids)
        kept = [place for place, expert in enumerate(self.expert_ids) if expert in chosen]
        experts, sources = (tuple(names[place] for place in kept) for names in (self.expert_ids, self.source_ids))
        return Spoken(experts, sources, self.code_ids, self.said[kept])

    def new_codes(self) -> pd.DataFrame:
        """One row an expert: expert_id, source_id, new, cumulative, code_ids: what nobody before had said."""
        brought: list[list[str]] = [[] for _ in self.expert_ids]
        if brought:
            first = self.said.argmax(axis=0)
            for column in np.flatnonzero(self.said.any(axis=0)):
                brought[first[column]].append(self.code_ids[column])
        new = pd.Series([len(codes) for codes in brought], dtype="int64")
        return pd.DataFrame(
            {"expert_id": list(self.expert_ids), "source_id": list(self.source_ids), "new": new,
             "cumulative": new.cumsum(), "code_ids": pd.Series([tuple(codes) for codes in brought], dtype=object)}
        )  # fmt: skip


def spoken(
    frames: Frames,
    *,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> Spoken:
    """The experts who spoke, sources as the study has them, and the codes in the codebook's order.

    Only sources in which the layer has codings count: in others nobody could have brought a code. An expert counts with
    everything they say, also in later sessions. Codes are those that were applied; roots and codes above do not come
    along.
    """
    coded = choose_layer(frames.codings, layer, coder_id)["source_id"].unique()
    statements = expert_statements(frames, source_kinds)
    statements = statements[statements["source_id"].isin(coded)]
    first_seen = pd.Index(frames.statements["source_id"].unique())
    statements = statements.iloc[
        np.lexsort((statements["order"], first_seen.get_indexer(pd.Index(statements["source_id"]))))
    ]
    order = statements.drop_duplicates("expert_id")
    found = mentions(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    experts = pd.Index(order["expert_id"])
    codes = pd.Index(frames.codes.sort_values("order", kind="stable")["code_id"])
    said = np.zeros((len(experts), len(codes)), dtype=bool)
    said[experts.get_indexer(pd.Index(found["expert_id"])), codes.get_indexer(pd.Index(found["code_id"]))] = True
    return Spoken(tuple(experts), tuple(order["source_id"]), tuple(codes), said)


def after_sources(
    frames: Frames,
    *,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:
    """One row a source with codes of experts, as the study has them: source_id, new, cumulative: codes said up to its
    end.
    """
    found = mentions(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    said = found.merge(frames.statements[["statement_id", "source_id"]], on="statement_id")
    listed = [source for source in frames.statements["source_id"].unique() if source in set(said["source_id"])]
    place = {source: number for number, source in enumerate(listed)}
    first = said["source_id"].map(place).groupby(said["code_id"]).min()
    new = first.value_counts().reindex(range(len(listed)), fill_value=0).to_numpy()
    return pd.DataFrame({"source_id": listed, "new": new.astype("int64"), "cumulative": new.cumsum().astype("int64")})


def other_orders(said: np.ndarray, *, orders: int = ORDERS, seed: int = 0) -> pd.DataFrame:
    """Codes after each expert had they spoken in any other order: low, median, high (5th, 50th and 95th percentile of
    `orders` permutations), mean of them, and `expected`, the exact mean. One row for each number of experts from 1.

    `said` is bool, experts by codes; a code that nobody says counts nowhere.
    """
    experts = len(said)
    said = said[:, said.any(axis=0)]
    if not experts:
        return pd.DataFrame(columns=["low", "median", "high", "mean", "expected"], dtype=float)
    generator = np.random.default_rng(seed)
    turn = generator.random((experts, orders)).argsort(axis=0).argsort(axis=0)  # when each one speaks
    new = np.zeros((orders, experts), dtype=np.int64)
    every = np.arange(orders)
    for speakers in said.T:
        new[every, turn[speakers].min(axis=0)] += 1
    counts = np.sort(new.cumsum(axis=1), axis=0)
    low, median, high = (counts[math.ceil(share * orders) - 1] for share in (0.05, 0.5, 0.95))
    expected = expected_codes(said.sum(axis=0), experts)
    return pd.DataFrame({"low": low, "median": median, "high": high, "mean": counts.mean(axis=0), "expected": expected})


def expected_codes(mentioned_by: Sequence[int] | np.ndarray, experts: int) -> np.ndarray:
    """Mean number of codes among the first 1 to `experts` of experts in any order, by how many mention each code.

    A code that k of n mention is missed by m of them with the hypergeometric C(n-k, m) / C(n, m): the rarefaction curve
    by samples (Hurlbert 1971; Colwell, Mao and Chang 2004).
    """
    k = np.asarray(mentioned_by, dtype=float)[:, None]
    m = np.arange(1, experts + 1, dtype=float)[None, :]
    possible = experts - k >= m
    rest = np.where(possible, experts - k, m)
    ways = gammaln(rest + 1) - gammaln(rest - m + 1) - gammaln(experts + 1) + gammaln(experts - m + 1)
    return np.asarray((1 - np.where(possible, np.exp(ways), 0.0)).sum(axis=0))
