"""The study card: what no table knows of a study and its authors say once, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from survey_app.language import current
from transcripts.messages import Message, MessageError, counted, sentence

Pair = tuple[str, str]
"""English and Russian; "" where it is said in one language alone."""
NOTHING: Pair = ("", "")

COREQ_ASKED = {
    "interviewer": 1, "credentials": 2, "occupation": 3, "gender": 4, "training": 5, "relationship": 6,
    "known_of_interviewer": 7, "stance": 8, "orientation": 9, "sampling": 10, "approach": 11, "field_notes": 20,
    "stop_rule": 22, "returned": 23, "checked_by_experts": 28, "consistency": 30,
}  # fmt: skip
"""Items of COREQ (Tong, Sainsbury and Craig 2007, doi:10.1093/intqhc/mzm042) that a study does not know of itself."""
SRQR_ASKED = {
    "abstract": 2, "problem": 3, "purpose": 4, "context": 7, "ethics": 9, "prior_work": 18, "limits": 19,
    "interests": 20, "funding": 21,
}  # fmt: skip
"""The same of the standards of SRQR (O'Brien et al. 2014, doi:10.1097/ACM.0000000000000388)."""
ASKED = (*COREQ_ASKED, *SRQR_ASKED)

LICENCES = {
    "": "", "CC-BY-4.0": "CC BY 4.0", "CC-BY-SA-4.0": "CC BY-SA 4.0", "CC-BY-NC-4.0": "CC BY-NC 4.0",
    "CC-BY-ND-4.0": "CC BY-ND 4.0", "CC-BY-NC-ND-4.0": "CC BY-NC-ND 4.0", "CC0-1.0": "CC0 1.0",
}  # fmt: skip
"""Licences by their SPDX key."""

LONGEST, LONGEST_LINE, LONGEST_KEYWORD = 2000, 200, 60
MOST_AUTHORS, MOST_KEYWORDS = 30, 20
_DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"{}\\^`|]+")
_DOI_PREFIX = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE)


class CardProblem(MessageError):
    """Something on the card that cannot be kept; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever signs the study; names in both scripts, each of which may be missing."""

    family_en: str = ""
    given_en: str = ""
    family_ru: str = ""
    given_ru: str = ""
    orcid: str = ""
    affiliation_en: str = ""
    affiliation_ru: str = ""

    def named(self, language: str) -> Pair:
        """Family and given name in a language, else in the other."""
        english, russian = (self.family_en, self.given_en), (self.family_ru, self.given_ru)
        first, second = (russian, english) if language == "ru" else (english, russian)
        return first if first[0] else second

    def affiliation(self, language: str) -> str:
        """Where the author works, in a language, else in the other."""
        return said((self.affiliation_en, self.affiliation_ru), language)


@dataclass(frozen=True, slots=True)
class Card:
    """`words` by the keys of `ASKED`; `doi` without the address before it; `licence` a key of `LICENCES`."""

    words: Mapping[str, Pair] = field(default_factory=dict)
    authors: tuple[Author, ...] = ()
    contact: str = ""
    licence: str = ""
    doi: str = ""
    keywords_en: tuple[str, ...] = ()
    keywords_ru: tuple[str, ...] = ()

    def said(self, key: str) -> str:
        """What the card says, in the language in force, else in the other; "" where nothing."""
        return said(self.words.get(key, NOTHING), current())

    def keywords(self, language: str) -> tuple[str, ...]:
        """Keywords in a language, else in the other."""
        english, russian = self.keywords_en, self.keywords_ru
        return (russian or english) if language == "ru" else (english or russian)

    def texts(self) -> list[str]:
        """All that readers will see of it, the authors' own names aside."""
        found = [text for pair in self.words.values() for text in pair]
        found += [self.contact, *self.keywords_en, *self.keywords_ru]
        return [text for text in found if text]


def said(pair: Pair, language: str) -> str:
    """The text of a language, else of the other."""
    english, russian = pair
    return (russian or english) if language == "ru" else (english or russian)


def checked(card: Card) -> Card:
    """The card as it is kept: without idle white space, with DOI and ORCID in one form. Raises CardProblem."""
    words = {key: (_text(card.words[key][0]), _text(card.words[key][1])) for key in ASKED if key in card.words}
    if any(len(text) > LONGEST for pair in words.values() for text in pair):
        raise CardProblem(_too_long(LONGEST))
    keywords = [_keywords(some) for some in (card.keywords_en, card.keywords_ru)]
    authors = tuple(_author(one) for one in card.authors if any(text.strip() for text in asdict(one).values()))
    if len(authors) > MOST_AUTHORS:
        raise CardProblem(
            counted("A card has at most {count} author.", "A card has at most {count} authors.", MOST_AUTHORS)
        )
    if card.licence not in LICENCES:
        raise CardProblem(sentence("“{licence}” is none of the licences to choose from.", licence=card.licence))
    return Card(
        {key: pair for key, pair in words.items() if any(pair)}, authors, _line(card.contact), card.licence,
        _doi(card.doi), keywords[0], keywords[1],
    )  # fmt: skip


