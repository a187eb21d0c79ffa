"""Topics as a person has arranged them: words from counts that add up, statements, and how far each topic holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any

import numpy as np

from coding.topics import quality
from coding.topics.arrangement import Arrangement, Group, Run, can_be_arranged, groups_of, leaf_sizes, names_of
from coding.topics.result import LEFT_OUT
from coding.topics.topic_words import top_words, weights

WORDS = 10
REPRESENTATIVE = 3


def arranged(run: Run, arrangement: Arrangement, expert_of: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The run with the topics of the arrangement, largest first, and its assignments and quality by them.

    Topics get `name_en` and `name_ru` ("" where they have none) and `weights`, c-TF-IDF of each of their words.
    `expert_of` says who made a statement, so that representative statements are of different experts. `arrangement` in
    the answer: the `level`, whether topics were changed `by_hand`, and at how many topics quality was `measured`; what
    only runs can tell is that of the nearest level then. A run of an earlier version stays as it is, but for the names.
    """
    if not can_be_arranged(run):
        plain = [{**topic, "name_en": "", "name_ru": "", "weights": []} for topic in run["topics"]]
        return {**run, "topics": plain}
    groups = groups_of(run, arrangement)
    level = run["levels"][nearest_level(run, arrangement)]
    names = names_of(run, groups, arrangement.names)
    by_hand = bool(arrangement.groups)
    found = _made(run, groups, level, expert_of or {}) if by_hand else [dict(each) for each in level["topics"]]
    for topic, (words, weighed) in zip(found, _words(run, [tuple(each["leaves"]) for each in found]), strict=True):
        if "words" not in topic:
            topic["words"] = words or _words_nearby(run, topic["leaves"])
        topic["weights"] = [round(weighed.get(word, 0.0), 5) for word in topic["words"]]
        name = names.get(tuple(topic["leaves"]))
        topic["name_en"], topic["name_ru"] = (name.name_en, name.name_ru) if name else ("", "")
    measured = {name: level[name] for name in ("npmi", "diversity", "stability")}
    if by_hand:
        measured["diversity"] = quality.diversity([topic["words"] for topic in found])
    return {
        **run, "topics": found, "assignments": _assigned(run, found, level), "quality": {**run["quality"], **measured},
        "arrangement": {"level": arrangement.level, "by_hand": by_hand, "measured": len(level["topics"])},
    }  # fmt: skip


def nearest_level(run: Run, arrangement: Arrangement) -> int:
    """The place of the level with about as many topics, the nearer to where a person began; that of the arrangement
    where nothing was changed by hand."""
    wanted, levels = len(arrangement.groups), run["levels"]
    if not wanted:
        return arrangement.level
    return min(
        range(len(levels)),
        key=lambda place: (abs(len(levels[place]["topics"]) - wanted), abs(place - arrangement.level)),
    )


def _made(
    run: Run, groups: Sequence[Group], level: Mapping[str, Any], expert_of: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Topics that are no level as a whole, largest first and without words yet."""
    known = {tuple(topic["leaves"]): topic for each in run["levels"] for topic in each["topics"]}
    sizes, leaf = leaf_sizes(run), np.asarray(run["leaves"]["of_statement"], dtype=np.int64)
    together = np.asarray(level["together"], dtype=float)
    found: list[dict[str, Any]] = []
    for group in groups:
        inside = np.isin(leaf, group)
        found.append(
            {
                "topic": 0, "size": int(sizes[list(group)].sum()), "leaves": list(group),
                "representative": list(known[group]["representative"]) if group in known
                else _representative(run, group, inside, together, expert_of),
                "stability": round(float(together[inside].mean()), 4) if inside.any() else 0.0,
                "grown_around": _grown_around(run, group),
            }
        )  # fmt: skip
    ordered = sorted(found, key=lambda each: (-each["size"], min(each["leaves"], default=0)))
    return [{**topic, "topic": number} for number, topic in enumerate(ordered)]


def _grown_around(run: Run, group: Group) -> list[str]:
    """The codes around which the topics of the run grew that lie within this one."""
    inside = (topic for topic in run["topics"] if set(topic["leaves"]) <= set(group))
    return list(dict.fromkeys(code for topic in inside for code in topic.get("grown_around", ())))


def _representative(
    run: Run, group: Group, inside: np.ndarray, together: np.ndarray, expert_of: Mapping[str, str]
) -> list[str]:
    """Those of the largest topics that lie within this one, by turns, of different experts first; else the surest."""
    ids = [each["statement_id"] for each in run["assignments"]]
    here = {ids[place] for place in np.flatnonzero(inside)}
    within: list[Group] = []
    lists: list[list[str]] = []
    for level in run["levels"]:
        for topic in level["topics"]:
            own = set(topic["leaves"])
            if own <= set(group) and not any(own <= set(each) for each in within):
                within.append(tuple(topic["leaves"]))
                lists.append(topic["representative"])
    order = [each for each in chain(*zip_longest(*lists)) if each in here]
    order += [ids[place] for place in np.argsort(-together, kind="stable") if inside[place]]
    heard: set[str] = set()
    first: list[str] = []
    later: list[str] = []
    for each in dict.fromkeys(order):
        who = expert_of.get(each) or each
        (later if who in heard else first).append(each)
        heard.add(who)
    return [*first, *later][:REPRESENTATIVE]


def _words(run: Run, groups: Sequence[Group]) -> list[tuple[list[str], dict[str, float]]]:
    """For each topic its words as they are written, and the weights of all."""
    from scipy.sparse import csr_matrix

    leaves = run["leaves"]
    counts, terms, forms = leaves["counts"], leaves["terms"], leaves["forms"]
    cells = [(leaf, term, count) for leaf, row in enumerate(counts) for term, count in row]
    rows, columns, values = (list(each) for each in zip(*cells, strict=True)) if cells else ([], [], [])
    of_leaf = csr_matrix((values, (rows, columns)), (len(counts), len(terms)), dtype=np.int64)
    member = [(topic, leaf) for topic, group in enumerate(groups) for leaf in group]
    belongs = csr_matrix(
        (np.ones(len(member), dtype=np.int64), tuple(zip(*member, strict=True))), (len(groups), len(counts))
    )
    table = csr_matrix(weights(csr_matrix(belongs @ of_leaf)))
    found = []
    for topic, best in enumerate(top_words(table, terms, WORDS, forms)):
        row = table.getrow(topic)
        weighed: dict[str, float] = {}
        for column, value in zip(row.indices, row.data, strict=True):
            form = forms.get(terms[column], terms[column])
            weighed[form] = max(weighed.get(form, 0.0), float(value))
        found.append((list(dict.fromkeys(forms.get(each, each) for each in best)), weighed))
    return found


def _words_nearby(run: Run, group: Sequence[int]) -> list[str]:
    """For a topic without counted words those of the finest topic that shares leaves with it."""
    topics = [topic for level in reversed(run["levels"]) for topic in level["topics"]]
    return next((list(topic["words"]) for topic in topics if set(topic["leaves"]) & set(group)), [])


def _assigned(run: Run, topics: Sequence[Mapping[str, Any]], level: Mapping[str, Any]) -> list[dict[str, Any]]:
    of_leaf = {leaf: topic["topic"] for topic in topics for leaf in topic["leaves"]}
    return [
        {
            "statement_id": each["statement_id"], "topic": of_leaf.get(leaf, LEFT_OUT),
            "probability": share if leaf in of_leaf else 0.0,
        }
        for each, leaf, share in zip(
            run["assignments"], run["leaves"]["of_statement"], level["together"], strict=True
        )
    ]  # fmt: skip
