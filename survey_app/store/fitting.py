"""Whether a row that comes from outside could have come from a table: its columns, their types, their length."""

import math
from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, Integer, String, Table

from survey_app.store.belonging import may_lack, owner

LARGEST = 2**63 - 1
"""The largest whole number that SQLite keeps; other databases say themselves what is too large for them."""


def row_fits(table: Table, row: Any) -> bool:
    """Whether it is a whole row of the table."""
    if not isinstance(row, dict) or set(row) - set(table.c.keys()):
        return False
    if any(column.name not in row and not may_lack(column) for column in table.columns):
        return False
    by = owner(table)
    return values_fit(table, row) and (by is None or row[by.name] is not None)


def values_fit(table: Table, row: Mapping[str, Any]) -> bool:
    """Whether those values of a row fit whose columns the table has; a row of the log may be of an older table."""
    return all(_fits(table.c[name], value) for name, value in row.items() if name in table.c)


def _fits(column: Column[Any], value: Any) -> bool:
    kind = column.type
    if isinstance(kind, JSON):
        return _is_text_all_through(value)
    if value is None:
        return bool(column.nullable)
    if isinstance(kind, Boolean):
        return isinstance(value, bool)
    if isinstance(kind, Integer):
        return type(value) is int and -LARGEST <= value <= LARGEST
    if isinstance(kind, Float):
        return type(value) in {int, float} and math.isfinite(value)
    if isinstance(kind, String):
        return isinstance(value, str) and (kind.length is None or len(value) <= kind.length) and _is_text(value)
    return False


def _is_text(value: str) -> bool:
    """Whether a database can keep it: half a surrogate pair is no text."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_text_all_through(value: Any) -> bool:
    if isinstance(value, str):
        return _is_text(value)
    if isinstance(value, list):
        return all(map(_is_text_all_through, value))
    if isinstance(value, dict):
        return all(_is_text(name) and _is_text_all_through(each) for name, each in value.items())
    return True
