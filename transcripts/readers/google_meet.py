"""Google Meet's transcript as text: attendees, `Name: words` (plain or bold), times of sections, a footer."""

import re

from transcripts.containers import Opened
from transcripts.dates import date_in
from transcripts.labels import is_name_like, split_label
from transcripts.lines import NOBODY, Mark, seconds, shape_in, spoken, told
from transcripts.model import Attendee, Unit
from transcripts.readers import Reading
from transcripts.readers.bold_speaker import mark_of

_ATTENDEES = re.compile(r"^[#*\s]*(?:attendees|участники)[*:\s]*$", re.IGNORECASE)
_FOOTER = re.compile(
    r"^(?:transcription|meeting) ended after|^this editable transcript was computer|^(?:встреча|расшифровка) "
    r"(?:завершена|закончилась) через|^эта редактируемая расшифровка",
    re.IGNORECASE,
)
_SECTION = re.compile(r"^[#*\s]*(\d{2}:\d{2}:\d{2})[*\s]*$")
_NOBODY = re.compile(r"presentation$|notetaker|^презентация\b|^fireflies|^otter", re.IGNORECASE)


def sniff(opened: Opened) -> float:
    """Certain by Meet's own sentences."""
    lines = [line.strip() for line in opened.text.split("\n") if line.strip()]
    own = sum(bool(_ATTENDEES.match(line)) for line in lines[:40]) + any(
        _FOOTER.match(line.lstrip("#* ")) for line in (*lines[:40], *lines[-5:])
    )
    if not own:
        return 0.0
    said = sum(_label(line) is not None for line in lines)
    return 0.95 if own > 1 and said >= 2 else 0.85 if said >= 3 else 0.0


def read(opened: Opened) -> Reading:
    """One unit a name; where sections have times, a unit begins at its section's."""
    lines = [line.strip() for line in opened.text.split("\n") if line.strip()]
    labels = {label[0] for line in lines if (label := split_label(line)) is not None}
    marks = _Marks({label for label in labels if is_name_like(label)})
    found = spoken(lines, marks)
    return Reading(
        found.units, shape_in("google_meet_txt", opened.container), "offset" if _timed(found.units) else "none",
        tuple(told(found)), date=date_in("\n".join(found.heading)), attendees=_attendees(lines), parts=found.parts,
    )  # fmt: skip


class _Marks:
    """Bold labels, else plain ones that are trusted; the time of a section holds for what follows."""

    def __init__(self, trusted: set[str]) -> None:
        self.trusted = trusted
        self.time: float | None = None

    def __call__(self, line: str) -> Mark | None:
        section = _SECTION.match(line)
        if section:
            self.time = seconds(section[1])
            return NOBODY
        if line.startswith("#") or _FOOTER.match(line.lstrip("*# ")):
            return NOBODY
        label = _label(line)
        if label is None or (not line.startswith("**") and label.speaker not in self.trusted):
            return None
        return Mark(label.speaker, label.words, self.time)


def _label(line: str) -> Mark | None:
    if line.startswith("**"):
        return mark_of(line)
    found = split_label(line)
    return Mark(*found) if found is not None else None


def _timed(units: tuple[Unit, ...]) -> bool:
    return any(unit.start_s is not None for unit in units)


def _attendees(lines: list[str]) -> tuple[Attendee, ...]:
    place = next((n for n, line in enumerate(lines[:40]) if _ATTENDEES.match(line)), None)
    if place is None or place + 1 >= len(lines) or lines[place + 1].startswith("#"):
        return ()
    names = [name.strip() for name in lines[place + 1].split(",")]
    return tuple(Attendee(name) for name in names if name and not _NOBODY.search(name))
