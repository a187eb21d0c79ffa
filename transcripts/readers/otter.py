"""A line with name and time, the words below: Otter (plain, bold, bracketed), Teams in Word, Telemost and others."""

import re
from itertools import pairwise

from transcripts.containers import Opened
from transcripts.dates import date_in
from transcripts.lines import NOBODY, Mark, is_cued, seconds, shape_in, spoken, told
from transcripts.readers import Reading

_MARK = re.compile(
    r"^(?:\*\*(?P<bold>[^*:]{1,80})\*\*|(?P<name>[^\W\d_][^:\[\]{}<>]{0,79}))\s+\[?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\]?"
    r"(?P<words>\s.*)?$"
)
_FOOTER = re.compile(r"^transcribed by https?://otter\.ai", re.IGNORECASE)
_TEAMS = re.compile(
    r"(?:started|stopped) transcription|(?:начал|начала|запустил|запустила|остановил|остановила)\s+(?:транскрипцию|"
    r"расшифровку)",
    re.IGNORECASE,
)
_LONGEST_NAME = 6
_TIME = re.compile(r"\d:\d\d")
_FAR = 120
"""Code points within which a name and its time stand."""


def sniff(opened: Opened) -> float:
    """Certain where names with times stand on lines of their own, again and again."""
    if is_cued(opened.text):
        return 0.0
    lines = [line.strip() for line in opened.text.split("\n") if line.strip()]
    marks = [mark for line in lines if (mark := _named(line)) is not None]
    if len(marks) < 2 or (len(marks) < 3 and len(lines) > 12):
        return 0.0
    times = [mark.start_s or 0 for mark in marks]
    rising = sum(later >= earlier for earlier, later in pairwise(times))
    return 0.9 if rising >= 0.9 * (len(times) - 1) and len(marks) >= 0.04 * len(lines) else 0.0


def read(opened: Opened) -> Reading:
    """One unit a name with its time."""
    found = spoken(opened.text.split("\n"), _mark)
    teams = opened.container == "docx" and bool(_TEAMS.search(opened.text))
    shape = "teams_docx" if teams else shape_in("otter_txt", opened.container)
    return Reading(
        found.units, shape, "offset", tuple(told(found)), date=date_in("\n".join(found.heading)), parts=found.parts
    )


def _mark(line: str) -> Mark | None:
    return NOBODY if _FOOTER.match(line) or _TEAMS.search(line[:200]) else _named(line)


def _named(line: str) -> Mark | None:
    found = _MARK.match(line) if _TIME.search(line, 0, _FAR) else None
    if found is None:
        return None
    start = seconds(found["time"])
    bold, name, words = found["bold"], found["name"], (found["words"] or "").strip()
    if start is None or (words and not bold) or (name and len(name.split()) > _LONGEST_NAME):
        return None
    return Mark((bold or name).strip(), words, start)
