"""WebVTT as it is really written: a tolerant line parser that loses no words."""

import re
from dataclasses import dataclass
from itertools import pairwise

from transcripts.messages import Message, counted

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_BLOCKS = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Cue:
    """Times in seconds, text with its lines joined by one space."""

    start_s: float
    end_s: float
    text: str


def read_cues(text: str) -> list[Cue]:
    """Cues in the order of the file. A line is a timing only if it begins with a time; so `-->` within words,
    `<`, `>` and blank lines inside a cue stay what they are."""
    lines = text.split("\n")
    marks = [(index, found) for index, line in enumerate(lines) if "-->" in line and (found := TIMING.match(line))]
    skipped = _blocks(lines)
    marks = [(index, found) for index, found in marks if index not in skipped]
    cues = []
    for number, (index, found) in enumerate(marks):
        after = marks[number + 1][0] if number + 1 < len(marks) else len(lines)
        body = [lines[n] for n in range(index + 1, after) if n not in skipped]
        if number + 1 < len(marks):
            body = _without_next_id(body)
        words = " ".join(" ".join(body).split())
        cues.append(Cue(_seconds(found.groups()[:4]), _seconds(found.groups()[4:]), words))
    return cues


def timing_warnings(cues: list[Cue]) -> list[Message]:
    """What is odd about the times; the words are kept all the same."""
    swapped = [number for number, cue in enumerate(cues, 1) if cue.end_s < cue.start_s]
    back = [number for number, (before, cue) in enumerate(pairwise(cues), 2) if cue.start_s < before.start_s]
    found = []
    if swapped:
        found.append(
            counted(
                "{count} cue ends before it begins (no. {numbers}).",
                "{count} cues end before they begin (no. {numbers}).",
                len(swapped), numbers=_few(swapped),
            )
        )  # fmt: skip
    if back:
        found.append(
            counted(
                "{count} cue begins before the one above it (no. {numbers}).",
                "{count} cues begin before the one above them (no. {numbers}).",
                len(back), numbers=_few(back),
            )
        )  # fmt: skip
    return found


def _few(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (", …" if len(numbers) > 5 else "")


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + int(fraction) / 10 ** len(fraction) if fraction else float(whole)


def _blocks(lines: list[str]) -> set[int]:
    """Lines of comments and styles: from their keyword after a blank line to the next blank line."""
    found: set[int] = set()
    inside = False
    for index, line in enumerate(lines):
        if not line.strip():
            inside = False
        elif not inside and (index == 0 or not lines[index - 1].strip()):
            inside = line.split(" ")[0].rstrip(":") in _BLOCKS and not TIMING.match(line)
        if inside:
            found.add(index)
    return found


def _without_next_id(body: list[str]) -> list[str]:
    """Take off the identifier of the next cue: a last line with a blank line before it."""
    if body and body[-1].strip() and (len(body) == 1 or not body[-2].strip()):
        has_words = any(line.strip() for line in body[:-1])
        if has_words or len(body) > 1 or body[-1].strip().isdigit():
            return body[:-1]
    return body
