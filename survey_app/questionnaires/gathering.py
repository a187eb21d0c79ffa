"""Answers column by column: every different cell is read once, however many wrote it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from coding.frames import ANSWERS
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.habits import Habit
from survey_app.questionnaires.saying import Cell, Said, read_cell
from transcripts.messages import sentence


@dataclass(slots=True)
class Words:
    """Different texts by number; "" is 0."""

    all: list[str] = field(default_factory=lambda: [""])
    _numbers: dict[str, int] = field(default_factory=lambda: {"": 0})

    def number(self, text: str) -> int:
        """The number of a text."""
        if text not in self._numbers:
            self._numbers[text] = len(self.all)
            self.all.append(text)
        return self._numbers[text]


@dataclass(slots=True)
class Chunk:
    """The answers that one column gives to one item: places of the respondents, and what each of them said. `text` and
    `raw` are numbers of words."""

    item_id: str
    column: Column
    people: np.ndarray
    value: np.ndarray
    text: np.ndarray
    cannot_say: np.ndarray
    raw: np.ndarray
    unfit: np.ndarray


class Gathered:
    """All answers of a table, and the cells that somebody should look at. `rows` are the respondents' in the file."""

    def __init__(self, names: Sequence[str], rows: Sequence[int]) -> None:
        self.names = names
        self.rows = rows
        self.words = Words()
        self.chunks: list[Chunk] = []
        self.report: list[Cell] = []
        self._cells: dict[str, Sequence[str]] = {}

    def take(self, column: Column, cells: Sequence[str], language: str, habit: Habit) -> None:
        """Read a column; `cells` are the respondents' in their order, `habit` is that of all its cells."""
        self._cells[column.name] = cells
        codes, distinct = pd.factorize(np.array(cells, dtype=object))
        by_item: dict[str, dict[int, Said]] = {}
        problems = {}
        for code, written in enumerate(distinct):
            cell = stored(written)
            if not cell:
                continue
            found, problem = read_cell(column, cell, language, habit)
            for said in found:
                by_item.setdefault(said.item_id, {}).setdefault(code, said)
            if problem is not None:
                problems[code] = cell, problem
        for item_id, by_code in by_item.items():
            self.chunks.append(self._chunk(item_id, column, codes, by_code))
        if problems:
            for person in np.flatnonzero(np.isin(codes, list(problems))).tolist():
                cell, problem = problems[codes[person]]
                self.report.append(Cell(self.rows[person], column.name, cell, problem))

    def add(self, column: Column, person: int, said: Said) -> None:
        """One more answer."""
        self.chunks.append(self._chunk(said.item_id, column, np.array([0]), {0: said}))
        self.chunks[-1].people[:] = person

    def settle_doubles(self) -> None:
        """Of an item to which somebody gave two answers neither counts: both are kept as they were written."""
        several: dict[str, list[Chunk]] = {}
        for chunk in self.chunks:
            several.setdefault(chunk.item_id, []).append(chunk)
        for chunks in several.values():
            if len(chunks) > 1:
                self._settle(chunks)

    def answers(self) -> pd.DataFrame:
        """As the contract of answers has them."""
        chunks = self.chunks
        words = pd.array(self.words.all, dtype="str")
        items = pd.array([chunk.item_id for chunk in chunks], dtype="str")
        lengths = [len(chunk.people) for chunk in chunks]

        def joined(name: str) -> np.ndarray:
            return np.concatenate([getattr(chunk, name) for chunk in chunks] or [np.array([], dtype=int)])

        found = {
            "expert_id": pd.array(list(self.names), dtype="str").take(joined("people")),
            "item_id": items.take(np.repeat(np.arange(len(chunks)), lengths)),
            "value": joined("value"), "text": words.take(joined("text")), "cannot_say": joined("cannot_say"),
            "raw": words.take(joined("raw")), "unfit": joined("unfit"),
        }  # fmt: skip
        return ANSWERS.validate(pd.DataFrame(found))

    def _chunk(self, item_id: str, column: Column, codes: np.ndarray, said: dict[int, Said]) -> Chunk:
        number = np.full(codes.max(initial=0) + 1, -1)
        number[list(said)] = np.arange(len(said))
        which = number[codes]
        people = np.flatnonzero(which >= 0)
        which = which[people]
        every = list(said.values())
        text, raw = ([self.words.number(getattr(each, name)) for each in every] for name in ("text", "raw"))
        values = [np.nan if each.value is None else each.value for each in every]
        return Chunk(
            item_id, column, people, np.array(values, dtype=float)[which], np.array(text, dtype=int)[which],
            np.array([each.cannot_say for each in every], dtype=bool)[which], np.array(raw, dtype=int)[which],
            np.array([each.unfit for each in every], dtype=bool)[which],
        )  # fmt: skip

    def _settle(self, chunks: list[Chunk]) -> None:
        everybody = np.concatenate([chunk.people for chunk in chunks])
        people, counts = np.unique(everybody, return_counts=True)
        for person in people[counts > 1].tolist():
            places = [(chunk, place) for chunk in chunks for place in np.flatnonzero(chunk.people == person).tolist()]
            written = [self._written(chunk, place) for chunk, place in places]
            first, place = places[0]
            first.value[place], first.text[place], first.cannot_say[place] = np.nan, 0, False
            first.raw[place], first.unfit[place] = self.words.number("; ".join(written)), True
            for name in dict.fromkeys(chunk.column.name for chunk, _place in places):
                problem = sentence("is one of two answers to the same: neither counts.")
                self.report.append(Cell(self.rows[person], name, self._cells[name][person], problem))
            for chunk, place in reversed(places[1:]):
                _drop(chunk, place)

    def _written(self, chunk: Chunk, place: int) -> str:
        told = self.words.all[chunk.raw[place]] or self.words.all[chunk.text[place]]
        return told or ("" if np.isnan(chunk.value[place]) else f"{chunk.value[place]:g}")


def _drop(chunk: Chunk, place: int) -> None:
    for name in ("people", "value", "text", "cannot_say", "raw", "unfit"):
        setattr(chunk, name, np.delete(getattr(chunk, name), place))


def stored(cell: str) -> str:
    """A cell as text that a source may hold: NFC and line feeds."""
    return unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()


def answer_of(gathered: Gathered, item_ids: Sequence[str]) -> Iterator[dict[int, tuple[Chunk, int]]]:
    """For each of the items, where the answer of each respondent stands."""
    for item_id in item_ids:
        yield {
            person: (chunk, place)
            for chunk in gathered.chunks if chunk.item_id == item_id
            for place, person in enumerate(chunk.people.tolist())
        }  # fmt: skip
