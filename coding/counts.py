"""How many said it: experts and statements per code and segment. Everything that is counted is counted here."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from coding.codings import choose_layer, codes_of_statements
from coding.frames import Frames
from coding.remembered import Remembered
from coding.segments import ALL, Segmentation, segment_of

SESSIONS: tuple[str, ...] = ("session",)
"""The sources a count rests on unless told otherwise: what was said aloud."""


_SPOKEN = Remembered[pd.DataFrame](6)
_CODED = Remembered[pd.DataFrame](24)
_MENTIONS = Remembered[pd.DataFrame](24)


def expert_statements(frames: Frames, source_kinds: Sequence[str] = SESSIONS) -> pd.DataFrame:
    """The statements that may be counted: spoken by an expert of the study. Nobody else's ever are.

    Found once for the same tables, as `mentions` are.
    """
    tables, kinds = (frames.statements, frames.experts), tuple(source_kinds)
    return _SPOKEN.get(tables, kinds, lambda: _expert_statements(frames, kinds)).copy(deep=False)


def _expert_statements(frames: Frames, source_kinds: Sequence[str]) -> pd.DataFrame:
    statements = frames.statements
    places = pd.Index(frames.experts["expert_id"]).get_indexer(pd.Index(statements["expert_id"]))
    return statements[
        (statements["role"] == "expert") & (places >= 0) & statements["source_kind"].isin(list(source_kinds))
    ]


def mentions(
    frames: Frames,
    *,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
    with_parents: bool = False,
) -> pd.DataFrame:
    """One row for each statement and each code it has: statement_id, expert_id, group_id, code_id.

    `with_parents` adds a row for every code above (up to the root), each once a statement. Found once for the same
    tables and kept as long as they live, since every chart asks; writing into what comes back changes nothing else.
    """
    tables = (frames.statements, frames.codings, frames.experts, frames.codes)
    key = (tuple(source_kinds), layer, coder_id, with_parents)
    return _MENTIONS.get(
        tables, key, lambda: _mentions(frames, source_kinds, layer, coder_id, with_parents)
    ).copy(deep=False)  # fmt: skip


def _mentions(
    frames: Frames, source_kinds: Sequence[str], layer: str, coder_id: str | None, with_parents: bool
) -> pd.DataFrame:  # fmt: skip
    statements = expert_statements(frames, source_kinds)
    key = (tuple(source_kinds), layer, coder_id, with_parents, tuple(frames.experts["expert_id"]))
    found = _CODED.get(  # experts who are parted anew have said the same
        (frames.statements, frames.codings, frames.codes), key,
        lambda: _coded(frames, statements, choose_layer(frames.codings, layer, coder_id), with_parents),
    )  # fmt: skip
    who = statements[["statement_id", "expert_id"]].merge(frames.experts[["expert_id", "group_id"]], on="expert_id")
    return found.merge(who, on="statement_id")[["statement_id", "expert_id", "group_id", "code_id"]]


def _coded(frames: Frames, statements: pd.DataFrame, codings: pd.DataFrame, with_parents: bool) -> pd.DataFrame:
    found = codes_of_statements(statements, codings)
    found = found[found["code_id"].isin(frames.codes["code_id"])][["statement_id", "code_id"]]
    if with_parents:
        found = found.merge(lineage(frames.codes), on="code_id").drop(columns="code_id")
        found = found.rename(columns={"ancestor": "code_id"})
    return found.drop_duplicates()


def presence(
    frames: Frames,
    *,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:
    """Who mentioned what: bool, one row an expert, one column a code; a parent is mentioned with any code under it."""
    found = mentions(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id, with_parents=True)
    rows = pd.Index(frames.experts["expert_id"], name="expert_id")
    columns = pd.Index(frames.codes["code_id"], name="code_id")
    said = np.zeros((len(rows), len(columns)), dtype=bool)
    said[rows.get_indexer(pd.Index(found["expert_id"])), columns.get_indexer(pd.Index(found["code_id"]))] = True
    return pd.DataFrame(said, index=rows, columns=columns)


def code_counts(
    frames: Frames,
    segmentation: Segmentation,
    *,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:
    """One row for every code and every segment, `ALL` last: code_id, segment, k, n, statements, applications.

    k of the n experts of the segment mentioned the code (a parent: any code under it) in so many statements.
    `applications` counts codes instead: a statement with two codes under one root is one statement and two
    applications of that root. What nobody said is a row of zeros; experts who said nothing are in n.
    """
    found = mentions(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    found = found.merge(lineage(frames.codes), on="code_id")
    home = segment_of(frames.experts, segmentation)
    found["segment"] = found["expert_id"].map(home)
    found = pd.concat([found, found.assign(segment=ALL)])
    tallies = (
        found.groupby(["ancestor", "segment"], sort=False)
        .agg(k=("expert_id", "nunique"), statements=("statement_id", "nunique"), applications=("code_id", "size"))
        .rename_axis(["code_id", "segment"])
    )
    segments = [*segmentation.keys, ALL]
    every = pd.MultiIndex.from_product([frames.codes["code_id"], segments], names=["code_id", "segment"])
    rows = tallies.reindex(every, fill_value=0).astype("int64").reset_index()
    experts = {**home.value_counts().to_dict(), ALL: len(frames.experts)}
    rows.insert(3, "n", [int(experts.get(segment, 0)) for segment in rows["segment"]])
    return rows


def k_of_n(
    frames: Frames,
    code_id: str,
    group_ids: Collection[str] | None = None,
    *,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> tuple[int, int]:
    """The experts who mentioned the code and all experts there are, of these groups or of the study."""
    found = mentions(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id, with_parents=True)
    found = found[found["code_id"] == code_id]
    if group_ids is None:
        return found["expert_id"].nunique(), len(frames.experts)
    groups = list(group_ids)
    return (
        found.loc[found["group_id"].isin(groups), "expert_id"].nunique(),
        int(frames.experts["group_id"].isin(groups).sum()),
    )


def statements_by_expert(frames: Frames, source_kinds: Sequence[str] = SESSIONS) -> pd.Series:
    """Statements of each expert (index expert_id, in the experts' order), coded or not; 0 for the silent."""
    spoken = expert_statements(frames, source_kinds)["expert_id"].value_counts()
    counted = spoken.reindex(frames.experts["expert_id"], fill_value=0).astype("int64")
    return counted.rename("statements").rename_axis("expert_id")


def quotes_of(
    frames: Frames,
    code_id: str,
    group_ids: Collection[str] | None = None,
    *,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:
    """The words behind a number, in the order spoken: statement_id, label, expert_id, group_id, text, start_s,
    source_id. A parent has the quotes of every code under it; whether one may be shown is decided elsewhere.
    """
    found = mentions(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id, with_parents=True)
    found = found[found["code_id"] == code_id]
    if group_ids is not None:
        found = found[found["group_id"].isin(list(group_ids))]
    return in_order(frames, found)


def in_order(frames: Frames, found: pd.DataFrame) -> pd.DataFrame:
    """The words of statements (statement_id, group_id), as `quotes_of` gives them."""
    quotes = frames.statements.merge(found[["statement_id", "group_id"]], on="statement_id")
    first_seen = pd.Index(frames.statements["source_id"].unique())
    quotes = quotes.iloc[np.lexsort((quotes["order"], first_seen.get_indexer(pd.Index(quotes["source_id"]))))]
    columns = ["statement_id", "label", "expert_id", "group_id", "text", "start_s", "source_id"]
    return quotes[columns].reset_index(drop=True)


def lineage(codes: pd.DataFrame) -> pd.DataFrame:
    """Each code with itself and every code above it: code_id, ancestor."""
    parent = dict(zip(codes["code_id"], codes["parent_id"], strict=True))
    pairs = []
    for code_id in parent:
        above = code_id
        for _ in parent:  # a tree is never deeper than it has codes
            pairs.append((code_id, above))
            above = parent.get(above, "")
            if not above:
                break
    return pd.DataFrame(pairs, columns=["code_id", "ancestor"], dtype=object)
