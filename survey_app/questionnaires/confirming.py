"""What a person changes in a proposed column: its kind, the points of its scale or its options, their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from survey_app.questionnaires import choices
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.scales import Point, Scale, leading_number, number_in, point_of, propose_scale
from survey_app.questionnaires.wording import pair, plain_key, script

FIRST, LAST, NEITHER = "first", "last", "neither"
"""Which row counts of two of one person."""


@dataclass(frozen=True, slots=True)
class Question:
    """Columns that are decided on together, by their places: the lines of a grid, or one column."""

    places: tuple[int, ...]

    @property
    def first(self) -> int:
        """The place that stands for the question."""
        return self.places[0]


def questions_of(columns: Sequence[Column]) -> tuple[Question, ...]:
    """Every column in its question. Lines of one grid were proposed alike; what was proposed otherwise stands alone."""
    together: dict[tuple[str, str, str], list[int]] = {}
    for place, column in enumerate(columns):
        shared = column.parent_id or (column.item_id if column.place else "")
        together.setdefault((shared, column.kind, "" if shared else column.name), []).append(place)
    return tuple(Question(tuple(places)) for places in together.values())


def as_kind(column: Column, values: Sequence[str], kind: str) -> Column:
    """The column as a person says it is, with points proposed afresh from its `values` where it needs any.

    The way back to what was proposed is the column as it was proposed. One that continued another stands alone.
    """
    if kind == column.kind:
        return column
    said = [value for value in values if value and not column.cannot_be_said(value)]
    points: Scale = ()
    if kind == "likert":
        points = propose_scale(said, (), column.name) or choices.points(_usual(said))
    elif kind == "single":
        points = choices.points(_usual(said))
    elif kind == "multi":
        points = choices.with_other(choices.points(choices.options(said, column.separator)), said, column.separator)
    elif kind == "rank" and not all(number_in(value) is not None for value in said):
        points = choices.points(choices.options(said, column.separator))
    return replace(
        column, kind=kind, points=points, lowest=None, highest=None, place=0, reverse=False, why="", continues="",
    )  # fmt: skip


def lines_of(column: Column) -> list[str]:
    """The points as a person edits them, one a line: "1 = blocks / блокирует" on a scale, words alone elsewhere."""
    lines = [" / ".join(word for word in (point["en"], point["ru"]) if word) for point in column.points]
    if column.kind != "likert":
        return lines
    return [
        f"{point['value']:g} = {line}" if line else f"{point['value']:g}"
        for point, line in zip(column.points, lines, strict=True)
    ]


def with_points(column: Column, lines: Sequence[str]) -> Column:
    """The column with points as a person has written them, in the manner of `lines_of`.

    A line of a scale without a number is valued by its place. A second line with the same number is another wording.
    """
    known = dict(zip(lines_of(column), column.points, strict=False))
    by_words = {plain_key(str(point[name])): point for point in column.points for name in ("en", "ru") if point[name]}
    points: dict[float, Point] = {}
    for place, line in enumerate((line.strip() for line in lines if line.strip()), 1):
        number, words = leading_number(line) if column.kind == "likert" else (None, line)
        value = float(place) if number is None else number
        en, ru = _written_pair(words)
        old = known.get(line) or by_words.get(plain_key(en or ru), {})
        point = dict(old) | ({} if line in known else {"en": en, "ru": ru}) | {"value": value}
        if value in points:
            points[value] = points[value] | {"also": [*points[value].get("also", ()), en, ru]}
        else:
            points[value] = point
    return replace(column, points=tuple(points[value] for value in sorted(points)))


def moved(points: Scale, place: int, by: int) -> Scale:
    """The points with one put `by` places further; the values stay where they were, the words move."""
    order = list(range(len(points)))
    order.insert(max(0, min(place + by, len(points) - 1)), order.pop(place))
    return tuple(points[old] | {"value": points[new]["value"]} for new, old in enumerate(order))


def turned(points: Scale) -> Scale:
    """The points from the other end: what had the highest value has the lowest."""
    return tuple(old | {"value": new["value"]} for old, new in zip(reversed(points), points, strict=True))


def saying_nothing(column: Column, answers: Sequence[str], written: Sequence[str]) -> Column:
    """The column in which exactly these of the `written` answers mean "cannot say".

    They are no points of it any longer; one that did and does no longer becomes its last point.
    """
    gone = {plain_key(answer) for answer in answers}
    points = [point for point in column.points if not {plain_key(str(point[name])) for name in ("en", "ru")} & gone]
    for answer in written:
        back = column.cannot_be_said(answer) and plain_key(answer) not in gone
        if back and column.points and point_of(points, answer) is None:
            en, ru = pair(answer)
            points.append({"value": max((point["value"] for point in points), default=0.0) + 1, "en": en, "ru": ru})
    return replace(column, nothing=tuple(answers), points=tuple(points))


def double_keys(columns: Sequence[Column]) -> dict[str, list[str]]:
    """Headers by the key that more than one kept column has, those of one ranking and words beside an option aside."""
    found: dict[str, list[str]] = {}
    for column in columns:
        if column.kept and column.kind != "beside" and not column.place:
            found.setdefault(column.item_id, []).append(column.name)
    return {key: names for key, names in found.items() if len(names) > 1}


def doubles(whose: Mapping[int, str]) -> dict[str, list[int]]:
    """Places of rows by the expert who has more than one."""
    rows: dict[str, list[int]] = {}
    for place, expert in sorted(whose.items()):
        rows.setdefault(expert, []).append(place)
    return {expert: places for expert, places in rows.items() if len(places) > 1}


def without_doubles(whose: Mapping[int, str], which: str) -> dict[int, str]:
    """Whose each row is, one row a person: of several the FIRST, the LAST, or NEITHER."""
    kept = {FIRST: slice(0, 1), LAST: slice(-1, None), NEITHER: slice(0, 0)}[which]
    gone = {place for places in doubles(whose).values() for place in places if place not in places[kept]}
    return {place: expert for place, expert in whose.items() if place not in gone}


def _usual(said: Sequence[str]) -> list[str]:
    """Different answers as they come; of very many the most usual, for a choice has no thousand options."""
    counts = Counter(said)
    return list(counts) if len(counts) <= choices.MOST_OPTIONS else [
        answer for answer, _count in counts.most_common(choices.MOST_OPTIONS)
    ]  # fmt: skip


def _written_pair(words: str) -> tuple[str, str]:
    """English and Russian of a line; one slash between two alphabets is taken at its word, however uneven they are."""
    left, slash, right = words.partition(" / ")
    if slash and " / " not in right and {script(left), script(right)} == {"en", "ru"}:
        return (left.strip(), right.strip()) if script(left) == "en" else (right.strip(), left.strip())
    return pair(words)