def merged(there: Card, seen: Card, wanted: Card) -> Card:
    """What `wanted` says otherwise than `seen`, put into `there`: what somebody else has filled in meanwhile stays."""
    keys = [key for key in ASKED if wanted.words.get(key, NOTHING) != seen.words.get(key, NOTHING)]
    words = dict(there.words) | {key: wanted.words.get(key, NOTHING) for key in keys}
    others = [one.name for one in fields(Card) if one.name != "words"]
    changed = {name: getattr(wanted, name) for name in others if getattr(wanted, name) != getattr(seen, name)}
    return replace(there, words={key: pair for key, pair in words.items() if any(pair)}, **changed)


def write_card(card: Card) -> dict[str, Any]:
    """The card as JSON can hold it."""
    kept = asdict(card)
    kept["words"] = {key: list(pair) for key, pair in card.words.items()}
    return kept | {name: list(kept[name]) for name in ("authors", "keywords_en", "keywords_ru")}


def read_card(kept: object) -> Card:
    """The card out of the store; what is no part of a card is left out, wherever it came from."""
    said_of = kept if isinstance(kept, dict) else {}
    words = said_of.get("words")
    words = words if isinstance(words, dict) else {}
    pairs = {key: _pair(words[key]) for key in ASKED if key in words}
    listed = said_of.get("authors")
    authors = [_author_of(one) for one in (listed if isinstance(listed, list) else []) if isinstance(one, dict)]
    licence = _str(said_of.get("licence"))
    return Card(
        {key: pair for key, pair in pairs.items() if any(pair)}, tuple(authors[:MOST_AUTHORS]),
        _str(said_of.get("contact")), licence if licence in LICENCES else "", _str(said_of.get("doi")),
        _strings(said_of.get("keywords_en")), _strings(said_of.get("keywords_ru")),
    )  # fmt: skip


def _author(one: Author) -> Author:
    kept = {name: _line(text) for name, text in asdict(one).items() if name != "orcid"}
    if not (kept["family_en"] or kept["family_ru"]):
        raise CardProblem(sentence("An author needs a family name, in English or in Russian."))
    return Author(**kept, orcid=_orcid(one.orcid))


def _orcid(written: str) -> str:
    """An ORCID iD in its one form; its last sign is a check of the others (ISO 7064, MOD 11-2)."""
    if not written.strip():
        return ""
    found = _ORCID.fullmatch(written.strip())
    if found is not None:
        signs = found.group(1).upper()
        total = 0
        for digit in signs.replace("-", "")[:-1]:
            total = (total + int(digit)) * 2
        check = (12 - total % 11) % 11
        if signs[-1] == ("X" if check == 10 else str(check)):
            return signs
    raise CardProblem(
        sentence("“{written}” is no ORCID iD. One looks like 0000-0002-1825-0097.", written=_short(written))
    )


def _doi(written: str) -> str:
    bare = _DOI_PREFIX.sub("", written.strip())
    if bare and (not _DOI.fullmatch(bare) or len(bare) > LONGEST_LINE):
        raise CardProblem(sentence("“{written}” is no DOI. One looks like 10.5281/zenodo.1234.", written=_short(bare)))
    return bare


def _keywords(some: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(word for one in some if (word := " ".join(one.split()))))
    if len(kept) > MOST_KEYWORDS:
        raise CardProblem(
            counted("A card has at most {count} keyword.", "A card has at most {count} keywords.", MOST_KEYWORDS)
        )
    if any(len(word) > LONGEST_KEYWORD for word in kept):
        raise CardProblem(_too_long(LONGEST_KEYWORD))
    return kept


def _line(text: str) -> str:
    kept = " ".join(text.split())
    if len(kept) > LONGEST_LINE:
        raise CardProblem(_too_long(LONGEST_LINE))
    return kept


def _text(text: str) -> str:
    """Paragraphs stay, idle white space goes."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _too_long(most: int) -> Message:
    return counted(
        "A text on the card is longer than {count} character. Make it shorter.",
        "A text on the card is longer than {count} characters. Make it shorter.",
        most,
    )


def _short(text: str) -> str:
    return text.strip()[:40]


def _author_of(kept: dict[Any, Any]) -> Author:
    return Author(**{one.name: _str(kept.get(one.name)) for one in fields(Author)})


def _pair(kept: object) -> Pair:
    both = kept if isinstance(kept, list) and len(kept) == 2 else ["", ""]
    return _str(both[0]), _str(both[1])


def _strings(kept: object) -> tuple[str, ...]:
    return tuple(text for one in (kept if isinstance(kept, list) else []) if (text := _str(one)))[:MOST_KEYWORDS]


def _str(kept: object) -> str:
    return kept[:LONGEST] if isinstance(kept, str) else ""
