"""SubRip (.srt): numbered cues with a comma in their times, with or without speakers."""

import re
from dataclasses import replace

from transcripts.captions import caption_reading
from transcripts.containers import Opened
from transcripts.cues import first_cues, plain, read_cues
from transcripts.readers import Reading

_COMMA = re.compile(r"^[ \t]*\d+:\d+:\d+,\d+[ \t]*-->", re.MULTILINE)
_PLACE = re.compile(r"\{\\[^{}]*\}")


def sniff(opened: Opened) -> float:
    """Nearly certain for timings with commas below no header of WebVTT."""
    if opened.text.startswith("WEBVTT") or not first_cues(opened.text):
        return 0.0
    if opened.name.lower().endswith(".srt"):
        return 0.95
    return 0.85 if _COMMA.search(opened.text[:3_000]) and not opened.name.lower().endswith(".vtt") else 0.0


def read(opened: Opened) -> Reading:
    """Cues as units; `{\\an8}` and the like place words on the picture and are no words."""
    cues = [replace(cue, text=_PLACE.sub("", plain(cue.text)).strip()) for cue in read_cues(opened.text)]
    return caption_reading(cues, "srt_no_speaker", "srt", opened.text)
