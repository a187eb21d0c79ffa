"""Several segmentations at once: which experts none of them tells apart. Two counts that are known tell a third."""

from collections.abc import Sequence

from coding.frames import Frames
from coding.segments import Segment, Segmentation


def crossed(frames: Frames, segmentations: Sequence[Segmentation]) -> Segmentation:
    """Groups that every one of these segmentations has in the same segment, or in none, together."""
    homes = [{group: each.key for each in one.segments for group in each.group_ids} for one in segmentations]
    apart: dict[tuple[str, ...], list[str]] = {}
    for group in frames.groups["group_id"].astype(str):
        apart.setdefault(tuple(home.get(group, "") for home in homes), []).append(group)
    segments = [
        Segment(f"cross {number}", "", "", tuple(groups))
        for number, (places, groups) in enumerate(apart.items())
        if any(places)
    ]
    return Segmentation("crossed", "", "", tuple(segments))
