"""Whisper's and WhisperX's JSON: `{"segments": [{start, end, text, speaker}]}`, or the list alone."""

import re
from typing import Any

from transcripts.containers import Opened
from transcripts.json_text import number, parse, words
from transcripts.labels import clean_name
from transcripts.messages import sentence
from transcripts.model import Unit
from transcripts.readers import Reading

_SEGMENTS = re.compile(r'"segments"\s*:\s*\[')
_LIST = re.compile(r"\s*\[\s*\{")


def sniff(opened: Opened) -> float:
    """Certain by its segments."""
    text = opened.text
    if text[:200].lstrip()[:1] not in ("{", "["):
        return 0.0
    return 0.9 if '"text"' in text and '"start"' in text and (_SEGMENTS.search(text) or _LIST.match(text)) else 0.0


def read(opened: Opened) -> Reading:
    """One unit a segment."""
    found: Any = parse(opened)
    segments = found.get("segments") if isinstance(found, dict) else found
    units = tuple(
        Unit(
            words(each.get("text")), clean_name(words(each.get("speaker"))), number(each.get("start")),
            number(each.get("end")),
        )
        for each in (segments if isinstance(segments, list) else [])
        if isinstance(each, dict)
    )  # fmt: skip
    named = any(unit.speaker for unit in units)
    told = () if named else (sentence("The file names no speakers. Bring the audio transcript if there is one."),)
    return Reading(units, "whisper_json", "offset", told)
