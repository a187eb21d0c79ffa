"""A question that was renamed while people answered: two columns, one of which goes on where the other ends.

That they are one question is proposed and said, and never done in silence; where both are answered, both stay.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from survey_app.questionnaires.column import Column
from survey_app.questionnaires.export import ANSWER, Export, Head
from survey_app.questionnaires.guide_items import split_header
from survey_app.questionnaires.headings import plain_heading
from survey_app.questionnaires.heads import heads_of
from survey_app.questionnaires.wording import plain_key
from survey_app.rosters.tables import Table
from transcripts.messages import Message, counted, sentence

NEARLY = 90.0
"""Least likeness, in per cent, of two headings of one question."""
SPELT = 75.0
"""Least likeness, in per cent, of a word and the one that stands in its place: a slip or an ending, no other word."""
SHORTEST, LONGEST = 15, 1000
"""Shortest heading, in code points, of which a likeness says anything, and the longest that is compared."""
MOST_NAMED = 5
_TURNS = {"не", "нет", "без", "not", "no", "without", "never"}
"""Words that turn a question into its opposite, however alike the two look."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A column by its words and its cells; `first` and `last` are the rows between which it is answered."""

    name: str
    words: tuple[str, str]
    cells: Sequence[str]
    first: int
    last: int

    @property
    def rows(self) -> set[int]:
        """The rows that answer it."""
        return {place for place, cell in enumerate(self.cells) if cell}


def with_continued(export: Export) -> Export:
    """The export with every column that goes on with another one marked so, and a warning that names both."""
    heads = heads_of(export)
    columns = [
        _asked(export.table, name, heads[name]) for name in export.table.columns
        if _speaks(heads[name]) and any(export.table.distinct(name))
    ]  # fmt: skip
    marked: dict[str, Head] = {}
    warnings = []
    for place, later in enumerate(columns):
        for first in columns[:place]:
            if first.name in marked or not _alike(first, later):
                continue
            both = sorted(first.rows & later.rows)
            if not both and (first.words == later.words or first.last < later.first):
                head = heads[first.name]
                marked[later.name] = replace(
                    heads[later.name], question=head.question, line=head.line, continues=first.name
                )
                warnings.append(_goes_on(first, later))
                break
            if both and 2 * len(both) <= min(len(first.rows), len(later.rows)):
                warnings.append(_both_answered(export.table, first.name, later.name, both))
                break
    table = replace(export.table, warnings=(*export.table.warnings, *warnings))
    return replace(export, table=table, heads={**export.heads, **marked})


def together(table: Table, continues: Mapping[str, str]) -> Table:
    """The table with the answers of columns moved to those they continue, wherever these are blank."""
    if not continues:
        return table
    rows = []
    for row in table.rows:
        filled = dict(row)
        for name, first in continues.items():
            if filled[name] and filled[first] in {"", filled[name]}:
                filled[first], filled[name] = filled[name], ""
        rows.append(filled)
    return replace(table, rows=tuple(rows))


def beside(first: Column, later: Column) -> Column:
    """The column that goes on with `first`, of its kind: a question of its own for rows that answer both."""
    points = tuple({name: word for name, word in point.items() if name != "item_id"} for point in first.points)
    return replace(
        first, name=later.name, item_id=later.item_id, label=later.label, parent_id="", parent_label=("", ""),
        points=points, code_id="", parent_code_id="", from_guide=False, continues=first.name,
    )  # fmt: skip


def rejoined(
    table: Table, columns: Sequence[Column], places: Collection[int]
) -> tuple[Table, list[Column], list[Message]]:
    """The answers of continuing columns under those they continue. Rows of `places` that answer both keep both."""
    kept = {column.name: column for column in columns if column.kept}
    continues = {
        column.name: column.continues for column in kept.values()
        if column.continues in kept and kept[column.continues].kind == column.kind
    }  # fmt: skip
    table = together(table, continues)
    found, warnings = [], []
    for column in columns:
        if column.name not in continues:
            found.append(column)
        elif both := sorted(place for place in places if table.rows[place][column.name]):
            found.append(beside(kept[column.continues], column))
            warnings.append(_both_answered(table, column.continues, column.name, both))
    return table, found, warnings


def _asked(table: Table, name: str, head: Head) -> Asked:
    question, line = (head.asked, head.line_asked) if head.line else split_header(head.asked)
    words = plain_key(plain_heading(question)), plain_key(plain_heading(line))
    cells = table.values(name)
    first = next(place for place, cell in enumerate(cells) if cell)
    last = next(place for place in range(len(cells) - 1, -1, -1) if cells[place])
    return Asked(name, words, cells, first, last)


def _speaks(head: Head) -> bool:
    return head.role == ANSWER and not head.kind and not head.defined and not head.place


def _alike(first: Asked, later: Asked) -> bool:
    """Whether the headings are the same, or nearly so and of columns that were answered one after the other."""
    if first.words == later.words:
        return True
    in_turn = first.first < later.first and first.last < later.last
    return in_turn and all(_nearly(one, other) for one, other in zip(first.words, later.words, strict=True))


def _nearly(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST or max(len(one), len(other)) > LONGEST:
        return False
    if fuzz.ratio(one, other, score_cutoff=NEARLY) < NEARLY:
        return False
    gone, come = set(one.split()) - set(other.split()), set(other.split()) - set(one.split())
    if (gone | come) & _TURNS or any(sign.isdigit() for word in gone | come for sign in word):
        return False
    return not gone or not come or all(any(fuzz.ratio(word, new) >= SPELT for new in come) for word in gone)


def _goes_on(first: Asked, later: Asked) -> Message:
    return sentence(
        "“{later}” goes on where “{first}” ends: no row answers both, and they are proposed to be one question. "
        "If they are two, say so where you look at the second one.",
        first=_short(first.name), later=_short(later.name),
    )  # fmt: skip


def _both_answered(table: Table, first: str, later: str, both: Sequence[int]) -> Message:
    rows = ", ".join(str(table.row_number(place)) for place in both[:MOST_NAMED]) + (
        ", …" if len(both) > MOST_NAMED else ""
    )
    return counted(
        "“{first}” and “{later}” read alike, and row {rows} answers both: the two answers are kept apart.",
        "“{first}” and “{later}” read alike, and {count} rows answer both ({rows}): their answers are kept apart.",
        len(both), first=_short(first), later=_short(later), rows=rows,
    )  # fmt: skip


def _short(name: str) -> str:
    return " ".join(name.split())[:90]
