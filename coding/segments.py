"""Segments: which stakeholder groups are shown together, and how many experts stand behind each."""

from dataclasses import dataclass

import pandas as pd

from transcripts.messages import MessageError, sentence

ALL = "all"
"""The segment of every expert of the study; it stands beside the others in each count."""


class UnusableSegmentation(MessageError):
    """Segments that cannot be counted side by side."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One or several stakeholder groups under one name."""

    key: str
    label_en: str
    label_ru: str
    group_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Segments that do not share a group. Groups may be left out; their experts then count under `ALL` alone.

    Raises UnusableSegmentation if a key is used twice or reserved, or if a group is in two segments.
    """

    key: str
    label_en: str
    label_ru: str
    segments: tuple[Segment, ...]

    def __post_init__(self) -> None:
        seen_keys, home = {ALL}, dict[str, str]()
        for segment in self.segments:
            if segment.key in seen_keys:
                raise UnusableSegmentation(
                    sentence("Two segments are called “{key}”. Give each its own name.", key=segment.key)
                )
            seen_keys.add(segment.key)
            for group_id in segment.group_ids:
                if group_id in home:
                    raise UnusableSegmentation(
                        sentence(
                            "The group “{group}” is in the segments “{first}” and “{second}”. Leave it in one of them.",
                            group=group_id,
                            first=home[group_id],
                            second=segment.key,
                        )
                    )
                home[group_id] = segment.key

    @property
    def keys(self) -> tuple[str, ...]:
        """The segments' keys in order, without `ALL`."""
        return tuple(segment.key for segment in self.segments)


def by_groups(groups: pd.DataFrame) -> Segmentation:
    """One segment a stakeholder group, in the groups' order."""
    rows = groups.sort_values("order", kind="stable").to_dict("records")
    segments = tuple(Segment(row["group_id"], row["label_en"], row["label_ru"], (row["group_id"],)) for row in rows)
    return Segmentation("by_group", "By stakeholder group", "По группам стейкхолдеров", segments)


def segment_of(experts: pd.DataFrame, segmentation: Segmentation) -> pd.Series:
    """The segment's key of each expert (index expert_id); "" if the expert's group is in none."""
    home = {group_id: segment.key for segment in segmentation.segments for group_id in segment.group_ids}
    groups, names = experts["group_id"].factorize()
    named: list[str] = [*(home.get(str(name), "") for name in names.tolist()), ""]
    keys = pd.Index(named, dtype=object).to_numpy()[groups]
    return pd.Series(keys, index=pd.Index(experts["expert_id"], name="expert_id"), name="segment", dtype=object)


def sizes(experts: pd.DataFrame, segmentation: Segmentation) -> dict[str, int]:
    """Experts in each segment, in the segments' order; an empty segment has 0."""
    found = segment_of(experts, segmentation).value_counts()
    return {key: int(found.get(key, 0)) for key in segmentation.keys}


def too_small(experts: pd.DataFrame, segmentation: Segmentation, minimum: int = 3) -> list[str]:
    """Segments with fewer than `minimum` experts: these are not fit to publish."""
    return [key for key, size in sizes(experts, segmentation).items() if size < minimum]
