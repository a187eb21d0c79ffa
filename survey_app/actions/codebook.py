"""Add, rename, describe and move codes; take them out of use. Each act makes a version of the codebook."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from anyascii import anyascii

from survey_app.actions.codebook_rules import (
    POLARITIES,
    CodebookProblem,
    above,
    below,
    free_short,
    need,
    need_colour,
    need_in_use,
    need_movable,
    need_short,
    put_in_order,
    readable,
    refuse_double,
    siblings,
)
from survey_app.actions.rights import needs
from survey_app.store import codes as code_rows
from survey_app.store import schema
from survey_app.store.codebooks import codebook_of, rise_if_changed, rise_version
from survey_app.store.log import Change, Row, Store, new_id
from survey_app.store.team import Role
from transcripts.messages import sentence

__all__ = ["CodebookProblem", "add_code", "archive_code", "change_code", "move_code"]

WORDS = (
    "label_en", "label_ru", "definition_en", "definition_ru", "use_en", "use_ru", "avoid_en", "avoid_ru",
    "example_en", "example_ru",
)  # fmt: skip
CHANGEABLE = {*WORDS, "colour", "short", "polarity", "counterpart", "literature"}


@needs(Role.RESEARCHER)
def add_code(store: Store, person: str, study_id: str, *, parent_id: str, label_en: str = "", label_ru: str = "",
             definition_en: str = "", definition_ru: str = "") -> str:  # fmt: skip
    """Add a code under a root or another code; key, short name and colour are made. Returns its id."""
    with new_version(store, person, study_id, "add_code") as (change, present):
        parent = need_in_use(present, parent_id)
        return insert_code(
            change, study_id, present, parent, label_en=label_en, label_ru=label_ru, definition_en=definition_en,
            definition_ru=definition_ru,
        )["id"]  # fmt: skip


def add_code_within(change: Change, study_id: str, *, parent_id: str, code_id: str, label_en: str = "",
                    label_ru: str = "") -> str:  # fmt: skip
    """The same inside an open change; `code_id` is what the code shall be called in the store."""
    present = code_rows.codes(change.connection, study_id, archived=True)
    parent = need_in_use(present, parent_id)
    added = insert_code(change, study_id, present, parent, code_id, label_en=label_en, label_ru=label_ru)
    rise_version(change, study_id)
    return str(added["id"])


def insert_code(change: Change, study_id: str, present: list[Row], parent: Row, code_id: str = "", **words: str) -> Row:
    """A new code with these words as the last below `parent`, inside a change; `present` learns of it."""
    words = {name: readable(value) for name, value in words.items()}
    label = words.get("label_en") or words.get("label_ru") or ""
    if not label:
        raise CodebookProblem(sentence("A code needs a name: write one in English or in Russian."))
    refuse_double(present, words.get("label_en", ""), words.get("label_ru", ""), "")
    stem = re.sub(r"[^a-z0-9]+", "_", anyascii(label).lower()).strip("_")[:24] or "code"
    stem = f"{parent['root_key']}.{stem}"
    keys = {row["key"] for row in present}
    code: Row = {
        "short": free_short(present, parent), "colour": parent["colour"], "counterpart": "", "archived": False,
    } | words  # fmt: skip
    code |= {
        "study_id": study_id, "key": next(name for name in _numbered(stem) if name not in keys),
        "parent_id": parent["id"], "polarity": parent["polarity"],
        "position": 1 + max(row["position"] for row in present),
    }  # fmt: skip
    code["id"] = code_id or new_id()
    change.insert(schema.code, code)
    added = dict.fromkeys(WORDS, "") | code | {"root_key": parent["root_key"], "codings": 0}
    present.append(added)
    return added


@needs(Role.RESEARCHER)
def change_code(store: Store, person: str, study_id: str, code_id: str, **values: Any) -> None:
    """Rename, recolour or describe a code. Its key stays, so results and files made earlier still fit.

    `counterpart` is the key of the opposite code ("" for none) and is kept mutual; `literature` lists keys of the
    codebook's works; `polarity` is a root's and goes down to all below it.
    """
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise KeyError(f"not changeable: {sorted(unknown)}")
    values = {name: readable(value) if isinstance(value, str) else value for name, value in values.items()}
    with new_version(store, person, study_id, "change_code") as (change, present):
        code = need(present, code_id)
        labels = [str(values.get(name, code[name])) for name in ("label_en", "label_ru")]
        if not any(labels):
            raise CodebookProblem(sentence("A code needs a name: write one in English or in Russian."))
        if labels != [code["label_en"], code["label_ru"]]:
            refuse_double(present, labels[0], labels[1], code_id)
        if values.get("colour", code["colour"]) != code["colour"]:
            need_colour(values["colour"])
        if "short" in values:
            need_short(present, values["short"], code_id)
        if "literature" in values:
            values["literature"] = _known_works(change, study_id, code, values["literature"])
        _set_polarity(change, present, code, values.pop("polarity", code["polarity"]))
        _set_counterpart(change, present, code, values.pop("counterpart", code["counterpart"]))
        change.update(schema.code, code_id, **values)


@needs(Role.RESEARCHER)
def move_code(
    store: Store, person: str, study_id: str, code_id: str, parent_id: str | None, *, before: str | None = None
) -> None:
    """Hang a code, with all below it, under another that is in use; polarity follows the new root.

    It comes to stand before the sibling `before`, else last. A root (`parent_id` None) moves among the roots alone.
    """
    with new_version(store, person, study_id, "move_code") as (change, present):
        code, parent = need_movable(present, code_id, parent_id)
        if parent is not None:
            hang(change, present, code, parent)
        ordered = [row_id for row_id in siblings(present, parent_id) if row_id != code_id]
        if before is not None and before not in ordered:
            raise CodebookProblem(sentence("The order has changed meanwhile. Load the page again."))
        ordered.insert(len(ordered) if before is None else ordered.index(before), code_id)
        put_in_order(change, present, ordered)


def hang(change: Change, present: list[Row], code: Row, parent: Row) -> None:
    """Hang a code with all below it under `parent`, inside a change."""
    change.update(schema.code, code["id"], parent_id=parent["id"])
    for row_id in sorted(below(present, code["id"])):
        change.update(schema.code, row_id, polarity=parent["polarity"])


@needs(Role.RESEARCHER)
def archive_code(store: Store, person: str, study_id: str, code_id: str, *, archived: bool) -> None:
    """Take a code out of use with all below it (their codings stay and count), or bring it back with all above it."""
    with new_version(store, person, study_id, "archive_code") as (change, present):
        code = need(present, code_id)
        if code["parent_id"] is None:
            raise CodebookProblem(sentence("A root cannot be taken out of use."))
        if not archived:
            refuse_double(present, code["label_en"], code["label_ru"], code_id)
        for row_id in sorted(below(present, code_id) if archived else above(present, code_id)):
            change.update(schema.code, row_id, archived=archived, **({} if archived else {"merged_into_id": None}))


@needs(Role.RESEARCHER)
@contextmanager
def new_version(store: Store, person: str, study_id: str, verb: str) -> Iterator[tuple[Change, list[Row]]]:
    """A change of the codebook that makes a version of it, if anything changes at all; with the codes as they are."""
    with store.change(study_id, person, verb) as change:
        yield change, code_rows.codes(change.connection, study_id, archived=True)
        rise_if_changed(change, study_id)


def _numbered(stem: str) -> list[str]:
    return [stem, *(f"{stem}_{n}" for n in range(2, 1000))]


def _known_works(change: Change, study_id: str, code: Row, listed: list[str]) -> list[str]:
    known = {work[0] for work in codebook_of(change.connection, study_id)["literature"]} | set(code["literature"])
    for work in listed:
        if work not in known:
            raise CodebookProblem(sentence("The codebook lists no work “{work}”. Add it there first.", work=work))
    return list(dict.fromkeys(listed))


def _set_polarity(change: Change, present: list[Row], code: Row, polarity: str) -> None:
    if polarity == code["polarity"]:
        return
    if code["parent_id"] is not None:
        raise CodebookProblem(sentence("Polarity is a matter of the root. Move the code below another root instead."))
    if polarity not in POLARITIES:
        raise CodebookProblem(sentence("A root hinders, helps or is neutral. Choose one of them."))
    for row_id in sorted(below(present, code["id"])):
        change.update(schema.code, row_id, polarity=polarity)


def _set_counterpart(change: Change, present: list[Row], code: Row, key: str) -> None:
    """Who names a new opposite leaves the old one, and so does the other side."""
    if key == code["counterpart"]:
        return
    by_key = {row["key"]: row for row in present}
    other = by_key.get(key)
    if key and (other is None or other["archived"] or other["parent_id"] is None or key == code["key"]):
        raise CodebookProblem(sentence("The opposite of a code is another code in use. Choose one of the list."))
    for row in present:
        if row["id"] != code["id"] and row["counterpart"] in {code["key"], key} - {""}:
            change.update(schema.code, row["id"], counterpart=code["key"] if row is other else "")
    if other is not None:
        change.update(schema.code, other["id"], counterpart=code["key"])
    change.update(schema.code, code["id"], counterpart=key)
