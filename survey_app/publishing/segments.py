"""Segments as the gate judges them: large enough, none to be singled out by subtraction; else what would pass."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from coding.coarsening import Mergeable, least_coarse
from coding.differencing import singled_out
from coding.segments import ALL, Segment, Segmentation, segment_of, sizes
from survey_app.language import LANGUAGES, _, label, use
from transcripts.messages import Message, counted, sentence

NamedSet = tuple[str, frozenset[str]]
"""Experts (expert_id) whom readers see counted together, and what they are called."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The merging of a refused segmentation's own segments that passes and leaves the most of them."""

    refused: str
    merged: Segmentation
    message: Message
    alone: bool = False
    """Whether it passes only without the other segmentations that were chosen."""


def admitted(experts: pd.DataFrame, merged: Segmentation) -> Segmentation:
    """The segmentation without segments that hold nobody: these have no one to protect and nothing to show."""
    found = sizes(experts, merged)
    kept = tuple(segment for segment in merged.segments if found[segment.key])
    return Segmentation(merged.key, merged.label_en, merged.label_ru, kept)


def obstacles(
    experts: pd.DataFrame, groups: pd.DataFrame, merged: Sequence[Segmentation], minimum: int
) -> list[Message]:  # fmt: skip
    """What is wrong with segments that are shown side by side, each in a sentence."""
    if experts.empty:
        return []
    small = [reason for each in merged for reason in _too_few(experts, each, minimum)]
    return small or _subtracted(experts, groups, merged, minimum)


def proposal(
    experts: pd.DataFrame, groups: pd.DataFrame, refused: Segmentation, minimum: int,
    others: Sequence[Segmentation] = (),
) -> Proposal | None:  # fmt: skip
    """What to do instead of a refused segmentation beside `others`; None where no merging leaves two segments that
    pass."""
    found = admitted(experts, refused)
    blocks = least_coarse([_mergeable(experts, segment) for segment in found.segments], minimum)
    segments = tuple(_joined([found.segments[at] for at in block]) for block in blocks)
    names = {language: _name(refused, language) for language in LANGUAGES}
    merged = Segmentation(f"{refused.key[:70]}_merged", names["en"], names["ru"], segments)
    if len(segments) < 2 or len(segments) == len(found.segments) or obstacles(experts, groups, [merged], minimum):
        return None
    together = "; ".join(
        _("“{name}”", name=label(segment)) for segment, block in zip(segments, blocks, strict=True) if len(block) > 1
    )
    alone = bool(obstacles(experts, groups, [merged, *others], minimum))
    message = (
        counted(
            "The least coarse merging of “{grouping}” that passes leaves {count} segment, with {together}; it passes "
            "only without the other groupings.",
            "The least coarse merging of “{grouping}” that passes leaves {count} segments, with {together}; it passes "
            "only without the other groupings.",
            len(segments), grouping=label(refused), together=together,
        )
        if alone
        else counted(
            "The least coarse merging of “{grouping}” that passes leaves {count} segment, with {together}.",
            "The least coarse merging of “{grouping}” that passes leaves {count} segments, with {together}.",
            len(segments), grouping=label(refused), together=together,
        )
    )  # fmt: skip
    return Proposal(refused.key, merged, message, alone)


def _too_few(experts: pd.DataFrame, merged: Segmentation, minimum: int) -> list[Message]:
    """Segments that are too small, and a rest that readers could compute from all experts minus the segments."""
    found = sizes(experts, merged)
    reasons = [
        counted(
            "“{segment}” has {count} expert; a published segment needs at least {minimum}. Choose segments that merge "
            "it with another.",
            "“{segment}” has {count} experts; a published segment needs at least {minimum}. Choose segments that merge "
            "it with another.",
            found[segment.key], segment=label(segment), minimum=minimum,
        )
        for segment in merged.segments
        if 0 < found[segment.key] < minimum
    ]  # fmt: skip
    rest = len(experts) - sum(found.values())
    if 0 < rest < minimum:
        reasons.append(
            counted(
                "{count} expert is in none of these segments; a reader could subtract the segments from all experts "
                "and see this one alone. Give every expert a stakeholder group, and every group a segment.",
                "{count} experts are in none of these segments; a reader could subtract the segments from all experts "
                "and see these alone. Give every expert a stakeholder group, and every group a segment.",
                rest,
            )
        )
    if not reasons and len(experts) < minimum:
        reasons.append(
            sentence("The study has fewer experts than a published segment needs: {minimum}.", minimum=minimum)
        )
    return reasons


