"""What a row of a form is: which kind of question, with which list; a group; or nothing that a person answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from survey_app.questionnaires.form_rows import Row
from survey_app.questionnaires.instrument import DATE, MULTI, NOTE, NUMERIC, OPEN, RANK, SINGLE
from survey_app.rosters.tables import UnreadableTable
from transcripts.messages import sentence

DEEPEST_GROUP = 10
LISTED = {SINGLE, MULTI, RANK}
NOT_ANSWERED = {
    "start", "end", "today", "deviceid", "imei", "username", "email", "phonenumber", "simserial", "subscriberid",
    "audit", "calculate", "hidden", "start-geopoint", "background-audio", "xml-external", "csv-external",
    "background-geopoint",
}  # fmt: skip
"""Types that a device fills in."""
HELPERS = ("generated_table_list_label_", "reserved_name_for_field_list_labels_")
"""Names that pyxform gives to the rows it makes of a table-list."""

_CHOICE = re.compile(
    r"(?:add )?(?P<kind>select[_ ]one|select1|select[_ ]multiple|select all that apply|rank)(?: prompt)?"
    r"(?: from| using)? (?P<list>\S+)(?P<other> or[_ ](?:other|specify other|specify_other))?",
    re.IGNORECASE,
)
_PLAIN = {
    "integer": NUMERIC, "int": NUMERIC, "decimal": NUMERIC, "range": NUMERIC, "text": OPEN, "string": OPEN,
    "date": DATE, "datetime": DATE, "note": NOTE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Type:
    """`kind` of the instrument, or ""; `listed` the name of the list; `written` as it stands."""

    written: str
    kind: str = ""
    listed: str = ""
    other: bool = False


@dataclass
class Group:
    """Rows between a beginning and its end."""

    row: Row
    repeat: bool = False
    children: list[Row | Group] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """What stands directly in it, without the rows that a program made for show."""
        return [each for each in self.children if isinstance(each, Row) and not is_helper(each)]

    @property
    def nested(self) -> bool:
        """Whether there are groups in it."""
        return any(isinstance(each, Group) for each in self.children)

    @property
    def is_matrix(self) -> bool:
        """A table-list, or the rows that pyxform makes of one."""
        shown = [row.text("appearance").split() for row in self.rows]
        made = bool(shown) and not self.nested and all("list-nolabel" in each for each in shown)
        return made or "table-list" in self.row.text("appearance").split()


def type_of(row: Row) -> Type:
    """The type as it is written, and what it means here."""
    written = " ".join(row.text("type").split())
    found = _CHOICE.fullmatch(written)
    if found is None:
        return Type(written, _PLAIN.get(written.lower(), ""))
    name = found["kind"].lower()
    kind = RANK if name == "rank" else SINGLE if "one" in name or name == "select1" else MULTI
    return Type(written, kind, found["list"], found["other"] is not None)


def is_helper(row: Row) -> bool:
    """Whether pyxform made the row: a headline of a table, or its labels."""
    return row.text("name").startswith(HELPERS)


def grouped(rows: Sequence[Row]) -> list[Row | Group]:
    """Rows in their groups. Raises UnreadableTable for a group without a beginning or an end, or one too deep."""
    whole: list[Row | Group] = []
    open_groups: list[Group] = []
    for row in rows:
        here = open_groups[-1].children if open_groups else whole
        written = type_of(row).written.lower().replace("_", " ")
        if written in {"begin group", "begin repeat"}:
            group = Group(row, written == "begin repeat")
            here.append(group)
            open_groups.append(group)
            if len(open_groups) > DEEPEST_GROUP:
                raise UnreadableTable(
                    sentence(
                        "Row {row} of “{sheet}”: groups stand more than {limit} deep in one another. Take some apart.",
                        **row.where, limit=DEEPEST_GROUP,
                    )
                )  # fmt: skip
        elif written in {"end group", "end repeat"}:
            if not open_groups:
                raise UnreadableTable(
                    sentence(
                        "Row {row} of “{sheet}” ends a group that has not begun. Add its beginning, or delete the row.",
                        **row.where,
                    )
                )  # fmt: skip
            open_groups.pop()
        else:
            here.append(row)
    if open_groups:
        row = open_groups[-1].row
        raise UnreadableTable(
            sentence(
                "Row {row} of “{sheet}” begins a group that does not end. Add a row with end_group.",
                **row.where,
            )
        )  # fmt: skip
    return whole
