"""Who wrote to whom: heads of chat messages (`From Anna to Everyone`), by structure, in any language of Zoom.

What cannot be shown to be public is private: a message to one person must never slip into a study."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcripts.labels import clean_name

LANGUAGES = {
    "from": ("to",), "von": ("an",), "de": ("para", "à", "a", "pour"), "da": ("a", "per"), "van": ("naar", "aan"),
    "от": ("для", "кому", "к"), "від": ("для", "кому", "до"), "från": ("till",), "fra": ("til",), "od": ("do",),
    "từ": ("đến", "tới"), "dari": ("kepada", "ke"), "gönderen": ("alıcı",), "送信元": ("宛先",), "开始": ("收件人",),
}  # fmt: skip
"""The word before the sender -> words that may stand before the recipient."""
_WITHOUT_FIRST_WORD = ("對", "对", "至", "到", "傳給", "發送給", "发送给", "에게", "para", "an", "to", "для", "кому")
EVERYONE = frozenset({
    "everyone", "everyone in meeting", "all panelists", "all panelists and attendees", "panelists and attendees",
    "hosts and panelists", "host and panelists", "meeting group chat", "waiting room participants", "all attendees",
    "alle", "jeden", "alle teilnehmer", "tous", "tout le monde", "todos", "todo el mundo", "todas", "tutti", "iedereen",
    "все", "всем", "всех", "все участники", "всем участникам", "всех участников", "всі", "усі", "всім", "усім", "alla",
    "wszyscy", "wszystkich", "wszystkim", "herkes", "herkese", "semua orang", "semua", "mọi người", "tất cả mọi người",
    "所有人", "所有與會者", "所有参会者", "每个人", "每個人", "全員", "全体", "皆様", "모두", "모든 사람",
})  # fmt: skip
_MARK = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Head:
    """`recipient` is "" where the head names none; such messages went to everybody."""

    sender: str
    recipient: str
    private: bool


def read_heads(heads: Sequence[str]) -> list[Head]:
    """The heads of all messages of one file, without time and colon: each is understood with the help of the others."""
    tokens = [_tokens(head) for head in heads]
    first = _first_word(tokens)
    names = [words[1:] if first and words[0].casefold() == first and len(words) > 1 else words for words in tokens]
    connectors = LANGUAGES.get(first) or _connectors(names)
    known_language = first in LANGUAGES or bool(set(connectors) & set(_WITHOUT_FIRST_WORD))
    options = [list(_options(words, connectors)) for words in names]
    senders = {split[0].casefold() for each in options if len(each) == 1 for split in each}
    senders |= {" ".join(words).casefold() for words, each in zip(names, options, strict=True) if not each}
    mostly = sum(map(bool, options)) > 0.5 * len(options)
    people = [_choose(words, each, senders, mostly) for words, each in zip(names, options, strict=True)]
    public = set() if known_language else _likely_public(people)
    return [
        Head(clean_name(sender), clean_name(recipient), bool(recipient) and not _is_public(recipient, public))
        for sender, recipient in people
    ]


def knows(head: str) -> bool:
    """Whether a single head is one for certain: a known first word, or somebody who writes to everyone."""
    words = _tokens(head)
    if len(words) < 2:
        return False
    if words[0].casefold() in LANGUAGES:
        return True
    return any(_is_public(recipient, set()) for _sender, recipient in _options(words, _WITHOUT_FIRST_WORD))


def ends_as_head(head: str) -> bool:
    """Whether the last words are a recipient that can be told: everyone, or somebody with a mark of privacy."""
    return bool(_TAIL.search(head))


_TAIL = re.compile(
    r"(?:\((?:direct message|privately)\)|\b(?:" + "|".join(map(re.escape, sorted(EVERYONE))) + r"))$", re.IGNORECASE
)


def _tokens(head: str) -> list[str]:
    """Words; what stands between double spaces is one word where the four parts of a head are divided so."""
    parts = [part for part in re.split(r"[ \t]{2,}", head.strip()) if part]
    if len(parts) == 4:
        return parts
    return head.split() or [""]


def _first_word(tokens: Sequence[list[str]]) -> str:
    """The word that stands before each sender, in whatever language; "" where there is none."""
    words = {each[0].casefold() for each in tokens}
    if len(words) != 1:
        return ""
    word = words.pop()
    if word in LANGUAGES:
        return word
    longer = all(len(each) > 3 for each in tokens)
    several = len({" ".join(each) for each in tokens}) > 1 or len(tokens) == 1
    return word if longer and several and not _connectors([each[1:] for each in tokens], shared=False) else ""


def _connectors(names: Sequence[list[str]], shared: bool = True) -> tuple[str, ...]:
    """The word between sender and recipient: a known one, else the last inner word that every head shares."""
    inner = [{_bare(word) for word in words[1:-1]} for words in names]
    for known in _WITHOUT_FIRST_WORD:
        if inner and sum(known in each for each in inner) > 0.9 * len(inner):
            return (known,)
    common = set.intersection(*inner) if inner and shared else set()
    found = next((_bare(word) for word in reversed(names[0][1:-1]) if _bare(word) in common), "") if common else ""
    return (found,) if found else ()


def _options(words: list[str], connectors: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(sender, recipient) at every connector, the last first; or at a last word that itself means everyone."""
    found = False
    for place in range(len(words) - 2, 0, -1):
        if _bare(words[place]) in connectors:
            found = True
            yield " ".join(words[:place]), " ".join(words[place + 1 :])
    if not found and len(words) > 1 and words[-1].casefold() in EVERYONE:
        yield " ".join(words[:-1]), words[-1]


def _choose(
    words: list[str], options: list[tuple[str, str]], senders: set[str], mostly: bool
) -> tuple[str, str]:  # fmt: skip
    """A name may hold the connector: take the split whose recipient is known, else the last.

    Where few messages name a recipient (the oldest chats), it counts only if it is known or has a mark."""
    for sender, recipient in options:
        if _is_public(recipient, set()) or _MARK.sub("", recipient).casefold() in senders:
            return sender, recipient
    for sender, recipient in options:
        if mostly or _MARK.search(recipient):
            return sender, recipient
    return " ".join(words), ""


def _is_public(recipient: str, public: set[str]) -> bool:
    name = recipient.casefold()
    return name in EVERYONE or _MARK.sub("", name) in EVERYONE or name in public


def _likely_public(people: Sequence[tuple[str, str]]) -> set[str]:
    """In a language nobody here knows: the recipient whom several people write to and who never writes."""
    recipients = Counter(recipient.casefold() for _sender, recipient in people if recipient)
    if not recipients or any(_is_public(recipient, set()) for recipient in recipients):
        return set()
    likely, count = recipients.most_common(1)[0]
    writers = {sender for sender, recipient in people if recipient.casefold() == likely}
    senders = {sender.casefold() for sender, _recipient in people}
    common = len(writers) > 1 and count > 0.5 * recipients.total()
    return {likely} if common and likely not in senders and not _MARK.search(likely) else set()


def _bare(word: str) -> str:
    return word.rstrip(":：").casefold()
