"""Names of the roster in the researcher's own words: labels, titles, questions, the name in the address.

A name in full shuts the gate. A single word of a name may be an ordinary word, which somebody has to confirm.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from survey_app.language import _
from survey_app.publishing.names import as_seen
from transcripts.identifying import Kind
from transcripts.identifying_addresses import addresses as addresses_in
from transcripts.identifying_numbers import numbers
from transcripts.known_names import SHORTEST, Mention, mentions, name_words
from transcripts.messages import Message, counted, sentence
from transcripts.name_handles import joined
from transcripts.names import name_key

_TOGETHER = re.compile(r"[ \u00a0\t._,’'-]{0,3}")
_INITIAL_BEFORE = re.compile(r"(?<!\w)([A-ZА-ЯЁ])\.[ \u00a0]?$|(?<!\w)([A-ZА-ЯЁ])\.[ \u00a0]?[A-ZА-ЯЁ]\.[ \u00a0]?$")
_INITIAL_AFTER = re.compile(r"[ \u00a0]([A-ZА-ЯЁ])\.")
_ACCOUNT = re.compile(r"[^\w\s]|[\d_]")
_ONE_BY_ONE = 5
_APART = re.compile(r"[\W_]+")
_LAST_WORD = re.compile(r"([^\W\d_]+)[\W\d_]*$")
_CUT_AT = 20
"""Keys are made of a name's first 24 signs or more; so many of them may have been cut."""
_SURE_BEGINNING, _BEGINNING = 5, 2
"""Letters by which a word that was cut is taken for a name's beginning: alone, and behind a word of the same name."""
_SHORTEST_PHONE, _SAME_PHONE = 7, 10
_WITHIN_PHONE = r"[ \u00a0().-]{0,3}"


