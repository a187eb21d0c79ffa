"""A row of a copied study as it shall stand in this store: with ids of its own wherever an id may be written."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import JSON, Column, Table

from survey_app.store.belonging import holds_id, is_numbered, references
from survey_app.store.log import Row

IMAGES = ("before", "after")
"""Columns of an event that hold a whole row of another table."""


class Renewal:
    """How ids, numbers and the study's name change on the way in. Without `seed` ids stay as they are."""

    def __init__(self, known: set[str], slug: str, seed: str = "") -> None:
        self._known = known
        self._slug = slug
        self._space = uuid5(NAMESPACE_OID, seed) if seed else None
        self.numbers: dict[str, dict[int, int]] = {}
        """Old number -> new one, for each table whose rows are numbered here."""

    def id(self, old: str) -> str:
        """The id that takes the place of `old`."""
        return str(uuid5(self._space, old)) if self._space is not None else old

    def row(self, table: Table, row: Mapping[str, Any]) -> Row:
        """A row as it shall be inserted; of an event also the two rows in it. A number of its own is left out."""
        new = self._renewed(table, row)
        if is_numbered(table):
            del new["id"]
        if table.name == "event":
            entity = table.metadata.tables.get(row["entity"])
            for side in IMAGES:
                if isinstance(new.get(side), dict):
                    image = row[side]
                    new[side] = self._within(image) if entity is None else self._renewed(entity, image)
        return new

    def number(self, table: Table, old: int) -> int:
        """The new number of a row that has been inserted. Raises KeyError for one that has not."""
        return self.numbers[table.name][old]

    def _renewed(self, table: Table, row: Mapping[str, Any]) -> Row:
        targets = {key.parent.name: key.column.table for key in references(table)}
        return {
            name: self._value(table.c[name], targets.get(name), value) if name in table.c else value
            for name, value in row.items()
        }

    def _value(self, column: Column[Any], target: Table | None, value: Any) -> Any:
        if target is not None and is_numbered(target) and value is not None:
            return self.numbers[target.name].get(value, value)
        if (column.table.name, column.name) == ("study", "slug"):
            return self._slug
        if self._space is None or not value:
            return value
        if isinstance(column.type, JSON):
            return self._within(value)
        if (column.table.name, column.name) == ("change", "client"):
            return self.id(value)
        return self.id(value) if holds_id(column) and value in self._known else value

    def _within(self, value: Any) -> Any:
        """A value of JSON with every id in it renewed, as a value or as a name."""
        if self._space is None:
            return value
        if isinstance(value, str):
            return self.id(value) if value in self._known else value
        if isinstance(value, list):
            return [self._within(each) for each in value]
        if isinstance(value, dict):
            return {self._within(name): self._within(each) for name, each in value.items()}
        return value


def ids_in(table: Table, row: Mapping[str, Any], collect: Callable[[str], None]) -> None:
    """Hand over every id that is written in a row, and of an event in the two rows in it."""
    for name, value in row.items():
        if value and name in table.c and isinstance(value, str) and holds_id(table.c[name]):
            collect(value)
    if table.name == "event":
        entity = table.metadata.tables.get(row["entity"])
        for side in IMAGES:
            if entity is not None and isinstance(row.get(side), dict):
                ids_in(entity, row[side], collect)
