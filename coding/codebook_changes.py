"""What differs between two states of a codebook, as a person would say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Row = Mapping[str, Any]
Kind = Literal["added", "removed", "retired", "brought_back", "merged", "moved", "reordered", "changed"]
FIELDS = (
    "label_en", "label_ru", "short", "polarity", "colour", "definition_en", "definition_ru", "use_en", "use_ru",
    "avoid_en", "avoid_ru", "example_en", "example_ru", "counterpart", "literature", "literature_basis", "indicator",
)  # fmt: skip
SECTIONS = ("rules", "attributes", "periods", "literature", "literature_bases")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. `part` is "code" or a section of the codebook; `name` is what it is called (en, ru).

    `before` and `after` are texts of a changed `field`, or the names (en, ru) of the codes above a moved one, or of
    the one that it was merged into.
    """

    kind: Kind
    part: str
    name: tuple[str, str]
    field: str = ""
    before: str | tuple[str, str] = ""
    after: str | tuple[str, str] = ""


def code_differences(
    before: Mapping[str, Row | None], after: Mapping[str, Row | None], present: Mapping[str, Row]
) -> list[Difference]:
    """Differences of codes by id; None where there was none, or is none any more.

    `present` are all codes of the study, for the names of those that are named but did not change.
    """

    def called(code_id: str | None) -> tuple[str, str]:
        row = after.get(code_id or "") or before.get(code_id or "") or present.get(code_id or "")
        return _name(row) if row else ("", "")

    found: list[Difference] = []
    for code_id, old in before.items():
        new = after.get(code_id)
        if old is None or new is None:
            if old or new:
                found.append(Difference("added" if new else "removed", "code", called(code_id)))
            continue
        found += _of_one_code(old, new, called)
    order = [one for one in found if one.kind == "reordered"]
    return [one for one in found if one.kind != "reordered"] + order[:1]


def section_differences(before: Row, after: Row) -> list[Difference]:
    """Differences of what a codebook says besides its codes: rules, attributes, periods, works."""
    found: list[Difference] = []
    for section in SECTIONS:
        old, new = ({_key(one): one for one in row[section]} for row in (before, after))
        for key in {**old, **new}:
            was, now = old.get(key), new.get(key)
            kind: Kind = "changed" if was and now else "added" if now else "removed"
            if was != now:
                name = _entry_name(now or was)
                found.append(Difference(kind, section, name, before=_said(was), after=_said(now)))
        if list(old) != list(new) and set(old) == set(new):
            found.append(Difference("reordered", section, ("", "")))
    return found


def _of_one_code(old: Row, new: Row, called: Any) -> list[Difference]:
    name, found = _name(new), list[Difference]()
    if old["parent_id"] != new["parent_id"]:
        found.append(Difference("moved", "code", name, before=called(old["parent_id"]), after=called(new["parent_id"])))
    elif old["position"] != new["position"]:
        found.append(Difference("reordered", "code", name))
    if new.get("merged_into_id") and not old.get("merged_into_id"):
        found.append(Difference("merged", "code", _name(old), after=called(new["merged_into_id"])))
    elif old["archived"] != new["archived"]:
        found.append(Difference("retired" if new["archived"] else "brought_back", "code", name))
    for field in FIELDS:
        was, now = _said(old.get(field)), _said(new.get(field))
        if was != now and not (field == "polarity" and old["parent_id"] is not None):
            found.append(Difference("changed", "code", name, field, was, now))
    return found


def _name(row: Row) -> tuple[str, str]:
    return tuple(f"{row['short']} {row[f'label_{tongue}'] or row[f'label_{other}']}".strip()
                 for tongue, other in (("en", "ru"), ("ru", "en")))  # type: ignore[return-value]  # fmt: skip


def _key(entry: Any) -> str:
    return str(entry["key"] if isinstance(entry, dict) else entry[0])


def _entry_name(entry: Any) -> tuple[str, str]:
    if not isinstance(entry, dict):
        return entry[0], entry[0]
    english, russian = entry.get("label_en", ""), entry.get("label_ru", "")
    return english or russian or entry["key"], russian or english or entry["key"]


def _said(value: Any) -> str:
    """A value as one text: entries in both languages, lists by commas, figures as they are read."""
    if not value:
        return ""
    if isinstance(value, dict):
        return " · ".join(_said(part) for name, part in value.items() if name != "key" and part)
    if isinstance(value, list | tuple):
        return ", ".join(_said(part) for part in value)
    return str(value)
