"""What a reader makes of a file: a table with one row a respondent, and what the platform says of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from survey_app.questionnaires.instrument import Instrument, Item, Words
from survey_app.questionnaires.scales import Scale
from survey_app.questionnaires.wording import forms, pair, plain_key
from survey_app.rosters.tables import Table

ANSWER, TICK, PLACE, AT_PLACE, WORDS, ASIDE = "answer", "tick", "place", "at_place", "words", "aside"
"""What a cell holds: the answer to a question or line; whether an option was ticked; the place of an option in a
ranking; the option at a place; words of one's own beside an option; nothing that the questionnaire asked."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a platform says of a column; what it does not say (`kind` "") is inferred from the answers.

    `question` and `line` are keys, `asked` and `line_asked` the words as they stand in the file; labels may be given
    in both languages. Columns of one question share `question`. `why` of an ASIDE: time, consent, personal, group,
    empty, respondent, system. `defined` says that a definition was uploaded which knows the column.
    """

    question: str
    asked: str = ""
    line: str = ""
    line_asked: str = ""
    role: str = ANSWER
    kind: str = ""
    points: Scale = ()
    separator: str = ""
    place: int = 0
    cannot_say: tuple[float, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    why: str = ""
    code: str = ""
    line_code: str = ""
    reverse: bool = False
    defined: bool = False
    label_given: Words | None = None
    line_label_given: Words | None = None

    @property
    def label(self) -> Words:
        """The question in both languages, as far as known."""
        return self.label_given or pair(self.asked)

    @property
    def line_label(self) -> Words:
        """The line or option in both languages, as far as known."""
        return self.line_label_given or pair(self.line_asked)


@dataclass(frozen=True)
class Export:
    """A file of answers. Columns without a head speak for themselves («Question [line]»).

    `platform` is a proper name or ""; `instrument` what the file itself defines; `respondent` the column that names
    the respondent, where the platform has one.
    """

    platform: str
    table: Table
    heads: Mapping[str, Head] = field(default_factory=dict)
    instrument: Instrument | None = None
    respondent: str | None = None


def with_definition(export: Export, instrument: Instrument) -> Export:
    """The export with every head that the definition knows put in its words: an uploaded definition always wins.

    A cell that names the option for "cannot say" gets the number that stands for it.
    """
    known = _known(instrument)
    heads = {name: _defined(_placed(head, known), instrument) for name, head in export.heads.items()}
    silent = {name: _silent(instrument.item(head.question)) for name, head in heads.items() if head.defined}
    silent = {name: cells for name, cells in silent.items() if cells and heads[name].role == ANSWER}
    rows = tuple(
        row | {name: cells[key] for name, cells in silent.items() if (key := plain_key(row[name])) in cells}
        for row in export.table.rows
    )
    return replace(export, instrument=instrument, heads=heads, table=replace(export.table, rows=rows))


Known = Mapping[str, Sequence[Item]]
"""Items by key, by a line's own part of its key, and by wording: "key x", "line x", "asks x"."""


def _known(instrument: Instrument) -> Known:
    known: dict[str, list[Item]] = {}
    for item in instrument.items:
        names = [f"key {item.key}"]
        names += [f"line {item.key.removeprefix(f'{item.parent}.')}"] if item.parent else []
        names += [f"asks {key}" for key in forms(item.label[0]) | forms(item.label[1])]
        for name in names:
            known.setdefault(name, []).append(item)
    return known


def _find(known: Known, key: str, asked: str) -> Item | None:
    """The item with that wording, of that key, or the line called so; None for none or several.

    Where the item of the key has that wording too, it is meant. A key alone may be no more than a column's number.
    """
    worded = [f"asks {said}" for said in forms(asked)]
    own = known.get(f"key {key}", ())
    if own and any(own[0] in known.get(name, ()) for name in worded):
        return own[0]
    names = [*worded, f"key {key}", f"line {key}"]
    return next((found[0] for name in names if len(found := known.get(name, ())) == 1), None)


def _placed(head: Head, known: Known) -> Head:
    """The head under the keys of the definition."""
    if head.role == ASIDE:
        return head
    item = _find(known, head.question, head.asked)
    if item is None and head.role == TICK:
        item = _find(known, head.line, head.line_asked)
        head = head if item is None else replace(head, role=ANSWER, line="", line_asked="", asked=head.line_asked)
    if item is None:
        return head
    if item.parent:
        if head.line:
            return replace(head, question=item.key)
        return replace(head, question=item.parent, line=item.key.removeprefix(f"{item.parent}."), line_asked=head.asked)
    if head.role == TICK and (line := _find(known, f"{item.key}.{head.line}", "")) and line.parent == item.key:
        return replace(head, role=ANSWER, question=item.key)
    asked = forms(head.line_asked)
    option = next((each for each in item.options if each.key == head.line), None) or next(
        (each for each in item.options if head.line and asked & (forms(each.label[0]) | forms(each.label[1]))), None
    )
    return replace(head, question=item.key, line=option.key if option else head.line)


def _defined(head: Head, instrument: Instrument) -> Head:
    item = instrument.item(head.question)
    if item is None or head.role == ASIDE:
        return head
    line = next((row for row in instrument.lines(item.key) if row.key in {head.line, f"{item.key}.{head.line}"}), None)
    option = next((option for option in item.options if option.key == head.line), None)
    known = replace(
        head, defined=True, kind=item.kind, label_given=item.label, code=item.code, lowest=item.lowest,
        highest=item.highest, reverse=(line or item).reverse, cannot_say=_cannot_say(item),
    )  # fmt: skip
    if line is not None:
        points = replace(line, options=item.options).points()
        return replace(known, line_label_given=line.label, line_code=line.code, points=points)
    if head.role in {TICK, PLACE, WORDS} and option is not None:
        return replace(known, line_label_given=option.label, line_code=option.code)
    return replace(known, points=item.points())


def _silent(item: Item | None) -> dict[str, str]:
    """What stands for "cannot say" in a cell, by the keys and labels of such options."""
    options = [option for option in item.options if option.cannot_say] if item else []
    return {
        key: f"{option.value:g}"
        for option in options
        for text in (option.key, *option.label)
        if (key := plain_key(text))
    }


def _cannot_say(item: Item) -> tuple[float, ...]:
    return tuple(option.value for option in item.options if option.cannot_say)
