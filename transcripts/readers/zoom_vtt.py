"""Zoom's audio transcript of a cloud recording (.vtt): numbered cues, `Name: text`."""

from collections import Counter

from transcripts.containers import Opened
from transcripts.cues import first_cues, nameless, plain, read_cues, timed, timing_warnings
from transcripts.labels import clean_name, split_label, trusted_labels
from transcripts.readers import Reading

_SURE = 0.95


def sniff(opened: Opened) -> float:
    """Nearly certain for cues most of which carry a name, certain if they are numbered."""
    if opened.name.lower().endswith(".srt"):
        return 0.0
    cues = first_cues(opened.text)
    if not cues or "<v" in opened.text[:3_000]:
        return 0.0
    labelled = sum(split_label(cue.text) is not None for cue in cues)
    if labelled <= 0.5 * len(cues):
        return 0.0
    return 0.9 if cues[0].id.isdigit() and opened.text.startswith("WEBVTT") else 0.8


def read(opened: Opened) -> Reading:
    """Read cues; a cue without a name stays without one."""
    cues = read_cues(opened.text)
    texts = [plain(cue.text) for cue in cues]
    names = _names(texts)
    units = []
    for cue, text in zip(cues, texts, strict=True):
        label, _colon, words = text.partition(":")
        speaker = names.get(label) if not words or words[0] == " " else None
        units.append(timed(cue, text) if speaker is None else timed(cue, words[1:], speaker))
    warnings = (*timing_warnings(cues, opened.text), *nameless(units))
    return Reading(tuple(units), "zoom_cloud_vtt", "offset", warnings)


def _names(texts: list[str]) -> dict[str, str]:
    """What stands before a colon -> the name of the speaker.

    Where every cue but a few has a label, one small word is a display name as good as any, even if it speaks once.
    """
    trusted = trusted_labels(texts)
    before = Counter(text.partition(":")[0] for text in texts if ":" in text)
    found = {label: clean_name(label) for label in before if label.strip() in trusted}
    if sum(before[label] for label in found) >= _SURE * len(texts):
        found |= {label: clean_name(label) for label in before if _one_word(label)}
    return found


def _one_word(label: str) -> bool:
    return split_label(f"{label}:") is not None and len(label.split()) == 1
