"""A study's tables as one file, to be counted anywhere: a zip of Parquet files, one a table."""

import json
from dataclasses import fields
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import pandas as pd

from coding.frames import Frames
from transcripts.messages import MessageError, sentence

_NESTED = {"items": "scale", "experts": "attributes"}
"""Columns of lists and dicts, which are written as JSON."""
LARGEST = 512 * 1024 * 1024  # bytes, unpacked


class UnreadableTables(MessageError):
    """A file that holds no tables of a study."""


def write_frames(frames: Frames) -> bytes:
    """The tables of a study; `read_frames` gives the very same."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:  # Parquet is packed already
        for field in fields(Frames):
            table: pd.DataFrame = getattr(frames, field.name)
            nested = _NESTED.get(field.name, "")
            if nested in table:
                table = table.assign(**{nested: [json.dumps(each, ensure_ascii=False) for each in table[nested]]})
            content = BytesIO()
            table.reset_index(drop=True).to_parquet(content, index=False)
            archive.writestr(f"{field.name}.parquet", content.getvalue())
    return written.getvalue()


def fingerprint(frames: Frames) -> str:
    """SHA-256 over all tables: the same for the same study, and another after any change of what is counted."""
    digest = sha256()
    for field in fields(Frames):
        table: pd.DataFrame = getattr(frames, field.name)
        digest.update(field.name.encode() + b"\0")
        digest.update(table.to_csv(index=False, lineterminator="\n").encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def read_frames(content: bytes) -> Frames:
    """The tables of a file of `write_frames`, checked against their contracts. Raises UnreadableTables."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise UnreadableTables(sentence("The tables are too large to be opened."))
            tables = {field.name: _table(archive, field.name) for field in fields(Frames)}
        return Frames(**tables)
    except (BadZipFile, KeyError, ValueError, OSError) as problem:
        raise UnreadableTables(
            sentence("This file holds no tables of a study. Export them anew with the format “tables”.")
        ) from problem


def _table(archive: ZipFile, name: str) -> pd.DataFrame:
    table = pd.read_parquet(BytesIO(archive.read(f"{name}.parquet")))
    nested = _NESTED.get(name, "")
    if nested in table:
        table[nested] = pd.Series([json.loads(each) for each in table[nested]], index=table.index, dtype=object)
    return table
