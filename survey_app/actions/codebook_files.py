"""Take a codebook out as a file, and bring one in: codes are matched by key, nothing goes that was not asked to go."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from coding.codebook import (
    AttributeValue,
    Code,
    Codebook,
    CodingRule,
    Period,
    StatementAttribute,
    read_codebook,
)
from coding.codebook_changes import SECTIONS
from coding.codebook_file import COLUMNS, codebook_rows, indicator_of, read_codebook_rows, write_codebook
from coding.study_files import LARGEST, UnusableStudyFile
from survey_app.actions.codebook import WORDS, new_version
from survey_app.actions.codebook_rules import CodebookProblem, name_of
from survey_app.actions.exporting import as_csv, as_xlsx
from survey_app.actions.rights import needs
from survey_app.rosters.tables import read_table
from survey_app.store import codes as code_rows
from survey_app.store import schema
from survey_app.store.codebooks import codebook_of
from survey_app.store.log import Change, Row, Store, new_id
from survey_app.store.team import Role
from transcripts.messages import sentence

FORMS = ("yaml", "csv", "xlsx")
FIELDS = frozenset({"parent", "short", "polarity", "colour", *WORDS, "counterpart", "literature", "literature_basis",
                    "indicator"})  # fmt: skip
_OF_CODES = FIELDS - {"parent", "polarity", "literature", "indicator"}


@dataclass(frozen=True, slots=True)
class Brought:
    """A codebook from a file, and what of a code that file speaks of: a table may have few columns."""

    book: Codebook
    fields: frozenset[str] = FIELDS


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do, by the names of codes; `sections` names the other parts that would change."""

    added: list[str]
    changed: list[str]
    missing: list[str]
    sections: list[str]


@needs(Role.CODER)
def export_codebook(store: Store, study_id: str, form: str) -> bytes:
    """The codes in use and all else that the codebook says, as YAML; as CSV or XLSX the codes alone."""
    with store.reading() as connection:
        book = stored_codebook(connection, study_id)
    if form == "yaml":
        return write_codebook(book).encode()
    table = codebook_rows(book)
    return as_csv(list(COLUMNS), table) if form == "csv" else as_xlsx(list(COLUMNS), table, "codebook")


def read_codebook_file(name: str, content: bytes) -> Brought:
    """Understand a file that somebody brings. Raises a MessageError with a sentence for them."""
    if not name.lower().endswith((".yaml", ".yml")):
        table = read_table(name, content)
        book, fields = read_codebook_rows(table.rows, table.columns)
        return Brought(book, frozenset(fields))
    if len(content) > 4 * LARGEST:
        raise UnusableStudyFile(
            sentence("The file is longer than {limit} characters. Check that it is the right one.", limit=LARGEST)
        )
    try:
        return Brought(read_codebook(content.decode("utf-8-sig")))
    except UnicodeDecodeError as problem:
        raise UnusableStudyFile(
            sentence("The file is not written in YAML. Bring a .yaml file in the form of the starter files.")
        ) from problem


@needs(Role.RESEARCHER)
def preview_import(store: Store, study_id: str, brought: Brought) -> ImportPreview:
    """What `import_codebook` would do. Raises CodebookProblem where it would be refused."""
    with store.reading() as connection:
        present = code_rows.codes(connection, study_id, archived=True)
        plan = _Plan(present, brought, retire=False)
        sections = _sections(codebook_of(connection, study_id), brought.book)
    names = {row["key"]: name_of(row) for row in present} | {
        code.key: code.label_en or code.label_ru for code in brought.book.codes
    }
    changed = [key for key in plan.order if key in plan.stored and plan.differs(key)]
    return ImportPreview(
        [names[key] for key in plan.new], [names[key] for key in changed], [names[key] for key in plan.missing],
        [name for name in SECTIONS if name in sections],
    )  # fmt: skip


@needs(Role.RESEARCHER)
def import_codebook(store: Store, person: str, study_id: str, brought: Brought, *, retire: bool = False) -> None:
    """Add and change what the file says, in one change. What it lacks stays; its codes are retired with `retire`."""
    with new_version(store, person, study_id, "import_codebook") as (change, present):
        _Plan(present, brought, retire).carry_out(change, study_id)
        there = codebook_of(change.connection, study_id)
        change.update(schema.codebook, there["id"], **_sections(there, brought.book))


def stored_codebook(connection: Connection, study_id: str) -> Codebook:
    """The codebook of a study with its codes in use, roots first, then as the tree is read."""
    rows = code_rows.codes(connection, study_id)
    said = codebook_of(connection, study_id)
    roots = [row for row in rows if row["parent_id"] is None]
    in_use = {row["key"] for row in rows}
    ordered = [*roots, *(row for root in roots for row in _below(rows, root["id"]))]
    return Codebook(
        said["key"], said["edition"], said["title_en"], said["title_ru"],
        tuple(_as_code(row, in_use) for row in ordered),
        tuple(CodingRule(**rule) for rule in said["rules"]),
        attributes_in(said),
        tuple(Period(**period) for period in said["periods"]),
        tuple((key, english, russian) for key, english, russian in said["literature"]),
        tuple((key, english, russian) for key, english, russian in said["literature_bases"]),
    )  # fmt: skip


def attributes_in(said: Row) -> tuple[StatementAttribute, ...]:
    """The attributes of statements of a row of the table `codebook`."""
    return tuple(
        StatementAttribute(
            one["key"],
            one["label_en"],
            one["label_ru"],
            tuple(AttributeValue(**value) for value in one["values"]),
            tuple(one["literature"]),
        )
        for one in said["attributes"]
    )


