"""Qualtrics: CSV, TSV and XLSX with three rows of headers, or two as until 2017. Keys stand in the row of JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from survey_app.questionnaires.column_groups import (
    after,
    as_ticks,
    hold_places,
    hold_ticks,
    kind_of_choice,
    question_before,
    with_cells,
    words_kind,
)
from survey_app.questionnaires.export import ANSWER, ASIDE, PLACE, TICK, WORDS, Export, Head
from survey_app.questionnaires.instrument import NUMERIC
from survey_app.questionnaires.markup import plain_text
from survey_app.questionnaires.qualtrics_columns import LEGACY, NAMES, RESPONDENT, SYSTEM, Key, from_name, import_ids
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.scales import Scale
from survey_app.questionnaires.wording import plain_key
from survey_app.rosters.tables import Table, UnreadableTable
from transcripts.messages import Message, counted, sentence

PLATFORM = "Qualtrics"

_TRIAL = re.compile(r"preview|test|spam|vorschau|предварит|предпросмотр|тест|спам", re.IGNORECASE)
_TRIAL_BITS = 1 | 2 | 8
"""Of a status in numbers: a preview, a test, probably spam."""
_NO = {"0", "false", "no", "falsch", "ложь", "нет", "неверно"}
_ENOUGH_NAMES = 6


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    text: str
    key: Key

    @property
    def line(self) -> str:
        return self.key.path[-1] if self.key.path else ""


def sniff(brought: Brought) -> float:
    """By the row of JSON, else by the names of the system's columns."""
    if not brought.header:
        return 0.0
    if any(import_ids(line) for line in brought.lines[1:4]):
        return 1.0
    names = set(brought.header)
    return 0.9 if set(LEGACY) <= names or len(names & set(NAMES)) >= _ENOUGH_NAMES else 0.0


def read(brought: Brought) -> Export:
    """Without previews, tests and spam; who did not finish stays and is counted. Raises UnreadableTable."""
    columns, rows = _split(brought.lines)
    table = brought.table([[column.name for column in columns], *rows])
    by_name = _known_aside(dict(zip(table.columns, columns, strict=False)))
    table = _of_people(brought.name, table, by_name)
    heads = {name: Head(column.key.question, column.text, role=ASIDE, why=column.key.why)
             for name, column in by_name.items() if column.key.why}  # fmt: skip
    recommend = {head.question.removesuffix("_NPS_GROUP") for head in heads.values()}
    cells: dict[str, list[str]] = {}
    for question, group in _questions(by_name).items():
        found, ticks = _heads(table, question, group)
        if question in recommend:
            found = {name: replace(head, kind=NUMERIC, points=(), lowest=0.0, highest=10.0)
                     for name, head in found.items()}  # fmt: skip
        heads |= found
        cells |= ticks
    table = with_cells(table, cells)
    return Export(PLATFORM, table, heads, respondent=_respondent(table, by_name))


def _known_aside(by_name: Mapping[str, _Column]) -> dict[str, _Column]:
    """The columns with the groups that options were sorted into aside, where their ranks tell the same."""
    ranked = {column.key.question for column in by_name.values() if column.key.place}
    return {
        name: replace(column, key=replace(column.key, why=SYSTEM))
        if column.key.question in ranked and not column.key.place else column
        for name, column in by_name.items()
    }  # fmt: skip


def _questions(by_name: Mapping[str, _Column]) -> dict[str, dict[str, _Column]]:
    """The columns of every question, by its key; each row of a matrix with several columns is a question of its own."""
    across: dict[str, set[str]] = {}
    asked = {name: column for name, column in by_name.items() if column.key.known and not column.key.why}
    for column in asked.values():
        across.setdefault(column.key.question, set()).update(column.key.path[1:])
    found: dict[str, dict[str, _Column]] = {}
    for name, column in asked.items():
        key = column.key
        if len(key.path) < 2:
            found.setdefault(key.question, {})[name] = column
        elif len(across[key.question]) < 2:
            row = replace(column, key=replace(key, path=key.path[:1]))
            found.setdefault(key.question, {})[name] = row
        else:
            found.setdefault(f"{key.question}-{key.path[0]}", {})[name] = column
    return found


def _split(lines: list[list[str]]) -> tuple[list[_Column], list[list[str]]]:
    """Columns and rows below the headers, however many of these are left."""
    names = lines[0]
    for place, line in enumerate(lines[1:4], 1):
        keys = import_ids(line)
        if keys is not None:
            texts = lines[1] if place > 1 else names
            return _columns(names, texts, keys), lines[place + 1 :]
    keys = [from_name(name) if name else Key("", why=SYSTEM) for name in names]
    said = dict(zip((key.question for key in keys), lines[1] if len(lines) > 1 else [], strict=False))
    if said.get("_recordId", "R_").startswith("R_"):
        return _columns(names, names, keys), lines[1:]
    return _columns(names, lines[1], keys), lines[2:]


def _columns(names: Sequence[str], texts: Sequence[str], keys: Sequence[Key]) -> list[_Column]:
    padded = [*names, *[""] * (len(keys) - len(names))]
    texts = [*texts, *[""] * len(padded)]
    keys = [*keys, *[Key("", why=SYSTEM)] * (len(padded) - len(keys))]
    return [
        _Column(plain_text(name), plain_text(text) or plain_text(name), key)
        for name, text, key in zip(padded, texts, keys, strict=False)
    ]


