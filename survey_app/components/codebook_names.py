"""What codes, acts and fields of a codebook are called on the screen."""

from survey_app.components.plain import plain
from survey_app.language import _, label
from survey_app.store.log import Row

WORDS = ("definition", "use", "avoid", "example")


def code_name(code: Row) -> str:
    """Short name and name, as plain text."""
    return f"{code['short']} {label(code)}".strip() or str(code["key"])


def path_of(code: Row, found: list[Row]) -> str:
    """A code's name below the names above it."""
    by_id = {row["id"]: row for row in found}
    names = [label(code)]
    while code["parent_id"]:
        code = by_id[code["parent_id"]]
        names.insert(0, label(code))
    return " / ".join(names)


def in_tree_order(found: list[Row], above: str | None = None) -> list[Row]:
    """Codes as a tree is read."""
    ordered = []
    for row in found:
        if row["parent_id"] == above:
            ordered += [row, *in_tree_order(found, row["id"])]
    return ordered


def places(found: list[Row], *, roots: bool = True) -> dict[str, str]:
    """Codes in use, by id, each as its path; only those below a root without `roots`."""
    return {
        row["id"]: path_of(row, found)
        for row in in_tree_order(found)
        if not row["archived"] and (roots or row["parent_id"])
    }


def word_names() -> dict[str, str]:
    """The texts that are said of a code."""
    return {
        "label": _("Name of the code"),
        "definition": _("Definition"), "use": _("When to use"), "avoid": _("When not to use"),
        "example": _("Anchor example"),
    }  # fmt: skip


def field_name(field: str) -> str:
    """A field of a code, with its language."""
    names = word_names() | {
        "short": _("Short name"), "polarity": _("Polarity"), "colour": _("Colour"), "counterpart": _("Opposite"),
        "literature": _("Literature"), "literature_basis": _("Basis in the literature"), "indicator": _("Indicator"),
    }  # fmt: skip
    names |= {"label_en": _("Name in English"), "label_ru": _("Name in Russian")}
    word, _dash, tongue = field.rpartition("_")
    if word == "label":
        return names[field]
    if word in names and tongue == "en":
        return _("{word} in English", word=names[word])
    if word in names and tongue == "ru":
        return _("{word} in Russian", word=names[word])
    return names.get(field, field)


def section_name(section: str) -> str:
    """A part of the codebook besides its codes."""
    return {
        "rules": _("Rules"), "attributes": _("Attributes of statements"), "periods": _("Periods"),
        "literature": _("Literature"), "literature_bases": _("Basis in the literature"),
    }.get(section, section)  # fmt: skip


def act_name(verb: str) -> str:
    """An act on the codebook, in a few words that go on a sentence."""
    names = {
        "create_study": _("the study was made"), "add_code": _("a code was added"),
        "change_code": _("a code was changed"), "move_code": _("a code was moved"),
        "archive_code": _("a code was taken out of use or brought back"), "merge_codes": _("two codes were merged"),
        "split_code": _("a code was split"), "assign_codings": _("codings were given other codes"),
        "import_codebook": _("a file was brought in"), "change_rules": _("the rules were changed"),
        "change_attributes": _("the attributes were changed"), "change_literature": _("the works were changed"),
        "prepare_demo": _("the study was made"), "make_anchor": _("a case that was discussed became an anchor example"),
    }  # fmt: skip
    return names.get(verb, plain(verb))
