"""Statements as terms that may name a topic: lemmas, phrases of neighbouring words, names that count as one word."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from coding.topics.language import as_text, language_of, lemma, pipeline
from coding.topics.stop_words import PHRASES, names_something, parts_of_names, stop_lemmas
from transcripts.references import without_references

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Span

LONGEST_PHRASE = 3

_WORD = re.compile(r"([^\W\d_]+(?:[-‐‑][^\W_]+)*)(?:['’][^\W\d_]+)*\.?")
_NEGATED = re.compile(r"n['’]t$", re.IGNORECASE)
_LEFT_OUT, _JOINED, _PASSING = "left out", "joined", "passing"
_FIRST = {_LEFT_OUT: 0, _JOINED: 1, _PASSING: 2}


@dataclass(frozen=True, slots=True)
class Wording:
    """Which words of a study may name a topic.

    `stop_words`: words, or turns of phrase as they are said, beside the lists of both languages. `people`: names,
    left out where they are written with a capital. `joined`: names of several words or one that count as one word,
    whatever else its words are ("Smart City", "суперсервисы"); `left_out`: names that do not count. Both are found
    in every case and number and in small letters; of names that overlap the longest is taken, of equal ones that
    which is left out. `phrases`: most words of a term, 1 to 3. `fewest_experts`: who must have said a term.
    """

    stop_words: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    phrases: int = 1
    fewest_experts: int = 2


def wording_of(fields: Mapping[str, Any]) -> Wording:
    """A wording from plain values, as JSON holds them."""
    given: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in fields.items()}
    return Wording(**given)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's `terms`, and how each is written there.

    `begins` says of which the capital may be there only because a sentence begins.
    """

    terms: tuple[str, ...]
    forms: tuple[str, ...]
    begins: tuple[bool, ...]


class _Unit(NamedTuple):
    term: str
    form: str
    begins: bool


class _Judged(NamedTuple):
    """What a token is: `term` is "" if it names nothing; `speaks` if it has a letter or a figure."""

    term: str
    form: str
    space: bool
    speaks: bool
    abbreviation: bool


def terms(texts: Iterable[object], wording: Wording) -> list[tuple[str, ...]]:
    """The terms of each text, in order, as often as they are said; () for what holds none, or is no text at all.

    A word is a term by its lemma. A phrase is two or three lemmas with spaces between them, of words that stand
    next to each other: a stop word, a number, punctuation or the end of a sentence between them parts them. This is
    narrower than `CountVectorizer(ngram_range=(1, 3), stop_words=...)`, which users of BERTopic know and which first
    takes the stop words out and then makes "quality life" of "quality of life" and pairs of words of two sentences:
    phrases here are always said as they stand. What is to stay together across a stop word can be `joined`.
    """
    return [each.terms for each in read(texts, wording)]


def read(texts: Iterable[object], wording: Wording) -> list[Reading]:
    """The terms of each text with the forms in which they are written."""
    known = [without_references(as_text(each)) for each in texts]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(known):
        places[language_of(text)].append(place)
    readings = [Reading((), (), ())] * len(known)
    for language, own in places.items():
        reader = _Reader(language, wording)
        for place, doc in zip(own, pipeline(language).pipe(known[place] for place in own), strict=True):
            readings[place] = reader.read(doc)
    return readings


def readable(readings: Iterable[Reading]) -> Mapping[str, str]:
    """For each term the form that is written most often: "открытых данных", "Smart City", "GIS".

    The capital with which a sentence begins counts only where the term has it within sentences as well.
    """
    within: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        for term, form, begins in zip(reading.terms, reading.forms, reading.begins, strict=True):
            (first if begins else within)[term][form] += 1
    for term, counts in first.items():
        forms = within[term]
        for form, count in counts.items():
            same = [each for each in forms if each[1:] == form[1:] and each[0].lower() == form[0].lower()]
            forms[max(same, key=lambda each: (forms[each], each)) if same else form[0].lower() + form[1:]] += count
    return {term: min(forms, key=lambda form: (-forms[form], form)) for term, forms in within.items()}


