"""SPSS: `.sav` and `.zsav` with labels, missing values and multiple-response sets. The file defines itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from survey_app.questionnaires.export import TICK, Export, Head
from survey_app.questionnaires.instrument import DATE, LIKERT, MULTI, NUMERIC, OPEN, SINGLE, Instrument, Item, Option
from survey_app.questionnaires.readers import LIMITS, Brought
from survey_app.questionnaires.sav import MAGIC, ResponseSet, Sav, Variable, read_sav
from survey_app.questionnaires.scales import LARGEST_POINT, propose_scale, range_in, says_nothing
from survey_app.questionnaires.wording import pair, plain_key
from survey_app.rosters.tables import Table, UnreadableTable
from transcripts.messages import sentence

PLATFORM = "SPSS"

_NUMBER_BEFORE = re.compile(r"^\W*\d+\W+")
_JOINED = ";"


def sniff(brought: Brought) -> float:
    """By the mark that the file begins with."""
    return 1.0 if brought.content.startswith(MAGIC) else 0.0


def read(brought: Brought) -> Export:
    """Answers in the words of their labels; what the file declares as missing is blank. Raises UnreadableTable."""
    found = read_sav(brought.name, brought.content, LIMITS)
    if not found.variables:
        raise UnreadableTable(sentence("{file} is empty. Save it again with its rows.", file=brought.name))
    in_set = {name: each for each in reversed(found.sets) for name in each.variables}
    by_name = {variable.name: variable for variable in found.variables}
    items: dict[str, Item] = {}
    columns: dict[str, list[str]] = {}
    heads: dict[str, Head] = {}
    for variable in found.variables:
        each = in_set.get(variable.name)
        if each is None:
            items[variable.name] = item = _item(variable)
            columns[variable.name] = _cells(variable, item)
            heads[variable.name] = _head(variable, item)
            continue
        key = _key(each, by_name)
        if key in items:
            continue
        together = [by_name[name] for name in each.variables if name in by_name and in_set[name] is each]
        items[key] = _ticked(key, each, together) if each.counted is not None else _listed(key, each, together)
        _take_set(each, together, items[key], columns, heads)
    names = tuple(columns)
    rows = tuple(dict(zip(names, cells, strict=True)) for cells in zip(*columns.values(), strict=True))
    return Export(PLATFORM, Table(names, rows), heads, _instrument(brought.name, found, items))


def _instrument(name: str, found: Sav, items: dict[str, Item]) -> Instrument:
    stem = PurePath(name).stem
    return Instrument(stem, pair(found.title or stem), tuple(items.values()))


def _item(variable: Variable) -> Item:
    label = pair(variable.label or variable.name)
    options, filled = _options(variable)
    points = [option for option in options if not option.cannot_say]
    kind, low, high = OPEN, None, None
    if variable.is_date:
        kind = DATE
    elif len(points) > 1:
        kind = LIKERT if filled or _is_scale(variable, points) else SINGLE
    elif variable.is_number:
        kind = NUMERIC
        named = range_in(variable.label)
        said = [value for value in variable.values if isinstance(value, float) and not variable.is_missing(value)]
        if named and all(named[0] <= value <= named[1] for value in said):
            low, high = named
        if named and propose_scale([variable.written(value) for value in said], (), variable.label):
            kind, options = LIKERT, (*_between(named, []), *options)
    if kind in {DATE, OPEN}:
        options = ()
    return Item(variable.name, kind, label, options=options, lowest=low, highest=high)


def _options(variable: Variable) -> tuple[tuple[Option, ...], bool]:
    """The labelled values that are answers, and whether the numbers between them were filled in: of a scale whose ends
    alone are named («1 = never», «5 = always») people choose these. Where more values are without a label than with
    one, labels are exceptions, and of the options only those stay that say nothing.
    """
    labelled = [
        (value, label) for value, label in variable.labels
        if label and (_is_cannot_say(label) or not variable.is_missing(value))
    ]  # fmt: skip
    options = [
        Option(
            variable.written(value), pair(label), value if isinstance(value, float) else float(place),
            cannot_say=_is_cannot_say(label),
        )
        for place, (value, label) in enumerate(labelled, 1)
    ]  # fmt: skip
    options.sort(key=lambda option: option.value)
    named = [option.value for option in options if not option.cannot_say]
    used = {value for value in variable.values if not variable.is_missing(value)} - {value for value, _ in labelled}
    numbers = sorted(value for value in used if isinstance(value, float))
    if not used:
        return tuple(options), False
    if numbers and len(named) > 1 and _within(numbers, named):
        return _between((named[0], named[-1]), options), True
    if len(used) <= len(named):
        last = named[-1]
        more = [Option(variable.written(value), pair(variable.written(value)), value if isinstance(value, float) else
                       last + place) for place, value in enumerate(sorted(used, key=str), 1)]  # fmt: skip
        return tuple(sorted([*options, *more], key=lambda option: option.value)), False
    return tuple(option for option in options if option.cannot_say), False


def _within(numbers: Sequence[float], named: Sequence[float]) -> bool:
    """Whether whole numbers lie between the ends of a scale of a usual length."""
    whole = all(number % 1 == 0 for number in (*numbers, *named))
    return whole and named[0] < numbers[0] and numbers[-1] < named[-1] and named[-1] - named[0] <= LARGEST_POINT


def _between(ends: tuple[float, float], options: Sequence[Option]) -> tuple[Option, ...]:
    """The options with one more for every whole number between the ends."""
    known = {option.value for option in options}
    more = (float(value) for value in range(int(ends[0]), int(ends[1]) + 1))
    filled = [Option(f"{value:g}", (f"{value:g}", f"{value:g}"), value) for value in more if value not in known]
    return tuple(sorted([*options, *filled], key=lambda option: option.value))


def _is_scale(variable: Variable, points: Sequence[Option]) -> bool:
    """By the words, which tell; the level of measurement is believed where it says more than the usual "nominal"."""
    words = [option.label[0] or option.label[1] for option in points]
    ordered = variable.measure == "ordinal" and variable.is_number
    return len(points) > 2 and (ordered or bool(propose_scale(words)))


def _is_cannot_say(label: str) -> bool:
    return says_nothing(label) or says_nothing(_NUMBER_BEFORE.sub("", label))


def _cells(variable: Variable, item: Item) -> list[str]:
    """Words of the labels where these tell the values apart, else the values."""
    labels = dict(variable.labels)
    worded = {float(option.value) if variable.is_number else option.key: option for option in item.options}
    keys = [plain_key(labels.get(value, str(value))) for value in worded]
    apart = len(set(keys)) == len(keys)
    cells: list[str] = []
    for value in variable.values:
        option = worded.get(value) if value is not None else None
        if value is None or (variable.is_missing(value) and (option is None or not option.cannot_say)):
            cells.append("")
        elif (
            option is not None and value in labels and apart and (not option.cannot_say or says_nothing(labels[value]))
        ):
            cells.append(labels[value])
        else:
            cells.append(variable.written(value))
    return cells


def _head(variable: Variable, item: Item) -> Head:
    """Text without labels speaks for itself."""
    return Head(
        item.key, variable.label or variable.name, kind="" if item.kind == OPEN else item.kind, points=item.points(),
        cannot_say=tuple(option.value for option in item.options if option.cannot_say), lowest=item.lowest,
        highest=item.highest,
    )  # fmt: skip


def _key(each: ResponseSet, by_name: dict[str, Variable]) -> str:
    return f"${each.name}" if each.name in by_name else each.name


def _ticked(key: str, each: ResponseSet, together: Sequence[Variable]) -> Item:
    """An option for every variable, named by its label, or by that of the counted value where the labels are alike."""
    names = [variable.label for variable in together]
    if len(set(names)) < len(names):
        counted = [
            next((label for value, label in variable.labels if value == each.counted), "") for variable in together
        ]
        names = counted if len(set(counted)) == len(counted) else names
    options = [
        Option(variable.name, pair(name or variable.name), float(place))
        for place, (variable, name) in enumerate(zip(together, names, strict=True), 1)
    ]
    return Item(key, MULTI, pair(each.label or each.name), options=tuple(options))


def _listed(key: str, each: ResponseSet, together: Sequence[Variable]) -> Item:
    """An option for every value that any of the variables may hold."""
    found: dict[str, tuple[str, float]] = {}
    for variable in together:
        for value, label in variable.labels:
            if label and not variable.is_missing(value):
                found.setdefault(variable.written(value), (label, len(found) + 1.0))
        for said in variable.values:
            if not variable.is_missing(said):
                written = variable.written(said)
                found.setdefault(written, (written, len(found) + 1.0))
    options = [Option(written, pair(label), place) for written, (label, place) in found.items()]
    return Item(key, MULTI, pair(each.label or each.name), options=tuple(options))


def _take_set(
    each: ResponseSet, together: Sequence[Variable], item: Item, columns: dict[str, list[str]], heads: dict[str, Head]
) -> None:
    """Columns and heads of a set: ticks stay columns of their own, variables with options become one column."""
    asked = each.label or each.name
    rows = list(zip(*(variable.values for variable in together), strict=True))
    if each.counted is not None:
        answered = [any(not v.is_missing(value) for v, value in zip(together, row, strict=True)) for row in rows]
        for variable, option in zip(together, item.options, strict=True):
            columns[variable.name] = [
                "" if not there else "1" if value == each.counted else "0"
                for value, there in zip(variable.values, answered, strict=True)
            ]
            heads[variable.name] = Head(
                item.key, asked, variable.name, option.label[0] or option.label[1], role=TICK, kind=MULTI
            )
        return
    words = {option.key: option.label[0] or option.label[1] for option in item.options}
    columns[item.key] = [
        _JOINED.join(
            dict.fromkeys(
                words[v.written(value)] for v, value in zip(together, row, strict=True) if not v.is_missing(value)
            )
        )
        for row in rows
    ]
    heads[item.key] = Head(item.key, asked, kind=MULTI, points=item.points(), separator=_JOINED)
