"""Words that can name a topic: lemmas of Russian and English, without the words that say nothing."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from coding.topics.language import lemma
from coding.topics.stop_words import names_something, stop_lemmas
from transcripts.references import without_references

__all__ = [
    "content_lemmas", "lemma", "names_something", "readable_forms", "stop_lemmas", "tokens", "vocabulary", "words",
]  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*")
_NEGATED = re.compile(r"n['’]t$")
_APOSTROPHE = re.compile(r"['’].*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s+)[\s\"'«“„(—–-]*$")


def tokens(text: str) -> list[str]:
    """Lemmas of a text in order, small letters, ё as е; numbers, single letters and contracted negations dropped."""
    return [lemma(word) for word in words(text)]


def words(text: str) -> list[str]:
    """Words as written, without what follows an apostrophe ("council’s": council) and without bracketed references."""
    matter = without_references(text)
    found = (_APOSTROPHE.sub("", word) for word in _WORD.findall(matter) if not _NEGATED.search(word.lower()))
    return [word for word in found if len(word) > 1]


def content_lemmas(text: str, stop: Collection[str]) -> list[str]:
    """The lemmas of a text that may name a topic, in order."""
    written = words(text)
    return [
        each
        for each, word in zip(map(lemma, written), written, strict=True)
        if each not in stop and word.lower().replace("ё", "е") not in stop and len(each) > 1 and names_something(word)
    ]


def vocabulary(
    documents: Sequence[Iterable[str]],
    fewest_texts: int = 2,
    experts: Sequence[str | Collection[str]] = (),
    fewest_experts: int = 1,
) -> list[str]:
    """Terms in at least `fewest_texts` documents and said by at least `fewest_experts` people, sorted.

    `experts`: who said each document, one name or several; "" is nobody. What nobody can meet is not asked: with
    fewer experts known than `fewest_experts`, as many as there are. Where no term is left the experts are not asked,
    and then not the documents either.
    """
    said_by = [
        {name for name in ((said,) if isinstance(said, str) else said) if name}
        for said in experts or [()] * len(documents)
    ]
    needed = min(fewest_experts, len(set().union(*said_by)))
    texts: Counter[str] = Counter()
    people: defaultdict[str, set[str]] = defaultdict(set)
    for document, names in zip(documents, said_by, strict=True):
        for each in set(document):
            texts[each] += 1
            people[each] |= names
    common = sorted(each for each, count in texts.items() if count >= fewest_texts)
    return [each for each in common if len(people[each]) >= needed] or common or sorted(texts)


def readable_forms(texts: Iterable[str]) -> Mapping[str, str]:
    """For each lemma the form that is written most often: "данных" for "данные", "GIS" for "gis".

    Small letters, except abbreviations and names that are capitals within a sentence.
    """
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for match in _WORD.finditer(text):
            word = _APOSTROPHE.sub("", match.group())
            begins = _SENTENCE_START.search(text[: match.start()][-6:] if match.start() > 6 else text[: match.start()])
            abbreviation = word.isupper() and len(word) > 1
            forms[lemma(word)][word if abbreviation or not begins else word.lower()] += 1
    return {each: min(counts, key=lambda form: (-counts[form], form)) for each, counts in forms.items()}
