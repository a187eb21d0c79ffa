"""Plain text with `Speaker: words`, as human transcribers write it."""

from transcripts.containers import Opened
from transcripts.labels import split_label, trusted_labels
from transcripts.messages import Message, counted
from transcripts.model import Unit
from transcripts.readers import Reading

_MOST_SPEAKERS = 60
_NOTES = {
    "note", "notes", "nb", "source", "date", "time", "place", "topic", "subject", "comment", "question", "answer",
    "примечание", "примечания", "источник", "дата", "время", "место", "тема", "комментарий", "вопрос", "ответ",
}  # fmt: skip
"""What stands once before a colon and is nobody."""


def sniff(opened: Opened) -> float:
    """Likely where at least two labels are used again and again."""
    text = opened.text
    lines = [line for line in text.split("\n") if line.strip()]
    labels = _speakers(lines)
    again = [found[0] for line in lines if (found := split_label(line)) and found[0] in labels]
    if len(again) == len(set(again)):
        return 0.0
    labelled = sum(1 for line in lines if (found := split_label(line)) and found[0] in labels)
    if not labels or labelled < 3:
        return 0.0
    return min(0.7, 0.35 + 0.5 * labelled / len(lines))


def read(opened: Opened) -> Reading:
    """One unit a label; lines without one go on with what was said above."""
    text = opened.text
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    labels = _speakers(lines)
    units: list[tuple[str, list[str]]] = []
    before = 0
    for line in lines:
        found = split_label(line)
        if found is not None and found[0] in labels:
            units.append((found[0], [found[1]]))
        elif units:
            units[-1][1].append(line)
        else:
            before += 1
    spoken = tuple(Unit(" ".join(" ".join(words).split()), speaker) for speaker, words in units)
    return Reading(spoken, "speaker_colon_txt", "none", tuple(_unspoken(before)))


def _speakers(lines: list[str]) -> set[str]:
    """Labels that are trusted: in running text those used again, for a note or a citation is used once."""
    labels = [found[0] for line in lines if (found := split_label(line)) is not None]
    trusted = {
        label
        for label in trusted_labels(lines)
        if not label[0].islower() and (labels.count(label) > 1 or label.lower() not in _NOTES)
    }
    return trusted if len(trusted) <= _MOST_SPEAKERS else set()


def _unspoken(count: int) -> list[Message]:
    if not count:
        return []
    return [
        counted(
            "{count} line stands before the first speaker and was left out.",
            "{count} lines stand before the first speaker and were left out.",
            count,
        )
    ]
