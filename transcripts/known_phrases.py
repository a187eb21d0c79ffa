"""Organisations, places and whatever else a study knows by name, in every case of Russian grammar."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from transcripts.identifying import Found, How, Kind, Known
from transcripts.russian_words import Word, lemmas, plain, words_of

_RISKS = {Kind.ORGANISATION: 2, Kind.PLACE: 2, Kind.POSITION: 2}
_FURTHEST = 3
"""Characters between two words of one phrase: a space, a hyphen, an opening quotation mark."""


def known_phrases(words: Sequence[Word], known: Sequence[Known]) -> Iterator[Found]:
    """Places of known names that are no person's: all words of the name, one after another, each in any form."""
    phrases = defaultdict[str, list[tuple[list[frozenset[str]], Known]]](list)
    for each in known:
        for name in each.names if each.kind != Kind.PERSON else ():
            if forms := [lemmas(word.plain) for word in words_of(name)]:
                for form in forms[0]:
                    phrases[form].append((forms, each))
    for at, word in enumerate(words) if phrases else ():
        for form in lemmas(word.plain):
            for forms, each in phrases.get(form, ()):
                run = words[at : at + len(forms)]
                if len(run) == len(forms) and _is_phrase(run, forms):
                    risk = _RISKS.get(each.kind, 1)
                    yield Found(run[0].start, run[-1].end, each.kind, How.ROSTER, risk, plain(each.names[0]), each.key)


def _is_phrase(run: Sequence[Word], forms: list[frozenset[str]]) -> bool:
    near = all(after.start - before.end <= _FURTHEST for before, after in pairwise(run))
    return near and all(lemmas(word.plain) & form for word, form in zip(run, forms, strict=True))
