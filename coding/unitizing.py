"""Unitizing alpha: agreement on where coded passages begin and end, for coders who marked free spans.

Krippendorff (1995, Sociological Methodology 25, 47-76; 2004, Content Analysis, ch. 11.6). Per code every coder cuts
the text into passages with the code and gaps between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coding.stretches import within
from transcripts.messages import Message, sentence


@dataclass(frozen=True, slots=True)
class UnitizingAgreement:
    """`alpha` is 1 - `observed` / `expected`; `reason` says why there is none. `passages` of all coders together."""

    alpha: float | None
    observed: float
    expected: float
    passages: int
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Unitizing:
    """Per code, and over all codes (from the sums of observed and of expected disagreement)."""

    per_code: dict[str, UnitizingAgreement]
    overall: UnitizingAgreement


def unitizing_agreement(
    codings: pd.DataFrame, texts: pd.DataFrame, coders: Sequence[str], codes: Sequence[str] | None = None
) -> Unitizing:
    """Compare the passages of `codings` (source_id, start, end, code_id, coder_id).

    `texts` (source_id, start, end: one row a stretch that all `coders` have read) are laid end to end to the one
    continuum that the formula knows; what was coded outside of them is left out. A coder's overlapping passages of
    one code are one passage. `codes` also brings in codes that nobody used.
    """
    placed = _on_one_axis(codings[codings["coder_id"].isin(list(coders))], texts)
    length = int((texts["end"] - texts["start"]).clip(lower=0).sum())
    found = {}
    for code in dict.fromkeys([*(codes or []), *sorted(placed["code_id"].unique())]):
        of_code = placed[placed["code_id"] == code]
        passages = [_joined(of_code[of_code["coder_id"] == coder]) for coder in dict.fromkeys(coders)]
        everywhere = all(len(each) == 1 and each[0, 1] == length for each in passages)
        found[code] = _agreement(
            observed(passages, length), expected(passages, length), sum(map(len, passages)), coders, everywhere
        )
    total = [sum(getattr(one, name) for one in found.values()) for name in ("observed", "expected", "passages")]
    everything = bool(found) and all(one.alpha is None for one in found.values()) and total[2] > 0
    return Unitizing(found, _agreement(float(total[0]), float(total[1]), int(total[2]), coders, everything))


def observed(passages: Sequence[np.ndarray], length: int) -> float:
    """Observed disagreement of one code; `passages` holds each coder's (begin, length), `length` that of the text.

    Two passages that overlap differ by the squared distances of their borders; a passage that lies wholly in a gap of
    the other coder by its squared length.
    """
    n = len(passages)
    if n < 2 or not length:
        return 0.0
    differences = sum(
        _between(own, other, length) for i, own in enumerate(passages) for j, other in enumerate(passages) if i != j
    )
    return float(differences / (n * (n - 1) * length**2))


def expected(passages: Sequence[np.ndarray], length: int) -> float:
    """Expected disagreement of one code, as if all coders' passages and gaps were put together by chance."""
    n, whole = len(passages), float(len(passages) * length)
    lengths = np.concatenate([each[:, 1] for each in passages]).astype(float)
    gaps = np.sort(np.concatenate([_gaps(each, length)[:, 1] for each in passages]).astype(float))
    if not len(lengths):
        return 0.0
    wide = np.searchsorted(gaps, lengths)
    above = np.concatenate([np.cumsum(gaps[::-1])[::-1], [0.0]])[wide]
    fits = above + (len(gaps) - wide) * (1 - lengths)
    overlaps = (len(lengths) - 1) / 3 * (2 * lengths**3 - 3 * lengths**2 + lengths)
    chance = whole * (whole - 1) - (lengths * (lengths - 1)).sum()
    return float(2 / length * (overlaps + lengths**2 * fits).sum() / chance) if n and chance > 0 else 0.0


def _between(own: np.ndarray, other: np.ndarray, length: int) -> float:
    """Differences of one coder's passages from the passages and gaps of another.

    A passage in a gap counts for both orders of the two coders, of which each sees the passages of one.
    """
    begin, end = own[:, 0, None], own.sum(axis=1)[:, None]
    its_begin, its_end = other[:, 0], other.sum(axis=1)
    overlap = (begin < its_end) & (its_begin < end)
    borders = ((begin - its_begin) ** 2 + (end - its_end) ** 2) * overlap
    gaps = _gaps(other, length)
    alone = ((begin >= gaps[:, 0]) & (end <= gaps.sum(axis=1))).any(axis=1)
    return float(borders.sum() + 2 * (own[alone, 1].astype(float) ** 2).sum())


def _gaps(passages: np.ndarray, length: int) -> np.ndarray:
    """(begin, length) of the text between passages that are sorted and do not overlap."""
    begins = np.concatenate([[0], passages.sum(axis=1)])
    ends = np.concatenate([passages[:, 0], [length]])
    gaps = np.column_stack([begins, ends - begins])
    return gaps[gaps[:, 1] > 0]


def _on_one_axis(codings: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """The parts of codings that lie in the texts, with positions on the axis of all texts end to end."""
    laid = texts[["source_id", "start", "end"]].sort_values(["source_id", "start"], ignore_index=True)
    sizes = (laid["end"] - laid["start"]).clip(lower=0)
    shift = (sizes.cumsum() - sizes - laid["start"]).to_numpy()
    placed = within(codings, laid)
    moved = shift[placed["text"]]
    return placed.assign(start=placed["start"] + moved, end=placed["end"] + moved)[
        ["start", "end", "code_id", "coder_id"]
    ]


def _joined(spans: pd.DataFrame) -> np.ndarray:
    """(begin, length) of passages in order; those that overlap become one, those that only touch stay two."""
    passages = list[list[int]]()
    for start, end in sorted(zip(spans["start"].tolist(), spans["end"].tolist(), strict=True)):
        if passages and start < passages[-1][1]:
            passages[-1][1] = max(end, passages[-1][1])
        else:
            passages.append([start, end])
    borders = np.array(passages, dtype=np.int64).reshape(-1, 2)
    return np.column_stack([borders[:, 0], borders[:, 1] - borders[:, 0]])


def _agreement(
    observed_by: float, expected_by: float, passages: int, coders: Sequence[str], everywhere: bool
) -> UnitizingAgreement:
    reason = None
    if len(set(coders)) < 2:
        reason = sentence("Agreement needs two coders or more.")
    elif not passages:
        reason = sentence("No coder marked a passage in what all of them looked at.")
    elif everywhere or expected_by <= 0:
        reason = sentence("Every coder marked all of the text, so that nothing varies.")
    alpha = None if reason else 1 - observed_by / expected_by
    return UnitizingAgreement(alpha, observed_by, expected_by, passages, reason)
