"""A query as plain JSON and back, read without trusting it."""

import re
from typing import Any as Anything

from coding.queries import (
    ADJUDICATED,
    OWN,
    All,
    Any,
    Condition,
    HasCode,
    HasValue,
    Near,
    Not,
    Query,
    SameExpert,
    Says,
    UnusableQuery,
    Where,
)
from transcripts.messages import sentence

DEEPEST = 12
"""Conditions within conditions."""
MOST_CONDITIONS = 100
LONGEST_WORDS = 200
"""Code points of words to look for, and of any key."""
MOST_CHOSEN = 1000
FURTHEST = 50
"""Statements between two that are still near."""
KINDS = ("session", "chat", "answer", "document")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})?")
_CHOICES = ("groups", "questions", "sources", "kinds")


def write_query(query: Query) -> dict[str, Anything]:
    """The query as a mapping that JSON can hold; `read_query` gives the same query again."""
    where = query.where
    chosen = {name: list(getattr(where, name)) for name in _CHOICES}
    return {
        "that": _written(query.that),
        "where": chosen | {"since": where.since, "until": where.until},
        "layer": query.layer,
    }


def read_query(given: object) -> Query:
    """The query that a mapping says. Raises UnusableQuery if it says none, or more than can be meant."""
    if not isinstance(given, dict) or set(given) - {"that", "where", "layer"}:
        raise _unknown()
    layer = given.get("layer", OWN)
    if layer not in (OWN, ADJUDICATED):
        raise UnusableQuery(sentence("A query rests on your own codings or on the adjudicated ones, on nobody else’s."))
    reader = _Reader()
    return Query(reader.condition(given.get("that", {"all": []}), 1), _where(given.get("where", {})), layer)


def _written(condition: Condition) -> dict[str, Anything]:
    match condition:
        case HasCode(code_id):
            return {"code": code_id}
        case Says(words):
            return {"words": words}
        case HasValue(attribute, value):
            return {"attribute": attribute, "value": value}
        case All(parts):
            return {"all": [_written(part) for part in parts]}
        case Any(parts):
            return {"any": [_written(part) for part in parts]}
        case Not(part):
            return {"not": _written(part)}
        case Near(part, within, another):
            if another:
                return {"near": _written(part), "within": within, "another": True}
            return {"near": _written(part), "within": within}
        case SameExpert(part):
            return {"same_expert": _written(part)}


class _Reader:
    """Reads a tree and counts its conditions."""

    def __init__(self) -> None:
        self._conditions = 0

    def condition(self, given: object, depth: int) -> Condition:
        self._conditions += 1
        if depth > DEEPEST or self._conditions > MOST_CONDITIONS:
            raise UnusableQuery(
                sentence(
                    "A query has at most {most} conditions, at most {deepest} of them inside each other. Ask in parts.",
                    most=MOST_CONDITIONS,
                    deepest=DEEPEST,
                )
            )
        if not isinstance(given, dict):
            raise _unknown()
        match given:
            case {"code": "", **rest} if not rest:
                return HasCode("")
            case {"code": code, **rest} if not rest:
                return HasCode(_key(code))
            case {"words": words, **rest} if not rest:
                return Says(_key(words))
            case {"attribute": attribute, "value": "", **rest} if not rest:
                return HasValue(_key(attribute))
            case {"attribute": attribute, "value": value, **rest} if not rest:
                return HasValue(_key(attribute), _key(value))
            case {"all": list(parts), **rest} if not rest:
                return All(tuple(self.condition(part, depth + 1) for part in parts))
            case {"any": list(parts), **rest} if not rest:
                return Any(tuple(self.condition(part, depth + 1) for part in parts))
            case {"not": part, **rest} if not rest:
                return Not(self.condition(part, depth + 1))
            case {"near": part, "within": within, **rest} if rest in ({}, {"another": True}):
                return Near(self.condition(part, depth + 1), _distance(within), bool(rest))
            case {"same_expert": part, **rest} if not rest:
                return SameExpert(self.condition(part, depth + 1))
        raise _unknown()


def _where(given: object) -> Where:
    if not isinstance(given, dict) or set(given) - {*_CHOICES, "since", "until"}:
        raise _unknown()
    chosen = {name: _chosen(given[name]) for name in _CHOICES if name in given}
    since, until = given.get("since", ""), given.get("until", "")
    if not all(isinstance(day, str) and _DAY.fullmatch(day) for day in (since, until)):
        raise UnusableQuery(sentence("A period begins and ends with a day, written as 2024-01-31."))
    if set(chosen.get("kinds", ())) - set(KINDS):
        raise _unknown()
    return Where(**chosen, since=since, until=until)


def _chosen(given: object) -> tuple[str, ...]:
    if not isinstance(given, list) or len(given) > MOST_CHOSEN:
        raise _unknown()
    return tuple(dict.fromkeys(_key(each) for each in given))


def _key(given: object) -> str:
    if not isinstance(given, str) or not given.strip():
        raise UnusableQuery(sentence("A condition is empty. Say what to look for, or take the condition out."))
    if len(given) > LONGEST_WORDS:
        raise UnusableQuery(sentence("Words to look for are at most {most} characters long.", most=LONGEST_WORDS))
    return given


def _distance(given: object) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= FURTHEST:
        raise UnusableQuery(sentence("Near means from 0 to {most} statements away.", most=FURTHEST))
    return given


def _unknown() -> UnusableQuery:
    return UnusableQuery(sentence("This is no query that can be read here. Put it together again."))
