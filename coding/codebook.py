"""The codebook: codes with their roots, words in two languages, coding rules, statement attributes, periods."""

from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from coding.frames import CODES, empty
from coding.segments import ALL
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
from transcripts.messages import Message, sentence

LONGEST_LABEL = 300
LONGEST_WORDS = 4_000
"""Letters of a definition, of when to use a code and when not, of an example."""
DEEPEST = 10
"""Steps from a code up to its root."""

Polarity = Literal["negative", "positive", "neutral"]
_POLARITIES: dict[str, Polarity] = {"negative": "negative", "positive": "positive", "neutral": "neutral"}


@dataclass(frozen=True, slots=True)
class Indicator:
    """The figure that a target is measured by: more than 70 per cent in 2024."""

    value: float
    comparator: str
    unit: str
    year: int


@dataclass(frozen=True, slots=True)
class Code:
    """A code or a root (then `parent` is "" and `root` the code itself). Polarity is the root's."""

    key: str
    parent: str
    root: str
    polarity: Polarity
    short: str
    label_en: str
    label_ru: str
    colour: str
    definition_en: str = ""
    definition_ru: str = ""
    use_en: str = ""
    use_ru: str = ""
    avoid_en: str = ""
    avoid_ru: str = ""
    example_en: str = ""
    example_ru: str = ""
    counterpart: str = ""
    literature: tuple[str, ...] = ()
    literature_basis: str = ""
    indicator: Indicator | None = None


@dataclass(frozen=True, slots=True)
class CodingRule:
    """A rule shown beside the statement that is being coded."""

    key: str
    en: str
    ru: str


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """One of the values that an attribute may have."""

    key: str
    label_en: str
    label_ru: str


NO_VALUE = "-"
"""What stands for statements without a value wherever values are counted."""
RESERVED = (ALL, NO_VALUE)


@dataclass(frozen=True, slots=True)
class StatementAttribute:
    """What a coder may say of a statement besides its codes; without values the list is open."""

    key: str
    label_en: str
    label_ru: str
    values: tuple[AttributeValue, ...] = ()
    literature: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A stage of development; `first` or `last` year is None where it is open."""

    key: str
    label_en: str
    label_ru: str
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Codebook:
    """Everything a coder works by. `codes` holds the roots first, then the codes in the file's order."""

    key: str
    version: str
    title_en: str
    title_ru: str
    codes: tuple[Code, ...]
    rules: tuple[CodingRule, ...] = ()
    attributes: tuple[StatementAttribute, ...] = ()
    periods: tuple[Period, ...] = ()
    literature: tuple[tuple[str, str, str], ...] = ()
    literature_bases: tuple[tuple[str, str, str], ...] = ()

    @property
    def roots(self) -> tuple[Code, ...]:
        """The codes that hang under no other."""
        return tuple(code for code in self.codes if not code.parent)


def read_codebook(text: str) -> Codebook:
    """Read the YAML of a codebook (the form of the starter codebook).

    A code hangs under its `parent`, or else under what its id names before the last dot; its colour defaults to its
    root's. Raises UnusableStudyFile for a code without a name, a key or short name used twice, an unknown parent, a
    circle of parents, an unknown opposite, or a colour or polarity that is none.
    """
    return codebook_from(read_yaml(text))


def codebook_from(book: dict[str, Any]) -> Codebook:
    """The same from what the file says, however it was written."""
    roots, listed = entries(book, "roots"), entries(book, "codes")
    need_unique([entry["id"] for entry in roots + listed])
    if not roots:
        raise UnusableStudyFile(
            sentence(
                "The codebook has no roots: codes with a polarity that hang under no other. In YAML they stand under "
                "“roots”; in a table each has a row with an empty “parent”."
            )
        )
    parents = {root["id"]: "" for root in roots}
    parents |= {code["id"]: _parent(code) for code in listed}
    root_of = {key: _root(key, parents) for key in parents}
    made = {root["id"]: _root_code(root) for root in roots}
    codes = tuple(made.values()) + tuple(_code(code, parents, made[root_of[code["id"]]]) for code in listed)
    _check_shorts(codes)
    _check_counterparts(codes)
    _check_sizes(codes)
    title_en, title_ru = words(book, "title")
    works, bases = mapping(book, "literature"), mapping(book, "literature_basis_values")
    return Codebook(
        key=as_text(book.get("id")),
        version=as_text(book.get("version")),
        title_en=title_en,
        title_ru=title_ru,
        codes=codes,
        rules=tuple(
            CodingRule(rule["id"], as_text(rule.get("en")), as_text(rule.get("ru")))
            for rule in entries(book, "coding_rules")
        ),
        attributes=tuple(
            StatementAttribute(one["id"], *named(one), _values(one), texts(one.get("literature")))
            for one in entries(book, "statement_attributes")
        ),
        periods=tuple(
            Period(period["id"], *named(period), _year(period.get("from")), _year(period.get("to")))
            for period in entries(book, "periodisation")
        ),
        literature=tuple((as_text(key), *words(works, key)) for key in works),
        literature_bases=tuple((as_text(key), *words(bases, key)) for key in bases),
    )


def codes_frame(codebook: Codebook) -> pd.DataFrame:
    """The codes as the frame that everything counts with (contract `CODES`)."""
    if not codebook.codes:
        return empty(CODES)
    return CODES.validate(
        pd.DataFrame(
            [
                {
                    "code_id": code.key, "parent_id": code.parent, "root": code.root, "polarity": code.polarity,
                    "short": code.short, "label_en": code.label_en, "label_ru": code.label_ru,
                    "colour": code.colour, "order": order,
                }
                for order, code in enumerate(codebook.codes)
            ]
        )
    )  # fmt: skip


