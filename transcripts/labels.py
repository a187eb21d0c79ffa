"""`Name: text`: when is what stands before a colon the name of a speaker?"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

_SENTENCE = re.compile(r"[?!;]|[^\W\d_]{3,}[.]\s|,\s.*,|https?$", re.IGNORECASE)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MACHINE = re.compile(r"\[?(SPEAKER[_ ]\d{1,3})\]?(?::|\s|$)\s*", re.IGNORECASE)
_MOST_WORDS = 8
_LONGEST = 80


def split_label(line: str) -> tuple[str, str] | None:
    """(name, text) if the line begins like `Name: text`, else None."""
    label, colon, rest = line.partition(":")
    if not colon or (rest and not rest[0].isspace()):
        return None
    label = label.strip()
    return (label, rest.strip()) if _may_be_name(label) else None


def trusted_labels(lines: Iterable[str]) -> set[str]:
    """Labels that are names of speakers: used twice, or once without looking like part of a sentence.

    The second holds only where most lines have one of the first, or nearly every line has one, as in Zoom's files.
    """
    counts = Counter[str]()
    total = 0
    for line in lines:
        total += 1
        found = split_label(line)
        if found is not None:
            counts[found[0]] += 1
    repeated = {label for label, count in counts.items() if count > 1}
    labelled = sum(count for label, count in counts.items() if label in repeated)
    like_names = {label for label in counts if is_name_like(label)}
    if labelled >= 0.7 * total or total <= 3 or sum(counts[label] for label in like_names) >= 0.9 * total:
        return repeated | like_names
    return repeated


def is_name_like(label: str) -> bool:
    """Whether a label that occurs once may be a name: short, capitalised or not Latin, no sentence within."""
    words = label.split()
    return bool(words) and len(words) <= 5 and not _SENTENCE.search(label) and not words[0][0].islower()


@lru_cache(maxsize=2048)
def clean_name(name: str) -> str:
    """A display name as written, without the signs that turn the direction of what follows."""
    return " ".join(_BIDI.sub("", name).split())


def name_captions(texts: Sequence[str]) -> list[tuple[str, str]]:
    """(speaker or "", words) of captions of any origin: `Name: words`, `[SPEAKER_00]: words`.

    A label counts as a name only where most captions have one, or several come back again and again: in running
    text a colon is a colon.
    """
    machine = [_MACHINE.match(text) for text in texts]
    if sum(found is not None for found in machine) >= max(1, 0.3 * len(texts)):
        return [
            (found[1].upper().replace(" ", "_"), text[found.end() :]) if found else ("", text)
            for found, text in zip(machine, texts, strict=True)
        ]
    labels = [split_label(text) for text in texts]
    counts = Counter(found[0] for found in labels if found is not None and is_name_like(found[0]))
    often = {label for label, count in counts.items() if count > 2}
    named = sum(counts.values()) >= 0.5 * len(texts)
    speakers = trusted_labels(texts) if named else often if len(often) > 1 else set()
    return [
        (clean_name(found[0]), found[1]) if found is not None and found[0] in speakers else ("", text)
        for found, text in zip(labels, texts, strict=True)
    ]


@lru_cache(maxsize=4096)
def _may_be_name(label: str) -> bool:
    if not 0 < len(label) <= _LONGEST or "\n" in label or len(label.split()) > _MOST_WORDS:
        return False
    return any(letter.isalnum() or ord(letter) > 127 for letter in label)
