"""What a person changes in a proposed column: its kind, and the points of its scale or its options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from survey_app.questionnaires import choices
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.scales import Point, Scale, leading_number, number_in, propose_scale, says_nothing
from survey_app.questionnaires.wording import pair, plain_key, script


def as_kind(column: Column, values: Sequence[str], kind: str) -> Column:
    """The column as a person says it is, with points proposed afresh from its `values` where it needs any.

    The way back to what was proposed is the column as it was proposed. One that continued another stands alone.
    """
    if kind == column.kind:
        return column
    said = [value for value in values if value and not says_nothing(value, column.cannot_say)]
    points: Scale = ()
    if kind == "likert":
        points = propose_scale(said, (), column.name) or choices.points(said)
    elif kind == "single":
        points = choices.points(said)
    elif kind == "multi":
        points = choices.with_other(choices.points(choices.options(said, column.separator)), said, column.separator)
    elif kind == "rank" and not all(number_in(value) is not None for value in said):
        points = choices.points(choices.options(said, column.separator))
    return replace(column, kind=kind, points=points, lowest=None, highest=None, place=0, why="", continues="")


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
    known = dict(zip(lines_of(column), column.points, strict=True))
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


def _written_pair(words: str) -> tuple[str, str]:
    """English and Russian of a line; one slash between two alphabets is taken at its word, however uneven they are."""
    left, slash, right = words.partition(" / ")
    if slash and " / " not in right and {script(left), script(right)} == {"en", "ru"}:
        return (left.strip(), right.strip()) if script(left) == "en" else (right.strip(), left.strip())
    return pair(words)
