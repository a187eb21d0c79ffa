"""Conditions of other platforms in the words of our rules, as far as our rules have words for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from transcripts.messages import Message, counted

Atom = Callable[[str, str, str], str | None]
"""Our words for name, operator and literal; None for what cannot be said."""

LONGEST = 2000
DEEPEST = 20
MOST_NAMED = 5
"""Most questions that one sentence names."""
_TOKEN = re.compile(
    r"\s*(?:(?P<name>\[[^\[\]]{1,100}\]|[A-Za-z_]\w*(?:\.\w+)*|\d+X\d+X\w+(?:\.\w+)*)|(?P<number>-?\d+(?:\.\d+)?)|"
    r"(?P<text>\"[^\"]*\"|'[^']*')|(?P<sign>==|!=|<>|<=|>=|&&|\|\||[=<>!()]))"
)
_OPERATORS = {
    "==": "=", "=": "=", "eq": "=", "!=": "!=", "<>": "!=", "ne": "!=", "<": "<", "lt": "<", "<=": "<=", "le": "<=",
    ">": ">", "gt": ">", ">=": ">=", "ge": ">=",
}  # fmt: skip
_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


class _Unsayable(Exception):
    """A condition that our rules have no words for."""


def borrowed(condition: str, atom: Atom) -> str | None:
    """The condition in our words, each comparison put by `atom`; None for what our rules cannot say."""
    if len(condition) > LONGEST:
        return None
    try:
        found = _Reading(_tokens(condition), atom)
        words = found.either(0)
    except _Unsayable:
        return None
    return words if found.ended else None


def compared(key: str, operator: str, literal: str) -> str | None:
    """`${key} = 'literal'`; None for a literal with an apostrophe in it."""
    if re.fullmatch(r"-?\d+(\.\d+)?", literal) and operator not in {"=", "!="}:
        return f"${{{key}}} {operator} {literal}"
    return None if "'" in literal else f"${{{key}}} {operator} '{literal}'"


def warnings_of(dropped: Sequence[str], silent: Sequence[str], strange: Sequence[str] = ()) -> list[Message]:
    """What of a questionnaire could not be kept: conditions, questions without answers, types nobody knows."""
    found = []
    if dropped:
        found.append(
            counted(
                "{count} condition is not among those that can be followed here and was dropped ({questions}): the "
                "question is asked of everyone.",
                "{count} conditions are not among those that can be followed here and were dropped ({questions}): the "
                "questions are asked of everyone.", len(dropped), questions=named(dropped),
            )
        )  # fmt: skip
    if silent:
        found.append(
            counted(
                "{count} question is computed or takes a file ({questions}). Its answers are left out.",
                "{count} questions are computed or take a file ({questions}). Their answers are left out.",
                len(silent), questions=named(silent),
            )
        )  # fmt: skip
    if strange:
        found.append(
            counted(
                "{count} question is of a type that is not known here ({questions}). It is read as an open question.",
                "{count} questions are of types that are not known here ({questions}). They are read as open "
                "questions.", len(strange), questions=named(strange),
            )
        )  # fmt: skip
    return found


def named(questions: Sequence[str]) -> str:
    """The first of some questions, as a sentence names them."""
    return ", ".join(questions[:MOST_NAMED]) + (", …" if len(questions) > MOST_NAMED else "")


def _tokens(condition: str) -> list[tuple[str, str]]:
    found, at = [], 0
    condition = condition.strip()
    while at < len(condition):
        token = _TOKEN.match(condition, at)
        if token is None:
            raise _Unsayable
        found.append((str(token.lastgroup), token[str(token.lastgroup)]))
        at = token.end()
    return found


class _Reading:
    """One walk through the tokens of a condition."""

    def __init__(self, tokens: list[tuple[str, str]], atom: Atom) -> None:
        self._tokens, self._atom, self._at = tokens, atom, 0

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self._at == len(self._tokens)

    def either(self, depth: int) -> str:
        """One or more joined by "or"."""
        return self._joined("or", {"or", "||"}, self._both, depth)

    def _both(self, depth: int) -> str:
        return self._joined("and", {"and", "&&"}, self._one, depth)

    def _joined(self, word: str, signs: set[str], part: Callable[[int], str], depth: int) -> str:
        parts = [part(depth)]
        while self._peek().lower() in signs:
            self._next()
            parts.append(part(depth))
        return f" {word} ".join(parts)

    def _one(self, depth: int) -> str:
        if depth > DEEPEST:
            raise _Unsayable
        word = self._peek().lower()
        if word == "(":
            return f"({self._bracketed(depth)})"
        if word in {"!", "not"}:
            self._next()
            if self._peek().lower() == "is_empty":
                return self._empty("!=")
            return f"not({self._bracketed(depth)})"
        return self._empty("=") if word == "is_empty" else self._comparison()

    def _bracketed(self, depth: int) -> str:
        self._need("(")
        inner = self.either(depth + 1)
        self._need(")")
        return inner

    def _empty(self, operator: str) -> str:
        self._next()
        self._need("(")
        kind, name = self._next()
        self._need(")")
        return self._say(name if kind == "name" else "", operator, "")

    def _comparison(self) -> str:
        (left, one), (_sign, sign), (right, other) = self._next(), self._next(), self._next()
        operator = _OPERATORS.get(sign.lower())
        if operator is None or (left == "name") == (right == "name") or "sign" in {left, right}:
            raise _Unsayable
        name, literal, kind = (one, other, right) if left == "name" else (other, one, left)
        operator = operator if left == "name" else _TURNED[operator]
        return self._say(name, operator, literal[1:-1] if kind == "text" else literal)

    def _say(self, name: str, operator: str, literal: str) -> str:
        found = self._atom(name, operator, literal) if name else None
        if found is None:
            raise _Unsayable
        return found

    def _peek(self) -> str:
        return "" if self.ended else self._tokens[self._at][1]

    def _next(self) -> tuple[str, str]:
        if self.ended:
            raise _Unsayable
        self._at += 1
        return self._tokens[self._at - 1]

    def _need(self, sign: str) -> None:
        if self._next() != ("sign", sign):
            raise _Unsayable
