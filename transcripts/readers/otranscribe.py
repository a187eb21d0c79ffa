"""oTranscribe's .otr: JSON around a page of paragraphs with time stamps."""

import re
from html import unescape
from typing import Any

from transcripts.containers import Opened
from transcripts.json_text import parse, words
from transcripts.labels import split_label, trusted_labels
from transcripts.messages import counted
from transcripts.model import Unit
from transcripts.readers import Reading

_STAMP = re.compile(r'<span[^<>]{0,80}class="timestamp"[^<>]{0,80}data-timestamp="(\d+(?:\.\d+)?)"[^<>]*>[^<]*</span>')
_BLOCK = re.compile(r"</p>|<br ?/?>|</div>")
_TAG = re.compile(r"<[^<>]{0,400}>")
_MARK = "\x02"


def sniff(opened: Opened) -> float:
    """Certain by its stamps within JSON."""
    text = opened.text
    if text[:200].lstrip()[:1] != "{" or "timestamp" not in text:
        return 0.0
    return 0.95 if '"media' in text or "data-timestamp" in text else 0.0


def read(opened: Opened) -> Reading:
    """One unit a paragraph; it begins at its first time stamp."""
    found: Any = parse(opened)
    page = found.get("text") if isinstance(found, dict) else ""
    page = page.replace(_MARK, " ") if isinstance(page, str) else ""
    stamped = _STAMP.sub(lambda match: f"{_MARK}{match[1]}{_MARK}", page)
    paragraphs = [_paragraph(part) for part in _BLOCK.split(stamped)]
    said = [(time, text) for time, text in paragraphs if text]
    labels = trusted_labels([text for _time, text in said])
    units = []
    speaker = ""
    for time, text in said:
        label = split_label(text)
        if label is not None and label[0] in labels:
            speaker, text = label
        units.append(Unit(text, speaker, time))
    nameless = sum(not unit.speaker for unit in units)
    told = (
        (counted("{count} paragraph has no speaker.", "{count} paragraphs have no speaker.", nameless),)
        if nameless
        else ()
    )
    return Reading(tuple(units), "otranscribe_otr", "offset", told)


def _paragraph(part: str) -> tuple[float | None, str]:
    pieces = _TAG.sub("", part).split(_MARK)
    times = pieces[1::2]
    text = words(unescape(" ".join(pieces[::2])).replace("\xa0", " "))
    return (float(times[0]) if times else None), text
