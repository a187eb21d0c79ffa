"""Captions of any origin become a reading: who speaks, if they say so, and what is odd about their times."""

from collections.abc import Sequence

from transcripts.cues import Cue, nameless, timed, timing_warnings
from transcripts.labels import name_captions
from transcripts.messages import Message, sentence
from transcripts.readers import Reading


def caption_reading(
    cues: Sequence[Cue], shape: str, named_shape: str = "", text: str = "", speakers: Sequence[str] = (),
    more: Sequence[Message] = (),
) -> Reading:  # fmt: skip
    """Cues (their words without markup) as units. `speakers`, one a cue, are those that the format names beside the
    words; without them labels in the words are looked for. `text` as in `timing_warnings`."""
    spoken = name_captions([cue.text for cue in cues])
    if any(speakers):
        spoken = [(speaker, cue.text) for speaker, cue in zip(speakers, cues, strict=True)]
    units = tuple(timed(cue, words, speaker) for cue, (speaker, words) in zip(cues, spoken, strict=True))
    named = any(unit.speaker for unit in units)
    silent = [sentence("The file names no speakers. Bring the audio transcript if there is one.")] if units else []
    warnings = (*more, *timing_warnings(cues, text), *(nameless(units) if named else silent))
    return Reading(units, named_shape if named and named_shape else shape, "offset", warnings)
