"""The conditions of a form, when all of its questions are known: what is not understood, or can never hold, is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from survey_app.questionnaires.form_rows import Row
from survey_app.questionnaires.impossible_rules import can_be_answered, can_be_relevant
from survey_app.questionnaires.instrument import NOTE, Item, Option, Section
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

    by_key = {item.key: item for item in items}
    matrices = {item.parent for item in items}
    answered = {key: replace(item, kind=NOTE) if key in matrices else item for key, item in by_key.items()}
    options = {item.key: item.options or _options_above(item, by_key) for item in items}

    def rule(owner: Item | Section, name: str) -> str:
        text = renamed(getattr(owner, name), names)
        if not text:
            return ""
        told = _problems(rows[owner.key], name, text, known)
        problems.extend(told)
        if told:
            return ""
        if name == "relevant" and not can_be_relevant(parse(text), owner.key, options, answered):
            problems.append(_never(rows[owner.key], name))
        elif (
            name == "constraint"
            and isinstance(owner, Item)
            and not can_be_answered(parse(text), owner, options, answered)
        ):
            problems.append(_unanswerable(rows[owner.key], name))
            return ""
        return text

    checked = tuple(
        replace(item, relevant=rule(item, "relevant"), constraint=rule(item, "constraint")) for item in items
    )
    pages = tuple(replace(section, relevant=rule(section, "relevant")) for section in sections)
    return checked, pages, tuple(problems)


def _options_above(item: Item, by_key: Mapping[str, Item]) -> tuple[Option, ...]:
    return by_key[item.parent].options if item.parent in by_key else ()


def _never(row: Row, column: str) -> Message:
    return sentence(
        "Row {row} of “{sheet}”: the condition in the column {column} can never hold, so “{name}” is never asked. "
        "Correct the condition, or take it out.",
        column=column, **row.where,
    )  # fmt: skip


def _unanswerable(row: Row, column: str) -> Message:
    return sentence(
        "Row {row} of “{sheet}”: no answer to “{name}” can keep the condition in the column {column}. It was left out; "
        "“{name}” is asked without it.",
        column=column, **row.where,
    )  # fmt: skip


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
