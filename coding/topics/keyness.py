"""Words that a moderator says much more often than the experts: a proposal of stop words that a person confirms."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from coding.topics.terms import Reading, Wording, read, readable

CRITICAL = 10.83
"""Of chi-squared with one degree of freedom: a word without any preference passes it once in a thousand times."""

TIMES_AS_OFTEN = 3.0
FEWEST_USES = 3

_PHRASES = Wording(phrases=2)


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """A term that one side prefers: how it is written, how often each side says it, and `keyness` (G squared)."""

    term: str
    form: str
    moderator: int
    experts: int
    keyness: float


def moderators_words(
    moderator_texts: Iterable[object], expert_texts: Iterable[object], wording: Wording = _PHRASES, most: int = 30
) -> list[KeyTerm]:
    """Terms of the moderator, the most telling first: said three times or more, and three times as often as by experts.

    How often is relative to all terms of a side. Words of the questions are among them where the experts avoid
    them, so that a person has to choose. [] where one side says nothing.
    """
    asked, answered = read(moderator_texts, wording), read(expert_texts, wording)
    here, there = _counts(asked), _counts(answered)
    n_here, n_there = here.total(), there.total()
    if not (n_here and n_there):
        return []
    forms = readable(asked)
    found = [
        KeyTerm(term, forms[term], count, there[term], log_likelihood(count, n_here, there[term], n_there))
        for term, count in here.items()
        if count >= FEWEST_USES and count * n_there >= TIMES_AS_OFTEN * there[term] * n_here
    ]
    telling = [each for each in found if each.keyness >= CRITICAL]
    return sorted(telling, key=lambda each: (-each.keyness, each.term))[:most]


def log_likelihood(one: int, n_one: int, other: int, n_other: int) -> float:
    """G squared of a word that is said `one` times in `n_one` words and `other` times in `n_other`.

    Dunning (1993), the likelihood ratio -2 ln(lambda) of two binomials; 0 where both sides say it equally often.
    """
    together = (one + other) / (n_one + n_other)
    observed = ((one, n_one), (other, n_other))
    return 2 * sum(
        seen * log(seen / expected)
        for count, n in observed
        for seen, expected in ((count, n * together), (n - count, n * (1 - together)))
        if seen
    )


def _counts(readings: Iterable[Reading]) -> Counter[str]:
    return Counter(term for reading in readings for term in reading.terms)
