"""Stakeholder groups of a study: take a roster's, rename, recolour, remove the empty, and merge them for counting."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from anyascii import anyascii

from survey_app.actions.rights import needs
from survey_app.rosters.groups import RosterGroup, new_group
from survey_app.store import experts as expert_rows
from survey_app.store import results, schema, studies
from survey_app.store.log import Change, Row, Store, fetch
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

CHANGEABLE = {"label_en", "label_ru", "short_en", "short_ru", "colour"}
BY_GROUP = "by_group"
"""The key of the groups as they are; no merging may take it."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class GroupProblem(MessageError):
    """A group or a merging that would not fit the study."""


def add_groups(change: Change, study_id: str, groups: Iterable[RosterGroup]) -> None:
    """Add groups behind those of the study, inside an open change; one whose key is there already is left alone."""
    present = studies.groups(change.connection, study_id)
    taken = {row["key"] for row in present}
    last = max((row["position"] for row in present), default=0)
    new = [group for group in groups if group.key not in taken]
    change.insert(
        schema.stakeholder_group,
        [asdict(group) | {"study_id": study_id, "position": last + n} for n, group in enumerate(new, 1)],
    )


@needs(Role.RESEARCHER)
def add_group(store: Store, person: str, study_id: str, *, label_en: str = "", label_ru: str = "") -> None:
    """Add one group by hand; key, short names and colour are made. Raises GroupProblem: no name, or a double one."""
    with store.change(study_id, person, "add_group") as change:
        present = studies.groups(change.connection, study_id)
        group = new_group(label_en.strip(), label_ru.strip(), present)
        _refuse_name(present, asdict(group), "")
        add_groups(change, study_id, [group])


@needs(Role.RESEARCHER)
def change_group(store: Store, person: str, study_id: str, group_id: str, **values: str) -> None:
    """Rename or recolour a group. Its key stays, so that rosters and releases made earlier still fit."""
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise KeyError(f"not changeable: {sorted(unknown)}")
    if "colour" in values and not _COLOUR.fullmatch(values["colour"]):
        raise GroupProblem(sentence("“{colour}” is not a colour. Write it as #D55E00.", colour=values["colour"]))
    with store.change(study_id, person, "change_group") as change:
        group = fetch(change.connection, schema.stakeholder_group, group_id, study_id)
        told = {name: value.strip() for name, value in values.items()}
        _refuse_name(studies.groups(change.connection, study_id), group | told, group_id)
        change.update(schema.stakeholder_group, group_id, **told)


@needs(Role.RESEARCHER)
def remove_group(store: Store, person: str, study_id: str, group_id: str) -> None:
    """Take a group that no expert is in out of the study and out of its mergings."""
    with store.change(study_id, person, "remove_group") as change:
        group = fetch(change.connection, schema.stakeholder_group, group_id, study_id)
        if any(row["group_id"] == group_id for row in expert_rows.experts(change.connection, study_id)):
            raise GroupProblem(
                sentence("The group “{key}” has experts and stays. Give them another group first.", key=group["key"])
            )
        _remove(change, study_id, [group])


def remove_unused(change: Change, study_id: str) -> None:
    """Take every group that no expert is in out of the study, inside an open change."""
    used = {row["group_id"] for row in expert_rows.experts(change.connection, study_id)}
    _remove(change, study_id, [row for row in studies.groups(change.connection, study_id) if row["id"] not in used])


@needs(Role.RESEARCHER)
def merge_groups(
    store: Store, person: str, study_id: str, *, title: str, counted_as: Mapping[str, str], key: str = ""
) -> str:
    """Keep a merging of groups for counting and publishing; returns its key.

    `counted_as` says for each group's key under which name it is counted; groups of one name are one segment, an
    empty name leaves the group out. With `key` an earlier merging is replaced.
    """
    if not title.strip():
        raise GroupProblem(sentence("Give this way of merging a name."))
    with store.change(study_id, person, "merge_groups") as change:
        groups = {row["key"]: row for row in studies.groups(change.connection, study_id)}
        known = {row["key"]: row for row in studies.segmentations(change.connection, study_id)}
        if _taken(title, [row for row in known.values() if row["key"] != key]):
            raise GroupProblem(sentence("There is a way of merging with this name already."))
        segments = _segments(counted_as, groups)
        if not segments:
            raise GroupProblem(sentence("At least one group has to be counted."))
        values = {"label_en": title.strip(), "label_ru": title.strip(), "segments": segments}
        if key in known:
            change.update(schema.segmentation, known[key]["id"], **values)
            forget_released(change, study_id, key)
            return key
        new = _free_key(title, {*known, BY_GROUP})
        change.insert(schema.segmentation, {"study_id": study_id, "key": new} | values)
        return new


