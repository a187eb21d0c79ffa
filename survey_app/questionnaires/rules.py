"""Rules of a questionnaire (`relevant`, `constraint`): the part of XLSForm's expressions that a form understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from survey_app.questionnaires.patterns import UnsafePattern, compiled, matches
from transcripts.messages import Message, MessageError, sentence

LONGEST_RULE, DEEPEST_RULE = 2000, 20
"""Letters; brackets and `not` within one another."""

Answer = Sequence[str] | float | str | None
"""None, "" or () where nothing is answered; keys of the chosen options (in order, in a ranking); a number; text."""
Node = tuple[Any, ...]
"""A name and what belongs to it: ("and", condition, …), ("not", condition), ("selected", value, text),
("=", value, value), ("regex", value, text); values are ("answer", key), ("own",), ("text", words), ("number", float),
("string-length", value), ("count-selected", value)."""

_TOKEN = re.compile(
    r"\s*(?:(?P<answer>\$\{\s*(?P<key>[^\W\d][\w.-]*)\s*\})|(?P<text>'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\")"
    r"|(?P<number>-?(?:[0-9]{1,15}(?:\.[0-9]{1,15})?|\.[0-9]{1,15})(?![\w.]))|(?P<word>[A-Za-z][A-Za-z-]*)"
    r"|(?P<sign>!=|<=|>=|[=<>(),.]))"
)
_KEY = re.compile(r"\$\{\s*([^\W\d][\w.-]*)\s*\}")
_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip


class UnreadableRule(MessageError):
    """A rule with something that is not understood here. `near` is the place in it."""

    def __init__(self, message: Message, near: str) -> None:
        super().__init__(message)
        self.near = near


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition that holds or does not. `keys` are the items whose answers it asks for."""

    tree: Node
    keys: frozenset[str] = frozenset()

    def to_json(self) -> list[Any]:
        """The tree as nested lists, for a script in a browser."""
        return _listed(self.tree)


@lru_cache(maxsize=2048)
def parse(text: str) -> Rule:
    """Read a rule. Raises UnreadableRule that says where and what is known instead."""
    if len(text) > LONGEST_RULE:
        raise UnreadableRule(
            sentence("A condition is longer than {limit} characters. Shorten it.", limit=LONGEST_RULE), text[:40]
        )
    reader = _Reader(text)
    tree = reader.condition(0)
    if reader.here.kind:
        raise reader.not_understood()
    return Rule(tree, frozenset(token.words for token in reader.tokens if token.kind == "answer"))


def holds(rule: Rule, answers: Mapping[str, Answer], own: Answer = None) -> bool:
    """Whether the rule holds. `own` is the answer of the item that has the rule, written `.` in it.

    As in ODK: what is not answered equals '' and is neither less nor more than anything; keys and text that are
    numbers are compared as such. "Cannot say" is a key like any other: with a number as its key it is compared as
    that number. Whether a constraint is asked at all where nothing is answered, the caller decides.
    """
    return _holds(rule.tree, answers, own)


def renamed(text: str, names: Mapping[str, str]) -> str:
    """The rule with other keys of items in it; the rest stays as it was written."""
    return _KEY.sub(lambda found: f"${{{names.get(found[1], found[1])}}}", text)


class _Token(NamedTuple):
    kind: str
    """answer, text, number, word, sign; "" at the end."""
    words: str
    """The key of an answer, a text without its quotation marks, anything else as it is written."""
    place: int


