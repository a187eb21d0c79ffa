"""Zoom's closed captions of a cloud recording (.cc.vtt): whole seconds, no numbers, no speakers."""

from transcripts.containers import Opened
from transcripts.cues import first_cues, plain, read_cues, timed, timing_warnings
from transcripts.messages import sentence
from transcripts.readers import Reading


def sniff(opened: Opened) -> float:
    """By the name that Zoom gives the file, or by times in whole seconds."""
    if not opened.text.startswith("WEBVTT") or "<v" in opened.text[:3_000]:
        return 0.0
    cues = first_cues(opened.text)
    if not cues:
        return 0.0
    if opened.name.lower().endswith(".cc.vtt"):
        return 0.7
    whole = all(cue.start_s.is_integer() and cue.end_s.is_integer() and not cue.id for cue in cues)
    return 0.5 if whole and len(cues) > 1 else 0.0


def read(opened: Opened) -> Reading:
    """Read cues as units without speakers."""
    cues = read_cues(opened.text)
    units = tuple(timed(cue, plain(cue.text)) for cue in cues)
    warning = sentence("The file holds captions without names. Bring the audio transcript (.vtt) if there is one.")
    return Reading(units, "zoom_cc_vtt", "offset", (*timing_warnings(cues, opened.text), warning))