@needs(Role.RESEARCHER)
def remove_merging(store: Store, person: str, study_id: str, segmentation_id: str) -> None:
    """Forget a way of merging groups; the groups stay."""
    with store.change(study_id, person, "remove_merging") as change:
        _forget(change, study_id, fetch(change.connection, schema.segmentation, segmentation_id, study_id))


def forget_released(change: Change, study_id: str, key: str) -> None:
    """Cells of a segmentation that is no longer what it was are not released any more, inside an open change."""
    found = results.released_cells(change.connection, study_id)
    change.delete(schema.released_cell, [row["id"] for row in found if row["segmentation_key"] == key])


def _taken(title: str, mergings: Iterable[Row]) -> bool:
    name = title.strip().casefold()
    return any(name in (row["label_en"].casefold(), row["label_ru"].casefold()) for row in mergings)


def _segments(counted_as: Mapping[str, str], groups: Mapping[str, Row]) -> list[dict[str, object]]:
    members: dict[str, list[str]] = {}
    for group in groups:
        name = " ".join(counted_as.get(group, "").split())
        if name:
            members.setdefault(name, []).append(group)
    segments: list[dict[str, object]] = []
    taken = {"all"}
    for name, keys in members.items():
        key = keys[0] if len(keys) == 1 and keys[0] not in taken else _free_key(name, taken)
        taken.add(key)
        only = groups[keys[0]] if len(keys) == 1 else {}
        own = name in {only.get("label_en"), only.get("label_ru")}
        segments.append(
            {
                "key": key, "label_en": only["label_en"] if own else name,
                "label_ru": only["label_ru"] if own else name, "group_ids": keys,
            }
        )  # fmt: skip
    return segments


def _remove(change: Change, study_id: str, groups: list[Row]) -> None:
    gone = {group["key"] for group in groups}
    for row in studies.segmentations(change.connection, study_id):
        kept = [
            segment | {"group_ids": [key for key in segment["group_ids"] if key not in gone]}
            for segment in row["segments"]
        ]
        kept = [segment for segment in kept if segment["group_ids"]]
        if kept:
            change.update(schema.segmentation, row["id"], segments=kept)
        else:
            _forget(change, study_id, row)
    change.delete(schema.stakeholder_group, [group["id"] for group in groups])


def _forget(change: Change, study_id: str, merging: Row) -> None:
    """Delete a merging; results that rested on it rest on the groups as they are again."""
    study = fetch(change.connection, schema.study, study_id)
    choices = dict(study["choices"])
    if choices.get("segmentation") == merging["key"]:
        choices["segmentation"] = BY_GROUP
    if merging["key"] in choices.get("segmentations", []):
        choices["segmentations"] = [key for key in choices["segmentations"] if key != merging["key"]]
    if choices != study["choices"]:
        change.update(schema.study, study_id, choices=choices)
    forget_released(change, study_id, merging["key"])
    change.delete(schema.segmentation, merging["id"])


def _refuse_name(present: list[Row], group: Mapping[str, str], own_id: str) -> None:
    names = {group[name].casefold() for name in ("label_en", "label_ru") if group[name]}
    if not names:
        raise GroupProblem(sentence("A group needs a name: write one in English or in Russian."))
    for row in present:
        double = names & {row["label_en"].casefold(), row["label_ru"].casefold()}
        if row["id"] != own_id and double:
            label = row["label_en"] or row["label_ru"]
            raise GroupProblem(sentence("There is already a group named “{label}”.", label=label))


def _free_key(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", anyascii(name).lower()).strip("_")[:40].strip("_") or "merged"
    return next(key for key in [plain, *(f"{plain}_{n}" for n in range(2, 1000))] if key not in taken)
