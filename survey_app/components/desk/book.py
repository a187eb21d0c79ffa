"""The codebook as the desk shows it: it travels apart from the text, whenever it has changed."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from survey_app.actions.desk_paper import Book
from survey_app.language import current, label
from survey_app.store.log import Row


@dataclass(frozen=True, slots=True)
class Pages:
    """A codebook in the language of the screen. `hash` tells two of them apart."""

    version: int
    words: dict[str, Any]
    hash: str


def open_pages(book: Book) -> Pages:
    """Turn a codebook into what is sent."""
    words = {
        "codes": _codes(book.codes),
        "attributes": [
            {"key": one["key"], "label": label(one),
             "values": [{"key": value["key"], "label": label(value)} for value in one["values"]]}
            for one in book.besides["attributes"]
        ],
        "rules": [_in_our_words(rule) for rule in book.besides["rules"]],
    }  # fmt: skip
    text = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return Pages(book.version, words, sha256(text.encode()).hexdigest()[:20])


def _in_our_words(rule: Row) -> str:
    mine, other = ("ru", "en") if current() == "ru" else ("en", "ru")
    return str(rule[mine] or rule[other])


def _codes(codes: list[Row]) -> list[dict[str, Any]]:
    """All codes; roots that only hold others, and codes out of use, can be seen but not chosen."""
    parents = {row["parent_id"] for row in codes}
    return [
        {"id": row["id"], "key": row["key"], "short": row["short"], "label_en": row["label_en"],
         "label_ru": row["label_ru"], "colour": row["colour"] or "#5b6670", "definition": label(row, "definition"),
         "example": label(row, "example"),
         "parent": row["parent_id"] or "", "archived": row["archived"],
         "usable": not row["archived"] and not (row["parent_id"] is None and row["id"] in parents)}
        for row in codes
    ]  # fmt: skip
