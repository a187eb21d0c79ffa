"""A table of turns: columns for speaker and words, perhaps times; as CSV, in a sheet, or in a word processor."""

import csv
from collections.abc import Iterator, Sequence

from transcripts.containers import Grid, Opened
from transcripts.json_text import number
from transcripts.labels import clean_name
from transcripts.messages import counted
from transcripts.model import Unit
from transcripts.readers import Reading

_COLUMNS = {
    "speaker": {"speaker", "name", "participant", "who", "speaker name", "speaker_name", "говорящий", "спикер", "имя",
                "участник", "фио", "кто", "кто говорит", "выступающий"},
    "text": {"text", "content", "utterance", "words", "transcript", "message", "said", "текст", "реплика", "слова",
             "сообщение", "высказывание", "содержание"},
    "start": {"start", "start_s", "start time", "start_time", "begin", "from", "time", "timestamp", "timespan",
              "начало", "время", "от", "таймкод", "тайм-код"},
    "end": {"end", "end_s", "end time", "end_time", "stop", "to", "until", "конец", "окончание", "до"},
}  # fmt: skip
_HEAD = 10


def sniff(opened: Opened) -> float:
    """Certain by a header that names speaker and words."""
    return 0.9 if any(_header(rows) is not None for rows in _tables(opened, 6000)) else 0.0


def read(opened: Opened) -> Reading:
    """One unit a row with words."""
    units: list[Unit] = []
    for rows in _tables(opened, len(opened.text)):
        at = _header(rows)
        if at is None:
            continue
        place = _places(rows[at])
        units += [unit for row in rows[at + 1 :] if (unit := _unit(row, place)).text]
    nameless = sum(not unit.speaker for unit in units)
    told = (counted("{count} row has no speaker.", "{count} rows have no speaker.", nameless),) if nameless else ()
    timed = any(unit.start_s is not None for unit in units)
    shape = f"turns_{'csv' if opened.container == 'text' else opened.container}"
    return Reading(tuple(units), shape, "offset" if timed else "none", told)


def _tables(opened: Opened, length: int) -> Iterator[Sequence[Sequence[str]]]:
    yield from (block.rows for block in opened.blocks if isinstance(block, Grid))
    if opened.container != "text":
        return
    first = next((line for line in opened.text[:6000].split("\n") if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    if not first.count(delimiter):
        return
    try:
        yield list(csv.reader(opened.text[:length].split("\n"), delimiter=delimiter))
    except csv.Error:
        return


def _header(rows: Sequence[Sequence[str]]) -> int | None:
    for at, row in enumerate(rows[:_HEAD]):
        if {"speaker", "text"} <= set(_places(row)):
            return at
    return None


def _places(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        word = cell.strip().casefold()
        column = next((name for name, words in _COLUMNS.items() if word in words), None)
        if column:
            found.setdefault(column, place)
    return found


def _unit(row: Sequence[str], place: dict[str, int]) -> Unit:
    def cell(column: str) -> str:
        at = place.get(column)
        return " ".join(row[at].split()) if at is not None and at < len(row) else ""

    return Unit(cell("text"), clean_name(cell("speaker")), number(cell("start")), number(cell("end")))
