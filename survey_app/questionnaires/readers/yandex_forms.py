"""Yandex Forms: answers as XLSX, CSV or JSON. What joins several choices differs, and is found in the cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from survey_app.questionnaires.export import ASIDE, Export, Head
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.worded import worded
from survey_app.questionnaires.wording import forms
from survey_app.rosters.tables import Table, UnreadableTable
from transcripts.messages import sentence

PLATFORM = "Yandex Forms"
_ID = {"id"}
_CREATED = {"время создания", "дата создания", "creation time", "create time", "time created", "created", "created at"}
_TIMES = _CREATED | {"время изменения", "дата изменения", "modification time", "change time", "update time",
                     "time modified", "time updated", "modified", "updated", "updated at"}  # fmt: skip
_PERSONAL = {"логин", "login", "uid", "ip", "ip адрес", "ip address", "email", "e mail", "почта", "имя пользователя",
             "username"}  # fmt: skip
_GRADES = re.compile(r"(.+\S)\s*/\s*(?:баллы|балл|points|score)", re.IGNORECASE | re.DOTALL)
_EARLY = 4
"""Most columns before the questions among which the time of creation stands."""
_PAIRS = re.compile(r"\[\s*\[?\s*\[\s*\"")
_JOINED = "\n"
"""What joins a list of choices in a cell of ours: no choice has it inside."""


def sniff(brought: Brought) -> float:
    """By the id and the time of creation that stand before the questions."""
    if _is_json(brought):
        return (
            0.95 if any(forms(word) & _CREATED for word in re.findall(r'"([^"]{2,40})"', brought.text[:5000])) else 0.4
        )
    keys = [forms(cell) for cell in brought.header[:_EARLY]]
    if not any(key & _CREATED for key in keys):
        return 0.0
    return 0.9 if keys[0] & _ID else 0.7 if all(key & _TIMES for key in keys[:2]) and len(keys) > 1 else 0.0


def read(brought: Brought) -> Export:
    """The answers, with id, times and points put aside. Raises UnreadableTable."""
    lines, several = _json_lines(brought) if _is_json(brought) else (None, set())
    first = brought.header[0] if lines is None else lines[0][0]
    export = worded(PLATFORM, brought, forms(first) & (_ID | _TIMES), lines)
    heads = {}
    for place, (name, head) in enumerate(export.heads.items()):
        why = _why(name, forms(head.asked), set(export.table.columns), early=place < _EARLY)
        joined = _JOINED if place in several else ""
        heads[name] = replace(head, role=ASIDE, why=why) if why else replace(head, separator=joined)
    return replace(export, heads=heads, respondent=_respondent(export.table, heads))


def _respondent(table: Table, heads: Mapping[str, Head]) -> str | None:
    """The first column that says who was signed in, if it says so of most."""
    named = (name for name, head in heads.items() if head.why == "personal")
    return next((name for name in named if 2 * sum(map(bool, table.values(name))) > len(table.rows)), None)


def _why(name: str, keys: frozenset[str], columns: set[str], *, early: bool) -> str:
    """Why a column holds no answer: time, personal, system; "" for one that does."""
    if early and keys & (_ID | _TIMES):
        return "system" if keys & _ID else "time"
    grade = _GRADES.fullmatch(name)
    if grade and grade[1] in columns:
        return "system"
    return "personal" if keys & _PERSONAL else ""


def _is_json(brought: Brought) -> bool:
    if not brought.content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        return False
    try:
        return _PAIRS.match(brought.text[:200].lstrip()) is not None
    except UnreadableTable:
        return False


def _json_lines(brought: Brought) -> tuple[list[list[str]], set[int]]:
    """Header and rows, and the places of columns in which lists of choices stand. Raises UnreadableTable."""
    try:
        answers = json.loads(brought.text)
        if _is_pair(answers[0]):
            answers = [answers]
        return _lines(brought, answers)
    except (ValueError, TypeError, IndexError, RecursionError) as problem:
        raise UnreadableTable(
            sentence(
                "{file} is no list of answers of Yandex Forms. Export the answers again, as XLSX or JSON.",
                file=brought.name,
            )
        ) from problem


def _lines(brought: Brought, answers: list[Any]) -> tuple[list[list[str]], set[int]]:
    """As `_json_lines`; the second of one question within an answer has a column of its own."""
    places: dict[tuple[str, int], int] = {}
    rows: list[dict[int, str]] = []
    several: set[int] = set()
    for answer in answers:
        row: dict[int, str] = {}
        times: dict[str, int] = {}
        for pair in answer:
            question, value = pair
            for heading, said in _cells(_text(question), value):
                times[heading] = times.get(heading, 0) + 1
                place = places.setdefault((heading, times[heading]), len(places))
                row[place] = _text(said)
                if isinstance(said, list):
                    several.add(place)
        rows.append(row)
    return brought.filled([heading for heading, _time in places], rows), several


def _cells(question: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A question and its value, or the lines of a grid with theirs."""
    lines = list(value.items()) if isinstance(value, dict) else value
    if isinstance(lines, list) and lines and all(_is_pair(line) for line in lines):
        yield from ((f"{question} [{_text(line)}]", said) for line, said in lines)
    else:
        yield question, value


def _is_pair(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[0], str)


def _text(value: Any) -> str:
    """A value as a cell, without signs that no file of text can hold."""
    if value is None:
        return ""
    if isinstance(value, list):
        return _JOINED.join(" ".join(part.split()) for part in map(_text, value) if part.strip())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    words = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", "").replace("\r\n", "\n").strip()
