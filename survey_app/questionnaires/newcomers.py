"""Respondents who are not on the roster, as people of it: an id, a name, and the group that a column gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from survey_app.questionnaires.wording import halves, pair
from survey_app.rosters.groups import RosterGroup, new_group
from survey_app.rosters.roster import LONGEST_ID, Roster, RosterPerson, folded, same_words
from survey_app.rosters.tables import Table

MANY = 24
"""More different groups than this are hardly groups."""
_ID = re.compile(r"[^\W\d_]{0,4}[-_ ]?\d{1,12}")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be put on the roster, or to be given a group there. `place` is that of the first row."""

    place: int
    person: RosterPerson
    new: bool


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Who would be added, with groups that the study does not have yet; and rows that name no group, which stay out."""

    people: tuple[Newcomer, ...]
    groups: tuple[RosterGroup, ...]
    without_group: tuple[int, ...]

    @property
    def roster(self) -> Roster:
        """All of them, to be imported."""
        return Roster(tuple(each.person for each in self.people))


def newcomers(
    table: Table, places: Sequence[int], groups: Sequence[Mapping[str, Any]], experts: Sequence[Mapping[str, Any]], *,
    name: str | None = None, group: str | None = None, all_in: str = "", groupless: Mapping[int, str] | None = None,
) -> Newcomers:  # fmt: skip
    """Who stands behind these rows. `name` is the column that names people, without one each row is somebody.

    `group` is the column of groups, `all_in` the key of one for everybody. `groupless` are experts of the roster
    without a group, by the place of their row.
    """
    groupless = groupless or {}
    known = same_words(groups)
    made: list[RosterGroup] = []
    for place in [*places, *groupless]:
        words = table.rows[place][group] if group else ""
        if words and not _group_of(words, known):
            en, ru = pair(words)
            made.append(new_group(en, ru, [*groups, *map(asdict, made)]))
            known |= same_words([asdict(made[-1])]) | {folded(words): made[-1].key}
    by_key = {str(row["key"]): row for row in experts}
    ids = _free_ids(by_key)
    seen: dict[str, Newcomer] = {}
    without: list[int] = []
    for place in [*places, *groupless]:
        row = table.rows[place]
        written = " ".join(row[name].split()) if name else ""
        key = all_in or _group_of(row[group] if group else "", known)
        if not key:
            without.append(place)
        elif place in groupless:
            seen[groupless[place]] = Newcomer(place, _with_group(by_key[groupless[place]], key), new=False)
        elif (written.casefold() or str(place)) not in seen:
            seen[written.casefold() or str(place)] = Newcomer(place, _person(written, key, ids, by_key), new=True)
    used = {each.person.group_id for each in seen.values()}
    return Newcomers(tuple(seen.values()), tuple(one for one in made if one.key in used), tuple(without))


def group_column(table: Table, groups: Sequence[Mapping[str, Any]], marked: Sequence[str]) -> str | None:
    """The column that probably gives the group: one whose values are groups of the study, else one `marked` so."""
    known = same_words(groups)
    for name in table.columns:
        values = {value for value in table.values(name) if value}
        if 0 < len(values) <= MANY and sum(bool(_group_of(value, known)) for value in values) > 0.7 * len(values):
            return name
    return next((name for name in marked if len({*table.values(name)}) <= MANY), None)


def _group_of(words: str, known: Mapping[str, str]) -> str:
    """Key of a group as it is written, in one language or in both."""
    return next((known[key] for part in (words, *(halves(words) or ())) if (key := folded(part)) in known), "")


def _person(written: str, group: str, ids: Iterable[str], taken: Mapping[str, object]) -> RosterPerson:
    if _ID.fullmatch(written) and len(written) <= LONGEST_ID and written not in taken:
        return RosterPerson(written, written, group_id=group)
    own = next(iter(ids))
    if "@" in written:
        return RosterPerson(own, written.partition("@")[0] or own, group_id=group, attributes={"e-mail": written})
    return RosterPerson(own, written or own, group_id=group)


def _with_group(row: Mapping[str, Any], group: str) -> RosterPerson:
    return RosterPerson(
        str(row["key"]), str(row["name"]), group_id=group, other_names=tuple(row["other_names"]),
        level=str(row["level"]), sector=str(row["sector"]),
    )  # fmt: skip


def _free_ids(taken: Mapping[str, object]) -> Iterable[str]:
    """E01, E02, … as far as they are free."""
    return (key for key in (f"E{number:02d}" for number in count(1)) if key not in taken)
