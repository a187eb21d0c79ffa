"""A roster of experts: which column says what, and the people in it. Real rosters differ; a person confirms."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from survey_app.rosters.tables import Table
from transcripts.messages import Message, MessageError, counted, sentence

ROLES = {
    "expert": ("expert", "эксперт", "participant", "участник", "yes", "counted"),
    "moderator": ("moderator", "модератор", "facilitator", "ведущий", "chair"),
    "assistant": ("assistant", "ассистент", "technical host", "технический ведущий", "host", "техподдержка"),
    "interpreter": ("interpreter", "переводчик"),
    "observer": ("observer", "наблюдатель"),
}
CONSENTS = {
    "yes": ("yes", "да", "y", "true", "1", "consent", "согласен", "согласна"),
    "after_review": ("after review", "after_review", "после проверки", "после просмотра", "review"),
    "no": ("no", "нет", "n", "false", "0", "не согласен", "не согласна"),
    "unknown": ("", "unknown", "неизвестно", "-", "?", "not known"),
}
LONGEST_ID = 80
"""Letters."""
_HEADERS = {
    "expert_id": r"^(expert[_ ]?id|id|code|код|номер|№)$",
    "name": r"^(name(_en|_ru)?|full name|speaker|expert|фио|имя|эксперт|участник|display[_ ]name)$",
    "other_names": r"^(other[_ ]names?|name_(en|ru)|zoom[_ ]name.*|alias(es)?|имя в zoom|другое имя|псевдонимы)$",
    "group": r"^(group([_ ]id)?|stakeholder( group)?|группа.*|стейкхолдер.*)$",
    "level": r"^(level.*|уровень.*)$",
    "sector": r"^(sector|сектор)$",
    "region": r"^(region(_en|_ru)?|регион|область)$",
    "consent": r"^(consent([_ ]quotes?)?|quotes?|consent to be quoted|согласие.*|цитирование)$",
    "role": r"^(role([_ ]counted)?|роль)$",
    "organisation": r"^(organi[sz]ation.*|basis|организация.*|должность|position|affiliation)$",
}


class UnusableRoster(MessageError):
    """A roster that does not say who belongs where."""


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One row: an expert with a group, or somebody with another role, who is never counted."""

    expert_id: str
    name: str
    role: str = "expert"
    group_id: str = ""
    other_names: tuple[str, ...] = ()
    level: str = ""
    sector: str = ""
    region: str = ""
    consent: str = "unknown"
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody in the file, in order."""

    people: tuple[RosterPerson, ...]
    warnings: tuple[Message, ...] = ()


def propose_columns(table: Table, groups: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Which column probably says what: by its header in either language, then by its values."""
    found: dict[str, Any] = {}
    for name, pattern in _HEADERS.items():
        matching = [column for column in table.columns if re.match(pattern, column.strip(), re.IGNORECASE)]
        if name == "other_names":
            others = [column for column in matching if column != found.get("name")]
            if others:
                found[name] = others
        elif matching and name not in found:
            found[name] = matching[0]
    if "group" not in found:
        known = same_words(groups)
        for column in table.columns:
            values = [value for value in table.values(column) if value]
            if values and sum(folded(value) in known for value in values) > 0.7 * len(values):
                found["group"] = column
                break
    return found


def read_roster(
    table: Table,
    columns: Mapping[str, Any],
    groups: Sequence[Mapping[str, Any]],
    present: Sequence[Mapping[str, Any]] = (),
) -> Roster:
    """The people of a table, with `columns` saying which column is which field.

    `groups` are rows with key, label_en, label_ru, short_en, short_ru; `present` the experts of the study (key,
    name), whose ids go to the same names again where the file has none. Raises UnusableRoster: no name or group
    column, an unknown group or role, two experts with one id, no experts at all.
    """
    if not columns.get("name"):
        raise UnusableRoster(sentence("Say which column holds the experts' names."))
    if not columns.get("group"):
        raise UnusableRoster(
            sentence("The roster has no column with the stakeholder group. Add one, or say which column it is.")
        )
    known = same_words(groups)
    people: list[RosterPerson] = []
    for line, row in enumerate(table.rows, 2):
        person = _person(line, row, columns, known, groups)
        if person is not None:
            people.append(person)
    people = _with_ids(people, present)
    _refuse_double_ids(people)
    if not any(person.role == "expert" for person in people):
        raise UnusableRoster(sentence("The roster names no experts. Check the columns of name and role."))
    return Roster(tuple(people), tuple(_warnings(table, columns, people, present)))


def is_expert(row: Mapping[str, str], columns: Mapping[str, Any]) -> bool:
    """Whether a row of the table is an expert's; where nothing is said of a role, it is."""
    column = columns.get("role")
    value = row.get(column, "") if isinstance(column, str) else ""
    return not value or _word(value, ROLES) == "expert"