class _Plan:
    """What the codes of a file make of the stored ones: values by key, and the order in which all shall stand."""

    def __init__(self, present: list[Row], brought: Brought, retire: bool) -> None:
        self.stored = {row["key"]: row for row in present}
        self._retire = retire
        book = {code.key: code for code in brought.book.codes}
        if not book:
            raise CodebookProblem(sentence("The file has no codes. Check that it is the right one."))
        self.new = [key for key in book if key not in self.stored]
        self.missing = [row["key"] for row in present if row["key"] not in book and not row["archived"]]
        self.order = [*book, *(row["key"] for row in present if row["key"] not in book)]
        self.wanted: dict[str, Row] = {key: dict(row) for key, row in self.stored.items()}
        for key, code in book.items():
            fields = brought.fields if key in self.stored else FIELDS
            self.wanted[key] = self.wanted.get(key, {"key": key, "codings": 0}) | _values(code, fields)
            self.wanted[key] |= {"archived": False, "merged_into_id": None}
        self._settle(brought.fields, book)
        self._check()

    def differs(self, key: str) -> bool:
        """Whether a stored code would be another afterwards, its place in the order aside."""
        mine, theirs = self.wanted[key], self.stored[key]
        return any(mine[name] != theirs[name] for name in theirs if name not in {"position", "root_key"})

    def carry_out(self, change: Change, study_id: str) -> None:
        """Write it: new codes from the roots down, then what differs of the others."""
        ids = {key: row["id"] for key, row in self.stored.items()} | {key: new_id() for key in self.new}
        columns = set(schema.code.c.keys()) - {"parent_id"}
        for row in self.wanted.values():
            row["parent_id"] = ids.get(row["parent_key"])
        fresh = [
            {name: value for name, value in self.wanted[key].items() if name in columns | {"parent_id"}}
            | {"id": ids[key], "study_id": study_id}
            for key in sorted(self.new, key=self._depth)
        ]
        change.insert(schema.code, fresh)
        for key, row in self.stored.items():
            wanted = {name: self.wanted[key][name] for name in [*columns, "parent_id"]}
            change.update(schema.code, row["id"], **wanted)

    def _settle(self, fields: frozenset[str], book: dict[str, Code]) -> None:
        """Opposites are mutual, polarity is the root's, positions follow the order."""
        for key in book if "counterpart" in fields else ():
            other = self.wanted.get(self.wanted[key]["counterpart"])
            if other is not None and not other["counterpart"]:
                other["counterpart"] = key
        for key in self.missing if self._retire else ():
            self.wanted[key]["archived"] = bool(self.wanted[key]["parent_key"])
        for key in self.order:
            top = key
            while self.wanted[top]["parent_key"]:
                top = self.wanted[top]["parent_key"]
            self.wanted[key]["polarity"] = self.wanted[top]["polarity"]
        places = [self.wanted[key].get("position") for key in self.order]
        known = [place for place in places if place is not None]
        if self.new or known != sorted(known):
            for place, key in enumerate(self.order):
                self.wanted[key]["position"] = place

    def _check(self) -> None:
        """No two codes have one short name; no two in use have one name."""
        taken: dict[tuple[str, str], str] = {}
        for key, row in self.wanted.items():
            names = {("short", row["short"].casefold())}
            if not row["archived"]:
                names |= {(name, row[name].casefold()) for name in ("label_en", "label_ru")}
            for name in names:
                if name[1] and taken.setdefault(name, key) != key:
                    raise CodebookProblem(
                        sentence(
                            "“{name}” would be the name of two codes, {first} and {second}. Change one of them.",
                            name=row[name[0]], first=taken[name], second=key,
                        )
                    )  # fmt: skip

    def _depth(self, key: str) -> int:
        depth = 0
        while self.wanted[key]["parent_key"]:
            key, depth = self.wanted[key]["parent_key"], depth + 1
        return depth


def _values(code: Code, fields: frozenset[str]) -> Row:
    values: Row = {name: getattr(code, name) for name in _OF_CODES & fields}
    if "parent" in fields:
        values["parent_key"] = code.parent
    if "polarity" in fields and not code.parent:
        values["polarity"] = code.polarity
    if "literature" in fields:
        values["literature"] = list(code.literature)
    if "indicator" in fields:
        values["indicator"] = asdict(code.indicator) if code.indicator else None
    return values


def _sections(there: Row, book: Codebook) -> dict[str, Any]:
    """The parts of the codebook that a file changes: it says something of them, and something else."""
    said: dict[str, Any] = {
        "key": book.key, "edition": book.version, "title_en": book.title_en, "title_ru": book.title_ru,
        "literature": [list(work) for work in book.literature],
        "literature_bases": [list(basis) for basis in book.literature_bases],
    }  # fmt: skip
    for name in ("rules", "attributes", "periods"):
        said[name] = [asdict(one) for one in getattr(book, name)]
    for one in said["attributes"]:
        one |= {"values": list(one["values"]), "literature": list(one["literature"])}
    return {name: value for name, value in said.items() if value and value != there[name]}


def _below(rows: list[Row], above: str) -> list[Row]:
    return [each for row in rows if row["parent_id"] == above for each in (row, *_below(rows, row["id"]))]


def _as_code(row: Row, in_use: set[str]) -> Code:
    return Code(
        row["key"], row["parent_key"], row["root_key"], row["polarity"], row["short"],
        colour=row["colour"] or "#5b6670", **{word: row[word] for word in WORDS},
        counterpart=row["counterpart"] if row["counterpart"] in in_use else "", literature=tuple(row["literature"]),
        literature_basis=row["literature_basis"], indicator=indicator_of(row["indicator"]),
    )  # fmt: skip
