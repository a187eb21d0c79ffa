"""What a chat message is: words, a reply to other words, or only a reaction. By known words of Zoom in several
languages, or because what it quotes was written before."""

import re
from collections.abc import Sequence

from transcripts.model import UnitKind

_QUOTED = re.compile(r"[\"“«„].*[\"”»“]", re.DOTALL)
_REACTED = (
    "reacted to", "removed a", "reagierte auf", "reagiert auf", "hat auf", "entfernte", "reaccionó a", "reagiu a",
    "ha reaccionado a", "a réagi à", "ha reagito a", "heeft gereageerd op", "отреагировал",
    "отреагировала", "реакция на", "поставил", "удалена реакция",
    "удалил", "回應了", "回应了", "對", "对", "リアクション", "반응",
)  # fmt: skip
_REPLIED = (
    "replying to", "in reply to", "antwort auf", "als antwort auf", "respondiendo a", "en respuesta a", "em resposta a",
    "respondendo a", "en réponse à", "in risposta a", "antwoord op", "ответ на", "в ответ на", "відповідь на", "回覆",
    "回复", "返信", "답장",
)  # fmt: skip
_REACTIONS_BELOW = re.compile(r"(?![a-zа-яё])[^:\n]+:([^\w\s!-/:-@\[-`{-~]+)\s*")
_PREFIX = 24
_MOST_WORDS_AROUND = 8


class Written:
    """What was written so far, to know a quotation of it: whole, or cut with three dots as Zoom does."""

    def __init__(self) -> None:
        self._whole: set[str] = set()
        self._beginnings: set[str] = set()

    def add(self, text: str) -> None:
        """Remember one message."""
        self._whole.add(text)
        self._beginnings.update(text[:length] for length in range(1, min(len(text), _PREFIX) + 1))

    def holds(self, quotation: str) -> bool:
        """Whether a message with these words, or with this beginning, came before."""
        words = " ".join(quotation[1:-1].split())
        shorter = words.rstrip(" .…")
        if shorter != words and words.endswith(("...", "…")):
            return bool(shorter) and shorter[:_PREFIX] in self._beginnings
        return words in self._whole


def understand(body: Sequence[str], written: Written, reactions_below: bool) -> tuple[str, UnitKind, int]:
    """The words of a message, its kind, and how many lines of reactions below it (new chat) were left out.

    A reply is the words of the answer without the quotation; a reaction keeps its words as written.
    """
    lines = [line.strip() for line in body]
    dropped = 0
    while lines and (not lines[-1] or (reactions_below and len(lines) > 1 and _REACTIONS_BELOW.fullmatch(lines[-1]))):
        dropped += bool(lines.pop())
    while lines and not lines[0]:
        lines.pop(0)
    whole = " ".join(" ".join(lines).split())
    quoted = _QUOTED.search(whole)
    if quoted is None:
        return whole, "message", dropped
    if _is_reaction(whole, quoted, written):
        return whole, "reaction", dropped
    answer = " ".join(" ".join(lines[1:]).split())
    if answer and _is_reply(lines[0], written):
        return answer, "reply", dropped
    return whole, "message", dropped


def _is_reaction(text: str, quoted: re.Match[str], written: Written) -> bool:
    """Few words and a sign around a quotation: `Reacted to "…" with 👍`, `Removed a 👍 reaction from "…"`."""
    if text.casefold().startswith(_REACTED) and not any(letter.isalnum() for letter in quoted[0]):
        return True  # `Reacted to … with "👍"`: the sign is what is quoted
    around = (text[: quoted.start()] + text[quoted.end() :]).split()
    signs = any(not any(letter.isalnum() for letter in word) and ord(word[0]) > 127 for word in around)
    if not signs or not quoted.start() or len(around) > _MOST_WORDS_AROUND or text.casefold().startswith(_REPLIED):
        return False
    return text.casefold().startswith(_REACTED) or written.holds(quoted[0])


def _is_reply(first: str, written: Written) -> bool:
    quoted = _QUOTED.search(first)
    if quoted is None or not quoted.start() or quoted.end() < len(first):
        return False
    return first.casefold().startswith(_REPLIED) or (
        len(first[: quoted.start()].split()) < 5 and written.holds(quoted[0])
    )
