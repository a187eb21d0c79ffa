"""Zoom's captions saved by a participant: `[Name] HH:MM:SS` above the words; older: `HH:MM:SS words`, no names."""

import re

from transcripts.containers import Opened
from transcripts.labels import clean_name, split_label
from transcripts.messages import Message, counted, sentence
from transcripts.model import Clock, Unit
from transcripts.readers import Reading
from transcripts.wall_clock import past_midnight, seconds_of

_TIME = r"(\d{1,2}):([0-5]\d):([0-5]\d)(?: ?([AaPp])\.?[Mm]\.?)?"
_HEAD = re.compile(rf"^\[([^\n]{{0,200}})\] {_TIME}[ \t]*$", re.MULTILINE)
_LINE = re.compile(rf"^{_TIME}(?:[ \t](.*))?$", re.MULTILINE)
_LATEST_OFFSET = 5 * 3600


def sniff(opened: Opened) -> float:
    """Certain for a name in brackets and a time alone on a line; a time before each line is less telling."""
    text = opened.text.lstrip("\n")
    if _HEAD.match(text):
        return 0.97
    lines = [line for line in text[:4_000].split("\n") if line.strip()][:40]
    timed = [found for line in lines if (found := _LINE.fullmatch(line))]
    if not timed or len(timed) < 0.6 * len(lines) or not _LINE.fullmatch(lines[0]):
        return 0.0
    labelled = sum(bool(found[5]) and split_label(found[5].strip()) is not None for found in timed)
    if labelled > 0.5 * len(timed):
        return 0.0
    return 0.75 if _is_caption(opened.name) else 0.45


def read(opened: Opened) -> Reading:
    """One unit a caption: its words go to the next head. The clock on the wall goes on past midnight."""
    heads = list(_HEAD.finditer(opened.text))
    if heads:
        names = [clean_name(head[1]) for head in heads]
        times = past_midnight([seconds_of(*head.groups()[1:]) for head in heads])
        shape, clock, own = "zoom_saved_caption_txt", "wall", [""] * len(heads)
    else:
        heads = list(_LINE.finditer(opened.text))
        names, own = [""] * len(heads), [head[5] or "" for head in heads]
        times = [seconds_of(*head.groups()[:4]) for head in heads]
        on_wall = _is_caption(opened.name) or min(times) > _LATEST_OFFSET
        shape, clock = ("zoom_closed_caption_txt", "wall") if on_wall else ("timed_lines_txt", "offset")
        times = past_midnight(times) if on_wall else times
    ends = [*(head.start() for head in heads[1:]), len(opened.text)]
    units = tuple(
        Unit(" ".join(f"{words} {opened.text[head.end() : end]}".split()), name, time)
        for head, end, name, words, time in zip(heads, ends, names, own, times, strict=True)
    )
    return Reading(units, shape, _clock(clock), tuple(_warnings(opened.text[: heads[0].start()], units)))


def _is_caption(name: str) -> bool:
    return "caption" in name.lower()


def _clock(name: str) -> Clock:
    return "wall" if name == "wall" else "offset"


def _warnings(before: str, units: tuple[Unit, ...]) -> list[Message]:
    found = []
    if lines := sum(bool(line.strip()) for line in before.split("\n")):
        found.append(
            counted(
                "{count} line stands before the first caption and was left out.",
                "{count} lines stand before the first caption and were left out.",
                lines,
            )
        )
    if not any(unit.speaker for unit in units):
        found.append(sentence("The file names no speakers. Bring the audio transcript if there is one."))
    return found
