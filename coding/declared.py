"""What documents declare: how many of a study's documents have a code, as a passage of any length."""

import pandas as pd

from coding.codings import choose_layer
from coding.counts import lineage
from coding.frames import Frames


def document_counts(frames: Frames, *, layer: str = "adjudicated", coder_id: str | None = None) -> pd.DataFrame:
    """One row a code: code_id, k, n, coded. k of the study's n documents have the code or one below it.

    `coded` is how many documents have any code at all in this layer: where it is 0, a k of 0 says nothing.
    """
    statements = frames.statements
    documents = statements.loc[statements["source_kind"] == "document", "source_id"].unique()
    codings = choose_layer(frames.codings, layer, coder_id)
    codings = codings[codings["source_id"].isin(documents) & codings["code_id"].isin(frames.codes["code_id"])]
    found = codings[["source_id", "code_id"]].merge(lineage(frames.codes), on="code_id")
    counts = found.groupby("ancestor")["source_id"].nunique()
    rows = frames.codes[["code_id"]].reset_index(drop=True)
    rows["k"] = rows["code_id"].map(counts).fillna(0).astype("int64")
    return rows.assign(n=len(documents), coded=int(codings["source_id"].nunique()))
