"""Which codes charts and tables show: all but those that only hold others together."""

import pandas as pd

from coding.codings import codes_of_statements
from coding.frames import Frames


def shown_codes(frames: Frames) -> pd.Series:
    """A bool for each row of `frames.codes`: it lies below another code, or holds none, or words were coded with it.

    A root that holds others is a heading of the codebook. Where an expert's words or a document's are coded with the
    heading itself, or where the codebook has no headings at all, leaving it out would hide what was said.
    """
    codes = frames.codes
    root = codes["code_id"].eq(codes["root"])
    heading = root & codes["code_id"].isin(codes.loc[~root, "root"])
    given = frames.codings[frames.codings["code_id"].isin(codes.loc[heading, "code_id"])]
    if given.empty:
        return ~heading
    statements = frames.statements
    counted = statements["expert_id"].isin(frames.experts["expert_id"]) & (statements["role"] == "expert")
    joined = codes_of_statements(statements[counted | (statements["source_kind"] == "document")], given)
    return ~heading | codes["code_id"].isin(joined["code_id"])
