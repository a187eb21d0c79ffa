"""Words as people see them: without signs that no screen shows, or that turn the direction of others around."""

import re
import unicodedata
from typing import Any

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control signs besides tabs and line ends, half surrogates, marks of direction, what has no width, tags."""
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")


def seen(text: str) -> str:
    """What a person has typed as it is kept: NFC, line feeds, nothing that is not seen, no space around it."""
    return without_unseen(unicodedata.normalize("NFC", text)).strip()


def without_unseen(text: str) -> str:
    """The text without what is not seen; anything else stays."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def cleaned(value: Any) -> Any:
    """Plain data with all its texts, also those by which others are called, without what is not seen."""
    if isinstance(value, str):
        return without_unseen(value)
    if isinstance(value, dict):
        return {cleaned(key): cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each) for each in value]
    return value