def same_words(groups: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Every way to write a group (key, label, short name; case and dots do not matter), with the group's key."""
    found: dict[str, str] = {}
    for group in groups:
        for name in ("short_ru", "short_en", "label_ru", "label_en", "key"):
            word = folded(str(group.get(name) or ""))
            if word:
                found[word] = str(group["key"])
    return found


def template(language: str, groups: Sequence[Mapping[str, Any]]) -> bytes:
    """An XLSX workbook to fill in: a header row, and a second sheet that lists the groups."""
    russian = language == "ru"
    header = (
        ["код", "ФИО", "имя в Zoom", "группа", "регион", "согласие на цитирование", "роль"]
        if russian
        else ["id", "name", "zoom name", "group", "region", "consent to be quoted", "role"]
    )
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "эксперты" if russian else "experts"
    sheet.append(header)
    listed = book.create_sheet("группы" if russian else "groups")
    listed.append(["группа", "название"] if russian else ["group", "name"])
    for group in groups:
        listed.append([group["key"], group["label_ru" if russian else "label_en"]])
    for each in (sheet, listed):
        for cell in each[1]:
            cell.font = Font(bold=True)
        for letter in "ABCDEFG":
            each.column_dimensions[letter].width = 26
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def folded(value: str) -> str:
    """A word without case, dots and doubled spaces, for comparing."""
    return " ".join(re.sub(r"[_.,;:()]", " ", value.lower().replace("ё", "е")).split())


def _person(
    line: int, row: Mapping[str, str], columns: Mapping[str, Any], known: Mapping[str, str],
    groups: Sequence[Mapping[str, Any]],
) -> RosterPerson | None:  # fmt: skip
    def value(name: str) -> str:
        column = columns.get(name)
        return row.get(column, "") if isinstance(column, str) else ""

    name = value("name")
    if not name and not value("expert_id"):
        return None
    role = _word(value("role"), ROLES) if value("role") else "expert"
    if not role:
        raise UnusableRoster(
            sentence(
                "Row {line}: “{value}” is not a role. Write expert, moderator, assistant, interpreter or observer, or "
                "choose no column for the role.",
                line=line, value=value("role"),
            )
        )  # fmt: skip
    if len(value("expert_id")) > LONGEST_ID:
        raise UnusableRoster(sentence("Row {line}: the expert's id is too long. Check the column of ids.", line=line))
    group = known.get(folded(value("group")), "")
    if role == "expert" and not group:
        raise UnusableRoster(
            sentence(
                "Row {line}: “{value}” is not a stakeholder group. There are: {groups}.", line=line,
                value=value("group"), groups=", ".join(str(each["key"]) for each in groups),
            )
        )  # fmt: skip
    others = columns.get("other_names") or []
    others = [others] if isinstance(others, str) else others
    used = {column for given in columns.values() for column in ([given] if isinstance(given, str) else given)}
    return RosterPerson(
        expert_id=value("expert_id"), name=name or value("expert_id"), role=role, group_id=group,
        other_names=tuple(dict.fromkeys(row[column] for column in others if row.get(column) and row[column] != name)),
        level=value("level"), sector=value("sector"), region=value("region"),
        consent=_word(value("consent"), CONSENTS) or "unknown",
        attributes={column: text for column, text in row.items() if text and column not in used}
        | ({"organisation": value("organisation")} if value("organisation") else {}),
    )  # fmt: skip


def _with_ids(people: list[RosterPerson], present: Sequence[Mapping[str, Any]]) -> list[RosterPerson]:
    """Make ids where the file has none: that of the same name in the study, else the next of E01, E02, ..."""
    by_name = {str(row["name"]): str(row["key"]) for row in present}
    taken = {person.expert_id for person in people} | {str(row["key"]) for row in present}
    fresh = (key for key in (f"E{n:02d}" for n in range(1, 100_000)) if key not in taken)
    return [
        replace(person, expert_id=by_name.pop(person.name, "") or next(fresh))
        if person.role == "expert" and not person.expert_id
        else person
        for person in people
    ]


def _refuse_double_ids(people: list[RosterPerson]) -> None:
    first: dict[str, str] = {}
    for person in people:
        if person.role != "expert":
            continue
        if person.expert_id in first:
            raise UnusableRoster(
                sentence(
                    "“{first}” and “{second}” have the same id, {key}. Give each expert an id of their own.",
                    first=first[person.expert_id], second=person.name, key=person.expert_id,
                )
            )  # fmt: skip
        first[person.expert_id] = person.name


def _warnings(
    table: Table, columns: Mapping[str, Any], people: list[RosterPerson], present: Sequence[Mapping[str, Any]]
) -> list[Message]:
    found = []
    names = [person.name for person in people]
    double = sorted({name for name in names if names.count(name) > 1})
    if double:
        found.append(sentence("Two people have the same name: {names}.", names=", ".join(double)))
    before = {str(row["key"]): str(row["name"]) for row in present}
    for person in people:
        if person.role == "expert" and before.get(person.expert_id, person.name) != person.name:
            found.append(
                sentence(
                    "{key} is “{before}” in the study and “{now}” in this roster. Check that they are one person.",
                    key=person.expert_id, before=before[person.expert_id], now=person.name,
                )
            )  # fmt: skip
    said = [row[columns["consent"]] for row in table.rows] if isinstance(columns.get("consent"), str) else []
    vague = sum(bool(value) and not _word(value, CONSENTS) for value in said)
    if vague:
        found.append(
            counted(
                "{count} answer on consent was not understood and counts as not known.",
                "{count} answers on consent were not understood and count as not known.", vague,
            )
        )  # fmt: skip
    return found


def _word(value: str, families: Mapping[str, tuple[str, ...]]) -> str:
    plain = folded(value)
    return next((name for name, words in families.items() if plain and plain in {folded(word) for word in words}), "")
