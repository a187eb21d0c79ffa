"""Units become turns: what one speaker says without a break, with its place in the source text."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from transcripts.model import Turn, Unit

LONGEST_GAP = 15.0
"""Seconds of silence after which the same speaker begins a new turn."""
BACK_CHANNEL_WORDS = 3
_HUM = re.compile(r"m+|h+m+|m+h+m*|u+[hm]+|a+h+|o+h+|e+h+|э+м*|м+|а+|о+|угу|ага|ого|ой", re.IGNORECASE)
_LISTENING = {
    "yes", "yeah", "yep", "yup", "ok", "okay", "right", "sure", "true", "exactly", "absolutely", "definitely",
    "indeed", "certainly", "really", "nice", "great", "good", "cool", "perfect", "super", "wonderful", "excellent",
    "fine", "wow", "well", "i", "see", "got", "it", "of", "course", "all", "thank", "you", "thanks", "hi", "hello",
    "hey", "please", "go", "on", "ahead", "so", "alright", "interesting", "fair", "enough", "да", "ну", "так", "вот",
    "ок", "окей", "верно", "точно", "правильно", "именно", "конечно", "разумеется", "безусловно", "естественно",
    "хорошо", "отлично", "прекрасно", "замечательно", "здорово", "супер", "понятно", "ясно", "интересно", "понял",
    "поняла", "спасибо", "пожалуйста", "всё", "все", "привет", "здравствуйте", "давайте", "продолжайте", "слушаю",
    "совершенно", "абсолютно", "действительно", "надо", "же", "я", "вас", "вам",
}  # fmt: skip
"""Words that only say that somebody listens. Agreeing and refusing are opinions and stay."""
_LETTERS = re.compile(r"[^\W\d_]+")


def make_turns(units: Sequence[Unit], max_gap_s: float = LONGEST_GAP, breaks: Container[int] = ()) -> tuple[Turn, ...]:
    """Turns in order; units without words (reactions, empty cues) are in none. A unit in `breaks` begins a new one.

    Cues are joined by one space, turns by one line feed: turn.start and turn.end are places in that text. Chat
    messages are a turn each. Short back-channels inside another speaker's answer are marked as folded.
    A turn never ends before it begins, whatever its units say.
    """
    turns: list[Turn] = []
    start = 0
    for index, members in enumerate(_runs(units, max_gap_s, breaks)):
        text = " ".join(units[number].text for number in members)
        first = units[members[0]]
        ends = [units[number].end_s for number in members]
        end_s = max((end for end in (*ends, first.start_s) if end is not None), default=None) if any(ends) else None
        end = start + len(text)
        turns.append(Turn(index, first.speaker, text, start, end, first.start_s, end_s, tuple(members)))
        start = end + 1
    return tuple(_fold(turns, units))


def _runs(units: Sequence[Unit], max_gap_s: float, breaks: Container[int]) -> Iterable[list[int]]:
    members: list[int] = []
    for index, unit in enumerate(units):
        if not unit.text or unit.kind == "reaction":
            continue
        if members and (index in breaks or not _goes_on(units[members[-1]], unit, max_gap_s)):
            yield members
            members = []
        members.append(index)
    if members:
        yield members


def _goes_on(before: Unit, unit: Unit, max_gap_s: float) -> bool:
    if unit.kind != "speech" or before.kind != "speech" or unit.speaker != before.speaker:
        return False
    since = _end(before)
    return unit.start_s is None or since is None or unit.start_s - since <= max_gap_s


def _end(unit: Unit) -> float | None:
    """A unit that is written to end before it begins ends when it begins."""
    if unit.end_s is None or unit.start_s is None:
        return unit.end_s
    return max(unit.start_s, unit.end_s)


def _fold(turns: list[Turn], units: Sequence[Unit]) -> list[Turn]:
    """Mark what only says that somebody listens, between two turns of one and the same other speaker.

    The answer to a question just asked is no such thing, however short.
    """
    found = list(turns)
    for index in range(1, len(turns) - 1):
        before, turn, after = turns[index - 1 : index + 2]
        inside = before.speaker == after.speaker != turn.speaker and before.speaker and turn.speaker
        aloud = units[turn.units[0]].kind == "speech" and turn.start_s is not None
        if inside and aloud and not _asks(before.text) and _only_listens(turn.text):
            found[index] = replace(turn, folded=True)
    return found


def _asks(text: str) -> bool:
    return text.rstrip(" \"'”’»)…").endswith(("?", "？"))


def _only_listens(text: str) -> bool:
    if len(text.split()) > BACK_CHANNEL_WORDS or "?" in text or any(sign.isdigit() for sign in text):
        return False
    words = _LETTERS.findall(text.lower())
    return all(word in _LISTENING or _HUM.fullmatch(word) for word in words)