@dataclass(frozen=True, slots=True)
class OwnText:
    """Words of the researcher's own, and where they stand, as words for people. Of some the last word may be cut."""

    where: str
    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What was found: `reasons` that shut the gate; `doubtful` words that may be ordinary ones, and their places."""

    reasons: tuple[Message, ...] = ()
    doubtful: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def judge_words(texts: Iterable[OwnText], names: Sequence[str], addresses: Collection[str] = ()) -> OwnWords:
    """Look for `names` (of a roster and of screens) and for `addresses` (e-mail) in texts that readers will see."""
    people = [(name, (name,)) for name in names]
    literally = _any_of(filter(_is_alias, names), addresses)
    whole: list[tuple[OwnText, list[str]]] = []
    doubtful, places = dict[str, None](), dict[str, None]()
    for each in dict.fromkeys(texts):
        text = _made_whole(as_seen(each.text), people) if each.cut else as_seen(each.text)
        found = sorted(mentions(text, people), key=lambda one: (one.start, one.end))
        full = [*_in_full(text, found), *(place[0] for place in literally.finditer(text))]
        if full:
            whole.append((each, list(dict.fromkeys(full))))
        for one in found if not full else []:
            doubtful[text[one.start : one.end].casefold()] = None
            places[_("“{word}” in {where}", word=text[one.start : one.end], where=each.where)] = None
    return OwnWords(tuple(_reasons(whole)), tuple(doubtful), tuple(places))


def of_key(where: str, key: str) -> OwnText:
    """A key as words: its parts with capitals, since it has none for names, and perhaps the last one cut."""
    words = " ".join(word.capitalize() for word in _APART.split(key) if word)
    return OwnText(where, words, cut=max(map(len, key.split("."))) >= _CUT_AT)


def addresses_of(texts: Iterable[str]) -> list[str]:
    """E-mail addresses, accounts and telephones in what a roster tells of people besides names."""
    found = set[str]()
    for text in texts:
        places = [each for each in addresses_in(text) if each.kind in (Kind.EMAIL, Kind.HANDLE)]
        places += [each for each in numbers(text) if each.kind is Kind.PHONE]
        found |= {text[each.start : each.end].strip() for each in places}
        if "@" in text and not places:
            found.add(text.strip())
    return sorted(found)


def addresses_within(text: str, addresses: Collection[str]) -> list[str]:
    """Which of these stand in a text, as it has them."""
    return [place[0] for place in _any_of((), addresses).finditer(as_seen(text))]


def unconfirmed(found: OwnWords, accepted: Collection[str]) -> list[Message]:
    """Why the gate is shut until somebody has confirmed that words name nobody; `accepted` are those confirmed."""
    confirmed = {word.casefold() for word in accepted}
    if confirmed.issuperset(found.doubtful):
        return []
    return [
        sentence(
            "Readers will see words that are also names of the roster: {places}. Change them, or confirm that they "
            "name nobody here.",
            places=_listed(found.places),
        )
    ]


def confirmed(found: OwnWords) -> list[Message]:
    """The same as a notice, once it is confirmed."""
    if not found.doubtful:
        return []
    return [
        sentence(
            "Words that are also names of the roster were confirmed to name nobody: {places}.",
            places=_listed(found.places),
        )
    ]


def _listed(places: Sequence[str]) -> str:
    more = len(places) - _ONE_BY_ONE
    return "; ".join(places[:_ONE_BY_ONE]) + (f"; … (+{more})" if more > 0 else "")


def _reasons(whole: Sequence[tuple[OwnText, list[str]]]) -> list[Message]:
    reasons = [
        sentence(
            "A name of the roster stands in {where}: {names}. Readers would see it: change these words.",
            where=each.where, names=", ".join(found),
        )
        for each, found in whole[:_ONE_BY_ONE]
    ]  # fmt: skip
    more = len(whole) - _ONE_BY_ONE
    if more > 0:
        reasons.append(
            counted(
                "{count} more text that readers would see holds a name of the roster.",
                "{count} more texts that readers would see hold a name of the roster.",
                more,
            )
        )
    return reasons


def _in_full(text: str, found: Sequence[Mention]) -> list[str]:
    """Two words of one name together, a word with the initial of another, and accounts that are made of a name."""
    full = []
    for first, second in pairwise(found):
        between = _TOGETHER.fullmatch(text, first.end, second.start) if first.end <= second.start else None
        words = [text[each.start : each.end] for each in (first, second)]
        if between and first.keys & second.keys and name_key(words[0]) != name_key(words[1]):
            full.append(text[first.start : second.end])
    for each in found:
        word = text[each.start : each.end]
        if not word.isalpha() or any(name_key(word) in joined(_sounds(name)) for name in each.keys):
            full.append(word)
        elif initial := _initial(text, each):
            full.append(initial)
    return full


def _initial(text: str, each: Mention) -> str:
    """A word of a name with the first letter of another word of it, in any script; "" where none stands beside it."""
    word = name_key(text[each.start : each.end])
    letters = {sound[0] for name in each.keys for sound in _sounds(name) if sound and sound[:3] != word[:3]}
    before = _INITIAL_BEFORE.search(text, max(0, each.start - 8), each.start)
    if before and name_key(before[1] or before[2])[:1] in letters:
        return text[before.start() : each.end]
    after = _INITIAL_AFTER.match(text, each.end)
    return text[each.start : after.end()] if after and name_key(after[1])[:1] in letters else ""


def _sounds(name: str) -> list[str]:
    return [name_key(word) for word in name_words(name)]


def _is_alias(name: str) -> bool:
    """Whether a display name is more than a word, so that it says somebody wherever it stands; a mere key does not."""
    return bool(_ACCOUNT.search(name)) and any(len(word) >= SHORTEST for word in name_words(name))


def _any_of(aliases: Iterable[str], addresses: Iterable[str]) -> re.Pattern[str]:
    """One pattern of them all, the longer first; of telephones the digits count."""
    told = sorted({as_seen(each) for each in (*aliases, *addresses) if each}, key=lambda each: (-len(each), each))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_as_pattern, told)) or '(?!)'})(?!\w)", re.IGNORECASE)


def _as_pattern(told: str) -> str:
    digits = [sign for sign in told if sign.isdigit()]
    if len(digits) < _SHORTEST_PHONE or any(sign.isalpha() for sign in told):
        return re.escape(told)
    return rf"[+(]?(?:\d{{1,3}}{_WITHIN_PHONE})?" + _WITHIN_PHONE.join(digits[-_SAME_PHONE:])


def _made_whole(text: str, people: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    """The text with its last word as the roster has it, where that word is the beginning of a name's."""
    last = _LAST_WORD.search(text)
    if last is None:
        return text
    start, least = name_key(last[1]), _SURE_BEGINNING
    before = [each for each in mentions(text, people) if _TOGETHER.fullmatch(text, each.end, last.start())]
    if before:
        people, least = [(key, names) for key, names in people if key in before[-1].keys], _BEGINNING
    words = [word for _key, names in people for name in names for word in name_words(name)]
    whole = next((word for word in words if len(start) >= least and name_key(word).startswith(start)), last[1])
    return text[: last.start(1)] + whole + text[last.end(1) :]
