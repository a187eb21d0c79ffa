"""From the words marked in the code to the compiled catalogue: extract, update, compile."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).parent.parent.parent
FOLDER = Path(__file__).parent
FORMS = {"_": 1, "sentence": 1, "ngettext": 2, "counted": 2}
"""The functions that mark words, and how many forms of a word each begins with."""
PASSING = ('"POT-Creation', '"PO-Revision', '"Report-Msgid', '"Last-Translator', '"Language-Team')
"""Lines of the header that say when, or who without a name."""
ROOMS = ("transcripts", "coding", "survey_app")


def po_file(language: str) -> Path:
    """Where a language's words are translated by people."""
    return FOLDER / language / "LC_MESSAGES" / "rakurs.po"


def marked_words() -> Catalog:
    """Every word marked in the code, with the files it stands in."""
    catalog = Catalog(project="Rakurs", charset="utf-8", fuzzy=False)
    for room in ROOMS:
        for file in sorted((PROJECT / room).rglob("*.py")):
            for words in marked_in(file.read_text("utf-8")):
                catalog.add(words, locations=[(file.relative_to(PROJECT).as_posix(), 0)])
    return catalog


def marked_in(code: str) -> Iterator[str | tuple[str, ...]]:
    """From the parsed code: Babel's own extractor reads tokens and misses what is marked inside an f-string."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        forms = node.args[: FORMS.get(name, 0)]
        words = [form.value for form in forms if isinstance(form, ast.Constant) and isinstance(form.value, str)]
        if words and len(words) == FORMS[name]:
            yield words[0] if len(words) == 1 else tuple(words)


def updated(language: str) -> Catalog:
    """The language's catalogue with exactly the words that the code marks now; new ones are untranslated."""
    file = po_file(language)
    with file.open("rb") as opened:
        catalog = read_po(opened, locale=language, domain="rakurs")
    catalog.update(marked_words(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """The catalogue as text for translators, sorted, without line numbers that change with every edit."""
    out = BytesIO()
    write_po(out, catalog, width=110, no_location=True, sort_output=True, omit_header=False, include_previous=False)
    lines = out.getvalue().decode().split("\n")
    return "\n".join(line for line in lines if not line.startswith(PASSING)).encode()


def as_mo(catalog: Catalog) -> bytes:
    """The catalogue as programs read it, the same bytes at any time of day."""
    catalog.creation_date = catalog.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """Words that have no translation or not all of their plural forms, or are marked fuzzy: those are not compiled."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.fuzzy or not forms or not all(forms):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found
