"""Markdown with bold speakers: `**Name:** words`."""

import re
from collections import Counter

from transcripts.containers import Opened
from transcripts.lines import NOBODY, Mark, body, shape_in, spoken, told
from transcripts.messages import counted
from transcripts.readers import Reading

MARK = re.compile(r"^\*\*(?P<name>[^*:]{1,80}):\*\*(?P<words>.*)$|^\*\*(?P<outer>[^*:]{1,80})\*\*:(?P<rest>.*)$")
_PAUSES = {"break", "ad", "music", "перерыв", "музыка", "реклама"}
"""What is set in bold between speakers and is nobody."""
_TELLER = 4
"""Times that one voice comes back before it is the one who tells everything."""


def sniff(opened: Opened) -> float:
    """Likely where bold labels come back."""
    if "**" not in opened.text:
        return 0.0
    names = Counter(mark.speaker for line in opened.text.split("\n") if (mark := mark_of(line.strip())) is not None)
    return 0.8 if any(count >= 2 for name, count in names.items() if name) else 0.0


def read(opened: Opened) -> Reading:
    """One unit a bold label. Where one voice tells everything, a label that stands once is a sound bite."""
    lines = [line.strip() for line in body(opened.text).split("\n")]
    names = Counter(label.speaker for line in lines if (label := mark_of(line)) is not None and label.speaker)
    again = {name for name, count in names.items() if count > 1}
    once = sorted(set(names) - again) if len(again) == 1 and max(names.values()) >= _TELLER else []

    def mark(line: str) -> Mark | None:
        found = mark_of(line)
        return None if found is not None and found.speaker in once else found

    found = spoken(lines, mark)
    warnings = told(found)
    if once:
        warnings.append(
            counted(
                "{count} bold label stands once and was not taken for a speaker: {names}.",
                "{count} bold labels stand once each and were not taken for speakers: {names}.",
                len(once), names=", ".join(once[:5]),
            )
        )  # fmt: skip
    shape = shape_in("bold_speaker_md", opened.container)
    return Reading(found.units, shape, "none", tuple(warnings), parts=found.parts)


def mark_of(line: str) -> Mark | None:
    """The mark of a bold label; of a pause, nobody's."""
    found = MARK.match(line) if line.startswith("**") else None
    if found is None:
        return None
    name = (found["name"] or found["outer"]).strip()
    if name.casefold() in _PAUSES:
        return NOBODY
    return Mark(name, (found["words"] or found["rest"] or "").strip())
