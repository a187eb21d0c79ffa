"""`Name: text`: when is what stands before a colon the name of a speaker?"""

import re
from collections import Counter
from collections.abc import Iterable

LABEL = re.compile(r"^\s*([^\n:]{1,80}?)\s*:(?:\s+(\S.*)?)?$", re.DOTALL)
_SENTENCE = re.compile(r"[?!;]|[^\W\d_]{3,}[.]\s|,\s.*,|https?$", re.IGNORECASE)
_MOST_WORDS = 8


def split_label(line: str) -> tuple[str, str] | None:
    """(name, text) if the line begins like `Name: text`, else None."""
    found = LABEL.match(line)
    if found is None:
        return None
    label = found.group(1)
    if not any(letter.isalnum() or ord(letter) > 127 for letter in label) or len(label.split()) > _MOST_WORDS:
        return None
    return label, (found.group(2) or "").strip()


def trusted_labels(lines: Iterable[str]) -> set[str]:
    """Labels that are names of speakers: used twice, or once without looking like part of a sentence.

    The second holds only where nearly every line has a label, as in Zoom's files.
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
    if labelled >= 0.7 * total or total <= 3:
        return repeated | {label for label in counts if is_name_like(label)}
    return repeated


def is_name_like(label: str) -> bool:
    """Whether a label that occurs once may be a name: short, capitalised or not Latin, no sentence within."""
    words = label.split()
    return bool(words) and len(words) <= 5 and not _SENTENCE.search(label) and not words[0][0].islower()
