"""Words that readers may see are kept without what is not seen: control signs, and marks that turn words around.

These are the columns in two languages and the JSON of labels and texts that a person has typed.
"""

from typing import Any

from sqlalchemy import Table

from transcripts.seen_words import cleaned

_MORE = {
    ("code", "short"), ("code", "literature"), ("codebook", "rules"), ("codebook", "literature"), ("study", "choices"),
    ("segmentation", "segments"), ("topic_arrangement", "names"),
}  # fmt: skip


def as_kept(table: Table, name: str, value: Any) -> Any:
    """What a column of a table takes in of a value."""
    shown = name.endswith(("_en", "_ru")) or (table.name, name) in _MORE
    return cleaned(value) if shown else value