class _Reader:
    """Terms of texts in one language; what is found out about a word is kept for its next mention."""

    def __init__(self, language: str, wording: Wording) -> None:
        self._stop = stop_lemmas(frozenset(each for each in wording.stop_words if len(each.split()) == 1))
        self._people = parts_of_names(wording.people)
        self._most = min(max(1, wording.phrases), LONGEST_PHRASE)
        self._names = _matcher(language, wording)
        self._words: dict[int, _Judged] = {}

    def read(self, doc: "Doc") -> Reading:
        units = [
            _Unit(" ".join(each.term for each in run), " ".join(each.form for each in run), _begins(run))
            for stretch in _stretches(self._units(doc))
            for run in _runs(stretch, self._most)
        ]
        return Reading(*map(tuple, zip(*units, strict=True))) if units else Reading((), (), ())

    def _units(self, doc: "Doc") -> Iterator[_Unit | None]:
        """Words and names in order; None wherever a phrase ends."""
        from spacy.attrs import ORTH, SENT_START

        if not len(doc):
            return
        names = {span.start: span for span in self._names_in(doc)}
        begun, covered = True, 0
        for place, (word, mark) in enumerate(doc.to_array([ORTH, SENT_START]).tolist()):
            if mark == 1:
                begun = True
                yield None
            if place in names:
                covered = names[place].end
                yield self._name(names[place], begun)
                begun = False
            elif place >= covered:
                judged = self._words.get(word) or self._words.setdefault(word, self._judged(doc[place].text))
                if judged.term:
                    yield _Unit(judged.term, judged.form, begun and not judged.abbreviation)
                elif not judged.space:
                    yield None
                begun = begun and not judged.speaks

    def _judged(self, written: str) -> _Judged:
        found = _WORD.fullmatch(written)
        nothing = _Judged("", "", written.isspace(), any(map(str.isalnum, written)), False)
        if not found or _NEGATED.search(written):
            return nothing
        form = found[1]
        term, small = lemma(form), form.lower().replace("ё", "е")
        stopped = term in self._stop or small in self._stop or (form[0].isupper() and term in self._people)
        if stopped or len(form) < 2 or len(term) < 2 or not names_something(form):
            return nothing
        return _Judged(term, form, False, True, _is_abbreviation(form))

    def _names_in(self, doc: "Doc") -> list["Span"]:
        """Names without overlap: the longest first, then those to be left out, then by place."""
        found = sorted(
            (span for matcher in self._names if len(matcher) for span in matcher(doc, as_spans=True)),
            key=lambda span: (span.start - span.end, _FIRST[span.label_.partition("\t")[0]], span.start),
        )
        taken: set[int] = set()
        chosen = []
        for span in found:
            if taken.isdisjoint(range(span.start, span.end)):
                taken.update(range(span.start, span.end))
                chosen.append(span)
        return chosen

    def _name(self, span: "Span", begun: bool) -> _Unit | None:
        kind, _, listed = span.label_.partition("\t")
        if kind != _JOINED:
            return None
        form = " ".join(span.text.split())
        begins = begun and not listed[0].isupper() and not _is_abbreviation(form)
        return _Unit(" ".join(each.lemma_ for each in span if not each.text.isspace()), form, begins)


@lru_cache(maxsize=64)
def _matcher(language: str, wording: Wording) -> tuple["PhraseMatcher", "PhraseMatcher"]:
    """What finds names, by lemma, and turns of phrase, as they are said; the labels are kind, tab, name as listed."""
    from spacy.matcher import PhraseMatcher

    frame = pipeline(language)
    by_lemma, as_said = PhraseMatcher(frame.vocab, attr="LEMMA"), PhraseMatcher(frame.vocab, attr="LOWER")
    for kind, names in ((_LEFT_OUT, wording.left_out), (_JOINED, wording.joined)):
        for name in filter(None, (" ".join(as_text(each).split()) for each in names)):
            by_lemma.add(f"{kind}\t{name}", [frame(name)])
    for phrase in (*PHRASES, *wording.stop_words):
        if len(phrase.split()) > 1:
            as_said.add(f"{_PASSING}\t{phrase}", [frame(each) for each in {phrase, phrase.replace("ё", "е")}])
    return by_lemma, as_said


def _stretches(units: Iterable[_Unit | None]) -> Iterator[list[_Unit]]:
    stretch: list[_Unit] = []
    for unit in units:
        if unit is not None:
            stretch.append(unit)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _runs(stretch: Sequence[_Unit], most: int) -> Iterator[Sequence[_Unit]]:
    for start in range(len(stretch)):
        for size in range(1, min(most, len(stretch) - start) + 1):
            yield stretch[start : start + size]


def _begins(run: Sequence[_Unit]) -> bool:
    """Whether the first capital is only the sentence's; with a later one the run is a name ("Smart City")."""
    return run[0].begins and not any(map(str.isupper, " ".join(each.form for each in run)[1:]))


def _is_abbreviation(form: str) -> bool:
    return form.isupper() and len(form) > 1
