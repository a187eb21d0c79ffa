"""What travels to the browser once: the statements with their talk, what each coder gave, and every word of ours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from survey_app.actions.adjudicating import LONGEST_REASON
from survey_app.actions.comparing import said_by
from survey_app.components.comparison import Chosen
from survey_app.components.desk.sheet import clock
from survey_app.components.settling.words import words
from survey_app.language import current, label
from survey_app.store import codes as code_rows
from survey_app.store import sources
from survey_app.store.log import Row, Store

AROUND = 2
"""Statements before and after that are shown beside one."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What the browser reads, in the language of the screen. `hash` tells two of them apart."""

    doc: dict[str, Any]
    hash: str


def lay_out(store: Store, study: Row, coder: Row, chosen: Chosen, items: Sequence[str]) -> Papers:
    """The papers for these statements, in order."""
    compared = chosen.comparison
    around = _around(compared.statements, items)
    shown = {key for near in around.values() for side in near.values() for key in side} | set(items)
    people = said_by(store, study["id"], {compared.statements[key]["source_id"] for key in shown})
    with store.reading() as connection:
        texts = {row["id"]: row["key"] for row in sources.sources(connection, study["id"])}
        book = code_rows.codes(connection, study["id"], archived=True)
    doc = {
        "place": f"{study['id']} {coder['key']}",
        "me": coder["key"],
        "language": current(),
        "most": LONGEST_REASON,
        "coders": [{"key": key, "name": name} for key, name in chosen.names.items() if key],
        "order": list(chosen.coders),
        "items": list(items),
        "given": {
            key: {who: _codes(compared.given.of[who].get(key)) for who in chosen.coders} for key in items
        },
        "before": {key: list(compared.given.decided[key]) for key in items if compared.given.decided.get(key)},
        "around": around,
        "statements": {key: _statement(compared.statements[key], people, texts) for key in shown},
        "codes": _book(book),
        "words": words(),
    }  # fmt: skip
    text = json.dumps(doc, ensure_ascii=False, sort_keys=True)
    return Papers(doc, sha256(text.encode()).hexdigest()[:20])


def _around(statements: Any, items: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """Ids of the statements of the same text before and after each."""
    listed = list(statements)
    place = {key: at for at, key in enumerate(listed)}

    def near(key: str, steps: range) -> list[str]:
        beside = [listed[place[key] + step] for step in steps if 0 <= place[key] + step < len(listed)]
        return [each for each in beside if statements[each]["source_id"] == statements[key]["source_id"]]

    return {key: {"before": near(key, range(-AROUND, 0)), "after": near(key, range(1, AROUND + 1))} for key in items}


def _codes(given: Any) -> list[str] | None:
    return None if given is None else list(given)


def _statement(row: dict[str, Any], people: dict[tuple[str, int], Row], texts: dict[str, str]) -> dict[str, str]:
    who = people.get((row["source_id"], row["turn"]), {})
    group = who.get("group")
    return {
        "text": row["text"], "who": who.get("name", ""),
        "group": label(group, "short") or label(group) if group else "",
        "colour": group["colour"] if group else "", "time": clock(who.get("start_s"), who.get("clock", "")),
        "source": texts.get(row["source_id"], ""), "label": row["label"], "language": row["language"] or "und",
    }  # fmt: skip


def _book(codes: list[Row]) -> list[dict[str, Any]]:
    """The codes as the desk's picker knows them, named by their keys."""
    parents = {row["parent_id"] for row in codes}
    return [
        {"id": row["key"], "key": row["key"], "short": row["short"], "label_en": row["label_en"],
         "label_ru": row["label_ru"], "colour": row["colour"] or "#5b6670", "definition": label(row, "definition"),
         "example": label(row, "example"),
         "usable": not row["archived"] and not (row["parent_id"] is None and row["id"] in parents)}
        for row in codes
    ]  # fmt: skip
