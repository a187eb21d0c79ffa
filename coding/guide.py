"""What a study asks and whom: the interview guide (open questions, closed items) and the stakeholder groups."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from coding.frames import GROUPS, ITEMS
from coding.segments import Segment, Segmentation
from coding.study_files import (
    UnusableStudyFile,
    as_text,
    entries,
    mapping,
    named,
    need_colour,
    need_unique,
    read_yaml,
    texts,
    words,
)
from transcripts.messages import sentence

CLOSING = "closing"
"""The task of the questions that end the interview."""

_TYPES = {
    "matrix": "likert", "single_scale": "likert", "likert": "likert", "numeric_matrix": "numeric",
    "numeric": "numeric", "rank": "rank", "multi": "multi", "single": "single",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """A research task of the guide, and the roots of the codebook that it asks about."""

    key: str
    label_en: str
    label_ru: str
    roots: tuple[str, ...]
    minutes: int | None


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question answered in words; `task` is a task's key or `CLOSING`."""

    key: str
    task: str
    ask_en: str
    ask_ru: str
    roots: tuple[str, ...]
    probes_en: tuple[str, ...]
    probes_ru: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    """The guide. `items` keeps the contract `ITEMS` and says more: cannot_say (the value that stands for it, NaN
    if there is none), choose (how many at most, 0 without limit), lowest and highest (numbers, or NaN), profile
    (asks about the expert, not the subject).

    A matrix, a ranking and a multiple choice are one row for the question and one for each line of it, as
    "t2.c1" and "t2.c1.skills"; the answers are those of the lines.
    """

    key: str
    title_en: str
    title_ru: str
    consent_en: str
    consent_ru: str
    tasks: tuple[Task, ...]
    questions: tuple[OpenQuestion, ...]
    items: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Named:
    """A level, a sector or a role."""

    key: str
    label_en: str
    label_ru: str


@dataclass(frozen=True)
class Stakeholders:
    """Whom the study asks. `groups` keeps the contract `GROUPS` and has level and sector besides."""

    groups: pd.DataFrame
    levels: tuple[Named, ...]
    sectors: tuple[Named, ...]
    segmentations: tuple[Segmentation, ...]
    non_expert_roles: tuple[Named, ...]


def read_guide(text: str) -> Guide:
    """Read the YAML of an interview guide. Raises UnusableStudyFile naming the entry that does not fit."""
    guide = read_yaml(text)
    scales = {key: mapping(mapping(guide, "scales"), key) for key in mapping(guide, "scales")}
    blocks = [(entry["id"], entry, texts(entry.get("roots"))) for entry in entries(guide, "tasks")]
    blocks.append((CLOSING, mapping(guide, "closing"), ()))
    rows = [_profile_row(entry) for entry in entries(guide, "profile")]
    questions = []
    for task, block, roots in blocks:
        for entry in entries(block, "closed"):
            rows += _item_rows(entry, scales)
        for entry in entries(block, "open"):
            question = OpenQuestion(
                entry["id"], task, *named(entry, "ask"), roots, *(_probes(entry, language) for language in ("en", "ru"))
            )
            questions.append(question)
            rows.append(_row(question.key, "", "open", (question.ask_en, question.ask_ru)))
    need_unique([task for task, _, _ in blocks])
    need_unique([row["item_id"] for row in rows])
    items = pd.DataFrame(rows, columns=list(_row("", "", "", ("", "")))).assign(order=range(len(rows)))
    return Guide(
        as_text(guide.get("id")), *words(guide, "title"), *words(guide, "consent"),
        tasks=tuple(
            Task(task, *named(entry), roots, minutes if isinstance(minutes := entry.get("minutes"), int) else None)
            for task, entry, roots in blocks if task != CLOSING
        ),
        questions=tuple(questions), items=ITEMS.validate(items),
    )  # fmt: skip


def read_stakeholders(text: str) -> Stakeholders:
    """Read the YAML of the stakeholder groups, with its ready-made groupings as segmentations.

    Raises UnusableStudyFile, or UnusableSegmentation for a grouping that has a group twice.
    """
    written = read_yaml(text)
    listed = entries(written, "groups")
    need_unique([entry["id"] for entry in listed])
    rows = [
        {
            "group_id": entry["id"], "label_en": label[0], "label_ru": label[1],
            "short_en": short[0] or label[0], "short_ru": short[1] or label[1],
            "colour": need_colour(entry.get("colour"), entry["id"]), "order": entry.get("order", number),
            "level": as_text(entry.get("level")), "sector": as_text(entry.get("sector")),
        }
        for number, entry in enumerate(listed, start=1)
        for label, short in [(named(entry), words(entry, "short"))]
    ]  # fmt: skip
    if not rows or not all(isinstance(row["order"], int) and row["order"] >= 0 for row in rows):
        raise UnusableStudyFile(
            sentence("List the stakeholder groups under “groups”, each with a whole number as order.")
        )
    groups = GROUPS.validate(pd.DataFrame(rows)).sort_values("order", kind="stable", ignore_index=True)
    levels, sectors = _named(written, "levels"), _named(written, "sectors")
    families = {"level": levels, "sector": sectors}
    segmentations = tuple(_segmentation(entry, groups, families) for entry in entries(written, "groupings"))
    return Stakeholders(groups, levels, sectors, segmentations, _named(written, "non_expert_roles"))