def _of_people(name: str, table: Table, by_name: Mapping[str, _Column]) -> Table:
    """The table without rows that nobody meant as an answer, and with warnings of them and of unfinished ones."""
    system = {column.key.question: header for header, column in by_name.items() if column.key.why}
    status = system.get("status", "")
    kept = tuple(row for row in table.rows if not status or not _is_trial(row[status]))
    warnings: list[Message] = list(table.warnings)
    left = len(table.rows) - len(kept)
    if table.rows and not kept:
        raise UnreadableTable(
            sentence(
                "{file} holds nothing but previews, tests and spam. Export it again when people have answered.",
                file=name,
            )
        )
    if left:
        warnings.append(
            counted(
                "{count} row was left out: a preview, a test or spam.",
                "{count} rows were left out: previews, tests or spam.", left,
            )
        )  # fmt: skip
    unfinished = sum(_is_unfinished(row, system) for row in kept)
    if unfinished:
        warnings.append(
            counted(
                "{count} respondent did not finish the questionnaire; what they answered is kept.",
                "{count} respondents did not finish the questionnaire; what they answered is kept.", unfinished,
            )
        )  # fmt: skip
    return replace(table, rows=kept, warnings=tuple(warnings))


def _is_trial(status: str) -> bool:
    if status.isdecimal():
        return len(status) < 4 and int(status) & _TRIAL_BITS != 0
    return _TRIAL.search(status) is not None


def _is_unfinished(row: Mapping[str, str], system: Mapping[str, str]) -> bool:
    progress = row[system["progress"]] if "progress" in system else ""
    if progress:
        return progress.rstrip("%") != "100"
    return "finished" in system and row[system["finished"]].casefold() in _NO


def _heads(table: Table, question: str, group: Mapping[str, _Column]) -> tuple[dict[str, Head], dict[str, list[str]]]:
    """Heads of one question's columns, and their cells anew where these are ticks."""
    lines = [name for name, column in group.items() if column.key.path]
    beside = [name for name in lines if group[name].key.words] if len({*map(_typed, group.values())}) > 1 else []
    lines = [name for name in lines if name not in beside]
    asked, labels = _asked_and_labels(group, lines, beside)
    found: dict[str, Head] = {}
    for name in group.keys() - {*lines, *beside}:
        numbers = {plain_key(labels[each]): group[each].line for each in beside}
        found[name] = _whole(table.values(name), question, asked, group[name], numbers)
    role = _role(table, lines, group) if lines else ANSWER
    for name in lines:
        kind = words_kind(table.values(name)) if group[name].key.words else ""
        found[name] = Head(question, asked, group[name].line, labels[name], role=role, kind=kind)
    for name in beside:
        found[name] = Head(question, asked, group[name].line, labels[name], role=WORDS)
    ticks = as_ticks([table.values(name) for name in lines]) if role == TICK else []
    return found, dict(zip(lines, ticks, strict=bool(ticks)))


def _typed(column: _Column) -> bool:
    return column.key.words and bool(column.key.path)


def _asked_and_labels(
    group: Mapping[str, _Column], lines: Sequence[str], beside: Sequence[str]
) -> tuple[str, dict[str, str]]:
    """The question («Question - Selected Choice - Roads»), and the words of each line and of each option beside."""
    texts = {name: column.text for name, column in group.items()}
    asked = question_before(list(texts.values())) if len(texts) > 1 or lines else next(iter(texts.values()))
    before = question_before([texts[name] for name in lines]) if len(lines) > 1 else asked
    labels = {name: after(texts[name], before) for name in lines}
    same = {group[name].line: labels[name] for name in lines}
    for name in beside:
        rest = after(texts[name], asked)
        labels[name] = same.get(group[name].line) or rest.rpartition(" - ")[0] or rest
    return asked or next(iter(texts.values())), labels


def _role(table: Table, lines: Sequence[str], group: Mapping[str, _Column]) -> str:
    if any(group[name].key.place for name in lines) or hold_places(table, lines):
        return PLACE
    columns = [table.values(name) for name in lines]
    if all(group[name].key.tick for name in lines) or hold_ticks(columns, [group[name].text for name in lines]):
        return TICK
    return ANSWER


def _whole(values: list[str], question: str, asked: str, column: _Column, numbers: Mapping[str, str]) -> Head:
    """A question answered in one cell: in words, by one choice, or by several joined with commas."""
    if column.key.words:
        return Head(question, asked, kind=words_kind(values))
    if not column.key.choice:
        return Head(question, asked)
    kind, points = kind_of_choice(values, asked)
    separator = "," if any("," in value for value in values) else ""
    return Head(question, asked, kind=kind, points=_numbered(question, points, numbers), separator=separator)


def _numbered(question: str, points: Scale, numbers: Mapping[str, str]) -> Scale:
    """Options under the numbers that Qualtrics gave them, as far as words beside them tell; else in order."""
    taken = set(numbers.values())
    free = (str(number) for number in range(1, 10_000) if str(number) not in taken)
    return tuple(
        point | {"item_id": f"{question}.{numbers.get(plain_key(point['en'] or point['ru'])) or next(free)}"}
        for point in points
    )


def _respondent(table: Table, by_name: Mapping[str, _Column]) -> str | None:
    """The column of one's own ids, else of addresses, if anything stands in it."""
    for why, key in ((RESPONDENT, "externalDataReference"), ("personal", "recipientEmail")):
        for name, column in by_name.items():
            if column.key.why == why and column.key.question == key and any(table.values(name)):
                return name
    return None
