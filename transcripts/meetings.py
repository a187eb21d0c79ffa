"""Files of one meeting recognised, and the same talk in two files, by what they say and when. Never by names alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePath
from zlib import crc32

from transcripts.dates import date_in
from transcripts.model import Clock, Kind, Transcript
from transcripts.people import name_key

ENOUGH = 0.5
"""Least likeness of two files of one meeting, and least share of words in common of the same talk."""
_MOST_MARKS = 4000
"""Word pairs kept of a talk: those with the smallest hashes, so that two long talks keep the same ones."""
_FEWEST_MARKS = 12
_WORD = re.compile(r"[^\W\d_]{4,}")
_STAMP = re.compile(r"(?:GMT)?(20\d{6})[-_T]?(\d{6})(?!\d)")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_FILE_WORDS = {
    "audio", "transcript", "transcripts", "new", "newchat", "chat", "recordingnewchat", "meeting", "saved", "closed",
    "caption", "captions", "cc", "recording", "recordings", "participants", "participant", "corrected", "edited",
    "clean", "final", "zoom", "cloud", "video", "gmt", "attendance", "report", "txt", "vtt", "utc", "x", "copy",
    "расшифровка", "чат", "участники", "запись", "субтитры", "исправлено", "исправленный", "исправленная", "чистовик",
    "копия", "стенограмма", "встреча",
}  # fmt: skip
"""Words of file names that say what a file is, not of which meeting."""
_SPAN_SLACK = 900.0
"""Seconds that a chat may begin before, or go on after, what was recorded of its meeting."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What of a file tells of which meeting it is. Plain values: it can be kept as JSON.

    `date` is ISO or ""; `stamp` is the second at which a recording began, as Zoom writes it into names of files;
    `stem` is what else the file's name says; `names` are keys of display names; `marks` are hashes of pairs of
    neighbouring long words, the smallest first, of which at most 4,000 are kept.
    """

    kind: Kind
    clock: Clock
    date: str
    stamp: str
    stem: str
    first_s: float | None
    last_s: float | None
    names: tuple[str, ...]
    marks: tuple[int, ...]


def trace(transcript: Transcript) -> Trace:
    """The trace of a file as it was read."""
    name = PurePath(transcript.file).stem
    stamp = _STAMP.search(name)
    written = [unit for unit in transcript.units if not unit.private]
    starts = [unit.start_s for unit in written if unit.start_s is not None]
    ends = [each for unit in written for each in (unit.start_s, unit.end_s) if each is not None]
    listed = [name for each in transcript.attendees for name in (each.name, each.other_name)]
    names = {name_key(each) for each in (*transcript.speakers, *listed)}
    return Trace(
        kind=transcript.kind, clock=transcript.clock, date=transcript.date or date_in(name),
        stamp="".join(stamp.groups()) if stamp else "", stem=_stem(name), first_s=min(starts, default=None),
        last_s=max(ends, default=None), names=tuple(sorted(names - {""})), marks=_marks(transcript),
    )  # fmt: skip


def same_talk(a: Trace, b: Trace) -> float:
    """Share, 0 to 1, of the words of the shorter that the longer has in the same order.

    Machines that heard one talk differently, captions without full stops and a corrected text still share more than
    half; two talks of the same people on the same matter share a tenth. 0 where there is too little to tell.
    """
    mine, other = (_marks_within(tuple(each.marks), min(_bound(a), _bound(b))) for each in (a, b))
    fewest = min(len(mine), len(other))
    return len(mine & other) / fewest if fewest >= _FEWEST_MARKS else 0.0


def same_meeting(a: Trace, b: Trace) -> float:
    """How likely, 0 to 1, two files are of one meeting; `ENOUGH` and more is worth a proposal.

    The same words decide, then the second at which the recording began. Another day speaks against. The file's name,
    and the same people on the same day or at the same hours, count only between what was said and what was written or
    listed: a weekly meeting has the same name and the same people every week.
    """
    if same_talk(a, b) >= ENOUGH:
        return 1.0
    if a.stamp and b.stamp:
        return 0.95 if a.stamp == b.stamp else 0.0
    if a.kind == b.kind or _other_day(a, b):
        return 0.0
    return 0.85 if a.stem and a.stem == b.stem else _by_people(a, b)


def group(traces: Sequence[Trace]) -> list[list[int]]:
    """Meetings, each as the places of its files in `traces`; every place is in one of them.

    Talks come together first. A chat or a list of those present joins the likeliest talk and, where two talks are
    equally likely, none.
    """
    talks: list[list[int]] = []
    for place, each in enumerate(traces):
        if each.kind == "session":
            _join(talks, place, traces)
    groups = [list(members) for members in talks]
    left: list[list[int]] = []
    for place, each in enumerate(traces):
        if each.kind == "session":
            continue
        likely = [max(same_meeting(each, traces[member]) for member in members) for members in talks]
        best = max(likely, default=0.0)
        if best < ENOUGH:
            _join(left, place, traces)
        elif likely.count(best) == 1:
            groups[likely.index(best)].append(place)
        else:
            left.append([place])
    return sorted(sorted(members) for members in (*groups, *left))


def _join(groups: list[list[int]], place: int, traces: Sequence[Trace]) -> None:
    """Add a file to every group that has a file of its meeting: they become one."""
    near = [
        members for members in groups
        if any(same_meeting(traces[place], traces[member]) >= ENOUGH for member in members)
    ]  # fmt: skip
    merged = [member for members in near for member in members] + [place]
    groups[:] = [members for members in groups if members not in near] + [merged]


def _by_people(a: Trace, b: Trace) -> float:
    shared, fewest = len({*a.names} & {*b.names}), min(len(a.names), len(b.names))
    if shared < 2 or shared < 0.6 * fewest:
        return 0.0
    share = shared / fewest
    if a.date and a.date == b.date:
        return 0.6 + 0.2 * share
    return 0.5 + 0.1 * share if shared >= 3 and _same_hours(a, b) else 0.0


def _same_hours(a: Trace, b: Trace) -> bool:
    """Whether one lies within the other, on one clock, and fills at least half of it."""
    if a.clock != b.clock or a.first_s is None or b.first_s is None or a.last_s is None or b.last_s is None:
        return False
    (first, last), (inner_first, inner_last) = sorted(
        ((a.first_s, a.last_s), (b.first_s, b.last_s)), key=lambda span: span[0] - span[1]
    )
    inside = first - _SPAN_SLACK <= inner_first and inner_last <= last + _SPAN_SLACK
    return inside and inner_last - inner_first >= (last - first) / 2


def _other_day(a: Trace, b: Trace) -> bool:
    """The day in a stamp is Greenwich's and may be the neighbour of the day on the spot."""
    if not a.date or not b.date:
        return False
    apart = abs((date.fromisoformat(a.date) - date.fromisoformat(b.date)).days)
    return apart > (1 if a.stamp or b.stamp else 0)


def _stem(name: str) -> str:
    """What a file's name says beside its day and the words that every such file has; "" where that is nothing."""
    plain = _STAMP.sub(" ", name)
    words = [word for word in _PARTS.findall(plain.casefold()) if word not in _FILE_WORDS]
    return " ".join(words)


def _marks(transcript: Transcript) -> tuple[int, ...]:
    words = _WORD.findall(transcript.text.lower().replace("ё", "е")) if transcript.kind != "participants" else []
    pairs = {crc32(f"{first} {second}".encode()) for first, second in pairwise(words)}
    return tuple(sorted(pairs)[:_MOST_MARKS])


@lru_cache(maxsize=256)
def _marks_within(marks: tuple[int, ...], limit: int) -> frozenset[int]:
    return frozenset(mark for mark in marks if mark <= limit)


def _bound(each: Trace) -> int:
    """Up to which hash the marks are complete."""
    return each.marks[-1] if len(each.marks) == _MOST_MARKS else 2**32
