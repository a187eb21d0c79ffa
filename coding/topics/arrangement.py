"""How a person arranges the finest groups of a run into topics: a level of its tree, then merged, split and named.

A run is its result as JSON holds it (`coding.topics.job.as_json`). No model is asked, so that each step is at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from coding.topics.matching import HALF, matched, shared_statements
from transcripts.messages import MessageError, sentence

Run = Mapping[str, Any]
Group = tuple[int, ...]
"""The leaves of a topic, in order."""


class ArrangementProblem(MessageError):
    """Topics that cannot be arranged in this way. Nothing has changed."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a person calls the topic of these leaves, in either language or both."""

    leaves: Group
    name_en: str = ""
    name_ru: str = ""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`level`: the place in the run's levels, coarse to fine, from which a person began; `groups`: the topics that they
    made of it, () where nothing was merged or split. `names` are kept also while no topic bears them."""

    level: int
    groups: tuple[Group, ...] = ()
    names: tuple[Name, ...] = ()


def can_be_arranged(run: Run) -> bool:
    """Whether a run has levels and leaves; one of an earlier version has its topics alone."""
    return bool(run.get("levels") and run.get("leaves"))


def begin(run: Run) -> Arrangement:
    """The level that the run itself shows, or 0 for a run that has none."""
    shown = _groups(run["topics"])
    levels = run.get("levels") or ()
    return Arrangement(next((place for place, level in enumerate(levels) if _groups(level["topics"]) == shown), 0))


def groups_of(run: Run, arrangement: Arrangement) -> tuple[Group, ...]:
    """The topics as leaves, those of the level in its order."""
    return arrangement.groups or _groups(run["levels"][arrangement.level]["topics"])


def at_level(run: Run, arrangement: Arrangement, level: int) -> Arrangement:
    """Another level as it is; names go along. Raises ArrangementProblem for a level that is not there."""
    if not 0 <= level < len(run.get("levels") or ()):
        raise _changed_meanwhile()
    return replace(arrangement, level=level, groups=())


def merged(run: Run, arrangement: Arrangement, one: Group, into: Group) -> Arrangement:
    """Two topics as one, which keeps the name of `into`. Raises ArrangementProblem where either is not there."""
    groups = _with(run, arrangement, one, into)
    if one == into:
        raise ArrangementProblem(sentence("A topic cannot be merged with itself. Choose another one."))
    both = tuple(sorted(one + into))
    names = names_of(run, groups, arrangement.names)
    changed = replace(arrangement, groups=(*(each for each in groups if each not in {one, into}), both))
    own = names.get(into)
    return changed if own is None else named(run, changed, both, own.name_en, own.name_ru)


def split(run: Run, arrangement: Arrangement, group: Group) -> Arrangement:
    """A topic as the two that it was made of. Raises ArrangementProblem where it is one of the finest, or gone."""
    groups = _with(run, arrangement, group)
    two = parts(run, group)
    if two is None:
        raise ArrangementProblem(sentence("This topic is one of the finest and cannot be split."))
    return replace(arrangement, groups=(*(each for each in groups if each != group), *two))


def named(run: Run, arrangement: Arrangement, group: Group, name_en: str, name_ru: str) -> Arrangement:
    """A topic with a name of its own in either language or both; without one it is called by its words again."""
    groups = _with(run, arrangement, group)
    borne = names_of(run, groups, arrangement.names).get(group)
    kept = tuple(each for each in arrangement.names if each.leaves != group)
    new = Name(group, " ".join(name_en.split()), " ".join(name_ru.split()))
    if new in arrangement.names:
        return arrangement
    if new.name_en or new.name_ru:
        return replace(arrangement, names=(*kept, new))
    return replace(arrangement, names=tuple(each for each in kept if each != borne))


def parts(run: Run, group: Group) -> tuple[Group, Group] | None:
    """The two topics of which one is made: the last merge of the tree that joins some of its leaves with others.

    Of topics that were merged by hand it is these two. Trees of two languages are parts of their own. None for a leaf.
    """
    own = set(group)
    for one, other in reversed(run["leaves"]["merges"]):
        both = own & {*one, *other}
        here = own & set(one)
        if here and here != both:
            if both == own:
                return tuple(sorted(here)), tuple(sorted(own - here))
            return tuple(sorted(both)), tuple(sorted(own - both))
    return None if len(group) < 2 else (group[:1], group[1:])


def names_of(run: Run, groups: Sequence[Group], names: Sequence[Name]) -> dict[Group, Name]:
    """Which topic bears which name: its own, else one that is carried from a coarser or finer topic by the statements
    that both share (`matching.matched`). A name of a topic in which another one has its own now gives way."""
    found = {each.leaves: each for each in names if each.leaves in groups}
    if not names:
        return found
    sizes = leaf_sizes(run)
    free = [each for each in groups if each not in found]
    asking = [each for each in names if each.leaves not in found and not _stands_for(each.leaves, found, sizes)]
    shared = np.array([[sizes[_both(each.leaves, group)].sum() for group in free] for each in asking], dtype=np.int64)
    shared = shared.reshape(len(asking), len(free))
    pairs = matched(shared, [_size(each.leaves, sizes) for each in asking], [_size(each, sizes) for each in free])
    return found | {free[b]: asking[a] for a, b in pairs}


def carried(before: Run, arrangement: Arrangement, now: Run) -> Arrangement:
    """The names that topics of an earlier run bear, on the topics of a new one that are the same by their statements.

    `before` is the earlier run as it was arranged, with the leaves of its topics.
    """
    new = begin(now)
    if not (arrangement.names and can_be_arranged(before) and can_be_arranged(now)):
        return new
    groups = groups_of(now, new)
    shown = {"topics": now["levels"][new.level]["topics"], "assignments": now["assignments"]}
    borne = names_of(before, [tuple(each["leaves"]) for each in before["topics"]], arrangement.names)
    shared = shared_statements(before, shown)
    names = []
    for a, b in matched(shared, shared.sum(axis=1), shared.sum(axis=0)):
        name = borne.get(tuple(before["topics"][a]["leaves"]))
        if name is not None:
            names.append(replace(name, leaves=groups[b]))
    return replace(new, names=tuple(names))


def leaf_sizes(run: Run) -> np.ndarray:
    """How many statements each leaf has: int (leaves,)."""
    leaf = np.asarray(run["leaves"]["of_statement"], dtype=np.int64)
    return np.bincount(leaf[leaf >= 0], minlength=len(run["leaves"]["counts"]))


def _groups(topics: Sequence[Mapping[str, Any]]) -> tuple[Group, ...]:
    return tuple(tuple(topic.get("leaves", ())) for topic in topics)


def _with(run: Run, arrangement: Arrangement, *wanted: Group) -> tuple[Group, ...]:
    """The topics, if all that are wanted are among them."""
    groups = groups_of(run, arrangement) if can_be_arranged(run) else ()
    if any(each not in groups for each in wanted):
        raise _changed_meanwhile()
    return groups


def _changed_meanwhile() -> ArrangementProblem:
    return ArrangementProblem(sentence("The topics have been changed meanwhile. Look at them again."))


def _stands_for(leaves: Group, found: Mapping[Group, Name], sizes: np.ndarray) -> bool:
    """Whether a topic with a name of its own is the same as these leaves, or a part of them, or they of it."""
    own = _size(leaves, sizes)
    return any(
        int(sizes[both].sum()) >= HALF * min(own, _size(group, sizes))
        for group in found
        if (both := _both(leaves, group))
    )


def _both(one: Group, other: Group) -> list[int]:
    return sorted(set(one) & set(other))


def _size(group: Group, sizes: np.ndarray) -> int:
    return int(sizes[list(group)].sum())
