"""Operations that a browser sends until they are answered: done once, and refused with the same words each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, insert, select

from survey_app.store import schema
from survey_app.store.log import Change
from transcripts.messages import Message

REFUSED = "refused"
Name = tuple[str, int]
"""(client, seq): what an operation is called in the log."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message: names of the operations that are settled; those refused among them, and why."""

    done: list[Name]
    refused: list[tuple[Name, Message]]


def answered(connection: Connection, names: Sequence[Name]) -> dict[Name, Message | None]:
    """Those of the operations that the log holds already, each with why it was refused, or None."""
    change, event = schema.change, schema.event
    query = (
        select(change.c.client, change.c.seq, event.c.after)
        .outerjoin(event, (event.c.change_id == change.c.id) & (event.c.entity == REFUSED))
        .where(change.c.client.in_({client for client, _seq in names}), change.c.seq >= min(seq for _c, seq in names))
    )
    return {(client, seq): Message(**why) if why else None for client, seq, why in connection.execute(query)}


def remember(change: Change, about: str, why: Message) -> None:
    """Settle a refused operation by a change of its own: sent again, it must not be done after all."""
    refusal = {"change_id": change.number, "entity": REFUSED, "entity_id": about, "after": asdict(why)}
    change.connection.execute(insert(schema.event).values(refusal))
