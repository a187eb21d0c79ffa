"""Markdown with a heading for each speaker (`### Name:`) and what was said below it."""

import re

from transcripts.containers import Opened
from transcripts.lines import is_cued
from transcripts.messages import Message, counted
from transcripts.model import Unit
from transcripts.readers import Reading

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*$")
_SPEAKER = re.compile(r"^#{2,6}\s+(.+?)\s*[:：]\s*$")


def sniff(opened: Opened) -> float:
    """Certain where headings that end with a colon come back."""
    if is_cued(opened.text):
        return 0.0
    text = opened.text
    found = [match.group(1) for line in text.split("\n") if (match := _SPEAKER.match(line))]
    return 0.9 if len(found) >= 2 else 0.6 if found and len(text) < 2_000 else 0.0


def read(opened: Opened) -> Reading:
    """One unit a heading. Block quotes are stage directions of the editor: not speech, counted."""
    text = opened.text
    units: list[tuple[str, list[str]]] = []
    quoted = 0
    outside = True
    for line in text.split("\n"):
        speaker = _SPEAKER.match(line)
        if speaker:
            units.append((speaker.group(1), []))
            outside = False
        elif _HEADING.match(line):
            outside = True
        elif line.startswith(">"):
            quoted += bool(line.strip("> "))
        elif units and not outside:
            units[-1][1].append(line)
    spoken = tuple(Unit(" ".join(" ".join(lines).split()), speaker) for speaker, lines in units)
    return Reading(spoken, "speaker_heading_md", "none", tuple(_directions(quoted)))


def _directions(count: int) -> list[Message]:
    if not count:
        return []
    return [
        counted(
            "{count} quoted line (“>”) is an editor's note and was left out.",
            "{count} quoted lines (“>”) are an editor's notes and were left out.",
            count,
        )
    ]
