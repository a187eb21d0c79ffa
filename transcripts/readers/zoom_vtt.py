"""Zoom's audio transcript of a cloud recording (.vtt): numbered cues, `Name: text`."""

import re

from transcripts.containers import Opened
from transcripts.cues import TIMING, read_cues, timing_warnings
from transcripts.labels import split_label, trusted_labels
from transcripts.messages import Message, counted
from transcripts.model import Unit
from transcripts.readers import Reading

_NUMBERED = re.compile(r"^\d+\s*$")
_VOICE = re.compile(r"^<v(?:\.[^\s>]+)?\s", re.MULTILINE)


def sniff(opened: Opened) -> float:
    """Certain for numbered cues most of which carry a name."""
    text = opened.text
    if not (text.startswith("WEBVTT") or TIMING.search(text[:2000])) or _VOICE.search(text):
        return 0.0
    cues = [cue.text for cue in read_cues(text)]
    if not cues:
        return 0.0
    labelled = sum(split_label(cue) is not None for cue in cues)
    return 0.9 if labelled > 0.5 * len(cues) else 0.0


def read(opened: Opened) -> Reading:
    """Read cues; a cue without a name stays without one."""
    text = opened.text
    cues = read_cues(text)
    trusted = trusted_labels([cue.text for cue in cues])
    units = []
    for cue in cues:
        label = split_label(cue.text)
        if label is not None and label[0] in trusted:
            units.append(Unit(label[1], label[0], cue.start_s, cue.end_s))
        elif cue.text:
            units.append(Unit(cue.text, "", cue.start_s, cue.end_s))
        else:
            units.append(Unit("", "", cue.start_s, cue.end_s))
    return Reading(tuple(units), "zoom_cloud_vtt", "offset", (*timing_warnings(cues), *_nameless(units)))


def _nameless(units: list[Unit]) -> list[Message]:
    count = sum(not unit.speaker for unit in units)
    if not count:
        return []
    return [counted("{count} cue has no speaker.", "{count} cues have no speaker.", count)]
