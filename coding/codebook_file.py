"""A codebook as a file: YAML in the form that `read_codebook` reads, and a table with one row a code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from coding.codebook import Code, Codebook, Indicator, codebook_from
from coding.study_files import UnusableStudyFile
from transcripts.messages import sentence

PAIRS = ("label", "definition", "use", "avoid", "example")
INDICATOR = ("value", "comparator", "unit", "year")
COLUMNS = (
    "key", "parent", "short", "polarity", "colour", *(f"{pair}_{tongue}" for pair in PAIRS for tongue in ("en", "ru")),
    "counterpart", "literature", "literature_basis", *(f"indicator_{part}" for part in INDICATOR),
)  # fmt: skip
_ONE_LINE = 100_000
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


class _Writer(yaml.SafeDumper):
    """Writes every list and mapping out, since the reader takes no references."""

    def ignore_aliases(self, data: Any) -> bool:
        """Nothing is written as a reference to another place."""
        return True

    def represent_words(self, words: str) -> yaml.ScalarNode:
        """Words with signs that break or steer a line are quoted, so that they come back as they were."""
        return self.represent_scalar("tag:yaml.org,2002:str", words, '"' if _STEERING.search(words) else None)


_Writer.add_representer(str, _Writer.represent_words)


def write_codebook(book: Codebook) -> str:
    """YAML that `read_codebook` reads back as the same codebook."""
    colours = {code.key: code.colour for code in book.roots}
    content = {
        "schema": "codebook/1",
        "id": book.key,
        "version": book.version,
        "title": _pair(book.title_en, book.title_ru),
        "literature": {key: _pair(en, ru) for key, en, ru in book.literature},
        "literature_basis_values": {key: _pair(en, ru) for key, en, ru in book.literature_bases},
        "coding_rules": [{"id": rule.key, "en": rule.en, "ru": rule.ru} for rule in book.rules],
        "statement_attributes": [
            {"id": one.key, "label": _pair(one.label_en, one.label_ru), "literature": list(one.literature)}
            | {"values": [{"id": each.key, "label": _pair(each.label_en, each.label_ru)} for each in one.values]}
            for one in book.attributes
        ],
        "periodisation": [
            {"id": one.key, "from": one.first, "to": one.last, "label": _pair(one.label_en, one.label_ru)}
            for one in book.periods
        ],
        "roots": [_root(code) for code in book.roots],
        "codes": [_code(code, colours[code.root]) for code in book.codes if code.parent],
    }
    return yaml.dump(content, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=_ONE_LINE)


def codebook_rows(book: Codebook) -> list[list[str]]:
    """One row a code, in the order of `COLUMNS`; works are parted by semicolons."""
    return [[_cell(code, column) for column in COLUMNS] for code in book.codes]


def read_codebook_rows(rows: Iterable[Mapping[str, str]], columns: Iterable[str]) -> tuple[Codebook, set[str]]:
    """The codes of such a table, and the names of those fields of a code that it speaks of.

    Raises UnusableStudyFile where a column is missing that none can be without, and as `read_codebook` does.
    """
    named = {column.strip().casefold(): column for column in columns}
    present = [column for column in COLUMNS if column in named]
    for needed in ("key", "parent"):
        if needed not in present:
            raise UnusableStudyFile(
                sentence("The table has no column “{column}”. Export the codebook to see its columns.", column=needed)
            )
    if not {"label_en", "label_ru"} & set(present):
        raise UnusableStudyFile(
            sentence("The table has no column “{column}”. Export the codebook to see its columns.", column="label_en")
        )
    roots: list[dict[str, Any]] = []
    codes: list[dict[str, Any]] = []
    for row in rows:
        entry = _entry({column: undefused(row[named[column]]) for column in present})
        (codes if entry.get("parent") else roots).append(entry)
    return codebook_from({"roots": roots, "codes": codes}), {
        "indicator" if column.startswith("indicator_") else column for column in present
    } - {"key"}


def undefused(value: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return value[1:] if value[:1] == "'" and value[1:2] in set("=+-@") else value


def _pair(english: str, russian: str) -> dict[str, str]:
    return {"en": english, "ru": russian}


def _root(code: Code) -> dict[str, Any]:
    return {"id": code.key, "polarity": code.polarity, "colour": code.colour} | _said(code)


def _code(code: Code, colour_of_root: str) -> dict[str, Any]:
    head: dict[str, Any] = {"id": code.key}
    if code.parent != code.key.rpartition(".")[0]:
        head["parent"] = code.parent
    if code.colour != colour_of_root:
        head["colour"] = code.colour
    return head | _said(code)


def _said(code: Code) -> dict[str, Any]:
    """What is said of a code; nothing of what is empty."""
    pairs = {pair: _pair(getattr(code, f"{pair}_en"), getattr(code, f"{pair}_ru")) for pair in PAIRS}
    said: dict[str, Any] = {"short": code.short} if code.short else {}
    said |= {pair: words for pair, words in pairs.items() if any(words.values())}
    said |= {name: value for name in ("counterpart", "literature_basis") if (value := getattr(code, name))}
    if code.literature:
        said["literature"] = list(code.literature)
    if code.indicator:
        said["indicator"] = {part: getattr(code.indicator, part) for part in INDICATOR}
    return said


def _cell(code: Code, column: str) -> str:
    if column.startswith("indicator_"):
        part = getattr(code.indicator, column.removeprefix("indicator_")) if code.indicator else ""
        return _number(part) if isinstance(part, float) else str(part)
    if column == "literature":
        return "; ".join(code.literature)
    return str(getattr(code, column))


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _entry(row: Mapping[str, str]) -> dict[str, Any]:
    """A row as the entry that a YAML file would have."""
    entry: dict[str, Any] = {"id": row["key"], "parent": row["parent"]}
    entry |= {pair: _pair(row.get(f"{pair}_en", ""), row.get(f"{pair}_ru", "")) for pair in PAIRS}
    entry |= {name: row.get(name, "") for name in ("short", "polarity", "counterpart", "literature_basis", "colour")}
    entry["literature"] = [work.strip() for work in row.get("literature", "").split(";") if work.strip()]
    if not entry["parent"]:
        entry["polarity"] = entry["polarity"] or "neutral"
        entry["colour"] = entry["colour"] or "#5b6670"
    if row.get("indicator_value"):
        entry["indicator"] = {part: row.get(f"indicator_{part}", "") for part in INDICATOR} | {
            "value": _as_number(row["key"], row["indicator_value"]),
            "year": int(year) if (year := row.get("indicator_year", "")).isdecimal() else None,
        }
    return entry


def _as_number(key: str, written: str) -> float:
    try:
        return float(written.replace(",", "."))
    except ValueError as problem:
        raise UnusableStudyFile(
            sentence("The indicator of “{key}” needs a number as value and a year.", key=key)
        ) from problem


def indicator_of(stored: Mapping[str, Any] | None) -> Indicator | None:
    """An indicator as it is stored."""
    return Indicator(**stored) if stored else None
