"""Time before name: `[00:01:02] Name: words`, `**00:00:14 T:** words`, a bold time on a line of its own above
`T: words`, and columns `00:01:02⇥Name⇥words` of Russian services."""

import re

from transcripts.containers import Opened
from transcripts.dates import date_in
from transcripts.labels import split_label
from transcripts.lines import NOBODY, Mark, body, is_cued, seconds, shape_in, spoken, told
from transcripts.readers import Reading

_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?"
_BOLD = re.compile(rf"^\*\*\[?(?P<time>{_TIME})\]?\s+(?P<name>[^*:]{{1,80}}):\*\*(?P<words>.*)$")
_PLAIN = re.compile(rf"^[\[({{]?(?P<time>{_TIME})[\])}}]?\s+(?P<name>[^\W\d_][^:\t]{{0,79}}):(?P<words>\s.*)?$")
_COLUMNS = re.compile(rf"^(?P<time>{_TIME})\t(?P<name>[^\t]{{1,80}})\t(?P<words>.*)$")
_ALONE = re.compile(rf"^\*\*\[?(?P<time>{_TIME})\]?\*\*$")


def sniff(opened: Opened) -> float:
    """Certain where times with names come again and again."""
    if is_cued(opened.text):
        return 0.0
    lines = [line.strip() for line in body(opened.text).split("\n") if line.strip()]
    marks = sum(_named(line) is not None for line in lines)
    above = sum(bool(_ALONE.match(line)) for line in lines)
    if marks + above < 2 or marks + above < 0.1 * len(lines):
        return 0.0
    return 0.88 if marks >= above else 0.8


def read(opened: Opened) -> Reading:
    """One unit a name. A heading of Markdown ends what was said."""
    text = body(opened.text)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    columns = sum(bool(_COLUMNS.match(line)) for line in lines) > 0.5 * len(lines)
    bold = "\n**" in f"\n{text}"
    shape = "tab_time_speaker_txt" if columns else "ru_time_speaker_md" if bold else "time_speaker_txt"
    found = spoken(lines, _Marks())
    day = date_in(opened.text[: len(opened.text) - len(text)] + "\n".join(found.heading))
    return Reading(
        found.units, shape_in(shape, opened.container), "offset", tuple(told(found)), date=day, parts=found.parts
    )


class _Marks:
    """A time on a line of its own holds for the names below it."""

    def __init__(self) -> None:
        self.time: float | None = None

    def __call__(self, line: str) -> Mark | None:
        if line.startswith("#"):
            return NOBODY
        alone = _ALONE.match(line)
        if alone:
            self.time = seconds(alone["time"])
            return NOBODY
        named = _named(line)
        if named is not None:
            return named
        label = split_label(line) if self.time is not None else None
        if label is None or len(label[0].split()) > 4:
            return None
        return Mark(label[0], label[1], self.time)


def _named(line: str) -> Mark | None:
    if not line[:1].isdigit() and line[:1] not in "*[({":
        return None
    found = _BOLD.match(line) or _COLUMNS.match(line) or _PLAIN.match(line)
    if found is None or (start := seconds(found["time"])) is None:
        return None
    return Mark(found["name"].strip(), (found["words"] or "").strip(), start)
