"""Keys for tables that are edited on screen."""

from zlib import crc32

import pandas as pd


def key_of(name: str, table: pd.DataFrame) -> str:
    """A key that is new whenever the table is: edits made to an older one never land on other rows."""
    return f"{name}-{crc32(table.to_csv().encode()):08x}"
