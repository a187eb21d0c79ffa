"""One number for all that a release was made from, so that whoever has the data can tell that it is the same."""

import json
from dataclasses import fields
from hashlib import sha256

from coding.frames import Frames


def data_hash(frames: Frames) -> str:
    """SHA-256 of every table of the study, row by row in their order, columns by name."""
    found = sha256()
    for field in sorted(fields(frames), key=lambda each: each.name):
        table = getattr(frames, field.name)
        found.update(field.name.encode())
        rows = json.loads(table.to_json(orient="records", force_ascii=False, default_handler=str))
        found.update(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode())
    return found.hexdigest()
