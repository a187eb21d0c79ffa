"""Places that could identify somebody follow a corrected text; what its review has said holds for it no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from survey_app.store import deidentification, schema
from survey_app.store.deidentification import UNSURE
from survey_app.store.log import Change, Row
from survey_app.store.revisions import put
from transcripts.revise import Carrier


def places_follow(change: Change, source: Row, text: str, carrier: Carrier, present: Sequence[Row]) -> None:
    """Carry places of `source` (as it was) to its new `text`; one whose words changed is to be decided on anew.

    Of places that come to lie on one another the first stays: all have lost their words.
    """
    old_text: str = source["text"]
    moved, unsure, gone, done = [], [], [], 0
    for row in present:
        start, end, cut = carrier.carry(row["start"], row["end"])
        if start < done:
            gone.append(row["id"])
            continue
        done = end
        if (start, end) != (row["start"], row["end"]):
            moved.append(row | {"start": start, "end": end})
        if cut or text[start:end] != old_text[row["start"] : row["end"]]:
            unsure.append(row["id"])
    change.delete(schema.identifying, gone)
    put(change.connection, schema.identifying, moved, "start", "end")
    for place_id in unsure:
        change.update(schema.identifying, place_id, own_level=UNSURE)
    review = deidentification.review_of(change.connection, source["id"])
    if review is not None and review["finished_at"]:
        change.update(schema.deidentification, review["id"], finished_at="", finished_by="")


def lying_places(found: Iterable[Row], start: int, end: int) -> list[Row]:
    """Those of a text's places that touch [start, end)."""
    return [row for row in found if row["start"] < end and row["end"] > start]
