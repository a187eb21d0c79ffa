"""WebVTT of any origin without voices: captions, mostly without names of speakers."""

from dataclasses import replace

from transcripts.captions import caption_reading
from transcripts.containers import Opened
from transcripts.cues import first_cues, plain, read_cues
from transcripts.readers import Reading


def sniff(opened: Opened) -> float:
    """Any file with the header or with cue timings; readers that know more are more certain."""
    if opened.text.startswith("WEBVTT"):
        return 0.4
    return 0.3 if first_cues(opened.text) else 0.0


def read(opened: Opened) -> Reading:
    """Cues as units; a label that comes back again and again names a speaker."""
    cues = [replace(cue, text=plain(cue.text)) for cue in read_cues(opened.text)]
    return caption_reading(cues, "plain_vtt_no_speaker", "named_vtt", opened.text)
