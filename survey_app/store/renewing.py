"""A row of a copied study as it shall stand in this store: with ids of its own wherever an id may be written."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Table

from survey_app.store.belonging import holds_id, is_numbered, references
from survey_app.store.log import Row

IMAGES = ("before", "after")
"""Columns of an event that hold a whole row of another table."""


class Renewal:
    """How ids, numbers and the study's name change on the way in.

    `known` are the ids of the study; they stay as they are unless `own` asks for others.
    """

    def __init__(self, known: set[str], slug: str, *, own: bool = False) -> None:
        self._new = {old: str(uuid4()) for old in known} if own else {}
        self._slug = slug
        self.numbers: dict[str, dict[int, int]] = {}
        """Old number -> new one, for each table whose rows are numbered here."""

    def id(self, old: str) -> str:
        """The id that takes the place of `old`."""
        return self._new.get(old, old)

    def row(self, table: Table, row: Mapping[str, Any]) -> Row:
        """A row as it shall be inserted; of an event also the two rows in it. A number of its own is left out."""
        new = self._renewed(table, row)
        if is_numbered(table):
            del new["id"]
        if table.name == "event":
            entity = table.metadata.tables.get(row["entity"])
            for side in IMAGES:
                if entity is not None and isinstance(new.get(side), dict):
                    new[side] = self._renewed(entity, row[side])
        return new

    def number(self, table: Table, old: int) -> int:
        """The new number of a row that has been inserted. Raises KeyError for one that has not."""
        return self.numbers[table.name][old]

    def _renewed(self, table: Table, row: Mapping[str, Any]) -> Row:
        new = dict(row)
        for name, target in _numbers(table):
            if new.get(name) is not None:
                new[name] = self.numbers[target].get(new[name], new[name])
        if table.name == "study" and "slug" in new:
            new["slug"] = self._slug
        if self._new:
            for name in _ids(table):
                if new.get(name):
                    new[name] = self._new.get(new[name], new[name])
            for name in _documents(table):
                if new.get(name):
                    new[name] = self._within(new[name])
        return new

    def _within(self, value: Any) -> Any:
        """A value of JSON with every id in it renewed, as a value or as a name."""
        if isinstance(value, str):
            return self._new.get(value, value)
        if isinstance(value, list):
            return [self._within(each) for each in value]
        if isinstance(value, dict):
            return {self._new.get(name, name): self._within(each) for name, each in value.items()}
        return value


def ids_in(table: Table, row: Mapping[str, Any], collect: Callable[[str], None]) -> None:
    """Hand over every id that is written in a row, and of an event in the two rows in it."""
    for name in _ids(table):
        value = row.get(name)
        if value and isinstance(value, str):
            collect(value)
    if table.name == "event":
        entity = table.metadata.tables.get(row["entity"])
        for side in IMAGES:
            if entity is not None and isinstance(row.get(side), dict):
                ids_in(entity, row[side], collect)


@cache
def _ids(table: Table) -> tuple[str, ...]:
    """Columns that hold an id, that of a desk's tab included: it is one of the study's own as well."""
    named = tuple(column.name for column in table.columns if holds_id(column))
    return (*named, "client") if table.name == "change" else named


@cache
def _documents(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if isinstance(column.type, JSON))


@cache
def _numbers(table: Table) -> tuple[tuple[str, str], ...]:
    """Columns that hold the number of a row of another table, and which."""
    keys = references(table)
    return tuple((key.parent.name, key.column.table.name) for key in keys if is_numbered(key.column.table))
