"""Name, colon, time: `Name: 00:00:12` with the words below, `Name (00:00:12): words`, `Name [00:12]: words`."""

import re
from collections import Counter

from transcripts.containers import Opened
from transcripts.dates import date_in
from transcripts.lines import Mark, body, is_cued, seconds, shape_in, spoken, told
from transcripts.readers import Reading

_AFTER = re.compile(r"^(?:\*\*)?(?P<name>[^:\d*][^:*]{0,79}):(?:\*\*)?\s*\[?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\]?$")
_INSIDE = re.compile(
    r"^(?:\*\*)?(?P<name>[^:\d*(\[][^:*(\[]{0,79}?)\s*[(\[](?P<time>\d{1,2}:\d{2}(?::\d{2})?)[)\]]\s*:(?:\*\*)?"
    r"(?P<words>\s.*)?$"
)


def sniff(opened: Opened) -> float:
    """Certain where a name comes back with a time."""
    if is_cued(opened.text):
        return 0.0
    names = Counter(mark.speaker for line in opened.text.split("\n") if (mark := _mark(line.strip())) is not None)
    return 0.92 if sum(names.values()) >= 2 else 0.0


def read(opened: Opened) -> Reading:
    """One unit a name with its time; YAML front matter is no speech."""
    found = spoken(body(opened.text).split("\n"), _mark)
    day = date_in(opened.text[: len(opened.text) - len(body(opened.text))] + "\n".join(found.heading))
    shape = shape_in("speaker_colon_time_txt", opened.container)
    return Reading(found.units, shape, "offset", tuple(told(found)), date=day, parts=found.parts)


def _mark(line: str) -> Mark | None:
    found = (_AFTER.match(line) or _INSIDE.match(line)) if ":" in line else None
    if found is None or (start := seconds(found["time"])) is None:
        return None
    return Mark(found["name"].strip(), (found.groupdict().get("words") or "").strip(), start)
