"""What could identify somebody in a text: places of it, each with what it is, how it was found and how risky it is.

Known names first, then patterns, then what a recogniser sees, what lists hold, and capitals. The safe side is to find
too much: a person goes through the places, the riskiest first.
"""

from collections.abc import Sequence

from transcripts.english_heads import english_heads
from transcripts.heads import heads
from transcripts.identifying import Found, How, Kind, Known, Recogniser
from transcripts.identifying_addresses import addresses
from transcripts.identifying_dates import dates
from transcripts.identifying_numbers import numbers
from transcripts.known_phrases import known_phrases
from transcripts.likely_names import begins_sentence, likely_names, name_form
from transcripts.named_people import echoes, introduced, people, words_within
from transcripts.overlaps import settled
from transcripts.positions import positions
from transcripts.russian_words import Word, is_common, is_verb, mostly_lower, words_of

__all__ = ["Found", "How", "Kind", "Known", "Recogniser", "find", "mostly_lower"]


def find(text: str, language: str, known: Sequence[Known] = (), recogniser: Recogniser | None = None) -> list[Found]:
    """Places that could identify somebody, in order, none inside another; `language` is "en" or "ru".

    Every rule looks at both languages, for people mix them; the language is that of the recogniser.
    """
    words = words_of(text)
    likely = list(likely_names(text, words))
    seen = _recognised(text, words, recogniser)
    persons = [place for place in seen if place.kind == Kind.PERSON]
    sure = [place for place in persons if place.risk == 1]
    others = [
        *persons,
        *introduced(text),
        *echoes(words, sure),
        *(place for place in likely if place.kind == Kind.PERSON),
    ]
    return settled(
        text,
        [
            *people(text, words, known, others),
            *known_phrases(words, known),
            *addresses(text), *numbers(text), *dates(text),
            *(place for place in seen + likely if place.kind != Kind.PERSON),
            *heads(text, words), *english_heads(text), *positions(text, words),
        ],
    )  # fmt: skip


def _recognised(text: str, words: Sequence[Word], recogniser: Recogniser | None) -> list[Found]:
    """What the recogniser sees. Common words that begin a sentence it calls names: verbs are none, others hardly."""
    found = []
    for start, end, kind in recogniser(text) if recogniser else ():
        within = words_within(words, start, end)
        common = len(within) == 1 and is_common(within[0].plain) and begins_sentence(text, within[0])
        if common and is_verb(within[0].plain):
            continue
        risk = 3 if common else {Kind.PERSON: 1, Kind.ORGANISATION: 2}.get(kind, 3)
        found.append(Found(start, end, kind, How.RECOGNISED, risk, name_form(within, kind)))
    return found
