"""`[id1] words`: a name or a pseudonym in brackets before what was said."""

import re
from collections import Counter

from transcripts.containers import Opened
from transcripts.lines import Mark, body, is_cued, shape_in, spoken, told
from transcripts.readers import Reading

_MARK = re.compile(r"^\[(?P<name>[^\[\]\n]{1,60})\]:?\s+(?P<words>\S.*)$")
_NOISE = re.compile(
    r"^[\d\W]+$|music|laugh|applause|inaudible|crosstalk|silence|смех|музыка|аплодисмент|неразборчиво", re.I
)


def sniff(opened: Opened) -> float:
    """Likely where most paragraphs begin so, and some name comes back."""
    if is_cued(opened.text):
        return 0.0
    lines = [line.strip() for line in body(opened.text).split("\n") if line.strip()]
    names = Counter(mark.speaker for line in lines if (mark := _mark(line)) is not None)
    marks = sum(names.values())
    return 0.75 if marks >= 3 and marks >= 0.3 * len(lines) and len(names) < marks else 0.0


def read(opened: Opened) -> Reading:
    """One unit a name in brackets."""
    found = spoken(body(opened.text).split("\n"), _mark)
    shape = shape_in("bracket_speaker_txt", opened.container)
    return Reading(found.units, shape, "none", tuple(told(found)), parts=found.parts)


def _mark(line: str) -> Mark | None:
    found = _MARK.match(line) if line.startswith("[") else None
    if found is None or _NOISE.search(found["name"]):
        return None
    return Mark(found["name"].strip(), found["words"])
