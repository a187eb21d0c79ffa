"""WebVTT with voices (`<v Name>`): Microsoft Teams, old and new, noScribe, and whoever else follows the W3C."""

import re

from transcripts.containers import Opened
from transcripts.cues import Cue, nameless, plain, read_cues, timed, timing_warnings
from transcripts.labels import clean_name
from transcripts.messages import Message, counted
from transcripts.model import Unit
from transcripts.readers import Reading

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>")
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def sniff(opened: Opened) -> float:
    """Certain where a voice is named below a timing."""
    head = opened.text[:20_000]
    timing = head.find("-->")
    return 0.96 if timing >= 0 and _VOICE.search(head, timing) else 0.0


def read(opened: Opened) -> Reading:
    """One unit a voice: a cue with two voices is two units. Overlaps that noScribe writes in the words stay there."""
    cues = read_cues(opened.text)
    units = [timed(cue, words, speaker) for cue in cues for speaker, words in _voices(cue.text)]
    head = opened.text[:3_000]
    shape = "noscribe_vtt" if "noScribe" in head else "teams_vtt" if _is_teams(cues, units) else "voice_vtt"
    warnings = (*_timings(cues, opened.text), *nameless(units), *_unnamed(units))
    return Reading(tuple(units), shape, "offset", warnings)


def _voices(text: str) -> list[tuple[str, str]]:
    """(speaker, words) in order. A single voice speaks the whole cue."""
    found = list(_VOICE.finditer(text))
    if len(found) < 2:
        return [(_name(found[0][1]) if found else "", plain(text))]
    before = plain(text[: found[0].start()]).strip()
    ends = [*(each.start() for each in found[1:]), len(text)]
    spoken = [(_name(each[1]), plain(text[each.end() : end]).strip()) for each, end in zip(found, ends, strict=True)]
    return [("", before), *spoken] if before else spoken


def _name(annotation: str | None) -> str:
    """noScribe marks a cue that is an overlap as a whole by `//` before the name."""
    return clean_name(plain(annotation or "").strip().removeprefix("//"))


def _is_teams(cues: list[Cue], units: list[Unit]) -> bool:
    return any(_GUID.match(cue.id) for cue in cues[:20]) or any(_GUID.match(unit.speaker) for unit in units[:20])


def _timings(cues: list[Cue], text: str) -> list[Message]:
    """Odd times; that people speak at once is what voices are for."""
    return [warning for warning in timing_warnings(cues, text) if "still runs" not in warning.template]


def _unnamed(units: list[Unit]) -> list[Message]:
    """Old files of Teams name people by the number of their account."""
    numbers = {unit.speaker for unit in units if _GUID.match(unit.speaker)}
    if not numbers:
        return []
    return [
        counted(
            "{count} speaker is named by the number of an account. Say who it is.",
            "{count} speakers are named by the numbers of accounts. Say who they are.",
            len(numbers),
        )
    ]
