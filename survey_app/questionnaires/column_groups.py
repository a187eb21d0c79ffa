"""What platforms with a column for every option or line leave unsaid: where the question ends and the line begins,
whether columns hold ticks, and whether a cell holds one choice, several, or words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from survey_app.questionnaires.choices import MOST_OPTIONS, points
from survey_app.questionnaires.dates import iso_date
from survey_app.questionnaires.instrument import MULTI, OPEN, SINGLE
from survey_app.questionnaires.rankings import is_ranking
from survey_app.questionnaires.scales import Scale, number_in, propose_scale, range_in, says_nothing
from survey_app.questionnaires.wording import plain_key
from survey_app.rosters.tables import Table

_COMMA = re.compile(r",(?=\S)")
_CODES = re.compile(r"-?\d+(,-?\d+)*")
_LONGEST_CHOICE = 300
MOST_CODES = 20
"""Most different numbers that may still stand for the options of one choice."""


def question_before(texts: Sequence[str], between: str = " - ") -> str:
    """What all `texts` of a question's columns begin with, up to the last `between` in it; "" where they differ.

    One of them may be the question itself.
    """
    if len(set(texts)) == 1:
        return texts[0].rpartition(between)[0] if between in texts[0] else texts[0]
    low, high = min(texts, default=""), max(texts, default="")
    alike = next((place for place, (one, other) in enumerate(zip(low, high, strict=False)) if one != other), len(low))
    shared = low[:alike]
    if shared in texts and all(text == shared or text.startswith(shared + between) for text in texts):
        return shared
    return shared.rpartition(between)[0] if between in shared else ""


def after(text: str, question: str, between: str = " - ") -> str:
    """The rest of a text behind its question; the whole text where it does not begin with it."""
    return text.removeprefix(question + between) if question else text


def hold_ticks(columns: Sequence[Sequence[str]], labels: Sequence[str]) -> bool:
    """Whether the columns of one question, cells top to bottom, say only which of the `labels` were chosen.

    A chosen cell repeats the label, or holds 1 or the number of the option, and others are blank: a column of ticks
    has one value. Numbers that nobody left blank are taken for answers.
    """
    said = [set(filter(None, column)) for column in columns]
    if not any(said) or any(len(values) > 1 for values in said):
        return False
    words = [next(iter(values)) for values in said if values]
    chosen = [label for values, label in zip(said, labels, strict=True) if values]
    if all(plain_key(label).endswith(plain_key(word)) for word, label in zip(words, chosen, strict=True)):
        return True
    gaps = any(len({bool(cell) for cell in row}) == 2 for row in zip(*columns, strict=True))
    numbers = all(word.isdigit() for word in words) and (set(words) == {"1"} or len(set(words)) == len(words) > 1)
    return len(columns) > 1 and gaps and numbers


def hold_places(table: Table, names: Sequence[str]) -> bool:
    """Whether the columns of one question hold the places of its options; ticks alone are seen at once."""
    return len({cell for name in names for cell in table.values(name) if cell}) > 1 and is_ranking(table, names)


def as_ticks(columns: Sequence[Sequence[str]]) -> list[list[str]]:
    """The same columns with 1 for what was chosen and 0 for what was not, blank for who chose nothing at all."""
    answered = [any(row) for row in zip(*columns, strict=True)]
    return [
        ["" if not there else "1" if cell else "0" for cell, there in zip(column, answered, strict=True)]
        for column in columns
    ]


def with_cells(table: Table, cells: Mapping[str, Sequence[str]]) -> Table:
    """The table with other cells in these columns."""
    if not cells:
        return table
    rows = tuple(row | {name: column[place] for name, column in cells.items()} for place, row in enumerate(table.rows))
    return replace(table, rows=rows)


def words_kind(values: Sequence[str]) -> str:
    """OPEN for answers to a question that takes words; "" where all of them are numbers or dates."""
    said = [value for value in values if value and not says_nothing(value)]
    short = [value for value in said if len(value) <= 25]
    plain = all(number_in(value) is not None or iso_date(value) for value in short)
    return "" if said and len(short) == len(said) and plain else OPEN


def several(values: Sequence[str]) -> tuple[str, ...]:
    """The options of cells in which commas join what was chosen («1,3», «Roads,Schools»); () where they do not."""
    said = [value for value in values if value]
    if said and any("," in value for value in said) and all(_CODES.fullmatch(value) for value in said):
        return tuple(sorted({code for value in said for code in value.split(",")}, key=int))
    split = [_COMMA.split(value) for value in said]
    counts = Counter(part for parts in split for part in parts)
    many = sum(len(parts) > 1 for parts in split)
    recurring = sum(count for count in counts.values() if count > 1)
    looks = many >= max(2, 0.15 * len(said)) and recurring >= 0.6 * sum(counts.values()) and len(counts) <= MOST_OPTIONS
    return tuple(counts) if looks else ()


def kind_of_choice(values: Sequence[str], asked: str = "") -> tuple[str, Scale]:
    """Kind and options of a cell that holds what was chosen from a list; "" where they may be points of a scale."""
    options = several(values)
    if options:
        return MULTI, points(options)
    said = list(dict.fromkeys(value for value in values if value and not says_nothing(value)))
    codes = all(_CODES.fullmatch(value) for value in said)
    scale = propose_scale(said, (), asked) if not codes or range_in(asked) else ()
    if not said or scale or any(len(value) > _LONGEST_CHOICE for value in said):
        return "", ()
    if not codes:
        numbers = all(number_in(value) is not None for value in said)
        return ("", ()) if numbers else (SINGLE, points(said))
    if len(said) > MOST_CODES:
        return "", ()
    return SINGLE, tuple({"value": float(code), "en": code, "ru": ""} for code in sorted(said, key=int))
