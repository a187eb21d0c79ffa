"""Whether one expert carries a code: how many of its statements come from the one who says it most."""

from collections.abc import Sequence

import pandas as pd

from coding.counts import SESSIONS, mentions
from coding.frames import Frames
from coding.shown_codes import shown_codes

SHARE = 0.5
"""From this share on one expert says a code as often as all others together."""
FEWEST = 4
"""Fewest statements of that one expert: below it one long turn would do, and every code of two statements would."""


def voices(
    frames: Frames,
    *,
    source_kinds: Sequence[str] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:
    """One row a code in the frame's order: code_id, k, n, statements, top_expert, top_statements, one_voice,
    place_by_experts, place_by_statements.

    k of n experts mention the code or one below it. `top_expert` makes most of its statements, of equals the first on
    the roster, "" where nobody does; `one_voice` where these are at least `SHARE` of them and at least `FEWEST`.
    Places are among the codes below a root; equals share the best one; 0 for roots and for what nobody mentions.
    """
    found = mentions(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id, with_parents=True)
    said = found.groupby(["code_id", "expert_id"], sort=False).size().rename("statements").reset_index()
    roster = pd.Index(frames.experts["expert_id"])
    said["place"] = roster.get_indexer(pd.Index(said["expert_id"]))
    said = said.sort_values(["statements", "place"], ascending=[False, True], kind="stable")
    first = said.drop_duplicates("code_id").set_index("code_id")
    totals = said.groupby("code_id").agg(k=("expert_id", "size"), statements=("statements", "sum"))
    rows = frames.codes[["code_id"]].reset_index(drop=True)
    for name in ("k", "statements"):
        rows[name] = rows["code_id"].map(totals[name]).fillna(0).astype("int64")
    rows.insert(2, "n", len(roster))
    rows["top_expert"] = rows["code_id"].map(first["expert_id"]).fillna("")
    rows["top_statements"] = rows["code_id"].map(first["statements"]).fillna(0).astype("int64")
    rows["one_voice"] = (rows["top_statements"] >= FEWEST) & (rows["top_statements"] >= SHARE * rows["statements"])
    ranked = (rows["k"] > 0) & shown_codes(frames).to_numpy()
    for name, place in (("k", "place_by_experts"), ("statements", "place_by_statements")):
        rows[place] = rows[name][ranked].rank(method="min", ascending=False)
        rows[place] = rows[place].fillna(0).astype("int64")
    return rows
