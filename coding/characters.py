"""Agreement at the level of characters: how many code points of the text coders give the same codes."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from coding.agreement import Agreement, compare
from coding.coded import Coded
from coding.judgements import UnusableCodings
from coding.resampling import Bootstrap
from coding.stretches import borders, covered, offsets
from transcripts.messages import sentence


def character_agreement(
    codings: pd.DataFrame,
    seen: pd.DataFrame,
    *,
    codes: Sequence[str] | None = None,
    resamples: int = 0,
    seed: int = 0,
) -> Agreement:
    """Compare coders on code points. `codings` has source_id, start, end, code_id, coder_id.

    `seen` has source_id, start, end, coder_id: the statements that a coder reviewed; text that a coder coded counts
    as seen. The bootstrap draws statements, or whole experts if `seen` has a column expert_id. Every count of the
    result is one of characters. Raises UnusableCodings where no text was seen by two coders.
    """
    coded, owners, of_experts = stretches_of(codings, seen, codes)
    if not coded.n_compared:
        raise UnusableCodings(
            sentence("No text was seen by two coders. Agreement needs the same text coded by two or more people.")
        )
    return compare(coded, Bootstrap(len(coded.units), resamples, seed, owners, coded.sizes, of_experts=of_experts))


def stretches_of(
    codings: pd.DataFrame, seen: pd.DataFrame, codes: Sequence[str] | None = None
) -> tuple[Coded, np.ndarray, bool]:
    """The text cut at every border of a span, as units that weigh their characters; who is drawn with each of them
    (a number a stretch); and whether these are experts.
    """
    both = pd.concat(
        [codings[["source_id", "start", "end", "coder_id"]], seen[["source_id", "start", "end", "coder_id"]]]
    )
    source, sources = pd.factorize(both["source_id"], sort=True)
    coder, coders = pd.factorize(both["coder_id"], sort=True)
    begins = offsets(source, both["end"].to_numpy(dtype=np.int64), len(sources))[source]
    start, end = (both[name].to_numpy(dtype=np.int64) + begins for name in ("start", "end"))
    cuts = borders(start, end)
    saw = covered(cuts, start, end, coder, len(coders))

    n = len(codings)
    code, used = pd.factorize(codings["code_id"], sort=True)
    named = list(dict.fromkeys([*(codes or []), *used]))
    place = np.array([named.index(name) for name in used], dtype=int)[code]
    applied = np.zeros((*saw.shape, len(named)), dtype=bool)
    for column in range(len(named)):
        of_code = np.flatnonzero(place == column)
        applied[:, :, column] = covered(cuts, start[of_code], end[of_code], coder[of_code], len(coders))

    pieces = _pieces(cuts, start[n:], end[n:])
    kept = saw.any(axis=1)
    units = [str(cut) for cut in cuts[:-1][kept]]
    coded = Coded(units, list(coders), named, saw[kept], applied[kept], np.diff(cuts)[kept].astype(float), pieces[kept])
    of_experts = "expert_id" in seen
    owners = _owners(pieces, seen["expert_id"].to_numpy(), start[n:]) if of_experts else pieces
    return coded, np.asarray(pd.factorize(owners[kept])[0]), of_experts


def _pieces(cuts: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Where the statement begins in which each stretch lies; text outside belongs to the statement before it."""
    begins = np.unique(start[end > start])
    if not len(begins):
        return np.zeros(len(cuts) - 1, dtype=np.int64)
    return begins[np.maximum(np.searchsorted(begins, cuts[:-1], side="right") - 1, 0)]


def _owners(pieces: np.ndarray, experts: np.ndarray, start: np.ndarray) -> np.ndarray:
    """The expert of each stretch's statement; a statement of nobody stands for itself."""
    said = dict(zip(start.tolist(), experts, strict=True))
    owners = np.empty(len(pieces), dtype=object)
    owners[:] = [said.get(piece) or f"\n{piece}" for piece in pieces.tolist()]
    return owners
