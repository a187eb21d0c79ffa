"""What machines and transcribers write where nothing was said or understood: told, never taken out."""

import re
from collections.abc import Sequence

from transcripts.messages import Message, counted
from transcripts.model import Unit

_MARKS = re.compile(
    r"[\[(<{](?:music|applause|laughter|laughs?|inaudible|indecipherable|unintelligible|crosstalk|silence|noise|музыка|"
    r"смех|аплодисменты|неразборчиво|нрзб|шум|тишина|пауза)[^\])>}]{0,30}[\])>}]|\bНРЗБ\b",
    re.IGNORECASE,
)
_LOOP = 4
"""Times that the same three words follow one another before it is a machine that stumbles, not a person."""


def noise_warnings(units: Sequence[Unit]) -> list[Message]:
    """How many units hold marks of noise or of words that were not understood, and how many go round in a loop."""
    marked = sum(_may_be_marked(unit.text) and bool(_MARKS.search(unit.text)) for unit in units)
    loops = sum(unit.text.count(" ") >= 3 * _LOOP - 1 and _goes_round(unit.text) for unit in units)
    told = []
    if marked:
        told.append(
            counted(
                "{count} place is marked as noise or not understood, e.g. [inaudible].",
                "{count} places are marked as noise or not understood, e.g. [inaudible].",
                marked,
            )
        )
    if loops:
        told.append(
            counted(
                "In {count} place the same words come again and again, as from a machine that stumbles: listen there.",
                "In {count} places the same words come again and again, as from a machine that stumbles: listen there.",
                loops,
            )
        )
    return told


def _may_be_marked(text: str) -> bool:
    """A look that costs a tenth of the search."""
    return "[" in text or "(" in text or "<" in text or "{" in text or "нрзб" in text.lower()


def _goes_round(text: str) -> bool:
    words = text.lower().split()
    if len(words) < 3 * _LOOP or len(set(words)) > 0.7 * len(words):
        return False
    run = 0
    for place in range(3, len(words)):
        run = run + 1 if words[place] == words[place - 3] else 0
        if run >= 3 * (_LOOP - 1):
            return True
    return False
