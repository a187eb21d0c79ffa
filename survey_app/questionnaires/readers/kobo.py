"""KoboToolbox and ODK (Collect, Central): CSV or XLSX with names or labels, one submission a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from survey_app.questionnaires.export import ANSWER, ASIDE, TICK, WORDS, Export, Head
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.scales import Scale
from survey_app.rosters.tables import Table

PLATFORM = "KoboToolbox"

_TIMES = {"start", "end", "today", "_submission_time", "SubmissionDate"}
_PERSONAL = {
    "username", "deviceid", "phonenumber", "email", "imei", "subscriberid", "simserial", "_submitted_by",
    "SubmitterID", "SubmitterName", "DeviceID", "_geolocation",
}  # fmt: skip
_SYSTEM = {
    "_id", "_uuid", "_validation_status", "_notes", "_status", "_tags", "_index", "_parent_index",
    "_parent_table_name", "__version__", "_version_", "_version", "_xform_id_string", "_attachments",
    "_bamboo_dataset_id", "_edited", "audit", "audit_URL", "formhub/uuid", "meta/instanceID", "meta/instanceName",
    "meta/deprecatedID", "meta/rootUuid", "meta-instanceID", "meta-instanceName", "instanceID", "instanceName",
    "KEY", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState", "Edits", "FormVersion",
}  # fmt: skip
_PARTS_OF_PLACES = ("latitude", "longitude", "altitude", "precision", "accuracy")
_NAME = re.compile(r"[^\W\d][\w.-]*")
_NAMES = re.compile(r"[A-Za-z0-9_.-]+(?: [A-Za-z0-9_.-]+)*")
_HXL = re.compile(r"#[a-z][a-z0-9_]*( ?\+[a-z0-9_]+)*", re.IGNORECASE)
_PLACE = re.compile(r"-?\d{1,2}\.\d+ -?\d{1,3}\.\d+( -?[\d.]+){0,2}")
_ATTACHED = re.compile(
    r"\S+\.(jpe?g|png|gif|heic|m4a|mp3|mp4|wav|amr|3gpp?|ogg|webm|mov|pdf|docx?|xlsx?|csv|zip)", re.IGNORECASE
)
_TICKED = {"0", "1", "true", "false"}
_OTHER_SIGNS = (";", "\n", "|", ", ")
SEVERAL, RECUR, MOST_CHOICES = 0.15, 0.6, 40
"""Least share of cells with more than one name, and of names that recur, for cells to be choices joined by spaces."""


@dataclass(frozen=True, slots=True)
class _Path:
    """Where a column stands: its groups and its name, and the option that it ticks."""

    groups: str
    name: str
    option: str = ""


def sniff(brought: Brought) -> float:
    """Columns that the server adds to every submission."""
    header = set(brought.header)
    if {"_uuid", "_submission_time"} <= header or {"SubmissionDate", "KEY"} <= header:
        return 1.0
    own = {"_id", "_uuid", "_submission_time", "_validation_status", "__version__", "_submitted_by", "formhub/uuid",
           "meta/instanceID", "meta-instanceID"} & header  # fmt: skip
    return 0.9 if len(own) > 1 else 0.0


def read(brought: Brought) -> Export:
    """The submissions, with what a column is called. Raises UnreadableTable."""
    lines = brought.lines
    if len(lines) > 1 and _is_hxl(lines[1]):
        lines = [lines[0], *lines[2:]]
    table = brought.table(lines)
    asides = {name: why for name in table.columns if (why := _aside(table, name))}
    paths = _paths(table, [name for name in table.columns if name not in asides])
    return Export(PLATFORM, table, _heads(table, paths, asides))


def _heads(table: Table, paths: dict[str, _Path], asides: dict[str, str]) -> dict[str, Head]:
    keys = _keys(paths)
    options: dict[str, list[str]] = {}
    for path in paths.values():
        if path.option:
            options.setdefault(keys[path.groups, path.name], []).append(path.option)
    found: dict[str, Head] = {}
    for number, name in enumerate(table.columns, 1):
        if name not in paths:
            found[name] = Head(f"q{number:02d}", name, role=ASIDE, why=asides[name])
            continue
        path = paths[name]
        key = keys[path.groups, path.name]
        head = Head(key, path.name)
        if path.option:
            line = path.option if _NAME.fullmatch(path.option) or path.option.isdigit() else str(
                options[key].index(path.option) + 1
            )  # fmt: skip
            found[name] = replace(head, line=line, line_asked=path.option, role=TICK)
        elif key in options:
            found[name] = replace(head, role=ASIDE, why="system")
        else:
            found[name] = _joined(head, [value for value in table.values(name) if value])
    return _with_words_beside(table, found, paths)


def _paths(table: Table, names: Sequence[str]) -> dict[str, _Path]:
    """Every column's path. What is behind the last sign is an option where the column before it is there, or where
    it and its neighbours hold nothing but 0 and 1."""
    columns, ticks = set(names), {name for name in names if _is_ticks(table, name)}
    details = Counter(name.rpartition("/")[0] for name in ticks if "/" in name)
    wholes: dict[str, tuple[str, str]] = {}
    for name in ticks:
        ends = [place for place, sign in enumerate(name) if sign == "/"]
        whole = next((name[:end] for end in reversed(ends) if name[:end] in columns), "")
        alone = name.rpartition("/")[0]
        if whole or (alone and details[alone] > 1):
            wholes[name] = (whole or alone, name[len(whole or alone) + 1 :])
    asked = {name: wholes[name][0] if name in wholes else name for name in names}
    sign = "-" if {"SubmissionDate", "KEY"} <= set(table.columns) else "/"
    shared = Counter(question.rpartition(sign)[0] for question in dict.fromkeys(asked.values()))
    found = {}
    for name, question in asked.items():
        groups, _sign, last = question.rpartition(sign)
        machine = sign == "/" and all(_NAME.fullmatch(part) for part in question.split("/"))
        if not groups or not last or not (machine or shared[groups] > 1):
            groups, last = "", question
        found[name] = _Path(groups, last, wholes[name][1] if name in wholes else "")
    return found


def _keys(paths: dict[str, _Path]) -> dict[tuple[str, str], str]:
    """A key for every question: its name; with its groups where two share one; a number where it is a label."""
    questions = list(dict.fromkeys((path.groups, path.name) for path in paths.values()))
    often = Counter(name for _groups, name in questions)
    found = {}
    for number, (groups, name) in enumerate(questions, 1):
        if not _NAME.fullmatch(name):
            found[groups, name] = f"q{number:02d}"
        else:
            whole = f"{groups}.{name}".replace("/", ".") if groups else name
            found[groups, name] = name if often[name] == 1 else whole
    return found


def _joined(head: Head, values: list[str]) -> Head:
    """A column with an answer a cell: of one word or several joined by spaces."""
    if any(sign in value for value in values for sign in _OTHER_SIGNS):
        return head
    head = replace(head, separator=" ")
    if not values or not all(_NAMES.fullmatch(value) for value in values):
        return head
    split = [value.split(" ") for value in values]
    counts = Counter(part for parts in split for part in parts)
    several = sum(len(parts) > 1 for parts in split)
    recurring = sum(count for count in counts.values() if count > 1)
    named = len(counts) <= MOST_CHOICES and not all(part.isdigit() for part in counts)
    if not named or several < max(2, SEVERAL * len(split)) or recurring < RECUR * counts.total():
        return head
    if any(len(set(parts)) < len(parts) for parts in split):
        return head
    ranked = len(split[0]) > 2 and all(set(parts) == set(split[0]) for parts in split)
    return replace(head, kind="rank" if ranked and len(set(values)) > 1 else "multi", points=_points(counts))


def _points(names: Counter[str]) -> Scale:
    return tuple(
        {"value": float(number), "en": name.replace("_", " "), "ru": "", "key": name}
        for number, name in enumerate(sorted(names), 1)
    )


def _with_words_beside(table: Table, heads: dict[str, Head], paths: dict[str, _Path]) -> dict[str, Head]:
    """`question_other` holds words beside the option `other` of a question, where that is answered with it."""
    said = {(head.question, head.line) for head in heads.values() if head.role == TICK}
    said |= {
        (head.question, part)
        for name, head in heads.items() if head.role == ANSWER
        for value in dict.fromkeys(table.values(name)) for part in value.split(" ")
    }  # fmt: skip
    questions = {head.question for name, head in heads.items() if name in paths}
    found = dict(heads)
    for name, head in heads.items():
        base, sign, option = head.question.rpartition("_")
        if head.role == ANSWER and sign and base in questions and (base, option) in said:
            found[name] = Head(base, base, line=option, line_asked=option, role=WORDS)
    return found


def _aside(table: Table, name: str) -> str:
    """Why a column is no answer to a question: time, personal, system; "" for one that is."""
    last = re.split(r"[/-]", name)[-1]
    if name in _TIMES:
        return "time"
    if name in _PERSONAL:
        return "personal"
    if name in _SYSTEM or re.fullmatch(r"_+version_*(_\d+)?", name):
        return "system"
    if last.lower() in _PARTS_OF_PLACES or re.fullmatch(rf"_.+_({'|'.join(_PARTS_OF_PLACES)})", last):
        return "personal"
    values = [value for value in table.values(name) if value]
    if name.endswith("_URL") and name.removesuffix("_URL") in table.columns:
        return "system"
    if values and all(_PLACE.fullmatch(value) for value in values):
        return "personal"
    return "system" if values and all(_ATTACHED.fullmatch(value) for value in values) else ""


def _is_ticks(table: Table, name: str) -> bool:
    values = {value.lower() for value in table.values(name) if value}
    return "/" in name and values <= _TICKED


def _is_hxl(line: Sequence[str]) -> bool:
    filled = [cell for cell in line if cell]
    return bool(filled) and all(_HXL.fullmatch(cell) for cell in filled)