def _check_sizes(codes: tuple[Code, ...]) -> None:
    """What is longer could be brought in, but not be read on a screen."""
    for code in codes:
        if max(len(code.label_en), len(code.label_ru)) > LONGEST_LABEL:
            raise UnusableStudyFile(
                sentence(
                    "The name of “{key}” is longer than {most} letters. Shorten it.", key=code.key, most=LONGEST_LABEL
                )
            )
        fields = (f"{field}_{tongue}" for field in ("definition", "use", "avoid", "example") for tongue in ("en", "ru"))
        if max(len(getattr(code, field)) for field in fields) > LONGEST_WORDS:
            raise UnusableStudyFile(
                sentence(
                    "What “{key}” says is longer than {most} letters. Shorten it.", key=code.key, most=LONGEST_WORDS
                )
            )


def _values(attribute: dict[str, Any]) -> tuple[AttributeValue, ...]:
    """Values written as plain words stand for themselves in both languages."""
    written = attribute.get("values")
    plain = isinstance(written, list) and not any(isinstance(value, dict) for value in written)
    if plain:
        found = [AttributeValue(value, value, value) for value in texts(written)]
    else:
        found = [AttributeValue(value["id"], *named(value)) for value in entries(attribute, "values")]
        need_unique([value.key for value in found])
    ours = next((value.key for value in found if value.key in RESERVED), None)
    if ours is not None:
        raise UnusableStudyFile(reserved(ours))
    return tuple(found)


def reserved(key: str) -> Message:
    """Why a value of an attribute cannot have a key that stands for something else wherever values are counted."""
    return sentence("“{key}” cannot be the key of a value: it is used in counting. Choose another.", key=key)


def _parent(code: dict[str, Any]) -> str:
    parent = as_text(code.get("parent")) or code["id"].rpartition(".")[0]
    if not parent:
        raise UnusableStudyFile(
            sentence(
                "“{key}” hangs under no root. Write “parent:” and the id of a root or of another code.", key=code["id"]
            )
        )
    return parent


def _root(key: str, parents: dict[str, str]) -> str:
    path = [key]
    while parents[path[-1]]:
        parent = parents[path[-1]]
        if parent not in parents:
            raise UnusableStudyFile(
                sentence(
                    "“{key}” hangs under “{parent}”, which is not in the codebook. Add it or correct the name.",
                    key=path[-1],
                    parent=parent,
                )
            )
        if parent in path:
            raise UnusableStudyFile(sentence("“{key}” hangs below itself. Give it another parent.", key=parent))
        path.append(parent)
        if len(path) > DEEPEST + 1:
            raise UnusableStudyFile(
                sentence(
                    "“{key}” stands more than {most} steps below its root. Flatten the tree.", key=key, most=DEEPEST
                )
            )
    return path[-1]


def _root_code(root: dict[str, Any]) -> Code:
    key, polarity = root["id"], as_text(root.get("polarity"))
    if polarity not in _POLARITIES:
        raise UnusableStudyFile(
            sentence(
                "The root “{key}” has the polarity “{polarity}”. Write negative, positive or neutral.",
                key=key,
                polarity=polarity,
            )
        )
    return _with_words(root, "", key, _POLARITIES[polarity], need_colour(root.get("colour"), key))


def _code(code: dict[str, Any], parents: dict[str, str], root: Code) -> Code:
    key = code["id"]
    colour = need_colour(code["colour"], key) if code.get("colour") else root.colour
    return _with_words(code, parents[key], root.key, root.polarity, colour)


def _with_words(written: dict[str, Any], parent: str, root: str, polarity: Polarity, colour: str) -> Code:
    label_en, label_ru = named(written)
    return Code(
        written["id"], parent, root, polarity, as_text(written.get("short")), label_en, label_ru, colour,
        *words(written, "definition"), *words(written, "use"), *words(written, "avoid"), *words(written, "example"),
        counterpart=as_text(written.get("counterpart")), literature=texts(written.get("literature")),
        literature_basis=as_text(written.get("literature_basis")), indicator=_indicator(written),
    )  # fmt: skip


def _indicator(written: dict[str, Any]) -> Indicator | None:
    if not written.get("indicator"):
        return None
    figure = mapping(written, "indicator")
    value, year = figure.get("value"), _year(figure.get("year"))
    if isinstance(value, bool) or not isinstance(value, int | float) or year is None:
        raise UnusableStudyFile(
            sentence("The indicator of “{key}” needs a number as value and a year.", key=written["id"])
        )
    return Indicator(float(value), as_text(figure.get("comparator")), as_text(figure.get("unit")), year)


def _year(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _check_shorts(codes: tuple[Code, ...]) -> None:
    owner = dict[str, str]()
    for code in codes:
        first = owner.setdefault(code.short, code.key) if code.short else code.key
        if first != code.key:
            raise UnusableStudyFile(
                sentence(
                    "The short name “{short}” belongs to “{first}” and to “{second}”. Change one of them.",
                    short=code.short,
                    first=first,
                    second=code.key,
                )
            )


def _check_counterparts(codes: tuple[Code, ...]) -> None:
    keys = {code.key for code in codes}
    for code in codes:
        if code.counterpart and code.counterpart not in keys:
            raise UnusableStudyFile(
                sentence(
                    "“{key}” names “{counterpart}” as its opposite, which is not in the codebook.",
                    key=code.key,
                    counterpart=code.counterpart,
                )
            )
