"""Names of accounts and addresses that are made of a person's name: «@vzaozerny», «v.zaozerny@», «zaozerny_v»."""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from transcripts.names import name_key

_LOCAL_PART = re.compile(r"(?<![\w.+-])[\w.+-]+(?=@\w)")
_ACCOUNT = re.compile(r"(?<![\w.])@\w[\w.-]*")
_GLUED = re.compile(r"(?<![\w@])(?=\w*[^\W\d_][_\d]|\w*[_\d][^\W\d_])\w+(?!@)")
"""Letters with digits or low lines among them: nobody writes a word so."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST_PART, _LEAST_JOINED = 4, 5
"""Letters of a part that stands in an account alone; and of a surname behind an initial."""
_TWO_LETTERS = ("sh", "ch", "zh", "ts", "iu", "ia", "sc")
"""Latin beginnings that may stand for one letter of a Russian name."""


def accounts(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Names of accounts and the parts before the sign of an e-mail address, as places with their runs of letters, as
    keys by sound."""
    for pattern in (_LOCAL_PART, _ACCOUNT, _GLUED):
        for found in pattern.finditer(text):
            yield found.start(), found.end(), [name_key(each) for each in _LETTERS.findall(found[0])]


def joined(parts: Sequence[str]) -> set[str]:
    """What accounts are made of a name of several words, by the sounds of these: with an initial before or behind."""
    found = set[str]()
    for first, last in permutations([part for part in parts if part], 2):
        found.add(first + last)
        if len(last) >= _LEAST_JOINED:
            initials = {first[0], *(each for each in _TWO_LETTERS if first.startswith(each))}
            found |= {initial + last for initial in initials} | {last + initial for initial in initials}
    return {each for each in found if len(each) > _LEAST_JOINED}


def long_enough(part: str) -> bool:
    """Whether a name's part in an account is no chance."""
    return len(part) >= _LEAST_PART
