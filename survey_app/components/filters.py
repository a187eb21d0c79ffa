"""What a dashboard is about: segmentation, layer, stakeholder groups. The choice stands in the address."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import streamlit as st

from coding import regrouping
from coding.frames import Frames
from coding.segments import ALL, Segment, Segmentation, by_groups, sizes
from survey_app import session
from survey_app.actions.results import Layer, frames_of, layers, segmentations, stamp_of
from survey_app.components.address import CHOICE, write_address
from survey_app.language import _, label
from survey_app.store.log import Row
from survey_app.views.chapter_names import CountedBy
from survey_app.views.segment_names import group_names, records, told_apart

BY = "by:"
DAYS = "days"


@dataclass(frozen=True, slots=True)
class Choice:
    """Frames cut down to the groups that were asked for, and how to split and count them.

    `stamp` changes whenever the frames or the choice do: results are kept under it.
    """

    frames: Frames
    segmentation: Segmentation
    layer: Layer
    stamp: tuple[Any, ...]
    chosen: tuple[str, ...] = ()
    """The groups that were asked for; none: all of them."""

    @property
    def study_id(self) -> str:
        """The study that is read."""
        return str(self.stamp[1])

    @property
    def counted_by(self) -> CountedBy:
        """The layer as the views and `coding.counts` take it."""
        return {"layer": self.layer.layer, "coder_id": self.layer.coder_id}

    def groups_in(self, segment: str) -> tuple[str, ...] | None:
        """The groups of a segment; None for everyone."""
        return None if segment == ALL else self._segment(segment).group_ids

    def name_of(self, segment: str) -> str:
        """What a segment is called on screen."""
        if segment != ALL:
            return label(self._segment(segment)) or segment
        return _("All of these groups") if self.chosen else _("All experts")

    @property
    def segments(self) -> list[str]:
        """`ALL` and the segments that somebody is in."""
        return [ALL, *(key for key, size in sizes(self.frames.experts, self.segmentation).items() if size)]

    def _segment(self, key: str) -> Segment:
        return next(segment for segment in self.segmentation.segments if segment.key == key)


def layer_name(layer: Layer) -> str:
    """On whose codings a figure rests, in words."""
    if layer.layer == "adjudicated":
        return _("adjudicated")
    return _("of coder {coder}", coder=layer.coder_id or "")


def choose(study: Row) -> Choice:
    """The filters in a row; returns what they leave."""
    stamp = stamp_of(session.store(), study["id"])
    frames = frames_of(session.store(), study["id"])
    mergings = {each.key: each for each in segmentations(session.store(), study)}
    found = {f"coder-{each.coder_id}" if each.coder_id else each.layer: each for each in layers(frames)}
    groups = {row["group_id"]: row for row in records(frames.groups)}
    ways = _other_ways(stamp, frames)
    left, middle, right = st.columns(3)
    with left:
        key = addressed_select(
            "segments", _("Segments"), [*mergings, *ways],
            lambda name: way_name(name) or label(mergings[name]),
            help=_("Small groups can be merged; every figure says how many experts stand behind it."),
        )  # fmt: skip
    with middle:
        layer = addressed_select("layer", _("Codings"), list(found), lambda name: layer_name(found[name]))
    with right:
        chosen = _addressed_groups(groups)
    stamped = (*stamp, key, layer, tuple(chosen))
    if key in ways:
        parted = _parted(stamped, key, chosen, frames)
        return Choice(parted, by_groups(parted.groups), found[layer], stamped, tuple(chosen))
    segmentation = _without_empty(frames, mergings[key], chosen)
    return Choice(only_groups(frames, chosen), segmentation, found[layer], stamped, tuple(chosen))


def way_name(key: str) -> str:
    """What a way of parting experts is called that is not by their groups; "" for a merging of groups."""
    if key == DAYS:
        return _("By day of the session")
    if key == BY + "region":
        return _("By region")
    return _("By “{name}” of the roster", name=regrouping.stem(key.removeprefix(BY))) if key.startswith(BY) else ""


@st.cache_resource(max_entries=16, show_spinner=False)
def _other_ways(stamp: tuple[Any, ...], _frames: Frames) -> list[str]:
    """Keys of the ways to part experts that are not by their groups."""
    found = [BY + name for name in regrouping.attributes(_frames)]
    return [*found, DAYS] if regrouping.has_days(_frames) else found


@st.cache_resource(max_entries=16, show_spinner=False)
def _parted(stamp: tuple[Any, ...], key: str, groups: list[str], _frames: Frames) -> Frames:
    """The experts of these groups, parted in another way."""
    kept = only_groups(_frames, groups)
    return regrouping.by_day(kept) if key == DAYS else regrouping.by_attribute(kept, key.removeprefix(BY))


def addressed_select(
    name: str, title: str, options: Sequence[str], names: Callable[[str], str], *, default: str = "",
    help: str | None = None, width: int | Literal["stretch"] = "stretch",
) -> str:  # fmt: skip
    """A choice that stands in the address by its key, so that a link means the same in both languages.

    The default (the first option, unless named) leaves no trace in the address. Options of one name get their key too.
    """
    default = default or options[0]
    asked = st.query_params.get(name, default)
    index = options.index(asked if asked in options else default)
    chosen = st.selectbox(
        title, options, index, format_func=told_apart(options, names).__getitem__, key=f"{CHOICE}{name}", help=help,
        width=width, persist_state="session",
    )  # fmt: skip
    write_address(name, [] if chosen == default else [str(chosen)])
    return str(chosen)


def addressed_several(
    name: str, title: str, options: Sequence[str], names: Callable[[str], str], *, nothing: str,
    width: int | Literal["stretch"] = 320,
) -> list[str]:  # fmt: skip
    """Some of the options, in their order, which stand in the address by their keys; `nothing` says what none means."""
    asked = [key for key in dict.fromkeys(st.query_params.get_all(name)) if key in options]
    chosen = st.multiselect(
        title, options, asked, key=f"{CHOICE}{name}", placeholder=nothing, width=width, persist_state="session",
        format_func=told_apart(options, names).__getitem__,
    )  # fmt: skip
    found = sorted((str(key) for key in chosen), key=options.index)
    write_address(name, found)
    return found


def _addressed_groups(groups: dict[str, Row]) -> list[str]:
    return addressed_several(
        "groups", _("Only these groups"), list(groups),
        group_names(groups.values()).__getitem__, nothing=_("all groups"), width="stretch",
    )  # fmt: skip


def only_groups(frames: Frames, groups: Collection[str]) -> Frames:
    """The study as if only these groups had taken part."""
    if not groups:
        return frames
    experts = frames.experts[frames.experts["group_id"].isin(groups)]
    answers = frames.answers[frames.answers["expert_id"].isin(experts["expert_id"])]
    return replace(frames, experts=experts, answers=answers)


def _without_empty(frames: Frames, merged: Segmentation, groups: list[str]) -> Segmentation:
    """The segments that somebody of these groups is in: a column of nobody says nothing."""
    kept = tuple(segment for segment in merged.segments if not groups or set(segment.group_ids) & set(groups))
    return Segmentation(merged.key, merged.label_en, merged.label_ru, kept)
