"""Google Forms: the CSV of its answers, and the sheet linked with a form as CSV or XLSX."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace

from survey_app.questionnaires.dates import iso_date
from survey_app.questionnaires.export import ASIDE, Export, Head
from survey_app.questionnaires.guide_items import split_header
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.worded import worded
from survey_app.questionnaires.wording import forms
from survey_app.rosters.tables import Table

PLATFORM = "Google Forms"
_STAMPS = {"timestamp", "отметка времени"}
_MAIL = {"username", "user name", "email address", "email", "e mail", "имя пользователя", "адрес электронной почты",
         "электронная почта"}  # fmt: skip
_TOTALS = {"score", "total score", "балл", "баллы", "общий балл", "всего баллов", "сумма баллов"}
_GRADES = {"score", "feedback", "балл", "баллы", "оценка", "отзыв", "комментарий"}
"""What a quiz says of one question, in the brackets of a column of its own."""
_SCORED = re.compile(r"\d+(?:[.,]\d+)?(?:\s*/\s*\d+(?:[.,]\d+)?)?")
_BEFORE_QUESTIONS = 3
"""Most columns that stand before the questions: stamp, address, score."""
_ZONED = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? .{4,30}\b(?:GMT|UTC)\b")
"""The stamp of the CSV («… GMT+7»), which joins what was ticked by ";"; the sheet has none and joins by ", "."""


def sniff(brought: Brought) -> float:
    """By the heading of the first column, and its stamps."""
    if not brought.header or not forms(brought.header[0]) & _STAMPS:
        return 0.0
    return 0.95 if any(line[0] and iso_date(line[0]) for line in brought.lines[1:50]) else 0.6


def read(brought: Brought) -> Export:
    """The answers, with stamp, address and score put aside. Raises UnreadableTable."""
    export = worded(PLATFORM, brought, _STAMPS)
    table = export.table
    stamp = table.columns[0]
    joined = ";" if any(map(_ZONED.match, table.distinct(stamp))) else ""
    questions = {split_header(name)[0] for name in table.columns}
    alone = set(table.columns)
    heads = {}
    for name, head in export.heads.items():
        why = "time" if name == stamp else _why(table, name, head, alone & questions)
        heads[name] = replace(head, role=ASIDE, why=why) if why else replace(head, separator=joined)
    return replace(export, heads=heads)


def _why(table: Table, name: str, head: Head, questions: Container[str]) -> str:
    """Why a column holds no answer: personal, system; "" for one that does. `questions` stand without brackets."""
    said = {value: times for value, times in table.distinct(name).items() if value}
    mails = sum(times for value, times in said.items() if "@" in value)
    if forms(head.asked) & _MAIL and mails > 0.5 * sum(said.values()):
        return "personal"
    early = name in table.columns[:_BEFORE_QUESTIONS]
    if early and forms(head.asked) & _TOTALS and said and all(_SCORED.fullmatch(value) for value in said):
        return "system"
    question, line = split_header(name)
    return "system" if line and question in questions and forms(line) & _GRADES else ""
