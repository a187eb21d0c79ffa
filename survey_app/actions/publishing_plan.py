"""How a study is published: its segmentations, the fewest experts of a segment, and the rule for cells."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from coding.segments import ALL, Segmentation, segment_of
from survey_app.actions.results import add_segmentation, frames_of, segmentation, segmentations
from survey_app.actions.rights import needs
from survey_app.publishing.cells import Rule
from survey_app.publishing.segments import obstacles, proposal
from survey_app.settings import settings
from survey_app.store import results as result_rows
from survey_app.store import schema
from survey_app.store.log import Row, Store, fetch
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

FLOOR = 3
"""No study publishes a segment of fewer experts, whatever is asked for."""
CEILING = 10
ADVISED = 5


class PlanProblem(MessageError):
    """A way of publishing that is not to be had."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides which numbers go out. The first segmentation is what a reader sees first."""

    segmentations: tuple[Segmentation, ...]
    rule: Rule

    @property
    def minimum(self) -> int:
        """Fewest experts of a segment."""
        return self.rule.minimum


@needs(Role.RESEARCHER)
def plan_of(store: Store, study: Row, keys: Sequence[str] = ()) -> Plan:
    """The plan as the store has it now; `keys` name other segmentations. Raises ResultProblem for unknown ones."""
    with store.reading() as connection:
        present = fetch(connection, schema.study, study["id"])
        released = result_rows.released_cells(connection, study["id"])
    choices = present["choices"]
    named = tuple(dict.fromkeys(keys or _chosen(choices)))
    merged = tuple(segmentation(store, study, key) for key in named)
    minimum = smallest_of(choices)
    experts = frames_of(store, study["id"]).experts
    held = {(each.key, key): who for each in merged for key, who in members_of(experts, each).items()}
    places = frozenset(
        (row["segmentation_key"], row["segment_key"], row["code_key"])
        for row in released
        if held.get((row["segmentation_key"], row["segment_key"]), {""}).issubset(row["members"])
    )
    return Plan(merged, Rule(minimum, places, strict=choices.get("strict_cells") is True, least=minimum))


def members_of(experts: pd.DataFrame, merged: Segmentation) -> dict[str, set[str]]:
    """Who is in each segment that holds anybody (`ALL` is everyone)."""
    home = segment_of(experts, merged)
    within = {str(key): set(among.index) for key, among in home[home != ""].groupby(home)}
    return within | {ALL: set(experts["expert_id"])}


def smallest_of(choices: dict[str, object]) -> int:
    """Fewest experts of a published segment: as chosen, never fewer than the installation and Rakurs allow."""
    wished = choices.get("smallest_segment")
    wished = wished if isinstance(wished, int) and not isinstance(wished, bool) else 0
    return max(FLOOR, settings().smallest_segment, min(wished, CEILING))


@needs(Role.RESEARCHER)
def choose_plan(
    store: Store, person: str, study_id: str, *, keys: Sequence[str], smallest: int, strict: bool
) -> None:  # fmt: skip
    """Remember how the study is to be published. Raises PlanProblem."""
    if not max(FLOOR, settings().smallest_segment) <= smallest <= max(CEILING, settings().smallest_segment):
        raise PlanProblem(
            sentence(
                "A published segment has at least {least} experts here; {wished} cannot be chosen.",
                least=max(FLOOR, settings().smallest_segment), wished=smallest,
            )
        )  # fmt: skip
    with store.change(study_id, person, "choose") as change:
        study = fetch(change.connection, schema.study, study_id)
        known = [each.key for each in segmentations(store, study)]
        if not keys or set(keys) - set(known):
            raise PlanProblem(sentence("Choose at least one of these groupings: {keys}.", keys=", ".join(known)))
        chosen = {"segmentations": list(dict.fromkeys(keys)), "smallest_segment": smallest, "strict_cells": strict}
        change.update(schema.study, study_id, choices=dict(study["choices"]) | chosen)


@needs(Role.RESEARCHER)
def take_proposal(store: Store, person: str, study: Row, refused: str) -> str:
    """Keep the merging that the gate proposes instead of a refused segmentation, and publish with it; returns its key.

    Raises PlanProblem where there is none (any more), and for one that is not to be published.
    """
    plan = plan_of(store, study)
    if refused not in {each.key for each in plan.segmentations}:
        raise PlanProblem(
            sentence(
                "“{key}” is not among the groupings that are to be published; nothing was changed. Choose it on the "
                "page “Publish” first.",
                key=refused,
            )
        )
    frames = frames_of(store, study["id"])
    unfit = [each for each in plan.segmentations if obstacles(frames.experts, frames.groups, [each], plan.minimum)]
    others = [each for each in plan.segmentations if each not in unfit]
    proposed = proposal(
        frames.experts, frames.groups, segmentation(store, study, refused), plan.minimum, others
    )  # fmt: skip
    if proposed is None:
        raise PlanProblem(sentence("No merging of these segments passes the gate. Choose another grouping."))
    add_segmentation(store, person, study, proposed.merged)
    instead = [proposed.merged.key if each.key == refused else each.key for each in plan.segmentations]
    keys = [proposed.merged.key] if proposed.alone else instead
    choose_plan(store, person, study["id"], keys=keys, smallest=plan.minimum, strict=plan.rule.strict)
    return proposed.merged.key


def _chosen(choices: dict[str, object]) -> list[str]:
    several = choices.get("segmentations")
    if isinstance(several, list) and several:
        return [str(key) for key in several]
    return [str(choices.get("segmentation") or "by_group")]
