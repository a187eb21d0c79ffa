"""The rules of a codebook, the attributes of statements, and the works that it cites: write, change, remove."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from anyascii import anyascii

from coding.codebook import RESERVED, reserved
from coding.segments import ALL
from survey_app.actions.codebook import new_version
from survey_app.actions.codebook_rules import CodebookProblem
from survey_app.actions.rights import needs
from survey_app.store import schema
from survey_app.store.codebooks import codebook_of
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import sentence

LONGEST = 4_000


@needs(Role.RESEARCHER)
def change_rules(store: Store, person: str, study_id: str, rules: Iterable[Row]) -> None:
    """Set the rules: each with `en` and `ru`, one of them at least; `key` is made where it is empty."""
    kept = _with_keys([_texts(rule, ("en", "ru")) for rule in rules], "en", "ru")
    _write(store, person, study_id, "change_rules", rules=kept)


@needs(Role.RESEARCHER)
def change_attributes(store: Store, person: str, study_id: str, attributes: Iterable[Row]) -> None:
    """Set the attributes of statements: names in both languages, `values` likewise; no values: an open list.

    What coders have said already stays where it is, also of an attribute that goes.
    """
    kept = []
    for one in attributes:
        values = _with_keys([_texts(value, ("label_en", "label_ru")) for value in one.get("values", ())],
                            "label_en", "label_ru")  # fmt: skip
        ours = next((value["key"] for value in values if value["key"] in RESERVED), None)
        if ours is not None:
            raise CodebookProblem(reserved(ours))
        values = [_in_both(value) for value in values]
        kept.append(
            _texts(one, ("label_en", "label_ru")) | {"values": values, "literature": list(one.get("literature", ()))}
        )
    _write(store, person, study_id, "change_attributes", attributes=_with_keys(kept, "label_en", "label_ru"))


@needs(Role.RESEARCHER)
def change_literature(store: Store, person: str, study_id: str, works: Iterable[tuple[str, str, str]]) -> None:
    """Set the works that codes may cite: key, English, Russian."""
    rows = [{"key": key.strip(), "en": english.strip(), "ru": russian.strip()} for key, english, russian in works]
    kept = _with_keys([_texts(row, ("en", "ru")) for row in rows], "en", "ru")
    _write(
        store, person, study_id, "change_literature", literature=[[one["key"], one["en"], one["ru"]] for one in kept]
    )


def _write(store: Store, person: str, study_id: str, verb: str, **section: Any) -> None:
    with new_version(store, person, study_id, verb) as (change, _codes):
        there = codebook_of(change.connection, study_id)
        (name, entries), = section.items()  # fmt: skip
        plain = [list(one) if isinstance(one, tuple) else one for one in there[name]]
        if plain != entries:
            change.update(schema.codebook, there["id"], **section)


def _texts(entry: Row, names: tuple[str, str]) -> Row:
    said = {"key": str(entry.get("key") or "").strip()} | {name: str(entry.get(name) or "").strip() for name in names}
    if max(map(len, said.values())) > LONGEST:
        raise CodebookProblem(sentence("An entry is longer than {limit} signs. Shorten it.", limit=LONGEST))
    return said


def _in_both(value: Row) -> Row:
    return value | {
        "label_en": value["label_en"] or value["label_ru"], "label_ru": value["label_ru"] or value["label_en"],
    }  # fmt: skip


def _with_keys(entries: list[Row], first: str, second: str) -> list[Row]:
    """Entries without any words are left out; one without a key gets it from its words, and no two have one."""
    kept = [entry for entry in entries if entry[first] or entry[second]]
    taken = [entry["key"] for entry in kept if entry["key"]]
    double = next((key for key in taken if taken.count(key) > 1), None)
    if double is not None:
        raise CodebookProblem(sentence("“{key}” is listed twice. Give each entry its own key.", key=double))
    for entry in kept:
        if not entry["key"]:
            words = anyascii(entry[first] or entry[second]).lower()
            stem = re.sub(r"[^a-z0-9]+", "_", words).strip("_")[:24].strip("_") or "entry"
            free = (n for n in [stem, *(f"{stem}_{k}" for k in range(2, 1000))] if n not in taken and n != ALL)
            entry["key"] = next(free)
            taken.append(entry["key"])
    return kept
