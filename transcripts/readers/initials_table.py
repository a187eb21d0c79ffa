"""Minutes with a table of attendees and their initials: `| Kevin Gibbons | KG | F5 |`, then `KG: words`."""

import re

from transcripts.containers import Opened
from transcripts.dates import date_in
from transcripts.labels import split_label
from transcripts.lines import NOBODY, Mark, shape_in, spoken, told
from transcripts.model import Attendee
from transcripts.readers import Reading

_ROW = re.compile(r"^\|?(?P<cells>[^|\n]+(?:[|\t][^|\t\n]*)+?)\|?$")
_INITIALS = re.compile(r"^[^\W\d_]{2,4}$")


def sniff(opened: Opened) -> float:
    """Certain where initials of a table come back as labels."""
    if "|" not in opened.text and "\t" not in opened.text:
        return 0.0
    known = {attendee.other_name for attendee in _attendees(opened.text)}
    if len(known) < 2:
        return 0.0
    labels = sum(1 for line in opened.text.split("\n") if (found := split_label(line)) and found[0] in known)
    return 0.9 if labels >= 2 else 0.0


def read(opened: Opened) -> Reading:
    """One unit a label of the table; a heading ends what was said."""
    attendees = _attendees(opened.text)
    known = {attendee.other_name for attendee in attendees}

    def mark(line: str) -> Mark | None:
        found = split_label(line)
        if found is not None and found[0] in known:
            return Mark(*found)
        return NOBODY if line.startswith("#") or _row(line) else None

    found = spoken(opened.text.split("\n"), mark)
    shape = shape_in("initials_table_md", opened.container)
    day = date_in("\n".join(found.heading))
    return Reading(found.units, shape, "none", tuple(told(found)), date=day, attendees=attendees, parts=found.parts)


def _attendees(text: str) -> tuple[Attendee, ...]:
    """Rows of a name, initials made of its letters, and an organisation."""
    found = []
    for line in text.split("\n"):
        cells = _row(line.strip())
        if len(cells) >= 2 and _INITIALS.match(cells[1]) and cells[1].isupper() and _made_of(cells[0], cells[1]):
            found.append(Attendee(cells[0], cells[1], cells[2] if len(cells) > 2 else ""))
    return tuple(found)


def _row(line: str) -> list[str]:
    if not (line.startswith("|") or line.count("\t") in (1, 2, 3)):
        return []
    found = _ROW.match(line)
    return [cell.strip() for cell in re.split(r"[|\t]", found["cells"])] if found else []


def _made_of(name: str, initials: str) -> bool:
    """Whether the initials' letters stand in the name in that order."""
    letters = iter(name.casefold())
    return len(name.split()) >= 2 and all(letter in letters for letter in initials.casefold())