def _row(item_id: str, parent_id: str, kind: str, label: tuple[str, str], **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "item_id": item_id, "parent_id": parent_id, "type": kind, "label_en": label[0], "label_ru": label[1],
        "scale": [], "code_id": "", "cannot_say": float("nan"), "choose": 0, "lowest": float("nan"),
        "highest": float("nan"), "profile": False,
    }  # fmt: skip
    return row | more


def _profile_row(entry: dict[str, Any]) -> dict[str, Any]:
    options = [
        {"value": float(number), "en": as_text(option.get("en")), "ru": as_text(option.get("ru")), "key": option["id"]}
        for number, option in enumerate(entries(entry, "options"), start=1)
    ]
    return _row(entry["id"], "", _type(entry), named(entry), scale=options, profile=True, **_range(entry))


def _item_rows(entry: dict[str, Any], scales: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The row of a closed question and those of its lines; all share its scale."""
    kind, shared = _type(entry), dict[str, Any]()
    if entry.get("scale"):
        scale = scales.get(as_text(entry["scale"]))
        if scale is None:
            raise UnusableStudyFile(
                sentence(
                    "“{key}” uses the scale “{scale}”, which is not in the guide. Add it or correct the name.",
                    key=entry["id"],
                    scale=as_text(entry["scale"]),
                )
            )
        cannot_say = mapping(scale, "dont_know").get("value")
        shared = {"scale": _points(as_text(entry["scale"]), scale)} | _range(scale)
        shared["cannot_say"] = float(cannot_say) if isinstance(cannot_say, int | float) else float("nan")
    limit = entry.get("choose", entry.get("max", 0))
    shared["choose"] = limit if isinstance(limit, int) and kind in {"rank", "multi"} else 0
    label = named(entry, "ask")
    lines = [
        _row(
            f"{entry['id']}.{line['id']}", entry["id"], kind, (as_text(line.get("en")), as_text(line.get("ru"))),
            code_id=as_text(line.get("code")), **shared,
        )
        for line in entries(entry, "items")
    ]  # fmt: skip
    return [_row(entry["id"], "", kind, label, code_id=as_text(entry.get("code")), **shared), *lines]


def _type(entry: dict[str, Any]) -> str:
    kind = as_text(entry.get("type"))
    if kind not in _TYPES:
        raise UnusableStudyFile(
            sentence(
                "“{key}” has the type “{kind}”. Known types are: {types}.",
                key=entry["id"],
                kind=kind,
                types=", ".join(_TYPES),
            )
        )
    return _TYPES[kind]


def _range(owner: dict[str, Any]) -> dict[str, float]:
    bounds = {"lowest": owner.get("min"), "highest": owner.get("max")}
    return {name: float(bound) if isinstance(bound, int | float) else float("nan") for name, bound in bounds.items()}


def _points(name: str, scale: dict[str, Any]) -> list[dict[str, Any]]:
    points = scale.get("points") or []
    labels = mapping(scale, "labels")
    en, ru = texts(labels.get("en")), texts(labels.get("ru"))
    fits = isinstance(points, list) and all(isinstance(point, int | float) for point in points)
    if not fits or any(given and len(given) != len(points) for given in (en, ru)) or (points and not (en or ru)):
        raise UnusableStudyFile(
            sentence("The scale “{scale}” needs numbers as points and as many labels in each language.", scale=name)
        )
    en, ru = en or ("",) * len(points), ru or ("",) * len(points)
    ascending = sorted(zip(points, en, ru, strict=True), key=lambda point: point[0])
    return [{"value": float(value), "en": label_en, "ru": label_ru} for value, label_en, label_ru in ascending]


def _probes(entry: dict[str, Any], language: str) -> tuple[str, ...]:
    return texts(mapping(entry, "probes").get(language))


def _named(written: dict[str, Any], section: str) -> tuple[Named, ...]:
    return tuple(Named(entry["id"], *named(entry)) for entry in entries(written, section))


def _segmentation(entry: dict[str, Any], groups: pd.DataFrame, families: dict[str, tuple[Named, ...]]) -> Segmentation:
    """A grouping by a property of the groups (`uses`), or by lists of groups (`sets`, named by `labels`).

    A set without a label is called by the short names of its groups.
    """
    uses = as_text(entry.get("uses"))
    if uses in families:
        of = dict(zip(groups["group_id"], groups[uses], strict=True))
        names = {one.key: (one.label_en, one.label_ru) for one in families[uses]}
        sets = {key: tuple(group for group in of if of[group] == key) for key in dict.fromkeys([*names, *of.values()])}
    else:
        sets = {as_text(key): texts(members) for key, members in mapping(entry, "sets").items()}
        names = {key: words(mapping(entry, "labels"), key) for key in sets}
    if not sets or not {group for members in sets.values() for group in members} <= set(groups["group_id"]):
        raise UnusableStudyFile(
            sentence(
                "The grouping “{key}” needs sets of known groups, or “uses: level” or “uses: sector”.", key=entry["id"]
            )
        )
    short = groups.set_index("group_id")
    segments = []
    for key, members in sets.items():
        en, ru = names.get(key, ("", ""))
        own = short.loc[list(members)]
        if members:
            segments.append(Segment(key, en or ", ".join(own["short_en"]), ru or ", ".join(own["short_ru"]), members))
    return Segmentation(entry["id"], *named(entry), tuple(segments))
