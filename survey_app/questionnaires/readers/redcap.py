"""REDCap: records as CSV, under the names of the fields or under their labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from survey_app.questionnaires.dates import iso_date
from survey_app.questionnaires.export import ASIDE, TICK, Export, Head
from survey_app.questionnaires.markup import plain_text
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.redcap_fields import is_dictionary
from survey_app.rosters.tables import Table, UnreadableTable
from transcripts.messages import counted, sentence

PLATFORM = "REDCap"
_SYSTEM = {
    "redcap_event_name": "system", "event name": "system", "redcap_repeat_instrument": "system",
    "repeat instrument": "system", "redcap_repeat_instance": "system", "repeat instance": "system",
    "redcap_data_access_group": "group", "data access group": "group", "redcap_survey_identifier": "respondent",
    "survey identifier": "respondent",
}  # fmt: skip
_TICK = re.compile(r"(?P<field>[a-z][a-z0-9_]*?)___(?P<code>[a-z0-9_]+)")
_LONGEST_NAME = 200
_STATES = {"0", "1", "2", "incomplete", "unverified", "complete"}
_TICKS = {"checked": "1", "unchecked": "0"}
_AGAIN = re.compile(r" \(\d+\)$")


def sniff(brought: Brought) -> float:
    """Sure of REDCap's own columns; of check boxes and a form's state fairly; and of a dictionary, to say so."""
    names = [plain_text(name).lower() for name in brought.header]
    if not names:
        return 0.0
    if is_dictionary(names) or any(name.startswith("redcap_") and name in _SYSTEM for name in names):
        return 1.0
    states = any(name.endswith("_complete") for name in names) or "complete?" in names
    boxes = any(_box(name) or _choice(name) for name in names)
    known = names[0] in {"record_id", "record id"} or any(name in _SYSTEM for name in names)
    return 0.9 if states and (boxes or known) else 0.6 if boxes and known else 0.0


def read(brought: Brought) -> Export:
    """Every record. Raises UnreadableTable."""
    if is_dictionary(brought.header):
        raise UnreadableTable(
            sentence(
                "{file} is a data dictionary and holds no answers. Bring it where a definition is asked for, and the "
                "exported records here.", file=brought.name,
            )
        )  # fmt: skip
    table = brought.table([[plain_text(name) for name in brought.lines[0]], *brought.lines[1:]])
    heads = _heads(table)
    records = table.values(table.columns[0])
    rows = tuple(_with_ticks(row, heads) for row in table.rows)
    warnings = list(table.warnings)
    if again := len(records) - len(set(records)):
        warnings.append(
            counted(
                "{count} row is a further event or repetition of a record. Keep one row for each person.",
                "{count} rows are further events or repetitions of a record. Keep one row for each person.", again,
            )
        )  # fmt: skip
    return Export(
        PLATFORM, replace(table, rows=rows, warnings=tuple(warnings)), heads, respondent=_respondent(table, heads)
    )  # fmt: skip


def _heads(table: Table) -> dict[str, Head]:
    by_label = any(name.lower().startswith("complete?") or _choice(name) for name in table.columns)
    heads, counts = {}, dict[str, int]()
    first: dict[str, int] = {}
    for number, name in enumerate(table.columns, 1):
        why = "respondent" if number == 1 else _aside(name, table.values(name))
        tick = _choice(name) if by_label else _box(name)
        if why:
            heads[name] = Head("", role=ASIDE, why=why)
        elif tick and by_label:
            asked, option = tick
            counts[asked] = counts.get(asked, 0) + 1
            heads[name] = Head(f"q{first.setdefault(asked, number):02d}", asked, str(counts[asked]), option, TICK)
        elif tick:
            field, code = tick
            heads[name] = Head(field, field, code, code, TICK)
        else:
            heads[name] = Head(f"q{number:02d}" if by_label else name, name)
    return heads


def _box(name: str) -> tuple[str, str] | None:
    """Field and code of a check box's column, `field___1`; a minus stands there as an underscore."""
    found = _TICK.fullmatch(name) if len(name) <= _LONGEST_NAME else None
    return (found["field"], re.sub(r"^_(?=\d)", "-", found["code"])) if found else None


def _choice(name: str) -> tuple[str, str] | None:
    """Label and option of a check box's column, `What helped? (choice=Tea)`."""
    asked, sign, option = name.rpartition("(choice=")
    return (asked.strip(), option[:-1].strip()) if sign and option.endswith(")") else None


def _aside(name: str, values: Iterable[str]) -> str:
    """Why a column is none of the project's questions; "" for one that is."""
    low = _AGAIN.sub("", name.lower())
    said = {value.lower() for value in values if value}
    if (low.endswith("_complete") or low == "complete?") and said <= _STATES:
        return "system"
    if low.endswith("_timestamp") or low == "survey timestamp":
        return "time" if all(iso_date(value) or value == "[not completed]" for value in said) else ""
    return _SYSTEM.get(low, "")


def _with_ticks(row: Mapping[str, str], heads: Mapping[str, Head]) -> dict[str, str]:
    """The row with 1 and 0 for check boxes; none of them is answered in a row that answers nothing else."""
    cells = {name: _TICKS.get(cell.lower(), cell) if heads[name].role == TICK else cell for name, cell in row.items()}
    answered = any(
        cell and head.role != ASIDE and not (head.role == TICK and cell == "0")
        for cell, head in ((cells[name], head) for name, head in heads.items())
    )
    return cells if answered else {name: "" if heads[name].role == TICK else cell for name, cell in cells.items()}


def _respondent(table: Table, heads: Mapping[str, Head]) -> str | None:
    """The survey's identifier where it is filled, else the record's unless that only numbers the rows."""
    named = [name for name, head in heads.items() if head.why == "respondent"]
    for name in reversed(named):
        values = [value for value in table.values(name) if value]
        if values and not all(value.isdecimal() for value in values):
            return name
    return None
