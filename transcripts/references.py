"""Bracketed references of written texts ([12], [1, с. 45], (см. сноску 3)): in the text, but not of its matter."""

import re

_NUMBER = r"\d{1,3}(?:\s?[-–—]\s?\d{1,3})?"
_PAGE = r"(?:,?\s?(?:[сcp]|pp|стр)\.?\s?\d{1,4}(?:\s?[-–—]\s?\d{1,4})?)?"
_ITEM = rf"{_NUMBER}{_PAGE}"
_REFERENCE = re.compile(
    rf"\[\s?(?:(?:см\.|see|cf\.)\s)?{_ITEM}(?:\s?[,;]\s?{_ITEM})*\s?\]"
    r"|\((?:см\.|see)\s(?:сноску|примечание|приложение|footnote|note|annex)\s[№#]?\s?\d{1,3}\)",
    re.IGNORECASE,
)


def references_in(text: str) -> tuple[tuple[int, int], ...]:
    """Places of the references, code points."""
    return tuple(found.span() for found in _REFERENCE.finditer(text))


def without_references(text: str) -> str:
    """The text with a space in the place of each reference."""
    return _REFERENCE.sub(" ", text)