class _Reader:
    """Tokens of a rule, and where we are in them: recursive descent, one method a level."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at = text, list[_Token](), 0
        place = 0
        while text[place:].strip():
            found = _TOKEN.match(text, place)
            if found is None:
                raise _not_understood(text, place)
            kind = next(name for name in ("answer", "text", "number", "word", "sign") if found[name] is not None)
            inner = [found[name] for name in ("key", "single", "double", kind) if found[name] is not None]
            self.tokens.append(_Token(kind, inner[0], found.start(kind)))
            place = found.end()
        self.tokens.append(_Token("", "", len(text)))

    @property
    def here(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> str:
        """What stands here; and go on."""
        self.at += 1
        return self.tokens[self.at - 1].words

    def is_next(self, kind: str, *words: str) -> bool:
        return self.here.kind == kind and self.here.words in words

    def need(self, sign: str) -> None:
        if not self.is_next("sign", sign):
            raise self.not_understood()
        self.at += 1

    def not_understood(self) -> UnreadableRule:
        return _not_understood(self.text, self.here.place)

    def condition(self, depth: int) -> Node:
        """One or more `and` parts, joined by `or`."""
        if depth > DEEPEST_RULE:
            raise self.not_understood()
        return self.joined("or", lambda: self.joined("and", lambda: self.part(depth)))

    def joined(self, word: str, read: Callable[[], Node]) -> Node:
        parts = [read()]
        while self.is_next("word", word):
            self.at += 1
            parts.append(read())
        return parts[0] if len(parts) == 1 else (word, *parts)

    def part(self, depth: int) -> Node:
        """A condition in brackets, a function that holds or not, or a comparison."""
        if self.is_next("word", "not"):
            self.at += 1
            self.need("(")
            inner = self.condition(depth + 1)
            self.need(")")
            return "not", inner
        if self.is_next("sign", "("):
            self.at += 1
            inner = self.condition(depth + 1)
            self.need(")")
            return inner
        if self.is_next("word", "selected", "regex"):
            return self.of_two()
        left = self.value()
        if not self.is_next("sign", *_COMPARISONS):
            raise self.not_understood()
        return self.take(), left, self.value()

    def of_two(self) -> Node:
        """selected(value, 'key') or regex(value, 'pattern')."""
        name = self.take()
        self.need("(")
        value = self.value()
        self.need(",")
        start = self.here.place
        if self.here.kind != "text":
            raise self.not_understood()
        words = self.take()
        self.need(")")
        if name == "regex":
            try:
                compiled(words)
            except UnsafePattern as problem:
                raise UnreadableRule(
                    sentence(
                        "The pattern “{pattern}” is not known here, or could take very long. Known are letters, sets, "
                        "groups, | and repetition; what is repeated may not repeat something itself.",
                        pattern=words[:80],
                    ),
                    self.text[start:][:40],
                ) from problem
        return name, value, ("text", words)

    def value(self) -> Node:
        """An answer, a word or number as written, or what is counted of an answer."""
        if self.here.kind in {"answer", "text"}:
            return self.here.kind, self.take()
        if self.here.kind == "number":
            return "number", float(self.take())
        if self.is_next("sign", "."):
            self.at += 1
            return ("own",)
        if not self.is_next("word", "string-length", "count-selected"):
            raise self.not_understood()
        name = self.take()
        self.need("(")
        if self.here.kind != "answer" and not self.is_next("sign", "."):
            raise self.not_understood()
        inner = self.value()
        self.need(")")
        return name, inner


def _not_understood(text: str, place: int) -> UnreadableRule:
    place += len(text[place:]) - len(text[place:].lstrip())
    where = text[place:][:40].strip() or text.strip()[-40:]
    return UnreadableRule(
        sentence(
            "The condition “{rule}” is not understood at “{near}” (character {place}). Known are ${{name}}, “.”, "
            "numbers and 'text', = != < <= > >=, and, or, not(…), selected(…), count-selected(…), "
            "string-length(…), regex(…).",
            rule=text[:200], near=where, place=place + 1,
        ),
        where,
    )  # fmt: skip


def _holds(node: Node, answers: Mapping[str, Answer], own: Answer) -> bool:
    name, *parts = node
    if name in {"and", "or"}:
        return (all if name == "and" else any)(_holds(part, answers, own) for part in parts)
    if name == "not":
        return not _holds(parts[0], answers, own)
    left, right = (_value(part, answers, own) for part in parts)
    if name == "selected":
        return right in _keys(left)
    if name == "regex":
        return matches(str(right), _text(left))
    return _compare(name, left, right)


def _value(node: Node, answers: Mapping[str, Answer], own: Answer) -> Answer:
    name, *parts = node
    if name in {"text", "number"}:
        return parts[0]
    if name == "own":
        return own
    if name == "answer":
        return answers.get(parts[0])
    inner = _value(parts[0], answers, own)
    return float(len(_keys(inner))) if name == "count-selected" else float(len(_text(inner)))


def _compare(name: str, left: Answer, right: Answer) -> bool:
    numbers = isinstance(left, int | float) or isinstance(right, int | float)
    if name in {"=", "!="} and not numbers:
        return _COMPARISONS[name](_text(left), _text(right))
    if not numbers and _DAY.fullmatch(_text(left)) and _DAY.fullmatch(_text(right)):
        return _COMPARISONS[name](_text(left), _text(right))
    return _COMPARISONS[name](_as_number(left), _as_number(right))


def _keys(answer: Answer) -> list[str]:
    if isinstance(answer, str | int | float) or answer is None:
        return _text(answer).split()
    return list(answer)


def _text(answer: Answer) -> str:
    if answer is None:
        return ""
    if isinstance(answer, int | float):
        return str(int(answer)) if float(answer).is_integer() else str(answer)
    return answer if isinstance(answer, str) else " ".join(answer)


def _as_number(answer: Answer) -> float:
    """The number that an answer is; not a number, which equals nothing, for anything else."""
    if isinstance(answer, int | float):
        return float(answer)
    text = _text(answer)
    return float(text) if _NUMBER.fullmatch(text) else float("nan")


def _listed(node: Node) -> list[Any]:
    return [_listed(part) if isinstance(part, tuple) else part for part in node]
