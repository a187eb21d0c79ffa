"""YouTube's captions (.sbv): `0:00:03.900,0:00:08.460` above the words."""

import re

from transcripts.captions import caption_reading
from transcripts.containers import Opened
from transcripts.cues import Cue
from transcripts.readers import Reading

_TIME = r"(\d{1,4}):([0-5]?\d):([0-5]?\d)\.(\d{1,3})"
_TIMING = re.compile(rf"^[ \t]*{_TIME},{_TIME}[ \t]*$", re.MULTILINE)


def sniff(opened: Opened) -> float:
    """Certain where the file begins with such a line."""
    first = opened.text.lstrip("\n").partition("\n")[0]
    return 0.95 if _TIMING.match(first) else 0.0


def read(opened: Opened) -> Reading:
    """Cues as units."""
    marks = list(_TIMING.finditer(opened.text))
    ends = [*(mark.start() for mark in marks[1:]), len(opened.text)]
    cues = [
        Cue(_seconds(mark.groups()[:4]), _seconds(mark.groups()[4:]), " ".join(opened.text[mark.end() : end].split()))
        for mark, end in zip(marks, ends, strict=True)
    ]
    return caption_reading(cues, "sbv")


def _seconds(parts: tuple[str, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction) / 10 ** len(fraction)
