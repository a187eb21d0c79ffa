"""Experts by codes, 0 or 1: the table that a statistics program reads."""

from __future__ import annotations

import re

import pandas as pd

from coding.counts import lineage


def presence(found: pd.DataFrame, codes: pd.DataFrame, experts: pd.DataFrame) -> pd.DataFrame:
    """One row an expert: expert_id, group_id, statements, then a column for each code, named as `columns_of` has it.

    1: among the statements found (`coding.queries.find`) is one of this expert with the code or one below it. Experts
    who said nothing are rows of zeros, told apart by `statements`.
    """
    own = found[found["expert_id"].isin(experts["expert_id"])][["expert_id", "codes"]].explode("codes").dropna()
    pairs = own.rename(columns={"codes": "code_id"}).merge(lineage(codes), on="code_id")
    pairs = pairs[["expert_id", "ancestor"]].drop_duplicates()
    said = pd.crosstab(pairs["expert_id"], pairs["ancestor"])
    said = said.reindex(index=experts["expert_id"], columns=codes["code_id"], fill_value=0).astype(int)
    table = experts[["expert_id", "group_id"]].reset_index(drop=True)
    counts = found["expert_id"].value_counts()
    table["statements"] = table["expert_id"].map(counts).fillna(0).astype(int)
    said = said.rename(columns=columns_of(codes)).reset_index(drop=True)
    return pd.concat([table, said], axis=1)


def columns_of(codes: pd.DataFrame) -> dict[str, str]:
    """A name for each code that every statistics program takes: letters, digits, underscores, each name once."""
    taken = {"expert_id", "group_id", "statements"}
    names = {}
    for code_id in codes["code_id"]:
        base = re.sub(r"[^A-Za-z0-9]+", "_", code_id).strip("_")
        base = base if base[:1].isalpha() else f"code_{base}".rstrip("_")
        name, again = base, 1
        while name.casefold() in taken:
            again += 1
            name = f"{base}_{again}"
        taken.add(name.casefold())
        names[code_id] = name
    return names
