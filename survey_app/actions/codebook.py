"""Add, rename, recolour and move codes; take them out of use."""

import re

from anyascii import anyascii

from survey_app.store import codes as code_rows
from survey_app.store import schema
from survey_app.store.codebooks import rise_version
from survey_app.store.log import Change, Row, Store, new_id
from transcripts.messages import MessageError, sentence

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
CHANGEABLE = {
    "label_en", "label_ru", "definition_en", "definition_ru", "use_en", "use_ru", "avoid_en", "avoid_ru",
    "example_en", "example_ru", "colour", "short",
}  # fmt: skip


class CodebookProblem(MessageError):
    """A code that would not fit into the codebook."""


def add_code(store: Store, person: str, study_id: str, *, parent_id: str, label_en: str = "", label_ru: str = "",
             definition_en: str = "", definition_ru: str = "") -> str:  # fmt: skip
    """Add a code under a root or another code; key, short name and colour are made. Returns its id."""
    with store.change(study_id, person, "add_code") as change:
        return add_code_within(
            change, study_id, parent_id=parent_id, label_en=label_en, label_ru=label_ru, definition_en=definition_en,
            definition_ru=definition_ru,
        )  # fmt: skip


def add_code_within(change: Change, study_id: str, *, parent_id: str, code_id: str = "", label_en: str = "",
                    label_ru: str = "", definition_en: str = "", definition_ru: str = "") -> str:  # fmt: skip
    """The same inside an open change; `code_id` is what the code shall be called in the store, or none."""
    label = label_en.strip() or label_ru.strip()
    if not label:
        raise CodebookProblem(sentence("A code needs a name: write one in English or in Russian."))
    present = code_rows.codes(change.connection, study_id, archived=True)
    parent = _need_in_use(present, parent_id)
    _refuse_double(present, label_en, label_ru, "")
    word = re.sub(r"[^a-z0-9]+", "_", anyascii(label).lower()).strip("_")[:24] or "code"
    keys = {row["key"] for row in present}
    stem = f"{parent['root_key']}.{word}"
    key = next(name for name in [stem, *(f"{stem}_{n}" for n in range(2, 1000))] if name not in keys)
    rise_version(change, study_id)
    return change.insert(
        schema.code,
        {"id": code_id or new_id(), "study_id": study_id, "key": key, "parent_id": parent["id"],
         "short": _free_short(present, parent), "polarity": parent["polarity"], "label_en": label_en.strip(),
         "label_ru": label_ru.strip(), "definition_en": definition_en.strip(),
         "definition_ru": definition_ru.strip(), "colour": parent["colour"],
         "position": 1 + max(row["position"] for row in present)},
    )[0]  # fmt: skip


def change_code(store: Store, person: str, study_id: str, code_id: str, **values: str) -> None:
    """Rename, recolour or describe a code. Its key stays, so results and files made earlier still fit."""
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise KeyError(f"not changeable: {sorted(unknown)}")
    if "colour" in values and not COLOUR.fullmatch(values["colour"]):
        raise CodebookProblem(sentence("“{colour}” is not a colour. Write it as #D55E00.", colour=values["colour"]))
    with store.change(study_id, person, "change_code") as change:
        present = code_rows.codes(change.connection, study_id, archived=True)
        code = _need(present, code_id)
        labels = [str(values.get(name, code[name])).strip() for name in ("label_en", "label_ru")]
        if not any(labels):
            raise CodebookProblem(sentence("A code needs a name: write one in English or in Russian."))
        _refuse_double(present, labels[0], labels[1], code_id)
        change.update(schema.code, code_id, **{name: value.strip() for name, value in values.items()})


def move_code(store: Store, person: str, study_id: str, code_id: str, parent_id: str) -> None:
    """Hang a code, with all below it, under another that is in use; polarity follows the new root."""
    with store.change(study_id, person, "move_code") as change:
        present = code_rows.codes(change.connection, study_id, archived=True)
        code, parent = _need(present, code_id), _need_in_use(present, parent_id)
        if code["parent_id"] is None:
            raise CodebookProblem(sentence("A root stays where it is: only the codes below it can be moved."))
        below = _below(present, code_id)
        if parent_id in below:
            raise CodebookProblem(sentence("A code cannot be moved below itself. Choose another place."))
        change.update(schema.code, code_id, parent_id=parent_id)
        for row_id in below:
            change.update(schema.code, row_id, polarity=parent["polarity"])


def archive_code(store: Store, person: str, study_id: str, code_id: str, *, archived: bool) -> None:
    """Take a code out of use with all below it (their codings stay and count), or bring it back with all above it."""
    with store.change(study_id, person, "archive_code") as change:
        present = code_rows.codes(change.connection, study_id, archived=True)
        code = _need(present, code_id)
        if code["parent_id"] is None:
            raise CodebookProblem(sentence("A root cannot be taken out of use."))
        if not archived:
            _refuse_double(present, code["label_en"], code["label_ru"], code_id)
        for row_id in sorted(_below(present, code_id) if archived else _above(present, code_id)):
            change.update(schema.code, row_id, archived=archived)


def _need(present: list[Row], code_id: str) -> Row:
    for row in present:
        if row["id"] == code_id:
            return row
    raise CodebookProblem(sentence("This code is no longer in the codebook. Load the page again."))


def _need_in_use(present: list[Row], code_id: str) -> Row:
    code = _need(present, code_id)
    if code["archived"]:
        raise CodebookProblem(sentence("“{label}” is out of use. Choose another place.",
                                       label=code["label_en"] or code["label_ru"]))  # fmt: skip
    return code


def _above(present: list[Row], code_id: str) -> set[str]:
    by_id = {row["id"]: row for row in present}
    found: set[str] = set()
    above: str | None = code_id
    while above:
        found.add(above)
        above = by_id[above]["parent_id"]
    return found


def _below(present: list[Row], code_id: str) -> set[str]:
    found = {code_id}
    while True:
        more = {row["id"] for row in present if row["parent_id"] in found} - found
        if not more:
            return found
        found |= more


def _refuse_double(present: list[Row], label_en: str, label_ru: str, own_id: str) -> None:
    for row in present:
        if row["id"] == own_id or row["archived"]:
            continue
        for mine, theirs in ((label_en, row["label_en"]), (label_ru, row["label_ru"])):
            if mine.strip() and mine.strip().casefold() == theirs.casefold():
                raise CodebookProblem(sentence("There is already a code named “{label}”.", label=theirs))


def _free_short(present: list[Row], parent: Row) -> str:
    """The next short name of the root's family: P16 after P15."""
    family = [row["short"] for row in present if row["root_key"] == parent["root_key"] and row["short"]]
    letters = [found.group(1) for short in family if (found := re.fullmatch(r"([A-Z]+)\d+", short))]
    letter = letters[0] if letters else "X"
    taken = {row["short"] for row in present}
    return next(short for short in (f"{letter}{n:02d}" for n in range(1, 1000)) if short not in taken)
