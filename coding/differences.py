"""How segments differ in what their experts mention: each against all others, all at once, and what may be shaded."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from coding.counts import SESSIONS, code_counts
from coding.frames import Frames
from coding.inference import benjamini_hochberg, compared
from coding.omnibus import PERMUTATIONS, omnibus_of_counts
from coding.segments import ALL, Segmentation


def differences(
    frames: Frames,
    segmentation: Segmentation,
    code_ids: Iterable[str],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
    source_kinds: tuple[str, ...] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:
    """`differences_of` the counts of these codes, in the order given. Raises KeyError for a code that the study does
    not have.
    """
    listed = list(code_ids)
    counts = code_counts(frames, segmentation, source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    chosen = counts.set_index("code_id").loc[listed].reset_index()
    return differences_of(chosen, permutations=permutations, seed=seed)


def differences_of(counts: pd.DataFrame, *, permutations: int = PERMUTATIONS, seed: int = 0) -> pd.DataFrame:
    """One row for each code and each segment of `counts`: rows of `coding.counts.code_counts`, `ALL` last in each code.

    code_id, segment, k, n and rest_k, rest_n of all other experts, the columns of `coding.inference.compared` with
    adjusted_p over codes x segments, `residual` (`adjusted_residuals`, for shading and no test), and of the code
    omnibus_p, omnibus_adjusted_p over the codes and omnibus_exact (`coding.omnibus`). The codes given are the family
    that is corrected for, so give those that are shown, each once.

    Experts whose group is in no segment are among "all others" of each segment; the omnibus test, which asks whether
    the segments differ from one another, leaves them out. A code that nobody or everybody mentions has p 1 and
    residual 0.
    """
    whole, parts = counts[counts["segment"] == ALL], counts[counts["segment"] != ALL]
    shape = (len(whole), -1) if len(whole) else (0, 0)
    mentioned, n = (parts[name].to_numpy().reshape(shape) for name in ("k", "n"))  # codes x segments
    everyone, experts = (whole[name].to_numpy()[:, None] for name in ("k", "n"))
    found = parts[["code_id", "segment", "k", "n"]].reset_index(drop=True)
    found = compared(found.assign(rest_k=(everyone - mentioned).ravel(), rest_n=(experts - n).ravel()))
    others = everyone - mentioned.sum(axis=1, keepdims=True)  # who is in no segment: a row of their own
    yes = np.hstack([mentioned, others])
    no = np.hstack([n, experts - n.sum(axis=1, keepdims=True)]) - yes
    residuals = adjusted_residuals(np.stack([yes, no], axis=-1))[:, :-1, 0]
    sizes = n[0] if len(n) else np.zeros(0, dtype=np.int64)
    tested = omnibus_of_counts(mentioned.T, sizes, permutations=permutations, seed=seed)
    of_code = {
        "omnibus_p": tested.p,
        "omnibus_adjusted_p": np.array(benjamini_hochberg(tested.p)),
        "omnibus_exact": tested.exact,
    }
    spread = {name: np.repeat(values, len(sizes)) for name, values in of_code.items()}
    return found.assign(residual=residuals.ravel(), **spread)


def adjusted_residuals(tables: np.ndarray) -> np.ndarray:
    """How far each cell of a table of counts lies from what its sums let expect, in standard errors.

    (found - expected) / sqrt(expected (1 - row's share) (1 - column's share)), Agresti (2007, section 2.4.5). The last
    two axes of `tables` are rows and columns. 0 where a row or a column has nothing or everything.
    """
    tables = np.asarray(tables, dtype=float)
    rows, columns = tables.sum(axis=-1, keepdims=True), tables.sum(axis=-2, keepdims=True)
    whole = np.maximum(tables.sum(axis=(-2, -1), keepdims=True), 1)
    expected = rows * columns / whole
    variance = expected * (1 - rows / whole) * (1 - columns / whole)
    return np.divide(tables - expected, np.sqrt(variance), out=np.zeros_like(tables), where=variance > 0)
