"""An instrument as the JSON of SurveyJS Form Library (MIT), for those who go on with it.

Dots in keys become underscores, because SurveyJS reads {a.b} as the line b of the matrix a. What it cannot say stays
behind: codes, reversed lines, and which option says that one cannot say.
"""

from __future__ import annotations

from typing import Any

from survey_app.questionnaires.instrument import (
    DATE,
    LIKERT,
    MULTI,
    NOTE,
    NUMERIC,
    RANK,
    SINGLE,
    Instrument,
    Item,
    Option,
    Words,
)
from survey_app.questionnaires.rules import Node, UnreadableRule, parse

_TYPES = {LIKERT: "radiogroup", SINGLE: "radiogroup", MULTI: "checkbox", RANK: "ranking", NUMERIC: "text", DATE: "text",
          NOTE: "html"}  # fmt: skip


def to_surveyjs(instrument: Instrument) -> dict[str, Any]:
    """The survey with a page for each section; plain values for `json.dumps`."""
    sections = {section.key: section for section in instrument.sections}
    pages: list[dict[str, Any]] = []
    here: str | None = None
    for item in instrument.questions():
        if item.section != here:
            here = item.section
            section = sections.get(here)
            page: dict[str, Any] = {"name": f"page{len(pages) + 1}", "elements": []}
            if section is not None:
                page |= _texts(title=section.title) | _condition(section.relevant, instrument, "visibleIf")
            pages.append(page)
        pages[-1]["elements"].append(_element(item, instrument))
    return {"locale": instrument.languages[0], **_texts(title=instrument.title, description=instrument.consent),
            "pages": pages}  # fmt: skip


def _element(item: Item, instrument: Instrument) -> dict[str, Any]:
    lines = instrument.lines(item.key)
    element: dict[str, Any] = {
        "type": _TYPES.get(item.kind, "comment" if item.long else "text"),
        "name": _name(item.key),
    }
    element |= _texts(title=item.label, description=item.hint)
    element |= {"isRequired": True} if item.required else {}
    element |= _condition(item.relevant, instrument, "visibleIf")
    if lines:
        return element | _matrix(item, lines)
    if item.kind == NOTE:
        element["html"] = element.pop("title", "")
    if item.kind in {LIKERT, SINGLE, MULTI, RANK}:
        element |= _choices(item)
    if item.kind in {NUMERIC, DATE}:
        element |= {"inputType": "number" if item.kind == NUMERIC else "date"} | _bounds(item)
    checked = _condition(item.constraint, instrument, "expression", own=item.key)
    if checked:
        element["validators"] = [{"type": "expression", **checked, **_texts(text=item.constraint_words)}]
    return element


def _choices(item: Item) -> dict[str, Any]:
    other = next((option for option in item.options if option.other and item.kind != RANK), None)
    found: dict[str, Any] = {"choices": [_choice(option) for option in item.options if option is not other]}
    if other is not None:
        found |= {"showOtherItem": True, **_texts(otherText=other.label)}
    if item.kind == RANK and (item.most or item.fewest):
        found["selectToRankEnabled"] = True
    found |= {"maxSelectedChoices": item.most} if item.most else {}
    return found | ({"minSelectedChoices": item.fewest} if item.fewest else {})


def _matrix(item: Item, lines: tuple[Item, ...]) -> dict[str, Any]:
    """A table of one choice a line; of several; or of numbers and words to fill in."""
    rows = [{"value": _line_name(line), **_texts(text=line.label)} for line in lines]
    if item.kind in {LIKERT, SINGLE}:
        return {"type": "matrix", "columns": [_choice(option) for option in item.options], "rows": rows}
    if item.kind in {MULTI, RANK}:
        column = {"name": "answer", "cellType": "tagbox", "choices": [_choice(option) for option in item.options]}
        return {"type": "matrixdropdown", "columns": [column], "rows": rows}
    typed = {NUMERIC: {"inputType": "number"}, DATE: {"inputType": "date"}}.get(item.kind, {})
    return {
        "type": "multipletext",
        "items": [{"name": _line_name(line), **_texts(title=line.label), **typed, **_bounds(line)} for line in lines],
    }


def _choice(option: Option) -> dict[str, Any]:
    return {"value": option.key, **_texts(text=option.label)}


def _bounds(item: Item) -> dict[str, float]:
    bounds = {"min": item.lowest, "max": item.highest}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _texts(**words: Words) -> dict[str, Any]:
    """Words by language, where there are two; plain words where there is one."""
    found: dict[str, Any] = {}
    for name, (en, ru) in words.items():
        if en and ru:
            found[name] = {"default": en, "ru": ru}
        elif en or ru:
            found[name] = en or ru
    return found


def _condition(text: str, instrument: Instrument, name: str, own: str = "") -> dict[str, str]:
    """The rule under `name`; {} for none, and for one that SurveyJS cannot ask."""
    try:
        said = _said(parse(text).tree, instrument, own) if text else ""
    except (UnreadableRule, _CannotSay):
        return {}
    return {name: said} if said else {}


class _CannotSay(Exception):
    """A rule that has no equal in SurveyJS."""


def _said(node: Node, instrument: Instrument, own: str) -> str:
    name, *parts = node
    if name in {"and", "or"}:
        return f" {name} ".join(f"({_said(part, instrument, own)})" for part in parts)
    if name == "not":
        return f"!({_said(parts[0], instrument, own)})"
    if name == "regex":
        raise _CannotSay
    if name == "selected":
        return f"{_value(parts[0], instrument, own)} contains {_value(parts[1], instrument, own)}"
    left, right = (_value(part, instrument, own) for part in parts)
    if right == "''" and name in {"=", "!="}:
        return f"{left} {'empty' if name == '=' else 'notempty'}"
    return f"{left} {name} {right}"


def _value(node: Node, instrument: Instrument, own: str) -> str:
    name, *parts = node
    if name == "text":
        return "'" + parts[0].replace("\\", "\\\\").replace("'", "\\'") + "'"
    if name == "number":
        return f"{parts[0]:g}"
    if name in {"string-length", "count-selected"}:
        return _value(parts[0], instrument, own)[:-1] + ".length}"
    item = instrument.item(parts[0] if name == "answer" else own)
    if item is None:
        raise _CannotSay
    return f"{{{_name(item.parent)}.{_line_name(item)}}}" if item.parent else f"{{{_name(item.key)}}}"


def _name(key: str) -> str:
    return key.replace(".", "_")


def _line_name(line: Item) -> str:
    return _name(line.key.removeprefix(f"{line.parent}."))
