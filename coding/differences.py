"""How segments differ in what their experts mention: each against all others, all at once, and what may be shaded."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from coding.counts import SESSIONS, presence
from coding.frames import Frames
from coding.inference import benjamini_hochberg, compared
from coding.item_values import segment_numbers
from coding.omnibus import PERMUTATIONS, omnibus
from coding.segments import Segmentation


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
    """One row for each code, in the order given, and each segment.

    code_id, segment, k, n and rest_k, rest_n of all other experts, the columns of `coding.inference.compared` with
    adjusted_p over codes x segments, `residual` (`adjusted_residuals`, for shading and no test), and of the code
    omnibus_p, omnibus_adjusted_p over the codes and omnibus_exact (`coding.omnibus`). The codes given are the family
    that is corrected for, so give those that are shown, each once.

    Experts whose group is in no segment are among "all others" of each segment; the omnibus test, which asks whether
    the segments differ from one another, leaves them out. A code that nobody or everybody mentions has p 1 and
    residual 0. Raises KeyError for a code that the study does not have.
    """
    listed = list(code_ids)
    said = presence(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id)[listed].to_numpy()
    home = segment_numbers(frames.experts, segmentation)
    inside = home[:, None] == np.arange(len(segmentation.keys))  # experts x segments
    mentioned = said.T.astype(np.int64) @ inside  # codes x segments
    everyone, sizes = said.sum(axis=0), inside.sum(axis=0)
    counts = pd.DataFrame(
        {
            "code_id": np.repeat(np.array(listed, dtype=object), len(sizes)),
            "segment": np.tile(np.array(segmentation.keys, dtype=object), len(listed)),
            "k": mentioned.ravel(),
            "n": np.tile(sizes, len(listed)),
            "rest_k": (everyone[:, None] - mentioned).ravel(),
            "rest_n": np.tile(len(said) - sizes, len(listed)),
        }
    )
    yes = np.column_stack([mentioned, everyone - mentioned.sum(axis=1)])  # those in no segment are a row of their own
    no = np.append(sizes, len(said) - sizes.sum()) - yes
    residuals = adjusted_residuals(np.stack([yes, no], axis=-1))[:, :-1, 0]
    tested = omnibus(said, home, permutations=permutations, seed=seed)
    of_code = {
        "omnibus_p": tested.p,
        "omnibus_adjusted_p": np.array(benjamini_hochberg(tested.p)),
        "omnibus_exact": tested.exact,
    }
    spread = {name: np.repeat(values, len(sizes)) for name, values in of_code.items()}
    return compared(counts).assign(residual=residuals.ravel(), **spread)


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
