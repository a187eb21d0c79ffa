"""Reads an SPSS file from standard input and writes it as JSON: a program of its own, because the C library below
can take its process down on a damaged file. Imports nothing of ours and keeps the file off the disk.

Arguments: most rows, most columns, most cells. Exit status 3: too large; 4: unreadable.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

TOO_LARGE, UNREADABLE = 3, 4
MOST_MEMORY = 3_000_000_000
MOST_SECONDS = 120
MOST_LABELS = 1000
LONGEST_LABEL = 4000
_OTHER_ENCODINGS = ("WINDOWS-1251", "LATIN1")
"""For files of which the stated encoding is wrong, as old Russian ones are."""


def _limit() -> None:
    """Memory and time that this process may take, where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        resource.setrlimit(what, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(content: bytes, **options: Any) -> tuple[Any, Any]:
    from pyreadstat import read_sav

    problem: Exception | None = None
    for encoding in (None, *_OTHER_ENCODINGS):
        try:
            return read_sav(
                io.BytesIO(content), user_missing=True, disable_datetime_conversion=True, output_format="dict",
                encoding=encoding, **options,
            )  # fmt: skip
        except Exception as found:  # noqa: BLE001  the library raises many kinds; the first is the telling one
            problem = problem or found
    raise problem or ValueError


def _labels(found: dict[Any, str]) -> list[tuple[Any, str]]:
    return [(value, str(label)[:LONGEST_LABEL]) for value, label in list(found.items())[:MOST_LABELS]]


def main() -> int:
    """Status of the process."""
    most_rows, most_columns, most_cells = map(int, sys.argv[1:4])
    content = sys.stdin.buffer.read()
    try:
        _limit()
        _nothing, known = _read(content, metadataonly=True)
        rows = min(known.number_rows if known.number_rows and known.number_rows > 0 else most_rows + 1, most_rows + 1)
        width = sum(max(size, 8) for size in known.variable_storage_width.values()) // 8
        if known.number_columns > most_columns or rows > most_rows or rows * width > most_cells:
            return TOO_LARGE
        columns, meta = _read(content, row_limit=most_rows)
        json.dump(
            {
                "names": list(meta.column_names), "columns": [list(columns[name]) for name in meta.column_names],
                "labels": {name: text for name, text in meta.column_names_to_labels.items() if text},
                "formats": meta.original_variable_types, "measures": meta.variable_measure,
                "label_sets": {name: _labels(found) for name, found in meta.value_labels.items()},
                "label_set_of": meta.variable_to_label, "missing": meta.missing_ranges, "sets": meta.mr_sets,
                "title": meta.file_label or "",
            },
            sys.stdout,
        )  # fmt: skip
    except Exception:  # noqa: BLE001  whatever is wrong with a file is told in one sentence by who asked
        return UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
