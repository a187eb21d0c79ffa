"""Cues of WebVTT and SubRip as they are really written: one tolerant parser that loses no words of a cue."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transcripts.messages import Message, counted
from transcripts.model import Unit

_TIME = r"(?:(\d{1,6}):)?(\d{1,3}):([0-5]?\d)(?![\d:])(?:[.,](\d{1,6}))?"
TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:\s(.*)|(?<=\.\d{{3}})[^\d\s].*)?")
"""A whole line. A time above 60 h is legal; a minute or second above 59 is none, as the W3C says."""
_W3C = re.compile(r"(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}[ \t]*-->[ \t]*(?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3}(?!\d)")
"""The two times as the W3C wants them: where signs that are no text (U+FFFD) stand in a line, nothing else will do."""
_BROKEN = re.compile(r"[\d:.,\s\ufffd>-]{9,}")
_COMMENT = re.compile(r"(?:NOTE(?:[ \t].*)?|(?:STYLE|REGION)\s*)")
_TAG = re.compile(
    r"</?(?:c|i|b|u|ruby|rt|v|lang|font)(?:\.[^\s<>]*)?(?:\s[^<>]*)?>|<(?:\d+:)?\d\d:\d\d\.\d{3}>", re.IGNORECASE
)
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LOOKED_AT = 6_000


@dataclass(frozen=True, slots=True)
class Cue:
    """Times in seconds as written; the text with its lines joined by one space, markup as written."""

    start_s: float
    end_s: float
    text: str
    id: str = ""


def read_cues(text: str) -> list[Cue]:
    """Cues in the order of the file. A line is a timing only if it is one from beginning to end; so `-->` within words,
    `<`, `>` and blank lines inside a cue stay what they are. Comments and styles are left out."""
    marks = list(_timings(text))
    if not marks:
        return []
    id_ = text[: marks[0][0]].rsplit("\n", 2)[-2].strip() if marks[0][0] else ""
    numbered = id_.isdigit()
    cues = []
    for (_begin, end, found), after in zip(marks, [*marks[1:], None], strict=True):
        start_s, end_s, beside = _times(found)
        words, next_id = _words(text[end + 1 : after[0] if after else len(text)], after is None, numbered)
        cues.append(Cue(start_s, end_s, f"{beside} {words}".strip() if beside else words, id_))
        id_ = next_id
    return cues


def first_cues(text: str) -> list[Cue]:
    """The first few, for a look that costs little."""
    if len(text) <= _LOOKED_AT:
        return read_cues(text)
    start = text.find("-->")
    return read_cues(text[: start + _LOOKED_AT])[:-1] if 0 <= start < _LOOKED_AT else []


def plain(text: str) -> str:
    """The words of a cue: WebVTT's own tags are gone, character references are signs (once), all else is kept."""
    if "<" not in text and "&" not in text:
        return text
    words = _CHARACTER.sub(_sign, _TAG.sub("", text))
    return unicodedata.normalize("NFC", " ".join(words.split()))


def timed(cue: Cue, words: str, speaker: str = "") -> Unit:
    """A unit with the times of a cue as written, even where it ends before it begins."""
    return Unit(words, speaker, cue.start_s, cue.end_s)


def timing_warnings(cues: Sequence[Cue], text: str = "") -> list[Message]:
    """What is odd about the times; the words of a cue are kept all the same.

    `text` is what the cues were read from: in it are the lines that look like a timing and are none.
    """
    swapped = [number for number, cue in enumerate(cues, 1) if cue.end_s < cue.start_s]
    back = [number for number, (before, cue) in enumerate(pairwise(cues), 2) if cue.start_s < before.start_s]
    over = [
        number
        for number, (before, cue) in enumerate(pairwise(cues), 2)
        if before.start_s <= cue.start_s < before.end_s - 0.0005
    ]
    found = []
    if swapped:
        found.append(
            counted(
                "{count} cue ends before it begins (no. {numbers}).",
                "{count} cues end before they begin (no. {numbers}).",
                len(swapped), numbers=_few(swapped),
            )
        )  # fmt: skip
    if back:
        found.append(
            counted(
                "{count} cue begins before the one above it (no. {numbers}).",
                "{count} cues begin before the one above them (no. {numbers}).",
                len(back), numbers=_few(back),
            )
        )  # fmt: skip
    if over:
        found.append(
            counted(
                "{count} cue begins while the one above it still runs (no. {numbers}).",
                "{count} cues begin while the one above them still runs (no. {numbers}).",
                len(over), numbers=_few(over),
            )
        )  # fmt: skip
    broken = [text.count("\n", 0, place) + 1 for place in _broken_timings(text)]
    if broken:
        found.append(
            counted(
                "{count} line looks like a time and is none (line {numbers}); what stands below it was left out.",
                "{count} lines look like times and are none (lines {numbers}); what stands below them was left out.",
                len(broken), numbers=_few(broken),
            )
        )  # fmt: skip
    return found


