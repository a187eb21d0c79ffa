"""A confirmed mapping as plain values by header: kept, proposed again for a file like it, carried as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from math import isfinite
from typing import Any

from survey_app.questionnaires.column import KINDS, Column
from survey_app.rosters.tables import Limits, Table, need_size
from transcripts.messages import MessageError, sentence

FORMAT, VERSION = "rakurs-mapping", 1
LIMITS = Limits(file=4_000_000)
MOSTLY = 0.6
"""Least share of the headers of file and mapping together that must be the same for it to be proposed by itself."""
LONGEST_NAME = 120
_LONGEST = 10_000
_MOST = 1000
_TEXT = ("kind", "item_id", "parent_id", "code_id", "parent_code_id", "separator", "why")
_PAIRS = ("label", "parent_label")
_FLAGS = ("reverse", "from_guide", "defined")
_POINT_TEXT = ("en", "ru", "key", "item_id", "code_id")


class UnusableMapping(MessageError):
    """A file that is no mapping of a questionnaire, or one that was changed beyond use."""


@dataclass(frozen=True)
class Mapped:
    """What a person has confirmed of a file: its columns by header, who is named where, which group."""

    columns: Mapping[str, Column]
    respondent: str = ""
    group: str = ""
    platform: str = ""
    name: str = ""

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the store and for a file."""
        columns = {}
        for header, column in self.columns.items():
            row = asdict(column)
            row.pop("name")
            columns[header] = row
        return {
            "format": FORMAT, "version": VERSION, "name": self.name, "platform": self.platform,
            "respondent": self.respondent, "group": self.group, "columns": columns,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Applied:
    """Proposals with a mapping in them; which headers of the file it does not know and which of its own are missing."""

    columns: tuple[Column, ...]
    taken: frozenset[str]
    new: tuple[str, ...]
    missing: tuple[str, ...]


def apply(mapped: Mapped, proposed: Sequence[Column]) -> Applied:
    """The proposals with what was confirmed before in their place; what a definition knows stays as defined."""
    here = {column.name for column in proposed}
    taken = frozenset(column.name for column in proposed if column.name in mapped.columns and not column.defined)
    return Applied(
        tuple(mapped.columns[column.name] if column.name in taken else column for column in proposed),
        taken,
        tuple(column.name for column in proposed if column.name not in mapped.columns),
        tuple(header for header in mapped.columns if header not in here),
    )


def likest(mappings: Sequence[Mapped], table: Table) -> Mapped | None:
    """The mapping whose headers are those of the file, or mostly; None when no one is like it."""
    here = set(table.columns)
    found = [(len(here & mapped.columns.keys()) / len(here | mapped.columns.keys()), mapped) for mapped in mappings]
    share, best = max(found, key=lambda pair: pair[0], default=(0.0, None))
    return best if share >= MOSTLY else None


def read_mapping_file(name: str, content: bytes) -> Mapped:
    """A mapping that was downloaded before. Raises UnusableMapping, UnreadableTable for a file that is too large."""
    need_size(name, content, LIMITS)
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError) as problem:
        raise UnusableMapping(
            sentence("{file} is no mapping of a questionnaire. Bring a JSON file that was downloaded here.", file=name)
        ) from problem
    return read_mapping(plain)


def read_mapping(plain: Any) -> Mapped:
    """The way back from `Mapped.to_json`; nothing is taken on trust. Raises UnusableMapping."""
    if not isinstance(plain, dict) or plain.get("format") != FORMAT or plain.get("version") != VERSION:
        raise UnusableMapping(
            sentence("This is no mapping of a questionnaire, or one of another version of Rakurs. Nothing was taken.")
        )
    columns = plain.get("columns")
    if not isinstance(columns, dict) or not columns or len(columns) > _MOST:
        raise UnusableMapping(sentence("The mapping names no columns, or too many of them. Nothing was taken."))
    head = {name: _short(plain.get(name, ""), name) for name in ("respondent", "group", "platform", "name")}
    return Mapped({header: _column(header, row) for header, row in columns.items()}, **head)


def _column(header: str, row: Any) -> Column:
    if not isinstance(row, dict) or len(header) > _LONGEST:
        raise _wrong(header, "columns")
    unknown = set(row) - {field.name for field in fields(Column)} | ({"name"} & set(row))
    if unknown or row.get("kind") not in KINDS or not row.get("item_id"):
        raise _wrong(header, ", ".join(sorted(unknown)) or "kind, item_id")
    values: dict[str, Any] = {name: _short(row.get(name, ""), header, name) for name in _TEXT}
    values |= {name: _pair(row.get(name, ["", ""]), header, name) for name in _PAIRS}
    values |= {name: _flag(row.get(name, False), header, name) for name in _FLAGS}
    values |= {name: _number(row[name], header, name) for name in ("lowest", "highest") if row.get(name) is not None}
    column = Column(header, **values)
    place = row.get("place", 0)
    if type(place) is not int or not 0 <= place <= _MOST:
        raise _wrong(header, "place")
    nothing = row.get("nothing")
    return replace(
        column, place=place, points=tuple(_point(point, header) for point in _list(row.get("points", []), header)),
        cannot_say=tuple(_number(one, header, "cannot_say") for one in _list(row.get("cannot_say", []), header)),
        nothing=None if nothing is None else tuple(_short(one, header, "nothing") for one in _list(nothing, header)),
    )  # fmt: skip


def _point(point: Any, header: str) -> dict[str, Any]:
    if not isinstance(point, dict) or set(point) - {"value", "also", *_POINT_TEXT}:
        raise _wrong(header, "points")
    found: dict[str, Any] = {"value": _number(point.get("value"), header, "points")}
    found |= {name: _short(point[name], header, "points") for name in _POINT_TEXT if name in point}
    found |= {"en": found.get("en", ""), "ru": found.get("ru", "")}
    if "also" in point:
        found["also"] = [_short(one, header, "points") for one in _list(point["also"], header)]
    return found


def _short(value: Any, header: str, field: str = "") -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise _wrong(header, field)
    return value


def _pair(value: Any, header: str, field: str) -> tuple[str, str]:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise _wrong(header, field)
    return _short(value[0], header, field), _short(value[1], header, field)


def _flag(value: Any, header: str, field: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(header, field)
    return value


def _number(value: Any, header: str, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > 1e12 or not isfinite(value):
        raise _wrong(header, field)
    return float(value)


def _list(value: Any, header: str) -> list[Any]:
    if not isinstance(value, (list, tuple)) or len(value) > _MOST:
        raise _wrong(header, "list")
    return list(value)


def _wrong(header: str, field: str) -> UnusableMapping:
    return UnusableMapping(
        sentence(
            "The mapping is damaged at “{column}” ({field}). Bring the file as it was downloaded. Nothing was taken.",
            column=" ".join(header.split())[:90], field=field or "—",
        )
    )  # fmt: skip
