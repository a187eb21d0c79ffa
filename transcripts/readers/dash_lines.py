"""Three lines a turn, as radio archives print them: a name, a dash, the words."""

import re

from transcripts.containers import Opened
from transcripts.dates import date_in
from transcripts.lines import Mark, is_cued, shape_in, spoken, told
from transcripts.readers import Reading

_DASH = re.compile(r"^[―—–-]$")
_DASHED = re.compile(r"^(?P<name>[^\W\d_][^:―—]{0,59})\s*\x02\s*(?P<words>.*)$")


def sniff(opened: Opened) -> float:
    """Certain where single dashes stand on lines of their own."""
    if is_cued(opened.text):
        return 0.0
    lines = [line.strip() for line in opened.text.split("\n") if line.strip()]
    dashes = sum(bool(_DASH.match(line)) for line in lines)
    return 0.85 if dashes >= 2 and dashes >= 0.15 * len(lines) else 0.0


def read(opened: Opened) -> Reading:
    """One unit a name that stands above a dash."""
    found = spoken(_joined(opened.text), _mark)
    shape = shape_in("dash_lines_txt", opened.container)
    return Reading(found.units, shape, "none", tuple(told(found)), date=date_in("\n".join(found.heading)))


def _joined(text: str) -> list[str]:
    """Lines, with name and dash made one line that no text can imitate."""
    lines = [line.strip().replace("\x02", " ") for line in text.split("\n") if line.strip()]
    joined: list[str] = []
    for line in lines:
        if _DASH.match(line) and joined and len(joined[-1]) <= 60 and "\x02" not in joined[-1]:
            joined[-1] += "\x02"
        else:
            joined.append(line)
    return joined


def _mark(line: str) -> Mark | None:
    found = _DASHED.match(line)
    return Mark(found["name"].strip(), found["words"]) if found else None
