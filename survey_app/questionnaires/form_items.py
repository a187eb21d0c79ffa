"""The rows of a form as an instrument. What cannot be taken over is told with its row, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from survey_app.questionnaires.bounds import OF_CHOICES, OF_NUMBERS, bounds_in
from survey_app.questionnaires.filling_rules import plain_number
from survey_app.questionnaires.form_lists import ChoiceList, choice_list, with_other
from survey_app.questionnaires.form_rows import CHOICES, OWN, Form, Row
from survey_app.questionnaires.form_rules import checked_rules
from survey_app.questionnaires.form_types import LISTED, NOT_ANSWERED, Group, Type, grouped, is_helper, type_of
from survey_app.questionnaires.instrument import (
    CANNOT_SAY,
    CANNOT_SAY_WORDS,
    LIKERT,
    MULTI,
    NOTE,
    NUMERIC,
    OPEN,
    RANK,
    SINGLE,
    Instrument,
    Item,
    Option,
    Section,
)
from survey_app.rosters.tables import UnreadableTable
from transcripts.messages import Message, counted, sentence

_NAME = re.compile(r"[^\W\d][\w.-]{0,99}")
_PARAMETER = re.compile(r"(\w+)\s*=\s*(-?[0-9]{1,12}(?:\.[0-9]{1,6})?)")
MOST_NAMED = 10
"""Most rows that one sentence names."""


def instrument_of(form: Form) -> Instrument:
    """The questionnaire that a form describes. Raises UnreadableTable naming sheet and row."""
    reading = _Reading(form)
    reading.walk(grouped([row for row in form.survey if not row.yes("disabled")]), "", "")
    if not reading.items:
        raise UnreadableTable(
            sentence("The form asks nothing: “survey” has no row with a question. Add one, or bring another file.")
        )
    items, sections, problems = checked_rules(reading.items, reading.sections, reading.rows)
    settings = form.settings
    title = next((words for name in (OWN + "title", "form_title") if any(words := settings.words(name))), ("", ""))
    key = settings.text("form_id") or "questionnaire"
    texts = [words for item in items for words in (item.label, *(option.label for option in item.options))]
    languages = tuple(name for place, name in enumerate(("en", "ru")) if any(words[place] for words in (title, *texts)))
    return Instrument(
        key, title if any(title) else (key, ""), items, settings.text("version"), languages or ("en",),
        tuple(section for section in sections if any(item.section == section.key for item in items)),
        settings.words(OWN + "consent"), (*form.warnings, *reading.told(), *problems),
    )  # fmt: skip


@dataclass
class _Reading:
    form: Form
    items: list[Item] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    """The row of an item or a section, by key."""
    warnings: list[Message] = field(default_factory=list)
    lists: dict[str, ChoiceList] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    not_answered: list[Row] = field(default_factory=list)

    def told(self) -> tuple[Message, ...]:
        """Everything that was left out."""
        if not self.not_answered:
            return tuple(self.warnings)
        named = [f"{row.place}: {row.text('name') or row.text('type')}" for row in self.not_answered[:MOST_NAMED]]
        left = counted(
            "{count} row of “survey” asks nobody anything and was left out ({rows}).",
            "{count} rows of “survey” ask nobody anything and were left out ({rows}).",
            len(self.not_answered), rows=", ".join(named) + (", …" if len(self.not_answered) > MOST_NAMED else ""),
        )  # fmt: skip
        return (*self.warnings, left)

    def walk(self, found: Sequence[Row | Group], section: str, relevant: str) -> None:
        """Rows and groups in order; a group is a matrix, or a page of the form."""
        for each in found:
            if isinstance(each, Row):
                self.row(each, section)
            elif each.repeat:
                self.warnings.append(
                    sentence(
                        "Row {row} of “{sheet}”: “{name}” is asked several times over. It was left out with "
                        "all that stands in it, because a questionnaire here has one answer an item.",
                        **each.row.where,
                    )
                )  # fmt: skip
            elif each.is_matrix:
                self.matrix(each, section, relevant)
            else:
                self.section(each, relevant)

    def section(self, group: Group, outer: str) -> None:
        row = group.row
        key = self.named(row, f"page{row.place}")
        if any(section.key == key for section in self.sections):
            raise _twice(row)
        own = row.text("relevant")
        relevant = f"({outer}) and ({own})" if outer and own else outer or own
        self.sections.append(Section(key, row.words("label"), relevant))
        self.unconstrained(row)
        self.rows.setdefault(key, row)
        self.walk(group.children, key, relevant)

    def unconstrained(self, row: Row) -> None:
        """Say of a group that it has no answer of its own that a constraint could be about."""
        if row.text("constraint"):
            self.warnings.append(
                sentence(
                    "Row {row} of “{sheet}”: “{name}” is a group and has no answer, so that its constraint was left "
                    "out. Write it with a question.",
                    **row.where,
                )
            )  # fmt: skip

    def row(self, row: Row, section: str) -> None:
        kind = type_of(row)
        if is_helper(row) or row.text(OWN + "beside"):
            return
        if kind.kind:
            self.add(self.item(row, kind, section), row)
        elif not kind.written:
            self.warnings.append(
                sentence("Row {row} of “{sheet}” has no type and was left out (“{name}”).", **row.where)
            )
        elif kind.written.split()[0].lower() in NOT_ANSWERED:
            self.not_answered.append(row)
        else:
            self.warnings.append(
                sentence(
                    "Row {row} of “{sheet}”: the type “{type}” is not known here, and “{name}” was left out. Known "
                    "are select_one, select_multiple, rank, integer, decimal, range, text, date, note and groups.",
                    **row.where, type=row.text("type")[:60],
                )
            )  # fmt: skip

    def item(self, row: Row, kind: Type, section: str) -> Item:
        """A question that stands alone."""
        key = self.named(row, f"note{row.place}" if kind.kind == NOTE else "")
        item = self.bounded(replace(self.common(row, key, section), kind=kind.kind), row)
        if kind.kind not in LISTED:
            return replace(item, long="multiline" in row.text("appearance")) if kind.kind == OPEN else item
        listed = self.listed(row, kind)
        options = with_other(listed.options) if kind.other else listed.options
        return replace(item, options=options, kind=self.kind(row, kind, listed))

    def matrix(self, group: Group, section: str, outer: str) -> None:
        """A table of lines that share their answers; where they do not, a page like any other."""
        row, lines = group.row, [(line, type_of(line)) for line in group.rows]
        first = lines[0][1] if lines else Type("")
        alike = all((kind.kind, kind.listed, kind.other) == (first.kind, first.listed, False) for _line, kind in lines)
        if not first.kind or first.kind == NOTE or not alike or group.nested:
            self.warnings.append(
                sentence(
                    "Row {row} of “{sheet}”: the lines of the table “{name}” are not all of one type with one "
                    "list. It was read as a page of single questions.",
                    **row.where,
                )
            )  # fmt: skip
            self.section(group, outer)
            return
        key = self.named(row, "")
        listed = self.listed(lines[0][0], first) if first.kind in LISTED else None
        kind = self.kind(row, first, listed) if listed else first.kind
        members = [self.line(line, key, kind, section) for line, _kind in lines]
        options = listed.options if listed else members[0].options
        self.unconstrained(row)
        parent = replace(self.common(row, key, section), kind=kind, options=options, constraint="")
        if not any(row.words("label")):
            titles = [each.words("label") for each in group.children if isinstance(each, Row) and is_helper(each)]
            parent = replace(parent, label=next((title for title in titles if any(title)), parent.label))
        if len({(line.lowest, line.highest) for line in members}) == 1:
            parent = replace(parent, lowest=members[0].lowest, highest=members[0].highest)
        self.add(replace(parent, required=all(line.required for line in members)), row)
        for member, (line, _kind) in zip(members, lines, strict=True):
            self.add(replace(member, options=()), line)

    def line(self, row: Row, parent: str, kind: str, section: str) -> Item:
        name = self.named(row, "")
        key = name if name.startswith(f"{parent}.") else f"{parent}.{name}"
        return self.bounded(replace(self.common(row, key, section), kind=kind, parent=parent), row)

    def common(self, row: Row, key: str, section: str) -> Item:
        """What every item has."""
        label = row.words("label")
        if not any(label):
            label = row.words("hint") if any(row.words("hint")) else (key, "")
        required = row.text("required")
        if required and required.casefold() not in {"yes", "true", "true()", "1", "no", "false", "false()", "0"}:
            self.warnings.append(
                sentence(
                    "Row {row} of “{sheet}”: “{name}” is required under a condition. Here a question is required "
                    "or not, and this one is not.",
                    **row.where,
                )
            )  # fmt: skip
        if row.text("choice_filter"):
            raise UnreadableTable(
                sentence(
                    "Row {row} of “{sheet}”: “{name}” offers choices that depend on another answer (choice_filter). "
                    "Write a question for each case, with a condition in the column relevant.",
                    **row.where,
                )
            )  # fmt: skip
        return Item(
            key, "", label, row.words("hint"), section, code=row.text(OWN + "code"),
            required=required.casefold() in {"yes", "true", "true()", "1"}, relevant=row.text("relevant"),
            constraint=row.text("constraint"), constraint_words=row.words("constraint_message"),
            reverse=row.yes(OWN + "reverse") is True,
        )  # fmt: skip

    def bounded(self, item: Item, row: Row) -> Item:
        """The item with the bounds that its constraint or its parameters name."""
        if item.kind == NUMERIC:
            found = bounds_in(item.constraint, OF_NUMBERS)
            item = replace(item, constraint=found.rest, lowest=found.least, highest=found.most)
            if type_of(row).written.lower() == "range":
                given = {name.lower(): float(value) for name, value in _PARAMETER.findall(row.text("parameters")[:500])}
                ends = sorted((given.get("start", 1.0), given.get("end", 10.0)))
                step = given.get("step", 0.0)
                item = replace(item, lowest=ends[0], highest=ends[1], step=step if step > 0 else None)
            item = replace(item, unit=row.words(OWN + "unit"))
            silent = row.number(OWN + "cannot_say")
            if silent is not None:
                item = replace(item, options=(Option(CANNOT_SAY, CANNOT_SAY_WORDS, silent, cannot_say=True),))
        if item.kind in {MULTI, RANK}:
            found = bounds_in(item.constraint, OF_CHOICES)
            fewest, most = (
                row.number(OWN + name) or bound or 0 for name, bound in (("fewest", found.least), ("most", found.most))
            )
            item = replace(item, constraint=found.rest, fewest=max(int(fewest), 0), most=max(int(most), 0))
        return self.possible(item, row)

    def possible(self, item: Item, row: Row) -> Item:
        """The item without bounds that leave no answer."""
        numbers = item.lowest is not None and item.highest is not None and item.lowest > item.highest
        amounts = 0 < item.most < item.fewest
        if not numbers and not amounts:
            return item
        self.warnings.append(
            sentence(
                "Row {row} of “{sheet}”: no answer to “{name}” is both at least {least} and at most {most}. Both "
                "bounds were left out; “{name}” is asked without them.",
                **row.where, least=plain_number(item.lowest if numbers else item.fewest),
                most=plain_number(item.highest if numbers else item.most),
            )
        )  # fmt: skip
        return replace(item, lowest=None, highest=None) if numbers else replace(item, fewest=0, most=0)

    def kind(self, row: Row, kind: Type, listed: ChoiceList) -> str:
        """A scale or a choice: as written, else as its list is."""
        given = row.text(OWN + "kind").lower()
        if kind.kind != SINGLE:
            return kind.kind
        if given not in {"", LIKERT, SINGLE}:
            raise UnreadableTable(
                sentence(
                    "Row {row} of “{sheet}”: “{cell}” stands in the column {column}. Write {kinds}.",
                    **row.where, cell=given[:60], column=OWN + "kind", kinds=f"{LIKERT}, {SINGLE}",
                )
            )  # fmt: skip
        if not given and listed.by_names and listed.scale and not kind.other:
            self.warnings.append(
                sentence(
                    "Row {row} of “{sheet}”: “{name}” is read as a scale, because its choices are named by numbers "
                    "in order. If it is none, write single in the column rakurs_kind.",
                    **row.where,
                )
            )  # fmt: skip
        return given or (LIKERT if listed.scale and not kind.other else SINGLE)

    def listed(self, row: Row, kind: Type) -> ChoiceList:
        """The list of a question, read once."""
        if kind.listed not in self.form.choices:
            raise UnreadableTable(
                sentence(
                    "Row {row} of “{sheet}” takes its choices from the list “{list}”, which “{choices}” does not have. "
                    "Add it, or correct the name.",
                    **row.where, list=kind.listed[:60], choices=CHOICES,
                )
            )  # fmt: skip
        if kind.listed not in self.lists:
            self.lists[kind.listed] = choice_list(self.form.choices[kind.listed])
        return self.lists[kind.listed]

    def named(self, row: Row, instead: str) -> str:
        """The name of a row. Raises UnreadableTable where it has none that can be one."""
        name = row.text("name") or instead
        if not _NAME.fullmatch(name):
            raise UnreadableTable(
                sentence(
                    "Row {row} of “{sheet}”: “{name}” is no name of a question. Begin with a letter, and write "
                    "letters, digits, _, - and . without spaces.",
                    **row.where,
                )
            )  # fmt: skip
        return name

    def add(self, item: Item, row: Row) -> None:
        if item.key in self.keys:
            raise _twice(row)
        self.keys.add(item.key)
        self.items.append(item)
        self.rows[item.key] = row


def _twice(row: Row) -> UnreadableTable:
    return UnreadableTable(
        sentence(
            "Row {row} of “{sheet}”: “{name}” stands there a second time. Give each row its own name.",
            **row.where,
        )
    )  # fmt: skip
