"""A research protocol in Word or OpenDocument: a table that says who is asked, then questions and answers."""

import re

from transcripts.containers import Grid, Opened, Paragraph
from transcripts.dates import date_in
from transcripts.messages import Message, counted
from transcripts.model import Attendee, Unit
from transcripts.readers import Reading

_NAME = re.compile(
    r"^(?:фио|ф\.\s?и\.\s?о\.?|имя|респондент|эксперт|name|respondent|interviewee|expert)\b", re.IGNORECASE
)
_POSITION = re.compile(r"^(?:должность|позиция|position|job title|role)\b", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"^(?:наименование организации|организация|место работы|organi[sz]ation|company)", re.IGNORECASE
)
_DATE = re.compile(r"^(?:дата|date)\b", re.IGNORECASE)


def sniff(opened: Opened) -> float:
    """Certain by a table of two columns with a name and one thing more about the person."""
    return 0.97 if any(_person(block) is not None for block in opened.blocks) else 0.0


def read(opened: Opened) -> Reading:
    """One unit an interview, without a speaker: the file does not say which words are whose. Who was asked stands
    among the attendees, in the order of the interviews."""
    people: list[Attendee] = []
    words: list[list[str]] = []
    day = ""
    before = 0
    for block in opened.blocks:
        person = _person(block)
        if person is not None:
            people.append(person)
            words.append([])
            day = day or _day(block)
            continue
        lines = [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]
        said = [line for line in lines if line.strip()]
        if words:
            words[-1] += said
        else:
            before += len(said)
    units = tuple(Unit(" ".join(" ".join(lines).split())) for lines in words)
    shape = f"ru_interview_protocol_{opened.container}"
    return Reading(
        units, shape, "none", tuple(_told(len(units), before)), date=day, attendees=tuple(people),
        parts=tuple(range(1, len(units))),
    )  # fmt: skip


def _person(block: Paragraph | Grid) -> Attendee | None:
    if not isinstance(block, Grid) or any(len(row) != 2 for row in block.rows):
        return None
    cells = {row[0].strip(): " ".join(row[1].split()) for row in block.rows}
    name = _cell(cells, _NAME)
    position, organisation = _cell(cells, _POSITION), _cell(cells, _ORGANISATION)
    if name is None or (position is None and organisation is None):
        return None
    return Attendee(name, organisation=organisation or "", position=position or "")


def _cell(cells: dict[str, str], wanted: re.Pattern[str]) -> str | None:
    return next((value for label, value in cells.items() if wanted.match(label)), None)


def _day(block: Paragraph | Grid) -> str:
    rows = block.rows if isinstance(block, Grid) else ()
    return next((date_in(row[1]) for row in rows if _DATE.match(row[0].strip())), "")


def _told(count: int, before: int) -> list[Message]:
    told = [
        counted(
            "The file holds {count} interview; it does not mark which words are whose.",
            "The file holds {count} interviews; it does not mark which words are whose.",
            count,
        )
    ]
    if before:
        told.append(
            counted(
                "{count} paragraph stands before the first interview and was left out.",
                "{count} paragraphs stand before the first interview and were left out.",
                before,
            )
        )
    return told
