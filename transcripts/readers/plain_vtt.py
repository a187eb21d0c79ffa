"""WebVTT without names of speakers: captions of any origin."""

import re

from transcripts.containers import Opened
from transcripts.cues import TIMING, read_cues, timing_warnings
from transcripts.messages import sentence
from transcripts.model import Unit
from transcripts.readers import Reading

_VOICE = re.compile(r"^<v(?:\.[^\s>]+)?\s+([^>]+)>(.*?)(?:</v>)?$", re.DOTALL)


def sniff(opened: Opened) -> float:
    """Any file with the header or with cue timings; readers that know more are more certain."""
    text = opened.text
    if text.startswith("WEBVTT"):
        return 0.4
    return 0.3 if any(TIMING.match(line) for line in text[:3000].split("\n")) else 0.0


def read(opened: Opened) -> Reading:
    """Cues as units; a voice tag at the beginning of a cue names its speaker."""
    text = opened.text
    cues = read_cues(text)
    units = []
    for cue in cues:
        voice = _VOICE.match(cue.text)
        words, speaker = (voice.group(2), voice.group(1).strip()) if voice else (cue.text, "")
        units.append(Unit(words.strip(), speaker, cue.start_s, cue.end_s))
    named = any(unit.speaker for unit in units)
    warnings = timing_warnings(cues)
    if units and not named:
        warnings.append(sentence("The file names no speakers. Bring the audio transcript if there is one."))
    return Reading(tuple(units), "voice_vtt" if named else "plain_vtt_no_speaker", "offset", tuple(warnings))