def nameless(units: Sequence[Unit]) -> list[Message]:
    """How many cues say nothing of who speaks, where others do."""
    count = sum(not unit.speaker for unit in units)
    if not count:
        return []
    return [counted("{count} cue has no speaker.", "{count} cues have no speaker.", count)]


def _few(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (", …" if len(numbers) > 5 else "")


def _lines_with_arrows(text: str) -> Iterator[tuple[int, int]]:
    at = text.find("-->")
    while at >= 0:
        begin = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield begin, end
        at = text.find("-->", end)


def _timings(text: str) -> Iterator[tuple[int, int, tuple[str | None, ...]]]:
    """Where the line begins and ends, and the parts of its two times."""
    match: Callable[[str, int, int], re.Match[str] | None] = TIMING.fullmatch
    for begin, end in _lines_with_arrows(text):
        found = match(text, begin, end)
        strict = "\ufffd" not in found[0] or _W3C.match(found[0]) if found is not None else None
        if found is not None and strict and _is_time(found[1], found[2]) and _is_time(found[5], found[6]):
            yield begin, end, found.groups()


def _broken_timings(text: str) -> Iterator[int]:
    timings = {begin for begin, _end, _found in _timings(text)}
    for begin, end in _lines_with_arrows(text):
        if begin not in timings and _is_broken(text[begin:end]):
            yield begin


def _is_time(hours: str | None, minutes: str) -> bool:
    return int(minutes) < 60 or hours is None


def _times(parts: tuple[str | None, ...]) -> tuple[float, float, str]:
    """Begin and end in seconds, and words that stand beside them (settings of WebVTT have a colon)."""
    beside = " ".join((parts[8] or "").split())
    return _seconds(*parts[:4]), _seconds(*parts[4:8]), "" if ":" in beside else beside


def _seconds(hours: str | None, minutes: str | None, seconds: str | None, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + int(fraction) / 10 ** len(fraction) if fraction else float(whole)


def _words(body: str, last: bool, numbered: bool) -> tuple[str, str]:
    """The words between one timing and the next, and the identifier of the next cue if it has one."""
    payload, blank, rest = body.partition("\n\n")
    if blank:
        id_ = rest.strip("\n")
        if not id_ or (not last and "\n" not in id_ and not rest.endswith("\n\n") and not _is_broken(id_)):
            return " ".join(payload.split()), id_.strip()
    return _slow_words(body.split("\n"), last, numbered)


def _slow_words(lines: list[str], last: bool, numbered: bool) -> tuple[str, str]:
    """The same where a cue holds blank lines, comments stand between cues, or no blank line divides them."""
    id_ = ""
    if not last:
        lines.pop()
        alone = len(lines) > 1 and not lines[-2].strip()
        if lines and lines[-1].strip() and (alone or (numbered and lines[-1].strip().isdigit())):
            id_ = lines.pop().strip()
    words: list[str] = []
    inside = skipped = False
    for number, line in enumerate(lines):
        if not line.strip():
            inside = skipped = False
            continue
        if number and not inside:
            following = lines[number + 1] if number + 1 < len(lines) else ""
            skipped = bool(_COMMENT.fullmatch(line)) or _is_broken(line) or _is_broken(following)
        inside = True
        if not skipped:
            words += line.split()
    return " ".join(words), id_


def _is_broken(line: str) -> bool:
    return ">" in line and line.count(":") > 1 and bool(_BROKEN.fullmatch(line))


def _sign(found: re.Match[str]) -> str:
    return html.unescape(found[0])
