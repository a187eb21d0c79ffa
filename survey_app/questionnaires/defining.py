"""An export in the words of a definition: its columns are found by key or by wording, and take its place and kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from survey_app.questionnaires.export import (
    ANSWER,
    ASIDE,
    AT_PLACE,
    PLACE,
    TICK,
    WORDS,
    Export,
    Head,
)
from survey_app.questionnaires.headings import plain_heading
from survey_app.questionnaires.heads import heads_of
from survey_app.questionnaires.instrument import MULTI, NOTE, RANK, Instrument, Item, Option
from survey_app.questionnaires.wording import forms, plain_key

Known = Mapping[str, Sequence[Item]]
"""Items by key, by a line's own part of its key, and by wording: "key x", "line x", "asks x"."""


def unknown_to(export: Export) -> tuple[str, ...]:
    """Headers of an export that its definition does not know, what nobody was asked left aside."""
    return tuple(name for name, head in export.heads.items() if not head.defined and head.role != ASIDE)


def with_definition(export: Export, instrument: Instrument) -> Export:
    """The export with every head that the definition knows put in its words: an uploaded definition always wins.

    Where questions have no keys but their words (`worded`), the words alone are compared; two items of the definition
    are never one question. A cell that holds an option for "cannot say" gets its number: no scale has a point for it.
    """
    known = _known(instrument)
    heads = {}
    for name, head in heads_of(export).items():
        keyed = not export.worded or head.question == head.asked
        placed = _placed(head, known, keyed=keyed)
        if not keyed and placed.question == head.question and instrument.item(head.question) is not None:
            placed = replace(placed, question=f"{head.question}x")  # its number is no key of the definition
        heads[name] = _defined(_in_role(placed, instrument), instrument)
    for name, head in heads.items():
        first = heads.get(head.continues)
        if first is not None and head.defined and (head.question, head.line) != (first.question, first.line):
            heads[name] = replace(head, continues="")
    silent = {name: _silent(instrument.item(head.question)) for name, head in heads.items() if head.defined}
    silent = {name: cells for name, cells in silent.items() if cells and heads[name].role == ANSWER}
    rows = tuple(
        row | {name: cells[key] for name, cells in silent.items() if (key := plain_key(row[name])) in cells}
        for row in export.table.rows
    )
    return replace(export, instrument=instrument, heads=heads, table=replace(export.table, rows=rows))


def _known(instrument: Instrument) -> Known:
    known: dict[str, list[Item]] = {}
    for item in instrument.items:
        names = [f"key {item.key}"]
        names += [f"line {_own_key(item)}"] if item.parent else []
        names += [f"asks {key}" for key in _wordings(item)]
        for name in names:
            known.setdefault(name, []).append(item)
    return known


def _own_key(line: Item) -> str:
    """A line's part of its key."""
    return line.key.removeprefix(f"{line.parent}.")


def _wordings(part: Item | Option) -> frozenset[str]:
    return forms(part.label[0]) | forms(part.label[1])


def _find(known: Known, key: str, asked: str) -> Item | None:
    """The item with that wording, of that key, or the line called so; None for none or several.

    A heading may be a key itself. Where the item of the key has that wording too, it is meant. Without a `key` the
    wording alone tells.
    """
    if called := known.get(f"key {asked.strip()}"):
        return called[0]
    worded = [f"asks {said}" for said in forms(plain_heading(asked))]
    if not key:
        return next((found[0] for name in worded if len(found := known.get(name, ())) == 1), None)
    own = known.get(f"key {key}", ())
    if own and any(own[0] in known.get(name, ()) for name in worded):
        return own[0]
    names = [*worded, f"key {key}", f"line {key}"]
    return next((found[0] for name in names if len(found := known.get(name, ())) == 1), None)


def _placed(head: Head, known: Known, *, keyed: bool) -> Head:
    """The head under the keys of the definition."""
    if head.role == ASIDE:
        return head
    item = _find(known, head.question if keyed else "", head.asked)
    if item is None and head.role == TICK:
        item = _find(known, head.line if keyed else "", head.line_asked)
        head = head if item is None else replace(head, role=ANSWER, line="", line_asked="", asked=head.line_asked)
    if item is None:
        return head
    if item.parent:
        if head.line:
            return replace(head, question=item.key)
        return replace(head, question=item.parent, line=_own_key(item), line_asked=head.asked)
    if not head.line:
        return replace(head, question=item.key)
    asked = forms(plain_heading(head.line_asked))
    lines = [row for found in known.values() for row in found if row.parent == item.key]
    line = next((row for row in lines if row.key in {head.line, f"{item.key}.{head.line}"}), None) or next(
        (row for row in lines if asked & _wordings(row)), None
    )
    if line is not None:
        role = ANSWER if head.role == TICK else head.role
        return replace(head, role=role, question=item.key, line=_own_key(line))
    option = next((each for each in item.options if each.key == head.line), None) or next(
        (each for each in item.options if asked & _wordings(each)), None
    )
    return replace(head, question=item.key, line=option.key if option else head.line)


def _in_role(head: Head, instrument: Instrument) -> Head:
    """The head with the role that its column has in the definition, whatever its answers look like."""
    item = instrument.item(head.question)
    if item is None or head.role in {ASIDE, WORDS}:
        return head
    if item.parent:
        return replace(head, question=item.parent, line=_own_key(item), role=ANSWER)
    place = head.place or (int(head.line) if head.line.isdecimal() and len(head.line) < 4 else 0)
    if item.kind == RANK and place and not any(option.key == head.line for option in item.options):
        return replace(head, line="", role=AT_PLACE, place=place)
    if item.kind in {MULTI, RANK} and head.line and head.role != AT_PLACE and not instrument.lines(item.key):
        return replace(head, role=TICK if item.kind == MULTI else PLACE)
    if instrument.lines(item.key) and head.role != ANSWER:
        return replace(head, line=head.line or str(head.place), role=ANSWER, place=0)
    return head


def _defined(head: Head, instrument: Instrument) -> Head:
    item = instrument.item(head.question)
    if item is None or head.role == ASIDE:
        return head
    if item.kind == NOTE:
        return replace(head, role=ASIDE, why="system")
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
