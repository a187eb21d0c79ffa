"""Does what a sentence claims hold? Counted again in every other way, on what the one who acts may see."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from coding.claims import Claim, Material
from coding.frames import Frames
from coding.robustness import ADJUDICATED, Reanalysis, readings, reanalyses
from survey_app.actions.results import Kept, Stamp, frames_within, layers, segmentations
from survey_app.actions.rights import needs, sight_of
from survey_app.store import judged
from survey_app.store.log import Row, Store
from survey_app.store.team import Role

_READINGS: Kept[Stamp, dict[str, Material]] = Kept(8)
_TRIED: Kept[tuple[Stamp, Claim], list[Reanalysis]] = Kept(512)


@needs(Role.READER)
def does_it_hold(store: Store, study: Row, claim: Claim) -> list[Reanalysis]:
    """Every re-analysis of a claim (`coding.robustness`), the count on the study's first layer before the others.

    Codings that are hidden from the one who acts are not counted. Counted again only after a change. Raises
    UnusableClaim.
    """
    merged = segmentations(store, study)
    with store.reading() as connection:
        stamp, frames = frames_within(connection, store, study["id"])
        found = _READINGS.get(stamp, lambda: readings(frames, _looked(connection, store, study["id"], frames)))
    first = layers(frames)[0]
    base = first.coder_id or ADJUDICATED
    return _TRIED.get((stamp, claim), lambda: reanalyses(found, claim, merged, base))


def _looked(connection: Connection, store: Store, study_id: str, frames: Frames) -> dict[str, set[str]]:
    """The statements that each coder has looked at, where the one who acts may see that coder.

    In a text with codings of a coder and without any look, as after an import, all of it was looked at.
    """
    seen = sight_of(connection, store, study_id)
    sources = frames.statements["source_id"].unique().tolist()
    found: dict[str, set[str]] = defaultdict(set)
    looked_in = set()
    for row in judged.looks(connection, sources):
        if seen.sees(row["source_id"], row["coder_id"], "coder"):
            found[row["coder_id"]].add(row["statement_id"])
            looked_in.add((row["coder_id"], row["source_id"]))
    own = frames.codings[frames.codings["layer"] == "coder"]
    for coder_id, source_id in set(zip(own["coder_id"], own["source_id"], strict=True)) - looked_in:
        there = frames.statements["source_id"] == source_id
        found[str(coder_id)].update(frames.statements.loc[there, "statement_id"])
    return dict(found)
