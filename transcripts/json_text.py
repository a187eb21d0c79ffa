"""JSON that a person brought: parsed, or refused with a sentence."""

import json
from typing import Any

from transcripts.containers import Opened
from transcripts.zipped import damaged


def parse(opened: Opened) -> Any:
    """The value in the file. Raises UnreadableTranscript."""
    try:
        return json.loads(opened.text, parse_constant=lambda _name: None)
    except (ValueError, RecursionError) as problem:
        raise damaged(opened.name) from problem


def number(value: object) -> float | None:
    """Seconds, given as a number or as `hh:mm:ss.mmm`; None for anything else."""
    if isinstance(value, str):
        parts = value.replace(",", ".").split(":")
        try:
            found = sum(float(part) * 60**power for power, part in enumerate(reversed(parts)))
        except ValueError:
            return None
        return found if len(parts) <= 3 and 0 <= found < 1e7 else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value < 1e7 else None


def words(value: object) -> str:
    """Text on one line; "" for anything else."""
    return " ".join(value.split()) if isinstance(value, str) else ""
