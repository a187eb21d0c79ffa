"""Stakeholder groups that a roster brings along: what they are called, in which script, in which colour."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from anyascii import anyascii

from coding.segments import ALL
from survey_app.rosters.roster import folded, is_expert, same_words
from survey_app.rosters.tables import Table

PALETTE = ("#332288", "#44AA99", "#999933", "#AA4499", "#117733", "#CC6677", "#88CCEE", "#882255", "#DDCC77")
"""The muted scheme of P. Tol, "Colour Schemes", technical note SRON/EPS/TN/09-002, 2021, figure 4: told apart by
colour-blind readers, and neither the orange of problems nor the blue of enablers."""
SHORT = 16
"""Letters that fit beside a chart."""


@dataclass(frozen=True, slots=True)
class RosterGroup:
    """A group that the study does not know yet."""

    key: str
    label_en: str
    label_ru: str
    short_en: str
    short_ru: str
    colour: str


def groups_of_roster(
    table: Table, columns: Mapping[str, Any], groups: Sequence[Mapping[str, Any]]
) -> tuple[RosterGroup, ...]:
    """The groups named in the roster that `groups` (rows of the study) does not have, in the roster's order.

    A name stands in the language of its letters; a person may add the other. Rows of people who are no experts
    name no group.
    """
    column = columns.get("group")
    if not isinstance(column, str):
        return ()
    known = same_words(groups)
    names: dict[str, str] = {}
    for row in table.rows:
        name = " ".join(row.get(column, "").split())
        if folded(name) and folded(name) not in known and is_expert(row, columns):
            names.setdefault(folded(name), name)
    made: list[RosterGroup] = []
    for name in names.values():
        russian = re.search(r"[а-яё]", name, re.IGNORECASE) is not None
        made.append(
            new_group("" if russian else name, name if russian else "", [*groups, *(asdict(group) for group in made)])
        )
    return tuple(made)


def new_group(label_en: str, label_ru: str, groups: Sequence[Mapping[str, Any]]) -> RosterGroup:
    """A group beside `groups`, with a key, short names and a colour of its own."""
    taken = {ALL} | {str(group["key"]) for group in groups}  # which stands for everybody
    plain = re.sub(r"[^a-z0-9]+", "_", anyascii(label_en or label_ru).lower()).strip("_")[:40].strip("_") or "group"
    key = next(key for key in chain([plain], (f"{plain}_{n}" for n in range(2, 1000))) if key not in taken)
    used = [str(group["colour"]).upper() for group in groups]
    colour = min(PALETTE, key=lambda each: (used.count(each.upper()), PALETTE.index(each)))
    return RosterGroup(key, label_en, label_ru, _short(label_en), _short(label_ru), colour)


def _short(name: str) -> str:
    return name if len(name) <= SHORT else name[: SHORT - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
