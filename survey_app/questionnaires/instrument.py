"""The one model of a questionnaire: its sections, its items and their options, in English and Russian."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from survey_app.questionnaires.scales import Scale
from transcripts.messages import Message

Words = tuple[str, str]
"""English and Russian; "" where a text is in one language alone."""
NOTHING: Words = ("", "")

LIKERT, SINGLE, MULTI, NUMERIC, RANK, DATE, OPEN, NOTE = (
    "likert", "single", "multi", "numeric", "rank", "date", "open", "note",
)  # fmt: skip
KINDS = (LIKERT, SINGLE, MULTI, NUMERIC, RANK, DATE, OPEN, NOTE)
"""A note is read and not answered."""

CANNOT_SAY = "cannot_say"
"""Key of the option that says it, where the questionnaire does not name one."""
CANNOT_SAY_WORDS: Words = ("cannot say", "затрудняюсь ответить")


@dataclass(frozen=True, slots=True)
class Option:
    """A point of a scale, a choice, or something to rank. `value` orders points and is what statistics count with.

    `code` is the code of the codebook that it stands for, `other` asks for words of one's own, and `cannot_say`
    stands beside the scale: it is an answer, and neither a point nor a gap.
    """

    key: str
    label: Words
    value: float
    code: str = ""
    other: bool = False
    cannot_say: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A question, or a line of one (`parent`).

    `options` of a matrix stand with its parent and hold for every line. `relevant` and `constraint` are expressions
    of `rules`; `fewest` and `most` say how many options may be chosen or ranked (0: as many as one likes).
    """

    key: str
    kind: str
    label: Words
    hint: Words = NOTHING
    section: str = ""
    parent: str = ""
    options: tuple[Option, ...] = ()
    code: str = ""
    lowest: float | None = None
    highest: float | None = None
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    constraint_words: Words = NOTHING
    fewest: int = 0
    most: int = 0
    reverse: bool = False
    long: bool = False
    """Of an open item: more than a line is expected."""
    step: float | None = None
    """Of a number: how far apart the answers are that are asked for."""
    unit: Words = NOTHING
    """Of a number: what it counts."""

    def points(self) -> Scale:
        """The options that count, as points of `scales`: with key and code, in order; those of a scale ascending."""
        options = sorted(self.options, key=lambda option: option.value) if self.kind == LIKERT else self.options
        return tuple(
            {"value": option.value, "en": option.label[0], "ru": option.label[1], "key": option.key,
             "item_id": f"{self.key}.{option.key}", "code_id": option.code}
            for option in options if not option.cannot_say
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """What stands on one page of the form."""

    key: str
    title: Words = NOTHING
    relevant: str = ""


@dataclass(frozen=True)
class Instrument:
    """A questionnaire as it was written, in one version. `items` are in order, a matrix before its lines.

    `warnings` are what its reader left out; they are told once and not stored.
    """

    key: str
    title: Words
    items: tuple[Item, ...]
    version: str = ""
    languages: tuple[str, ...] = ("en", "ru")
    sections: tuple[Section, ...] = ()
    consent: Words = NOTHING
    warnings: tuple[Message, ...] = field(default=(), compare=False)
    _by_key: Mapping[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {item.key: item for item in self.items})

    def item(self, key: str) -> Item | None:
        """The item of that key, or None."""
        return self._by_key.get(key)

    def lines(self, key: str) -> tuple[Item, ...]:
        """The lines of a matrix, in order; () for what is none."""
        return tuple(item for item in self.items if item.parent == key)

    def questions(self) -> tuple[Item, ...]:
        """What stands alone: every item but the lines."""
        return tuple(item for item in self.items if not item.parent)

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the store."""
        plain = asdict(self)
        return {name: value for name, value in plain.items() if name not in {"_by_key", "warnings"}}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Instrument:
        """The way back from `to_json`."""
        return cls(
            key=plain["key"], title=_words(plain["title"]), version=plain["version"],
            languages=tuple(plain["languages"]), consent=_words(plain["consent"]),
            items=tuple(_item(row) for row in plain["items"]),
            sections=tuple(
                Section(row["key"], _words(row["title"]), row["relevant"]) for row in plain["sections"]
            ),
        )  # fmt: skip


def _item(row: Mapping[str, Any]) -> Item:
    words = {name: _words(row.get(name, NOTHING)) for name in ("label", "hint", "constraint_words", "unit")}
    options = tuple(Option(**(option | {"label": _words(option["label"])})) for option in row["options"])
    return Item(**{**row, **words, "options": options})


def _words(pair: Sequence[str]) -> Words:
    return str(pair[0]), str(pair[1])
