"""Keep what was found in a text beside what is there: the same person or thing has one pseudonym in the whole study."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from secrets import SystemRandom

from sqlalchemy import Connection, func, select

from survey_app.actions.known_by_name import EXPERT
from survey_app.store import deidentification, schema
from survey_app.store.log import Change, Row, new_id
from transcripts.identifying import How, Kind

Found = Sequence[object]
"""start, end, kind, how, risk, form, known: as `transcripts.identify_job` has them."""
Identity = tuple[str, str]
"""By which places mean the same: ("", an expert's id), or a kind and a form."""
MOST_WRITTEN = 40
"""So many ways to write a name are kept."""
_TELLING = re.compile(r"[^\W_]")
_CHANCE = SystemRandom()


def keep_found(change: Change, source: Row, found: Iterable[Found]) -> int:
    """Store places of a source's present text; returns how many are undecided and new.

    What is decided or marked by hand stays as it lies; only what reaches beyond it is added.
    """
    connection, text = change.connection, source["text"]
    present = deidentification.places_in(connection, source["id"])
    key = Key(change, source["study_id"])
    levels = {row["id"]: row["level"] for row in key.rows}
    undecided = {
        row["id"]: row
        for row in present
        if row["how"] != How.HAND
        and not deidentification.level_of(row["own_level"], levels.get(row["pseudonym_id"], ""))
    }
    staying = [(row["start"], row["end"]) for row in present if row["id"] not in undecided]
    same = {(row["start"], row["end"]): row for row in undecided.values()}
    new, pieces = [], []
    for start, end, kind, how, risk, form, known in found:
        for first, last in _outside(text, int(str(start)), int(str(end)), staying):
            pieces.append(
                (first, last, str(kind), str(how), int(str(risk)), identity(str(kind), str(form), str(known)))
            )
    pseudonyms = key.of([(each[5], text[each[0] : each[1]]) for each in pieces])
    for (first, last, kind_, how_, risk_, _who), pseudonym in zip(pieces, pseudonyms, strict=True):
        values = {"kind": kind_, "how": how_, "risk": risk_, "pseudonym_id": pseudonym, "own_level": ""}
        there = same.pop((first, last), None)
        if there is None:
            new.append({"source_id": source["id"], "start": first, "end": last} | values)
        elif there | values != there:
            change.update(schema.identifying, there["id"], **values)
    change.delete(schema.identifying, [row["id"] for row in same.values()])
    change.insert(schema.identifying, new)
    return sum(not key.level(row["pseudonym_id"]) for row in new)


def identity(kind: str, form: str, known: str) -> Identity:
    """What the places of one pseudonym have in common."""
    return ("", known.removeprefix(EXPERT)) if known.startswith(EXPERT) else (kind, known or form)


class Key:
    """A study's pseudonyms, found by what they mean and made where they are missing."""

    def __init__(self, change: Change, study_id: str) -> None:
        self._change, self._study = change, study_id
        self.rows = deidentification.pseudonyms(change.connection, study_id)
        self._by_id = {row["id"]: row for row in self.rows}
        self._known = {_identity_of(row): row["id"] for row in self.rows}

    def level(self, pseudonym_id: str) -> str:
        """What is decided of a pseudonym."""
        return str(self._by_id[pseudonym_id]["level"])

    def of(self, wanted: Sequence[tuple[Identity, str]]) -> list[str]:
        """The ids of the pseudonyms of places, each given by what it means and the words that stand there."""
        written = defaultdict[Identity, dict[str, None]](dict)
        for who, words in wanted:
            written[who][words] = None
        self._make([who for who in written if who not in self._known], written)
        for who, several in written.items():
            row = self._by_id[self._known[who]]
            together = list(dict.fromkeys([*row["written"], *several]))[:MOST_WRITTEN]
            if together != row["written"]:
                self._change.update(schema.pseudonym, row["id"], written=together)
                row["written"] = together
        return [self._resolved(self._known[who]) for who, _words in wanted]

    def _make(self, missing: list[Identity], written: dict[Identity, dict[str, None]]) -> None:
        _CHANCE.shuffle(missing)  # numbers tell nothing of the order of the roster, nor of that in the texts
        numbers = _Numbers(self._change.connection, self._study, self.rows)
        new = []
        for kind, form in missing:
            real = kind or str(Kind.PERSON)
            new.append(
                {"id": new_id(), "study_id": self._study, "kind": real, "expert_id": None if kind else form,
                 "form": form if kind else "", "written": list(written[kind, form])[:MOST_WRITTEN], "level": "",
                 "number": numbers.next(real, expert=not kind), "label_en": "", "label_ru": "", "merged_into_id": None}
            )  # fmt: skip
        self._change.insert(schema.pseudonym, new)
        self.rows += new
        self._by_id |= {row["id"]: row for row in new}
        self._known |= {_identity_of(row): row["id"] for row in new}

    def _resolved(self, pseudonym_id: str) -> str:
        """Into what it was merged, if it was."""
        seen = set[str]()
        while (into := self._by_id[pseudonym_id]["merged_into_id"]) and pseudonym_id not in seen:
            seen.add(pseudonym_id)
            pseudonym_id = into
        return pseudonym_id


class _Numbers:
    """Free numbers: each once for a kind; those of experts by chance among as many as there are experts."""

    def __init__(self, connection: Connection, study_id: str, present: list[Row]) -> None:
        expert = schema.expert
        query = select(func.count()).select_from(expert).where(expert.c.study_id == study_id)
        self._experts = int(connection.scalar(query) or 0)
        self._taken = defaultdict[str, set[int]](set)
        for row in present:
            self._taken[row["kind"]].add(row["number"])

    def next(self, kind: str, *, expert: bool) -> int:
        taken = self._taken[kind]
        free = [number for number in range(1, self._experts + 1) if number not in taken]
        if expert and free:
            number = _CHANCE.choice(free)
        else:
            above = self._experts if kind == Kind.PERSON else 0
            number = 1 + max([above, *taken])
        taken.add(number)
        return number


def _identity_of(row: Row) -> Identity:
    return ("", row["expert_id"]) if row["expert_id"] else (row["kind"], row["form"])


def _outside(text: str, start: int, end: int, staying: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What of a place is not covered by places that stay, as far as it holds words or digits."""
    pieces = []
    for first, last in [*sorted(each for each in staying if each[0] < end and each[1] > start), (end, end)]:
        words = text[start:first]
        if _TELLING.search(words):
            pieces.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
        start = max(start, last)
    return pieces
