"""Zoom's chat, saved by a participant or of a cloud recording, in every generation and interface language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transcripts.chat_heads import ends_as_head, knows, read_heads
from transcripts.chat_words import Written, understand
from transcripts.containers import Opened
from transcripts.labels import clean_name
from transcripts.messages import Message, counted
from transcripts.model import Unit
from transcripts.readers import Reading
from transcripts.wall_clock import DAY, past_midnight, seconds_of

_CLOUD = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)\t([^\t\n]{1,200}):\t(.*)")
_SAVED = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ \t]+)?(\d{1,2}):([0-5]\d):([0-5]\d)(?: ([AaPp])[Mm])?[ \t]+(\S.*)")
_CLOUD_PRIVATE = re.compile(r"(.+?) to .*\((?:direct message|privately)\)", re.IGNORECASE)
_FOUR_PARTS = re.compile(r"\S+ {2,}\S.*? {2,}\S+ {2,}\S.*:")
_LOOKED_AT = 200


@dataclass(slots=True)
class _Message:
    day: str
    clock_s: float
    head: str
    body: list[str]


def sniff(opened: Opened) -> float:
    """By lines that begin a message: known words, four parts divided by double spaces, or bodies set in by a tab."""
    lines = [line for line in opened.text[:20_000].split("\n") if line.strip()][:_LOOKED_AT]
    if not lines:
        return 0.0
    if _CLOUD.fullmatch(lines[0]):
        return 0.95
    if not _is_head(lines[0]):
        return 0.0
    heads = [found[6] for line in lines if (found := _is_head(line))]
    known = sum(knows(head.rpartition(" : ")[0] or head.rstrip(" :：")) for head in heads)
    if known >= 0.5 * len(heads):
        return 0.9
    set_in = sum(line.startswith("\t") for line in lines)
    if set_in >= 0.4 * len(lines) or sum(bool(_FOUR_PARTS.match(head)) for head in heads) >= 0.8 * len(heads):
        return 0.8
    return 0.7 if "chat" in opened.name.lower() and sum(" : " in head for head in heads) > 0.5 * len(heads) else 0.0


def read(opened: Opened) -> Reading:
    """Messages in order. Private ones are marked; who drops them is `transcripts.reading`."""
    lines = opened.text.strip("\n").split("\n")
    return _read_cloud(lines) if _CLOUD.fullmatch(lines[0]) else _read_saved(lines)


def _read_cloud(lines: Sequence[str]) -> Reading:
    messages: list[_Message] = []
    for line in lines:
        found = _CLOUD.fullmatch(line)
        if found:
            messages.append(_Message("", seconds_of(*found.groups()[:3]), found[4], [found[5]]))
        elif messages:
            messages[-1].body.append(line)
    written = Written()
    units = []
    for message in messages:
        private = _CLOUD_PRIVATE.fullmatch(message.head)
        name = private[1] if private else message.head
        units.append(_unit(message, clean_name(name), message.clock_s, bool(private), written)[0])
    return Reading(tuple(units), "zoom_chat_cloud_txt", "offset", kind="chat")


def _read_saved(lines: Sequence[str]) -> Reading:
    set_in = _is_set_in(lines)
    messages: list[_Message] = []
    for line in lines:
        found = _is_head(line)
        if found and (not set_in or found[6].rstrip().endswith((":", "："))):
            head, words = (found[6].rstrip()[:-1], "") if set_in else _split(found[6])
            messages.append(_Message(_day(found[1]), seconds_of(*found.groups()[1:5]), head, [words] if words else []))
        elif messages:
            messages[-1].body.append(line.removeprefix("\t"))
    heads = read_heads([message.head for message in messages])
    dated = bool(messages[0].day)
    written = Written()
    units, dropped = [], 0
    for message, head, time in zip(messages, heads, _times(messages), strict=True):
        unit, below = _unit(message, head.sender, time, head.private, written, reactions_below=dated)
        units.append(unit)
        dropped += below
    shape = "zoom_chat_v3_txt" if dated else "zoom_chat_v2_txt" if set_in else "zoom_chat_v1_txt"
    return Reading(tuple(units), shape, "wall", tuple(_left_out(dropped)), "chat", messages[0].day)


def _is_head(line: str) -> re.Match[str] | None:
    if ":" not in line[12:] and "：" not in line:
        return None
    return _SAVED.fullmatch(line)


def _is_set_in(lines: Sequence[str]) -> bool:
    """Whether the words stand below the head (since 2022), not beside it."""
    below = beside = 0
    for number, line in enumerate(lines):
        found = _is_head(line)
        if found is None:
            continue
        following = lines[number + 1] if number + 1 < len(lines) else ""
        ends = found[6].rstrip().endswith((":", "："))
        if ends and (following.startswith("\t") or " : " not in found[6]):
            below += 1
        else:
            beside += 1
    return below >= beside


def _split(line: str) -> tuple[str, str]:
    """(head, words) where both stand on one line: a display name may hold the colon as well."""
    places = [found.start() for found in re.finditer(r" : ", line)]
    if not places:
        head, _colon, words = line.partition(": ")
        return head.rstrip(" :："), words.strip()
    place = next((each for each in places[:20] if ends_as_head(line[:each])), places[0])
    return line[:place], line[place + 3 :].strip()


def _day(written: str | None) -> str:
    try:
        return date.fromisoformat(written).isoformat() if written else ""
    except ValueError:
        return ""


def _times(messages: Sequence[_Message]) -> list[float]:
    """Seconds since the midnight before the first message."""
    if not all(message.day for message in messages):
        return past_midnight([message.clock_s for message in messages])
    first = date.fromisoformat(messages[0].day)
    return [(date.fromisoformat(each.day) - first).days * DAY + each.clock_s for each in messages]


def _unit(
    message: _Message, sender: str, time: float, private: bool, written: Written, reactions_below: bool = False
) -> tuple[Unit, int]:
    text, kind, below = understand(message.body, written, reactions_below)
    if kind != "reaction":
        written.add(text)
    return Unit(text, sender, time, None, kind, private), below


def _left_out(count: int) -> list[Message]:
    if not count:
        return []
    return [
        counted(
            "{count} line of reactions below a message was left out.",
            "{count} lines of reactions below messages were left out.",
            count,
        )
    ]
