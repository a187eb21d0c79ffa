"""Look through short words that readers are to see as any text is: for names of the study, and whatever leads to
somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.actions.known_by_name import EXPERT
from survey_app.publishing.names import names_within
from transcripts.decoding import language_of
from transcripts.deidentify import find
from transcripts.identifying import Found, How, Kind, Known
from transcripts.pseudonyms import GENERAL, label

_LEADING = {Kind.EMAIL, Kind.PHONE, Kind.HANDLE, Kind.DOCUMENT}


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Words at [start, end) that could identify somebody; `label` is what can stand there instead; `named`: they name
    somebody of the study, and can never be kept."""

    start: int
    end: int
    words: str
    kind: Kind
    how: How
    label: str
    named: bool


def found_in(text: str, known: Sequence[Known]) -> list[FoundWords]:
    """Everything in a text that a review would ask about."""
    language = language_of(text) or "en"
    return [
        FoundWords(
            each.start, each.end, text[each.start : each.end], each.kind, each.how,
            label(each.kind, GENERAL, 0, language, expert=each.known.startswith(EXPERT)),
            _names(each),
        )
        for each in find(text, language, known)
    ]  # fmt: skip


def betrayals(text: str, known: Sequence[Known], *, links: bool = True) -> list[str]:
    """Words in labels, reasons and the like that name somebody of the study or lead to somebody, each once. Dates and
    mere numbers do not; addresses of pages only with `links`."""
    leading = _LEADING | ({Kind.LINK} if links else set())
    sure = [
        text[each.start : each.end]
        for each in find(text, language_of(text) or "en", known)
        if _names(each) or (each.how == How.PATTERN and each.kind in leading)
    ]
    names = [name for each in known if each.kind == Kind.PERSON for name in each.names]
    more = [words for words in names_within(text, names) if not any(words in each for each in sure)]
    return list(dict.fromkeys([*sure, *more]))


def _names(found: Found) -> bool:
    """Whether it names somebody whom the study knows."""
    return found.how == How.ROSTER and found.kind == Kind.PERSON
