"""Ranges and numbers that a spreadsheet has turned into dates: «10-12» becomes «12 окт», «10.дек», "Dec-10"."""

import re

from survey_app.questionnaires.dates import iso_date

_MONTH = (
    r"(?:янв(?:ар[ья])?|фев(?:р(?:ал[ья])?)?|март?а?|апр(?:ел[ья])?|ма[йя]|июн[ья]?|июл[ья]?|авг(?:уста?)?|"
    r"сент?(?:ябр[ья])?|окт(?:ябр[ья])?|нояб?(?:р[ья])?|дек(?:абр[ья])?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|"
    r"apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_BETWEEN = r"[-–—./\s]{0,2}"
_DISGUISED = re.compile(
    rf"\d{{1,4}}{_BETWEEN}{_MONTH}(?:{_BETWEEN}\d{{2,4}})?(?:\s?г\.?)?|{_MONTH}{_BETWEEN}\d{{1,4}}", re.IGNORECASE
)
_RANGE = re.compile(r"\d{1,3}\s*[-–—]\s*\d{1,3}\b|\d{1,3}\s*\+|\d{1,3} (?:до|to) \d{1,3}\b", re.IGNORECASE)
_LONGEST = 20


def is_disguised(text: str) -> bool:
    """Whether a cell reads as a date and as nothing else."""
    if len(text) > _LONGEST or not any(letter.isdigit() for letter in text):
        return False
    return bool(iso_date(text)) or _DISGUISED.fullmatch(text.strip()) is not None


def is_range(text: str) -> bool:
    """Whether a text begins with a range of numbers, as options about age and years do: "10-12 years", "65+"."""
    return _RANGE.match(text.strip()) is not None
