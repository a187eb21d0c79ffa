"""Whose row it is: the column that names the expert, and each row's expert by id, by name, or by nobody yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from survey_app.questionnaires.column import Column
from survey_app.questionnaires.export import Export
from survey_app.questionnaires.wording import forms, plain_key
from survey_app.rosters.tables import Table
from transcripts.messages import MessageError, sentence
from transcripts.people import KnownPerson, Proposal, propose

ENOUGH = 0.5
"""Least share of a column's values that must be experts for the column to be proposed."""
MOST_COMPARED = 60
MOST_LIKENED = 50_000
"""Pairs of a written name and an expert that are compared for likeness; beyond that a name must be the same."""
FEWEST_NAMES = 25
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


def propose_respondent_column(
    table: Table, experts: Sequence[KnownPerson], export: Export | None = None
) -> str | None:  # fmt: skip
    """The column that probably names the expert: by its values, else the one that its platform names in the export,
    else by its header, but no number or time that the platform adds; None when nothing tells."""
    best, score, known = None, 0.0, Known(experts)
    for name in table.columns:
        values = list(islice(filter(None, table.values(name)), MOST_COMPARED))
        numbers = all(value.isdigit() for value in values) and not _HEADER.search(name)
        if not values or numbers or max(map(len, values)) > LONGEST_NAME:
            continue
        matched = sum(bool(expert_id) for expert_id, _how in match(values, known)) / len(values)
        different = len(set(values)) / len(values)
        if min(matched, different) >= ENOUGH and matched * different > score:
            best, score = name, matched * different
    heads = export.heads if export else {}
    asked = [name for name in table.columns if name not in heads or heads[name].why not in {"system", "time"}]
    named = export.respondent if export else None
    return best or named or next((name for name in asked if _HEADER.search(name)), None)


def need_respondent_column(table: Table, experts: Sequence[KnownPerson], export: Export | None = None) -> str:
    """As `propose_respondent_column`. Raises NobodyNamed."""
    found = propose_respondent_column(table, experts, export)
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
    refused = set()
    for consent in consents:
        no = {cell for cell in table.distinct(consent) if forms(cell) & _NO}
        refused |= {place for place, cell in enumerate(table.values(consent)) if cell in no}
    return tuple(
        Respondent(place, written[place], "", "refused")
        if place in refused
        else Respondent(place, written[place], expert_id, how)
        for place, (expert_id, how) in enumerate(match(written, experts))
    )


class Known:
    """The experts by id and by name, looked up once for a whole table."""

    def __init__(self, experts: Sequence[KnownPerson]) -> None:
        self.experts = experts
        self._by_key = _index((_code_key(expert.id), expert.id) for expert in experts)
        self._by_name: dict[str, set[str]] | None = None

    def keyed(self, text: str) -> str:
        """The one expert with that id, or ""."""
        same = self._by_key.get(_code_key(text), set())
        return next(iter(same)) if len(same) == 1 else ""

    def named(self, texts: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Who is meant by each of these names; by likeness too, unless there are too many to compare."""
        if max(len(texts), FEWEST_NAMES) * len(self.experts) <= MOST_LIKENED:
            return {text: _how(each) for text, each in propose(list(texts), self.experts, {}).items()}
        if self._by_name is None:
            self._by_name = _index((plain_key(name), each.id) for each in self.experts for name in each.names if name)
        found = {}
        for text in texts:
            same = self._by_name.get(plain_key(text), set())
            found[text] = (next(iter(same)), "name") if len(same) == 1 else ("", "tie" if same else "nobody")
        return found


def match(written: Sequence[str], experts: Sequence[KnownPerson] | Known) -> list[tuple[str, str]]:
    """Expert id ("" for none) and how it was found, for each text that names somebody."""
    known = experts if isinstance(experts, Known) else Known(experts)
    keyed = {text: known.keyed(text) for text in dict.fromkeys(written) if text}
    named = known.named([text for text, expert_id in keyed.items() if not expert_id])
    return [(keyed[text], "key") if keyed.get(text) else named.get(text, ("", "nobody")) for text in written]


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, expert_id in pairs:
        found.setdefault(key, set()).add(expert_id)
    return found


def _how(proposed: Proposal) -> tuple[str, str]:
    if proposed.expert_id:
        return proposed.expert_id, "name" if proposed.reason == "same name" else "likeness"
    return "", "tie" if proposed.reason == "tie" else "nobody"


def _code_key(text: str) -> str:
    """An id as typed by hand: no case, blanks or signs, and Cyrillic letters that look Latin as Latin ones."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LOOKALIKES)
    return re.sub(r"[\W_]+", "", plain)
