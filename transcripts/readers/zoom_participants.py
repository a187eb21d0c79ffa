"""Zoom's report of participants (CSV): who was there, from when to when, and who agreed to the recording."""

import csv
import re

from transcripts.containers import Opened
from transcripts.dates import date_in
from transcripts.labels import clean_name
from transcripts.messages import Message, counted, sentence
from transcripts.model import Attendee, Unit
from transcripts.readers import Reading

_NAME = re.compile(r"^(?:name|user name|имя|участник)\b", re.IGNORECASE)
_ORIGINAL = re.compile(r"^(?P<name>.*\S)\s*\((?P<original>[^()]+)\)$")
_COLUMNS = {
    "joined": ("join time", "время входа", "время подключения"),
    "left": ("leave time", "время выхода"),
    "minutes": ("duration (minutes)", "total duration (minutes)", "продолжительность (минут)", "длительность (минут)"),
    "consent": ("recording consent", "recording disclaimer response", "согласие на запись"),
    "organisation": ("organization", "organisation", "company", "организация"),
    "position": ("job title", "position", "должность"),
}
_MARKS = (*_COLUMNS["joined"], *_COLUMNS["left"], *_COLUMNS["minutes"])
_HEAD = 15


def sniff(opened: Opened) -> float:
    """Certain by a header of names beside times or minutes of presence."""
    return 0.97 if _header(_rows(opened.text[:6000])) is not None else 0.0


def read(opened: Opened) -> Reading:
    """One unit a row, without words: a person who came twice has two. E-mail addresses are not kept."""
    rows = _rows(opened.text)
    at = _header(rows)
    assert at is not None
    header = [cell.strip().casefold() for cell in rows[at]]
    people = [_attendee(header, row) for row in rows[at + 1 :] if any(cell.strip() for cell in row)]
    units = tuple(Unit("", _display_name(row)) for row in rows[at + 1 :] if any(cell.strip() for cell in row))
    day = next((found for row in rows[: at + 1] for cell in row if (found := _day(cell))), "")
    day = day or next((found for person in people if (found := _day(person.joined))), "")
    return Reading(
        units, "zoom_participants_csv", "none", tuple(_told(people)), "participants", day, tuple(people)
    )  # fmt: skip


def _rows(text: str) -> list[list[str]]:
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(text.split("\n"), delimiter=delimiter))
    except csv.Error:
        return []


def _header(rows: list[list[str]]) -> int | None:
    for number, row in enumerate(rows[:_HEAD]):
        cells = [cell.strip().casefold() for cell in row]
        if len(cells) >= 2 and _NAME.match(cells[0]) and any(cell.startswith(_MARKS) for cell in cells):
            return number
    return None


def _display_name(row: list[str]) -> str:
    return clean_name(row[0]) if row else ""


def _attendee(header: list[str], row: list[str]) -> Attendee:
    values = {
        name: next((row[n].strip() for n, head in enumerate(header) if n < len(row) and head.startswith(wanted)), "")
        for name, wanted in _COLUMNS.items()
    }
    name = _display_name(row)
    renamed = _ORIGINAL.match(name) if "(" in header[0] else None
    return Attendee(
        renamed["name"] if renamed else name, renamed["original"] if renamed else "", values["organisation"],
        values["position"], _minutes(values["minutes"]), values["joined"], values["left"], values["consent"],
    )  # fmt: skip


def _minutes(text: str) -> float | None:
    try:
        minutes = float(text.replace(",", "."))
    except ValueError:
        return None
    return minutes if 0 <= minutes < 100_000 else None


def _day(cell: str) -> str:
    """A day as Zoom writes it in English: month first."""
    found = re.search(r"\b(\d{1,2})/(\d{1,2})/(20\d\d)\b", cell)
    return f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}" if found and int(found[1]) <= 12 else date_in(cell)


def _told(people: list[Attendee]) -> list[Message]:
    agreed = sum(bool(person.recording_consent) for person in people)
    told = [sentence("This is a list of those present, not a transcript: nothing in it is counted as said.")]
    if agreed:
        told.append(
            counted(
                "{count} person answered whether they agree to the recording; that is no consent to being quoted.",
                "{count} people answered whether they agree to the recording; that is no consent to being quoted.",
                agreed,
            )
        )
    return told
