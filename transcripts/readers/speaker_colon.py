"""Plain text with `Speaker: words`, as human transcribers write it."""

from transcripts.containers import Opened
from transcripts.dates import date_in
from transcripts.labels import is_name_like, split_label, trusted_labels
from transcripts.lines import Mark, is_cued, shape_in, spoken, told
from transcripts.readers import Reading

_MOST_SPEAKERS = 60
_NEARLY_ALL = 0.7
_NOTES = {
    "note", "notes", "nb", "source", "date", "time", "place", "topic", "subject", "comment", "question", "answer",
    "примечание", "примечания", "источник", "дата", "время", "место", "тема", "комментарий", "вопрос", "ответ",
}  # fmt: skip
"""What stands once before a colon and is nobody."""


def sniff(opened: Opened) -> float:
    """Likely where at least two labels are used again and again."""
    if is_cued(opened.text):
        return 0.0
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
    lines = [line for line in opened.text.split("\n") if line.strip()]
    labels = _speakers(lines)

    def mark(line: str) -> Mark | None:
        label = split_label(line)
        return Mark(*label) if label is not None and label[0] in labels else None

    found = spoken(lines, mark)
    shape = shape_in("speaker_colon_txt", opened.container)
    day = date_in("\n".join(found.heading))
    return Reading(found.units, shape, "none", tuple(told(found)), date=day, parts=found.parts)


def _speakers(lines: list[str]) -> set[str]:
    """Labels that are trusted: in running text those used again, for a note or a citation is used once."""
    labels = [found[0] for line in lines if (found := split_label(line)) is not None]
    trusted = {
        label
        for label in trusted_labels(lines)
        if not label[0].islower() and (labels.count(label) > 1 or label.lower() not in _NOTES)
    }
    named = [label for label in labels if is_name_like(label) and label.lower() not in _NOTES]
    if len(named) >= _NEARLY_ALL * len(lines):
        trusted |= set(named)
    return trusted if len(trusted) <= _MOST_SPEAKERS else set()
