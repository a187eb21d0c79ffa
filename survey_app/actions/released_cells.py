"""Cells that say “all of a segment”: what readers would learn of each, released one by one and taken back."""

from typing import Any

from coding.counts import code_counts
from coding.segments import Segmentation
from survey_app.actions.publishing_plan import members_of, plan_of
from survey_app.actions.results import frames_of, layers, segmentation
from survey_app.actions.rights import needs
from survey_app.publishing.cells import Place
from survey_app.store import results as result_rows
from survey_app.store import schema
from survey_app.store.log import Row, Store, now
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence


class CellProblem(MessageError):
    """A cell that cannot be released."""


@needs(Role.RESEARCHER)
def all_of_n(store: Store, study: Row) -> list[Row]:
    """The cells of the plan that all experts of a segment are in: segmentation, segment, code_id, n, released.

    A cell that shows the same experts under several segmentations stands here once for each.
    """
    plan = plan_of(store, study)
    return [
        {"segmentation": each.key, "segment": row["segment"], "code_id": row["code_id"], "n": row["n"],
         "released": (each.key, row["segment"], row["code_id"]) in plan.rule.released}
        for each in plan.segmentations
        for row in _full(store, study, each)
    ]  # fmt: skip


@needs(Role.RESEARCHER)
def release_cell(store: Store, person: str, study: Row, place: Place) -> None:
    """Let readers know that all experts of a segment said it; counts as long as the segment holds nobody else:
    where one of them leaves, the others have said it all the same.

    Raises CellProblem for a cell that does not say “all”.
    """
    key, segment, code = place
    with store.change(study["id"], person, "release_cell") as change:
        merged = segmentation(store, study, key)
        full = {(row["segment"], row["code_id"]) for row in _full(store, study, merged)}
        if (segment, code) not in full:
            raise CellProblem(sentence("Not all experts of this segment said this; there is nothing to release."))
        members = sorted(members_of(frames_of(store, study["id"]).experts, merged)[segment])
        values: dict[str, Any] = {"members": members, "person": person, "at": now()}
        present = _released(store, study, place)
        if present is not None:
            change.update(schema.released_cell, present["id"], **values)
        else:
            where = {"segmentation_key": key, "segment_key": segment, "code_key": code}
            change.insert(schema.released_cell, {"study_id": study["id"]} | where | values)


@needs(Role.RESEARCHER)
def unrelease_cell(store: Store, person: str, study: Row, place: Place) -> None:
    """Hide such a cell again in what is published from now on."""
    with store.change(study["id"], person, "unrelease_cell") as change:
        present = _released(store, study, place)
        if present is not None:
            change.delete(schema.released_cell, present["id"])


def _full(store: Store, study: Row, merged: Segmentation) -> list[Row]:
    frames = frames_of(store, study["id"])
    layer = layers(frames)[0]
    counted = code_counts(frames, merged, layer=layer.layer, coder_id=layer.coder_id)
    full = counted[(counted["k"] == counted["n"]) & (counted["n"] > 0)]
    return [{str(name): value for name, value in row.items()} for row in full.to_dict("records")]


def _released(store: Store, study: Row, place: Place) -> Row | None:
    with store.reading() as connection:
        found = result_rows.released_cells(connection, study["id"])
    named = ("segmentation_key", "segment_key", "code_key")
    return next((row for row in found if tuple(row[name] for name in named) == tuple(place)), None)
