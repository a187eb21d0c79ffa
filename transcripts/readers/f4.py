"""f4, MAXQDA and NVivo: `B: words #00:01:02-5#`, the time at the end of what was said."""

import re

from transcripts.containers import Opened
from transcripts.labels import split_label, trusted_labels
from transcripts.lines import Mark, seconds, shape_in
from transcripts.messages import counted
from transcripts.model import Unit
from transcripts.readers import Reading

_TIME = re.compile(r"#(\d{1,2}:\d{2}:\d{2}(?:-\d{1,3})?)#")


def sniff(opened: Opened) -> float:
    """Certain by two times in hashes."""
    return 0.93 if len(_TIME.findall(opened.text)) >= 2 else 0.0


def read(opened: Opened) -> Reading:
    """One unit a paragraph; a paragraph without a label goes on with the speaker above. The time that a paragraph
    carries is its end, and the beginning of the next."""
    lines = [line.strip() for line in opened.text.split("\n") if line.strip()]
    trusted = trusted_labels([_TIME.sub("", line) for line in lines])
    units: list[Unit] = []
    speaker, since, nameless = "", 0.0, 0
    for line in lines:
        times = [time for found in _TIME.findall(line) if (time := seconds(found)) is not None]
        words = " ".join(_TIME.sub(" ", line).split())
        label = split_label(words)
        mark = Mark(*label) if label is not None and label[0] in trusted else Mark(speaker, words)
        speaker = mark.speaker
        nameless += not speaker
        end = times[-1] if times else None
        units.append(Unit(mark.words, speaker, since, end))
        since = end if end is not None else since
    warnings = (
        [counted("{count} paragraph has no speaker.", "{count} paragraphs have no speaker.", nameless)]
        if nameless
        else []
    )
    return Reading(tuple(units), shape_in("f4_txt", opened.container), "offset", tuple(warnings))
