"""The codebook of a study and the codings that use it, read from the store."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func, select

from survey_app.store import schema
from survey_app.store.log import Row, rows


def codes(connection: Connection, study_id: str, *, archived: bool = False) -> list[Row]:
    """Codes in the order of the codebook, each with `parent_key`, `root_key` and its number of codings.

    Those out of use only with `archived`. Codes that lie above one another in a circle have nothing above them here.
    """
    table = schema.code
    used = select(func.count()).where(schema.coding.c.code_id == table.c.id).scalar_subquery()
    query = select(table, used.label("codings")).where(table.c.study_id == study_id).order_by(table.c.position)
    found = rows(connection, query)
    by_id = {row["id"]: row for row in found}
    for each in in_circles({row["id"]: row["parent_id"] for row in found}):
        by_id[each]["parent_id"] = None
    for row in found:
        above = row
        while above["parent_id"]:
            above = by_id[above["parent_id"]]
        row["root_key"] = above["key"]
        row["parent_key"] = by_id[row["parent_id"]]["key"] if row["parent_id"] else ""
    return [row for row in found if archived or not row["archived"]]


def in_circles(above: Mapping[str, str | None]) -> set[str]:
    """Those from which the way up comes back to themselves; `above` names the next one up, if there is one."""
    found: set[str] = set()
    seen: set[str] = set()
    for first in above:
        way: list[str] = []
        at: str | None = first
        while at is not None and at in above and at not in seen:
            seen.add(at)
            way.append(at)
            at = above[at]
        if at in way:
            found.update(way[way.index(at) :])
    return found


def codes_that_count(connection: Connection, study_id: str) -> list[Row]:
    """Codes in use, and those out of use that hold codings, with the codes above them."""
    found = codes(connection, study_id, archived=True)
    by_id = {row["id"]: row for row in found}
    counting: set[str] = set()
    for row in found:
        above = row["id"] if row["codings"] or not row["archived"] else None
        while above and above not in counting:
            counting.add(above)
            above = by_id[above]["parent_id"]
    return [row for row in found if row["id"] in counting]


def codings_by_coder(connection: Connection, study_id: str) -> list[Row]:
    """How many codings each coder has: rows of {code_id, source_id, coder_key, layer, codings}."""
    coding, coder, source = schema.coding, schema.coder, schema.source
    named = coding.c.code_id, coding.c.source_id, coder.c.key, coding.c.layer
    query = (
        select(*named[:2], coder.c.key.label("coder_key"), coding.c.layer, func.count().label("codings"))
        .join(coder, coder.c.id == coding.c.coder_id)
        .join(source, source.c.id == coding.c.source_id)
        .where(source.c.study_id == study_id)
        .group_by(*named)
    )
    return rows(connection, query)


def codings_of(connection: Connection, source_id: str, coder_id: str, layer: str = "coder") -> list[Row]:
    """One coder's codings of one source: nobody else's."""
    table = schema.coding
    query = select(table).where(table.c.source_id == source_id, table.c.coder_id == coder_id, table.c.layer == layer)
    return rows(connection, query.order_by(table.c.start, table.c.end, table.c.id))


def codings_of_others(connection: Connection, source_id: str, coder_ids: Collection[str]) -> list[Row]:
    """What these coders, and nobody else, have coded in a source, in the order of the text."""
    table = schema.coding
    query = select(table).where(
        table.c.source_id == source_id, table.c.coder_id.in_(coder_ids), table.c.layer == "coder"
    )
    return rows(connection, query.order_by(table.c.start, table.c.end, table.c.id))


def last_change(connection: Connection) -> int:
    """The number of the newest change of all."""
    return int(connection.scalar(select(func.max(schema.change.c.id))) or 0)
