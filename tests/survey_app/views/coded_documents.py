"""The demo with the coded passages of its two documents, as coder A has them, adjudicated."""

import csv
from dataclasses import replace

import pandas as pd

from coding.frames import Frames

from .conftest import STARTER

CODINGS = STARTER / "demo" / "documents_codings.csv"


def with_coded_documents(frames: Frames, documents: tuple[str, ...] = ("DOC-1", "DOC-2")) -> Frames:
    """The frames of either language with the passages of some documents, whatever codings of documents they had."""
    statements = frames.statements[frames.statements["source_kind"] == "document"]
    sources = dict(zip(("DOC-1", "DOC-2"), statements["source_id"].unique(), strict=True))
    language = statements["language"].iloc[0]
    with CODINGS.open(encoding="utf-8", newline="") as file:
        written = [row for row in csv.DictReader(file) if row["coder"] == "A"]
    added = [
        {"coding_id": f"document {place}", "source_id": sources[document], "start": int(row["start"]),
         "end": int(row["end"]), "code_id": row["code"], "coder_id": "A", "layer": "adjudicated", "origin": "hand"}
        for place, row in enumerate(written) for document in documents if row["document"] == f"{document}_{language}.txt"
    ]  # fmt: skip
    kept = frames.codings[~frames.codings["source_id"].isin(sources.values())]
    return replace(frames, codings=pd.concat([kept, pd.DataFrame(added, columns=kept.columns)]))
