"""What the key of a Qualtrics column says: the question, the line or option in it, and what the cells hold."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

PERSONAL, TIME, SYSTEM, RESPONDENT = "personal", "time", "system", "respondent"

SYSTEM_COLUMNS = {
    "startDate": TIME, "endDate": TIME, "recordedDate": TIME, "status": SYSTEM, "progress": SYSTEM, "duration": SYSTEM,
    "finished": SYSTEM, "_recordId": SYSTEM, "distributionChannel": SYSTEM, "userLanguage": SYSTEM,
    "ipAddress": PERSONAL, "recipientLastName": PERSONAL, "recipientFirstName": PERSONAL, "recipientEmail": PERSONAL,
    "locationLatitude": PERSONAL, "locationLongitude": PERSONAL, "locationAccuracy": PERSONAL,
    "externalDataReference": RESPONDENT, "responseSet": SYSTEM, "recipientName": PERSONAL,
}  # fmt: skip
"""Columns that every export has, by their key, and why they are no answers."""

NAMES = {
    "StartDate": "startDate", "EndDate": "endDate", "Status": "status", "IPAddress": "ipAddress",
    "Progress": "progress", "Duration (in seconds)": "duration", "Finished": "finished",
    "RecordedDate": "recordedDate", "ResponseId": "_recordId", "RecipientLastName": "recipientLastName",
    "RecipientFirstName": "recipientFirstName", "RecipientEmail": "recipientEmail",
    "ExternalReference": "externalDataReference", "LocationLatitude": "locationLatitude",
    "LocationLongitude": "locationLongitude", "LocationAccuracy": "locationAccuracy",
    "DistributionChannel": "distributionChannel", "UserLanguage": "userLanguage",
}  # fmt: skip
"""The same columns by the name of the first row."""

LEGACY = {
    "V1": "_recordId", "V2": "responseSet", "V3": "recipientName", "V4": "externalDataReference",
    "V5": "recipientEmail", "V6": "ipAddress", "V7": "status", "V8": "startDate", "V9": "endDate", "V10": "finished",
}  # fmt: skip
"""The same columns as they were named until 2017."""

_ASIDE = re.compile(
    r".+_(FIRST_CLICK|LAST_CLICK|PAGE_SUBMIT|CLICK_COUNT|First Click|Last Click|Page Submit|Click Count|"
    r"BROWSER|VERSION|OS|RESOLUTION|NPS_GROUP|FILE_(ID|NAME|SIZE|TYPE)|TEXT_\w+|DO(_\w+)?)|(BL|FL)_\w+_DO.*|Q_[A-Z]\w+|"
    r".+ - (Topics|Parent Topics|Sentiment.*)"
)
"""Clicks, devices, files, the order of display, and what Text iQ made of the answers."""

_KEY = re.compile(
    r"(?P<question>(?:\d+_)?.+?)(?P<part>#\d+)?"
    r"(?:_G?(?P<group>\d+)(?:_(?P<ranked>\w+)_RANK|_GROUP(?:_(?P<grouped>\d+))?)|(?P<path>(?:_x?\d+){0,2}))"
    r"(?P<words>_TEXT)?"
)
_OWN = re.compile(r"(\d+_)?QID\d")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Key:
    """`path` holds the line or option, or the row and column of a matrix; `words` says that it was typed.

    `why` is that of a column that is no answer; `known` says that the key is Qualtrics' own and not a name that
    people give.
    """

    question: str
    path: tuple[str, ...] = ()
    words: bool = False
    place: bool = False
    tick: bool = False
    why: str = ""
    known: bool = True

    @property
    def choice(self) -> bool:
        """Whether it stands for a question of which options are chosen, in one cell."""
        return not self.path and not self.words and _OWN.match(self.question) is not None


def import_ids(line: Sequence[str]) -> list[Key] | None:
    """The keys of the row of JSON below the texts; None for any other row."""
    filled = [cell for cell in line if cell]
    if not filled or not all(cell.startswith("{") and "ImportId" in cell for cell in filled):
        return None
    return [_from_json(cell) for cell in line]


def from_name(name: str) -> Key:
    """The key of a column of which nothing but its name is known."""
    return _system(NAMES.get(name) or LEGACY.get(name, "")) or _parsed(name, "", known=True)


def _from_json(cell: str) -> Key:
    try:
        said = json.loads(cell)
    except (ValueError, RecursionError):
        return Key("", why=SYSTEM)
    if not isinstance(said, dict):
        return Key("", why=SYSTEM)
    found, choice = str(said.get("ImportId", "")), str(said.get("choiceId", ""))
    return _system(found) or _parsed(found, choice, known=_OWN.match(found) is not None)


def _system(found: str) -> Key | None:
    return Key(found, why=SYSTEM_COLUMNS[found]) if found in SYSTEM_COLUMNS else None


def _parsed(written: str, choice: str, *, known: bool) -> Key:
    if len(written) > _LONGEST:
        return Key(written, known=False)
    if _ASIDE.fullmatch(written):
        return Key(written, why=SYSTEM)
    found = _KEY.fullmatch(written)
    if not known or found is None:
        return Key(written, known=False)
    question = found["question"] + (found["part"] or "").replace("#", "-")
    if found["group"]:
        line = found["ranked"] or found["grouped"] or choice
        return Key(
            f"{question}-g{found['group']}", (line,) if line else (), place=found["ranked"] is not None,
            tick=found["ranked"] is None and bool(line),
        )  # fmt: skip
    path = tuple(part for part in found["path"].split("_") if part)
    return Key(question, path or ((choice,) if choice else ()), bool(found["words"]), tick=bool(choice))
