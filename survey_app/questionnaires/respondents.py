"""Whose row it is: the column that names the expert, and each row's expert by id, by name, or by nobody yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.questionnaires.column import Column
from survey_app.questionnaires.wording import forms
from survey_app.rosters.tables import Table
from transcripts.messages import MessageError, sentence
from transcripts.people import KnownPerson, propose

ENOUGH = 0.5
"""Least share of a column's values that must be experts for the column to be proposed."""
MOST_COMPARED = 60
LONGEST_NAME = 100
"""Longest value, in code points, that may still be somebody's name."""

_HEADER = re.compile(
    r"код участника|код эксперта|ваш код|participant code|expert code|your code|expert[_ ]?id|respondent|респондент|"
    r"\b(фио|ф\.\s?и\.\s?о\.)|full name|your name|ваше имя|фамилия|^name$|^id$|^код$",
    re.IGNORECASE,
)
_LOOKALIKES = str.maketrans("авсенкмортху", "abcehkmoptxy")
_NO = {"no", "нет", "не согласен", "не согласна", "i do not agree", "disagree", "я не согласен"}


class NobodyNamed(MessageError):
    """A questionnaire without a column that names the expert."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """A row and whose it probably is. `how` says why: key, name, likeness; refused, tie, nobody (then no expert)."""

    place: int
    written: str
    expert_id: str
    how: str


def propose_respondent_column(table: Table, experts: Sequence[KnownPerson]) -> str | None:
    """The column that probably names the expert: by its values, else by its header; None when nothing tells."""
    best, score = None, 0.0
    for name in table.columns:
        values = [value for value in table.values(name) if value][:MOST_COMPARED]
        numbers = all(value.isdigit() for value in values) and not _HEADER.search(name)
        if not values or numbers or max(map(len, values)) > LONGEST_NAME:
            continue
        matched = sum(bool(expert_id) for expert_id, _how in match(values, experts)) / len(values)
        different = len(set(values)) / len(values)
        if min(matched, different) >= ENOUGH and matched * different > score:
            best, score = name, matched * different
    return best or next((name for name in table.columns if _HEADER.search(name)), None)


def need_respondent_column(table: Table, experts: Sequence[KnownPerson]) -> str:
    """As `propose_respondent_column`. Raises NobodyNamed."""
    found = propose_respondent_column(table, experts)
    if found is None:
        raise NobodyNamed(
            sentence(
                "No column names the expert. Say which column does, or add one with the ids or names of the roster."
            )
        )
    return found


def respondents(
    table: Table, name: str | None, experts: Sequence[KnownPerson], columns: Sequence[Column] = ()
) -> tuple[Respondent, ...]:
    """Every row of the table, in order, with its proposal; who refused consent in the form is not proposed.

    Without a column that names the expert (`name` None) a person must say whose each row is.
    """
    consents = [column.name for column in columns if column.why == "consent"]
    written = table.values(name) if name else [""] * len(table.rows)
    return tuple(
        Respondent(place, written[place], "", "refused")
        if any(forms(row[consent]) & _NO for consent in consents)
        else Respondent(place, written[place], expert_id, how)
        for place, (row, (expert_id, how)) in enumerate(zip(table.rows, match(written, experts), strict=True))
    )


def match(written: Sequence[str], experts: Sequence[KnownPerson]) -> list[tuple[str, str]]:
    """Expert id ("" for none) and how it was found, for each text that names somebody."""
    by_key: dict[str, set[str]] = {}
    for expert in experts:
        by_key.setdefault(_code_key(expert.id), set()).add(expert.id)
    named = propose(list(dict.fromkeys(text for text in written if text)), experts, {})
    found = []
    for text in written:
        same = by_key.get(_code_key(text), set()) if text else set()
        if len(same) == 1:
            found.append((next(iter(same)), "key"))
        elif text and named[text].expert_id:
            found.append((named[text].expert_id or "", "name" if named[text].reason == "same name" else "likeness"))
        else:
            found.append(("", "tie" if text and named[text].reason == "tie" else "nobody"))
    return found


def _code_key(text: str) -> str:
    """An id as typed by hand: no case, blanks or signs, and Cyrillic letters that look Latin as Latin ones."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LOOKALIKES)
    return re.sub(r"[\W_]+", "", plain)
