"""Whisper's table (.tsv): start and end in milliseconds, text, perhaps a speaker."""

import re

from transcripts.captions import caption_reading
from transcripts.containers import Opened
from transcripts.cues import Cue
from transcripts.labels import clean_name
from transcripts.messages import Message, counted
from transcripts.readers import Reading

_ROW = re.compile(r"(\d{1,12})\t(\d{1,12})\t(.*)")


def sniff(opened: Opened) -> float:
    """Certain for its header above a row of two whole numbers."""
    columns, _feed, rest = opened.text.partition("\n")
    if not _columns(columns):
        return 0.0
    return 0.97 if _ROW.match(rest) else 0.0


def read(opened: Opened) -> Reading:
    """Rows as units; a line that is no row goes on with the words of the row above it."""
    header, _feed, rest = opened.text.partition("\n")
    columns = _columns(header)
    rows: list[tuple[int, int, list[str]]] = []
    lost = 0
    for line in rest.split("\n"):
        found = _ROW.fullmatch(line)
        if found:
            rows.append((int(found[1]), int(found[2]), [found[3]]))
        elif rows:
            rows[-1][2].append(line)
        else:
            lost += bool(line.strip())
    cues, speakers = [], []
    for start, end, lines in rows:
        cells = lines[0].split("\t", len(columns) - 3)
        cells += [""] * (len(columns) - 2 - len(cells))
        values = dict(zip(columns[2:], cells, strict=True))
        speakers.append(clean_name(values.get("speaker", "")))
        words = " ".join(" ".join([values["text"], *lines[1:]]).split())
        cues.append(Cue(start / 1000, end / 1000, words))
    return caption_reading(cues, "whisper_tsv", speakers=speakers, more=_left_out(lost))


def _columns(header: str) -> list[str]:
    """start, end, then text and perhaps speaker in either order; [] if it is another table."""
    columns = [cell.strip().casefold() for cell in header.split("\t")]
    known = sorted(columns[2:]) in (["text"], ["speaker", "text"])
    return columns if columns[:2] == ["start", "end"] and known else []


def _left_out(count: int) -> list[Message]:
    if not count:
        return []
    return [
        counted(
            "{count} line stands before the first row and was left out.",
            "{count} lines stand before the first row and were left out.",
            count,
        )
    ]
