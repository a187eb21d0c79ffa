"""What is done with a place as a rule, by what it names and how risky it is; a person decides."""

from transcripts.identifying import Kind
from transcripts.pseudonyms import GENERAL, KEPT, PSEUDONYM

_APART = {Kind.PERSON, Kind.EMAIL, Kind.PHONE, Kind.LINK, Kind.HANDLE}
"""People and ways to reach them: readers may have to tell one from another."""
_OFTEN_HARMLESS = {Kind.DATE, Kind.NUMBER, Kind.OTHER}
HARMLESS = 4
"""A risk that hardly names anybody."""


def suggested_level(kind: Kind, risk: int) -> str:
    """The level that is proposed for a place."""
    if kind in _APART:
        return PSEUDONYM
    harmless = risk >= (HARMLESS - 1 if kind in _OFTEN_HARMLESS else HARMLESS)
    return KEPT if harmless else GENERAL
