"""The conditions of a form, when all of its questions are known: what is not understood is left out and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from survey_app.questionnaires.form_rows import Row
from survey_app.questionnaires.instrument import Item, Section
from survey_app.questionnaires.rules import UnreadableRule, parse, renamed
from transcripts.messages import Message, sentence


def checked_rules(
    items: Sequence[Item], sections: Sequence[Section], rows: Mapping[str, Row]
) -> tuple[tuple[Item, ...], tuple[Section, ...], tuple[Message, ...]]:
    """Items and sections with the rules that can be read, and what is to be said of the rest.

    A line is known under its own name and under that of its matrix with it, as a form may have either.
    """
    known = {item.key for item in items}
    written = Counter(rows[key].text("name") for key in known)
    names = {name: key for key in known if written[name := rows[key].text("name")] == 1}
    problems: list[Message] = []

    def rule(owner: Item | Section, name: str) -> str:
        text = renamed(getattr(owner, name), names)
        if not text:
            return ""
        told = _problems(rows[owner.key], name, text, known)
        problems.extend(told)
        return "" if told else text

    checked = tuple(
        replace(item, relevant=rule(item, "relevant"), constraint=rule(item, "constraint")) for item in items
    )
    pages = tuple(replace(section, relevant=rule(section, "relevant")) for section in sections)
    return checked, pages, tuple(problems)


def _problems(row: Row, column: str, text: str, known: set[str]) -> list[Message]:
    place = row.where | {"column": column}
    try:
        rule = parse(text)
    except UnreadableRule as problem:
        left = sentence(
            "Row {row} of “{sheet}”: the condition in the column {column} is not understood at “{near}” and was left "
            "out; “{name}” is asked without it.",
            near=problem.near, **place,
        )  # fmt: skip
        return [left, problem.message]
    unknown = sorted(rule.keys - known)
    if not unknown:
        return []
    return [
        sentence(
            "Row {row} of “{sheet}”: the condition in the column {column} asks for {keys}, which is no question. "
            "It was left out; “{name}” is asked without it.",
            keys=", ".join(unknown)[:200], **place,
        )
    ]  # fmt: skip
