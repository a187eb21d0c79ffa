"""Poll reports of Zoom: answers in pairs with their questions, or one small table a question. One row a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from survey_app.questionnaires.export import ASIDE, Export, Head
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.wording import plain_key
from survey_app.rosters.tables import Table, UnreadableTable
from transcripts.messages import Message, counted, sentence

PLATFORM = "Zoom"
NAME, MAIL, TIME = "User Name", "User Email", "Submitted Date/Time"
_COLUMNS = tuple(map(plain_key, (NAME, MAIL, TIME)))
_TITLE = "poll report"
_FIRST = 4
"""Where questions or answers begin: after number, name, address and time."""
_PREAMBLE = 50
"""Most filled lines before the first table of a report."""
_ANONYMOUS = {"anonymous attendee", "anonymous", "анонимный участник", "анонимный пользователь"}
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Poll:
    """A table of a report: its questions, () where each stands before its answer, and its lines with their numbers."""

    asked: tuple[str, ...]
    lines: list[tuple[int, list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class Report:
    """People and questions by place. A question is known by its words, its poll, and how often one answered there.

    `twice` and `torn` are numbers of lines: a second answer of one person in one poll, and no question to an answer.
    """

    questions: dict[tuple[str, int, int], int] = field(default_factory=dict)
    rows: list[dict[int, str]] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    twice: list[int] = field(default_factory=list)
    torn: list[int] = field(default_factory=list)


def sniff(brought: Brought) -> float:
    """By the title of the report, or the header of its rows."""
    if not brought.header:
        return 0.0
    titled = plain_key(brought.header[0]) == _TITLE
    if _is_header(brought.header) or (titled and any(map(_is_header, brought.lines[:_PREAMBLE]))):
        return 1.0
    return 0.5 if titled else 0.0


def read(brought: Brought) -> Export:
    """One row a person; who is anonymous is nobody else's double. Raises UnreadableTable."""
    report = _report(_polls(brought.lines))
    if not report.rows:
        raise UnreadableTable(
            sentence(
                "{file} is a poll report of Zoom in which nobody has answered. Export the report again when its polls "
                "have ended.", file=brought.name,
            )
        )  # fmt: skip
    header = [NAME, MAIL, TIME, *(question for question, _poll, _again in report.questions)]
    table = brought.table(brought.filled(header, report.rows))
    heads = {
        name: Head(f"q{number:02d}", question, separator=";")
        for number, (name, question) in enumerate(zip(table.columns, header, strict=False), 1)
    }
    for name, why in zip(table.columns, ("respondent", "personal", "time"), strict=False):
        heads[name] = replace(heads[name], role=ASIDE, why=why)
    return Export(PLATFORM, _warned(table, report), heads, respondent=NAME if any(table.values(NAME)) else None)


def _polls(lines: Sequence[list[str]]) -> list[Poll]:
    """The tables of a report; what stands before and between them is no answer."""
    polls: list[Poll] = []
    for number, line in enumerate(lines, 1):
        if _is_header(line):
            polls.append(Poll(tuple(_filled(line[_FIRST:]))))
        elif polls and len(line) > _FIRST and line[0].isdigit() and any(line[1:_FIRST]):
            polls[-1].lines.append((number, line))
    return polls


def _is_header(line: Sequence[str]) -> bool:
    return len(line) >= _FIRST and line[0] == "#" and tuple(map(plain_key, line[1:_FIRST])) == _COLUMNS


def _filled(cells: Sequence[str]) -> list[str]:
    """The cells without blank ones at the end."""
    last = max((place for place, cell in enumerate(cells) if cell), default=-1)
    return list(cells[: last + 1])


def _report(polls: Sequence[Poll]) -> Report:
    report = Report()
    before: dict[str, int] = {}
    for poll in polls:
        widest = max((len(_filled(line[_FIRST:])) for _number, line in poll.lines), default=0)
        asked = (", ".join(poll.asked),) if widest == 1 < len(poll.asked) else poll.asked
        for number, line in poll.lines:
            pairs = _under(asked, line[_FIRST:]) if asked else _in_turn(line[_FIRST:])
            if pairs and all(question for question, _answer in pairs):
                _take(report, number, line, [(question, before.get(question, 0), answer) for question, answer in pairs])
            elif pairs:
                report.torn.append(number)
        for question in asked:
            before[question] = before.get(question, 0) + 1
    return report


def _in_turn(cells: Sequence[str]) -> list[tuple[str, str]]:
    """Question and answer in turn."""
    filled = [*_filled(cells), ""]
    return list(zip(filled[0:-1:2], filled[1::2], strict=True))


def _under(asked: Sequence[str], cells: Sequence[str]) -> list[tuple[str, str]]:
    """Answers under their questions; what is beyond the last one was torn from it at a comma."""
    filled, last = _filled(cells), len(asked) - 1
    answers = [*filled[:last], ", ".join(filled[last:])] if len(filled) > last else filled
    return list(zip(asked, answers, strict=False))


def _take(report: Report, number: int, line: Sequence[str], answers: Sequence[tuple[str, int, str]]) -> None:
    """Put answers in the person's row; a second answer in one poll stands beside the first."""
    name, mail, time = line[1:_FIRST]
    anonymous = plain_key(name) in _ANONYMOUS or not (name or mail)
    person = "" if anonymous else mail.casefold() or plain_key(name)
    if not person or person not in report.people:
        report.people[person] = len(report.rows)
        report.rows.append({} if anonymous else {0: name, 1: mail})
        report.rows[-1][2] = time
    row = report.rows[report.people[person]]
    twice = False
    for question, poll, answer in answers:
        again = 0
        while _FIRST - 1 + report.questions.setdefault((question, poll, again), len(report.questions)) in row:
            again, twice = again + 1, True
        row[_FIRST - 1 + report.questions[question, poll, again]] = answer
    if twice:
        report.twice.append(number)


def _warned(table: Table, report: Report) -> Table:
    warnings: list[Message] = [*table.warnings]
    if report.twice:
        warnings.append(
            counted(
                "Line {lines} is a second answer of one person to one question; it has a column of its own.",
                "{count} lines ({lines}) are further answers of one person to one question; they have columns of their "
                "own.", len(report.twice), lines=_numbers(report.twice),
            )
        )  # fmt: skip
    if report.torn:
        warnings.append(
            counted(
                "Line {lines} has an answer without a question and was left out. See whether a comma has torn it.",
                "{count} lines ({lines}) have answers without a question and were left out. See whether commas have "
                "torn them.", len(report.torn), lines=_numbers(report.torn),
            )
        )  # fmt: skip
    return replace(table, warnings=tuple(warnings))


def _numbers(lines: Sequence[int]) -> str:
    return ", ".join(map(str, lines[:MOST_NAMED])) + (", …" if len(lines) > MOST_NAMED else "")
