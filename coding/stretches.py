"""Spans on a line cut into stretches: from one border of any span to the next, so that nothing is counted by letter."""

import numpy as np
import pandas as pd


def borders(*points: np.ndarray) -> np.ndarray:
    """All different borders in ascending order."""
    return np.unique(np.concatenate(points))


def covered(cuts: np.ndarray, start: np.ndarray, end: np.ndarray, row: np.ndarray, n_rows: int) -> np.ndarray:
    """Which stretches (between neighbouring `cuts`, which hold every border) the spans of each row cover.

    A bool array of stretches x rows; empty spans cover nothing.
    """
    change = np.zeros((len(cuts), n_rows), dtype=np.int64)
    real = end > start
    np.add.at(change, (np.searchsorted(cuts, start[real]), row[real]), 1)
    np.add.at(change, (np.searchsorted(cuts, end[real]), row[real]), -1)
    return np.cumsum(change, axis=0)[:-1] > 0


def offsets(sources: np.ndarray, ends: np.ndarray, n_sources: int) -> np.ndarray:
    """Where each source begins on one axis that holds all of them, one free point between two."""
    lengths = np.zeros(n_sources, dtype=np.int64)
    np.maximum.at(lengths, sources, ends)
    return np.concatenate([[0], np.cumsum(lengths + 1)[:-1]])


def within(spans: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """The parts of `spans` that lie in `texts` (both: source_id, start, end), cut at the borders of these.

    Texts do not overlap. The result has the columns of `spans` and `text`: the number of the row of `texts`.
    """
    sources = pd.Index(texts["source_id"].unique())
    known = spans[spans["source_id"].isin(sources)]
    of_text, of_span = (sources.get_indexer(pd.Index(frame["source_id"])) for frame in (texts, known))
    ends = np.concatenate([texts["end"].to_numpy(dtype=np.int64), known["end"].to_numpy(dtype=np.int64)])
    begins = offsets(np.concatenate([of_text, of_span]), ends, len(sources))
    text_start, text_end = (texts[name].to_numpy(dtype=np.int64) + begins[of_text] for name in ("start", "end"))
    start, end = (known[name].to_numpy(dtype=np.int64) + begins[of_span] for name in ("start", "end"))
    order = np.argsort(text_start, kind="stable")
    first = np.searchsorted(text_end[order], start, side="right")
    count = np.maximum(np.searchsorted(text_start[order], end, side="left") - first, 0)
    span = np.repeat(np.arange(len(known)), count)
    text = order[np.repeat(first, count) + np.arange(len(span)) - np.repeat(np.cumsum(count) - count, count)]
    found = known.iloc[span].assign(
        start=np.maximum(start[span], text_start[text]) - begins[of_span[span]],
        end=np.minimum(end[span], text_end[text]) - begins[of_span[span]],
        text=text,
    )
    return found[found["end"] > found["start"]].reset_index(drop=True)
