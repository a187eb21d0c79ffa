"""What a browser without scripts sends with a page of the form, as answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from survey_app.questionnaires.filling import asked, options_of
from survey_app.questionnaires.filling_rules import Sheet
from survey_app.questionnaires.instrument import MULTI, RANK, Instrument, Item

Fields = Mapping[str, list[str]]
MOST_FIELDS = 5_000


def read_fields(body: bytes, content_type: str) -> dict[str, list[str]]:
    """Every field of a form with its values in order; nothing of what is no form."""
    if not content_type.startswith("application/x-www-form-urlencoded"):
        return {}
    found: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS):
            found.setdefault(name, []).append(value)
    except ValueError:
        return {}
    return found


def is_whole(fields: Fields) -> bool:
    """Whether a page of questions has arrived: it always says what it showed. Of anything else, nothing is kept."""
    return "shown" in fields


def changes_of(instrument: Instrument, sheet: Sheet, fields: Fields) -> dict[str, dict[str, Any]]:
    """The answers of a whole page, by item; of one that has no field there is none. A page with a script has sent
    them one by one, and says which were changed on it: the others may be newer than the page."""
    on_sheet = {item.key for item in sheet.questions}
    changed = set(fields.get("changed", [])) if "scripted" in fields else None
    cleared = set(fields.get("clear", []))
    return {
        item.key: {} if item.key in cleared else _told(instrument, item, fields)
        for item in asked(instrument)
        if (item.parent or item.key) in on_sheet and (changed is None or item.key in changed)
    }  # fmt: skip


def _told(instrument: Instrument, item: Item, fields: Fields) -> dict[str, Any]:
    options = [option.key for option in options_of(instrument, item)]
    given: Any = fields.get(f"a.{item.key}", [])
    if item.kind == RANK:
        given = given or _placed(item, options, fields)
    elif item.kind != MULTI:
        given = given[-1] if given else None
    words = {key: fields[name][-1] for key in options if (name := f"w.{item.key}.{key}") in fields}
    return {"answer": given, "words": words}


def _placed(item: Item, options: list[str], fields: Fields) -> list[str]:
    """Options in the order of the places that were chosen for them; where two have the same, as they stand."""
    found = []
    for number, key in enumerate(options):
        place = fields.get(f"r.{item.key}.{key}", [""])[-1]
        if place.isascii() and place.isdigit() and len(place) < 4:
            found.append((int(place), number, key))
    return [key for _place, _number, key in sorted(found)]