def sets_of(experts: pd.DataFrame, merged: Sequence[Segmentation]) -> list[NamedSet]:
    """What readers see counts of: all experts, and the segments that hold anybody."""
    found = [(_("all experts"), frozenset(experts["expert_id"]))]
    for each in merged:
        home = segment_of(experts, each)
        for segment in each.segments:
            if within := frozenset(home.index[home == segment.key]):
                found.append((_("“{segment}” of “{grouping}”", segment=label(segment), grouping=label(each)), within))
    return found


def seen_alone(
    sets: Sequence[NamedSet], experts: pd.DataFrame, groups: pd.DataFrame, minimum: int
) -> list[tuple[int, dict[str, str]]]:  # fmt: skip
    """Few experts whom a reader could tell apart by subtracting these sets: how many, and in words who they are and
    which sets give them away."""
    names = {within: name for name, within in reversed(sets)}  # of equal sets the first has the word
    people = sorted(frozenset().union(*names))
    rows = np.array([[each in within for each in people] for within in names], dtype=bool)
    parts, part_of = np.unique(rows, axis=1, return_inverse=True)
    called = {row["group_id"]: label(row) for row in groups.to_dict("records")}
    home = dict(zip(experts["expert_id"], experts["group_id"], strict=True))
    found = []
    for chosen, used in singled_out(np.bincount(part_of, minlength=parts.shape[1]).tolist(), parts, minimum):
        alone = [each for each, among in zip(people, chosen[part_of], strict=True) if among]
        who = dict.fromkeys(
            called.get(home[each]) or _("without a group") if each in home else _("no longer counted") for each in alone
        )
        segments = ", ".join([*names.values()][at] for at in used)
        found.append((len(alone), {"who": ", ".join(who), "segments": segments}))
    return found


def _subtracted(
    experts: pd.DataFrame, groups: pd.DataFrame, merged: Sequence[Segmentation], minimum: int
) -> list[Message]:  # fmt: skip
    return [
        counted(
            "Whoever subtracts these segments from one another sees {count} expert alone ({who}): {segments}. "
            "Publish fewer groupings together.",
            "Whoever subtracts these segments from one another sees {count} experts alone ({who}): {segments}. "
            "Publish fewer groupings together.",
            count, **words,
        )
        for count, words in seen_alone(sets_of(experts, merged), experts, groups, minimum)
    ]  # fmt: skip


def _mergeable(experts: pd.DataFrame, segment: Segment) -> Mergeable:
    within = experts[experts["group_id"].isin(segment.group_ids)]
    return Mergeable(len(within), frozenset(within["sector"]) - {""}, frozenset(within["level"]) - {""})


def _joined(segments: Sequence[Segment]) -> Segment:
    if len(segments) == 1:
        return segments[0]
    names = {language: " + ".join(_named(segment, language) for segment in segments) for language in LANGUAGES}
    groups = tuple(group for segment in segments for group in segment.group_ids)
    key = "_and_".join(segment.key for segment in segments)[:80]
    return Segment(f"{key}_" if key == ALL else key, names["en"], names["ru"], groups)


def _named(segment: Segment, language: str) -> str:
    with use(language):
        return label(segment)


def _name(refused: Segmentation, language: str) -> str:
    with use(language):
        return _("{grouping}, small segments merged", grouping=label(refused))
