"""Spans on a line cut into stretches: from one border of any span to the next, so that nothing is counted by letter."""

import numpy as np


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
