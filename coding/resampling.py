"""Bootstrap of whole clusters (experts, or units), and what may be concluded from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from transcripts.messages import Message, counted, sentence

FEWEST_FOR_INTERVAL = 10
"""Units or experts below which an interval is not given: its coverage is far below what it claims."""
MOST_DEGENERATE = 0.1
"""Share of resamples without a value above which those with one no longer stand for all."""

_BLOCK = 8_000_000
"""Numbers of draws held at a time (64 MB), so that a bootstrap of many units stays small."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Weights of units, row by row: `draws @ values` sums `values` (units x anything) as often as each was drawn.

    `times` (rows x clusters) says how often a cluster was drawn; `members` (clusters x units) what a unit weighs in
    its cluster: 1, or its length in characters.
    """

    times: np.ndarray
    members: csr_array

    def __matmul__(self, values: np.ndarray | csr_array) -> np.ndarray:
        return np.asarray(self.times.astype(float) @ (self.members @ values))


@dataclass(frozen=True, slots=True)
class Interval:
    """`ci` from the `used` resamples in which the coefficient has a value; `degenerate` are those where it has none.

    `reason` says why there is no interval, None if there is one.
    """

    ci: tuple[float, float] | None
    used: int = 0
    degenerate: int = 0
    reason: Message | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Bootstrap:
    """Which units belong together (`clusters`, a number a unit) and how often they are drawn.

    `sizes` are weights of units, ones if None; `of_experts` says what the clusters are, for the sentences.
    """

    n_units: int
    resamples: int
    seed: int = 0
    clusters: np.ndarray | None = None
    sizes: np.ndarray | None = None
    of_experts: bool = False
    members: csr_array = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "members", _members(self.n_units, self.clusters, self.sizes))

    @property
    def n_clusters(self) -> int:
        """What is drawn from: experts, or units."""
        return int(self.members.shape[0])

    def everything(self) -> Draws:
        """One row in which every unit counts once."""
        return Draws(np.ones((1, self.n_clusters)), self.members)

    def draws(self) -> Iterator[Draws]:
        """The resamples in blocks, the same ones every time; none where `refusal` has a reason."""
        if self.refusal() is None:
            yield from draws(self.n_units, self.resamples, np.random.default_rng(self.seed), members=self.members)

    def refusal(self) -> Message | None:
        """Why nothing is drawn; None if it is."""
        if self.n_clusters < FEWEST_FOR_INTERVAL:
            return _too_few(self.n_clusters, self.of_experts)
        return None if self.resamples > 0 else sentence("No resamples were asked for.")

    def interval(self, values: np.ndarray) -> Interval:
        """The interval of one coefficient from its values in all resamples (NaN where it has none)."""
        refusal = self.refusal()
        if refusal is not None:
            return Interval(None, reason=refusal)
        used = int((~np.isnan(values)).sum())
        degenerate = len(values) - used
        if degenerate > MOST_DEGENERATE * len(values):
            return Interval(None, used, degenerate, _too_many(degenerate, len(values)))
        ci = percentile_interval(values)
        equal = sentence("Every resample gives the same value, so that chance cannot be judged from these units.")
        return Interval(ci, used, degenerate, equal if ci is None else None)


def draws(
    n_units: int,
    resamples: int,
    generator: np.random.Generator,
    clusters: np.ndarray | None = None,
    *,
    members: csr_array | None = None,
) -> Iterator[Draws]:
    """Weights of a bootstrap over units, in blocks of resamples.

    With `clusters` (a number for each unit) or `members` (clusters x units) whole clusters are drawn: the statements
    of one expert belong together.
    """
    members = _members(n_units, clusters, None) if members is None else members
    n_clusters = members.shape[0]
    size = max(1, _BLOCK // max(n_clusters, 1))
    for start in range(0, resamples, size):
        rows = min(size, resamples - start)
        drawn = generator.integers(0, n_clusters, size=(rows, n_clusters)) + n_clusters * np.arange(rows)[:, None]
        times = np.bincount(drawn.ravel(), minlength=rows * n_clusters).reshape(rows, n_clusters)
        yield Draws(times.astype(np.uint8), members)  # mean 1: no cluster comes near 255 times


def percentile_interval(values: np.ndarray, level: float = 0.95) -> tuple[float, float] | None:
    """The middle `level` of the resamples that are defined; None if there are none or all are equal."""
    defined = values[~np.isnan(values)]
    if not len(defined) or np.ptp(defined) < 1e-12:
        return None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _members(n_units: int, clusters: np.ndarray | None, sizes: np.ndarray | None) -> csr_array:
    units = np.arange(n_units)
    groups = units if clusters is None else np.asarray(clusters)
    weights = np.ones(n_units) if sizes is None else np.asarray(sizes, dtype=float)
    shape = (int(groups.max()) + 1 if n_units else 0, n_units)
    return csr_array((weights, (groups, units)), shape=shape)


def _too_few(found: int, of_experts: bool) -> Message:
    if of_experts:
        return counted(
            "An interval needs {fewest} experts; here is {count}.",
            "An interval needs {fewest} experts; here are {count}.",
            found,
            fewest=FEWEST_FOR_INTERVAL,
        )
    return counted(
        "An interval needs {fewest} units; here is {count}.",
        "An interval needs {fewest} units; here are {count}.",
        found,
        fewest=FEWEST_FOR_INTERVAL,
    )


def _too_many(degenerate: int, resamples: int) -> Message:
    return counted(
        "In {count} of {resamples} resamples nothing varies, so that the others do not stand for all.",
        "In {count} of {resamples} resamples nothing varies, so that the others do not stand for all.",
        degenerate,
        resamples=resamples,
    )
