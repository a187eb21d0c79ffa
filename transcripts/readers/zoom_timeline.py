"""Zoom's timeline as JSON (`zoom_transcript`): who said what when. E-mail addresses in it are not kept."""

from typing import Any

from transcripts.containers import Opened
from transcripts.dates import date_in
from transcripts.json_text import number, parse, words
from transcripts.labels import clean_name
from transcripts.model import Unit
from transcripts.readers import Reading


def sniff(opened: Opened) -> float:
    """Certain by its list of moments with names."""
    text = opened.text
    if text[:200].lstrip()[:1] != "{" or '"timeline"' not in text:
        return 0.0
    return 0.95 if '"ts"' in text and ('"username"' in text or '"text"' in text) else 0.0


def read(opened: Opened) -> Reading:
    """One unit a moment in which somebody spoke."""
    found: Any = parse(opened)
    moments = found.get("timeline") if isinstance(found, dict) else None
    units = tuple(
        Unit(words(each.get("text")), _who(each), number(each.get("ts")), number(each.get("end_ts")))
        for each in (moments if isinstance(moments, list) else [])
        if isinstance(each, dict) and words(each.get("text"))
    )
    day = date_in(words(found.get("recording_start"))) if isinstance(found, dict) else ""
    return Reading(units, "zoom_timeline_json", "offset", date=day)


def _who(moment: dict[str, Any]) -> str:
    name = words(moment.get("username"))
    users = moment.get("users")
    if not name and isinstance(users, list) and users and isinstance(users[0], dict):
        name = words(users[0].get("username"))
    return clean_name(name)
