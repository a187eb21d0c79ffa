"""Which codes a statement has: the one place where codings meet statements."""

import numpy as np
import pandas as pd

COLUMNS = ["statement_id", "code_id", "coder_id", "layer", "origin", "coding_id"]
PLACES = ["start", "end"]

_WHITE_SPACE = np.array([point for point in range(0x3001) if chr(point).isspace()], dtype=np.uint32)


def codes_of_statements(statements: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """One row for each coding and each statement that it counts for (columns `COLUMNS`).

    A coding counts for a statement of the same source that it overlaps by at least half of the shorter of the two,
    both measured in code points without white space at their edges. Who spoke and which coder decided is the
    caller's choice (`choose_layer`, `coding.counts`); two codings of one statement with one code stay two rows.
    """
    return places_of_codes(statements, codings)[COLUMNS]


def places_of_codes(statements: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """`codes_of_statements` with the part of the coding that belongs to the statement (`start`, `end`).

    Places are the source's code points, without white space at the edges. A coding that counts for several statements
    is cut between them; what it covers before the first or after the last of them belongs to that one.
    """
    if statements.empty or codings.empty:
        return pd.DataFrame(columns=[*COLUMNS, *PLACES], dtype=object)
    sources = pd.Index(statements["source_id"].unique())
    where = sources.get_indexer(pd.Index(codings["source_id"]))
    codings, where = codings[where >= 0], where[where >= 0]
    statement_source = sources.get_indexer(pd.Index(statements["source_id"]))

    axis = _axis(len(sources), statement_source, statements["end"].to_numpy(), where, codings["end"].to_numpy())
    statement_start = statements["start"].to_numpy() + axis[statement_source]
    statement_end = statements["end"].to_numpy() + axis[statement_source]
    is_word = _words(int(axis[-1]), statements["text"].tolist(), statement_start, statement_end)
    statement_start, statement_end = _without_edges(is_word, statement_start, statement_end)
    coding_start, coding_end = _without_edges(
        is_word, codings["start"].to_numpy() + axis[where], codings["end"].to_numpy() + axis[where]
    )

    order = np.argsort(statement_start, kind="stable")
    first = np.searchsorted(np.maximum.accumulate(statement_end[order]), coding_start, side="right")
    last = np.searchsorted(statement_start[order], coding_end, side="left")
    candidates = np.maximum(last - first, 0)
    coding = np.repeat(np.arange(len(codings)), candidates)
    nth = np.arange(len(coding)) - np.repeat(np.cumsum(candidates) - candidates, candidates)
    statement = order[np.repeat(first, candidates) + nth]

    shared = np.minimum(coding_end[coding], statement_end[statement])
    shared -= np.maximum(coding_start[coding], statement_start[statement])
    shorter = np.minimum(
        coding_end[coding] - coding_start[coding], statement_end[statement] - statement_start[statement]
    )
    counts = (shorter > 0) & (2 * shared >= shorter)
    coding, statement = coding[counts], statement[counts]
    joined = codings.iloc[coding].reset_index(drop=True)
    joined["statement_id"] = statements["statement_id"].to_numpy()[statement]
    start, end = coding_start[coding], coding_end[coding]
    goes_on = coding[1:] == coding[:-1]
    start[1:][goes_on] = statement_start[statement[1:][goes_on]]
    end[:-1][goes_on] = statement_end[statement[:-1][goes_on]]
    joined["start"], joined["end"] = start - axis[where[coding]], end - axis[where[coding]]
    return joined[[*COLUMNS, *PLACES]]


def choose_layer(codings: pd.DataFrame, layer: str = "adjudicated", coder_id: str | None = None) -> pd.DataFrame:
    """The codings that a result rests on: the adjudicated ones, or one coder's if `coder_id` is given.

    Raises ValueError for layer "coder" without a coder: codings of several coders together are no result.
    """
    if coder_id is not None:
        return codings[(codings["layer"] == "coder") & (codings["coder_id"] == coder_id)]
    if layer != "adjudicated":
        raise ValueError(f"the layer {layer!r} needs a coder_id")
    return codings[codings["layer"] == "adjudicated"]


def _axis(
    n_sources: int, source_of_statement: np.ndarray, ends: np.ndarray, source_of_coding: np.ndarray, more: np.ndarray
) -> np.ndarray:
    """Offsets that lay all sources on one axis, two free points apart; the last entry is the axis' length."""
    lengths = np.zeros(n_sources, dtype=np.int64)
    np.maximum.at(lengths, source_of_statement, ends)
    np.maximum.at(lengths, source_of_coding, more)
    return np.concatenate(([1], 1 + np.cumsum(lengths + 2)))


def _words(length: int, texts: list[str], start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Where the axis carries words: False on white space in statements and on the point on either side of each.

    Text between statements is not known here and taken for words, but for the one separator at a statement's edge
    (turns are joined by a line feed, cues by a space). A text whose length is not `end - start`, as after a
    pseudonym was put in, is taken for words from edge to edge.
    """
    is_word = np.ones(length + 1, dtype=bool)
    is_word[end] = False
    is_word[start - 1] = False
    sizes = (end - start).tolist()
    known = [text if len(text) == size else "x" * size for text, size in zip(texts, sizes, strict=True)]
    points = np.frombuffer("".join(known).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    place = np.arange(len(points)) + np.repeat(start - (np.cumsum(sizes) - sizes), sizes)
    is_word[place] = ~np.isin(points, _WHITE_SPACE)
    return is_word


def _without_edges(is_word: np.ndarray, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Spans that begin and end on a word; a span of white space comes back with end <= start."""
    points = np.arange(len(is_word))
    next_word = np.minimum.accumulate(np.where(is_word, points, len(is_word))[::-1])[::-1]
    last_word = np.maximum.accumulate(np.where(is_word, points, -1))
    return next_word[start], last_word[np.maximum(end - 1, 0)] + 1
