"""Whether a row that comes from outside could have come from a table: its columns, their types, their length."""

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, Integer, String, Table

from survey_app.store.belonging import may_lack, owner

LARGEST = 2**63 - 1
"""The largest whole number that SQLite keeps; other databases say themselves what is too large for them."""


def row_fits(table: Table, row: Any) -> bool:
    """Whether it is a whole row of the table."""
    if not isinstance(row, dict) or not _needed(table) <= row.keys() <= _checks(table).keys():
        return False
    by = _owner(table)
    return values_fit(table, row) and (by is None or row[by] is not None)


def values_fit(table: Table, row: Mapping[str, Any]) -> bool:
    """Whether those values of a row fit whose columns the table has; a row of the log may be of an older table."""
    checks = _checks(table)
    return all(name not in checks or checks[name](value) for name, value in row.items())


@cache
def _needed(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.columns if not may_lack(column))


@cache
def _owner(table: Table) -> str | None:
    by = owner(table)
    return None if by is None else by.name


@cache
def _checks(table: Table) -> dict[str, Callable[[Any], bool]]:
    return {column.name: _check(column) for column in table.columns}


def _check(column: Column[Any]) -> Callable[[Any], bool]:
    """Says of a value whether the column could hold it."""
    kind = column.type
    if isinstance(kind, JSON):
        return _is_text_all_through
    fits = next(check for of, check in _FITTING if isinstance(kind, of))
    if isinstance(kind, String) and kind.length is not None:
        longest = kind.length
        return lambda value: (len(value) <= longest and _is_text(value)) if type(value) is str else _may(column, value)
    return lambda value: fits(value) or _may(column, value)


def _may(column: Column[Any], value: Any) -> bool:
    return value is None and bool(column.nullable)


def _is_text(value: Any) -> bool:
    """Whether a database can keep it: half a surrogate pair is no text, and no text holds a NUL."""
    if type(value) is not str or "\0" in value:
        return False
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


_FITTING: tuple[tuple[type, Callable[[Any], bool]], ...] = (
    (Boolean, lambda value: type(value) is bool),
    (Integer, lambda value: type(value) is int and -LARGEST <= value <= LARGEST),
    (Float, lambda value: type(value) in {int, float} and math.isfinite(value)),
    (String, _is_text),
    (object, lambda _value: False),
)
