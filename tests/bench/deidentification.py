"""How much of what identifies is found: `python -m tests.bench.deidentification` prints a table for docs/measurements.md.

Fifteen made-up Russian talks with gold spans (CONFIDE, split "dev"). Found: every letter and digit of the span is covered.
"""

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field

from tests.conftest import CORPORA
from transcripts.deidentify import Known, find
from transcripts.name_recogniser import recogniser

SPANS = CORPORA / "deidentification_ru" / "gold_spans_dev.jsonl"
ROSTER = {
    "a": Known("a", ("Волкова Марина Сергеевна", "marina")),
    "c": Known("c", ("Алина Сергеевна Кузнецова", "alina")),
    "e": Known("e", ("Орлова Вера Павловна", "vera")),
}
"""By hand: whom the card names with which each first talk begins, and the `client_id` above it. Nobody else."""


@dataclass
class Recall:
    """Gold spans by type: all, wholly found, found in part; places found in so many words."""

    all: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    whole: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    partly: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    places: int = 0
    telling: int = 0
    """Places that touch a gold span."""
    words: int = 0
    missed: list[tuple[str, str]] = field(default_factory=list)

    def of(self, *kinds: str) -> float:
        """Recall of these types; of all together, if none is named."""
        kinds = kinds or tuple(self.all)
        return sum(self.whole[kind] for kind in kinds) / sum(self.all[kind] for kind in kinds)


def documents():
    return [json.loads(line) for line in SPANS.read_text("utf-8").splitlines()]


def measure(lower=False, recognise=True, roster=True):
    recall = Recall()
    sees = recogniser("ru") if recognise else None
    for document in documents():
        text = document["text"].lower() if lower else document["text"]
        known = [ROSTER[document["client"]]] if roster else []
        found = find(text, "ru", known, sees)
        covered = {at for place in found for at in range(place.start, place.end)}
        golden = set()
        for span in document["spans"]:
            places = {at for at in range(span["start"], span["end"]) if text[at].isalnum()}
            golden |= places
            kind = span["type"]
            recall.all[kind] += 1
            recall.whole[kind] += places <= covered
            recall.partly[kind] += bool(places & covered) and not places <= covered
            if not places <= covered:
                recall.missed.append((kind, text[span["start"] : span["end"]]))
        recall.places += len(found)
        recall.telling += sum(any(at in golden for at in range(place.start, place.end)) for place in found)
        recall.words += len(text.split())
    return recall


WAYS = {
    "as written": {}, "in small letters": {"lower": True}, "without a recogniser": {"recognise": False},
    "small letters, no recogniser": {"lower": True, "recognise": False}, "without a roster": {"roster": False},
}  # fmt: skip


def main():
    recalls = {way: measure(**choices) for way, choices in WAYS.items()}
    first = next(iter(recalls.values()))
    print(f"| | n | {' | '.join(WAYS)} |")
    print("| --- " * (len(WAYS) + 2) + "|")
    for kind in sorted(first.all, key=lambda each: -first.all[each]):
        cells = [
            f"{each.of(kind):.2f}" + (f" (+{each.partly[kind]} in part)" if each.partly[kind] else "")
            for each in recalls.values()
        ]
        print(f"| {kind} | {first.all[kind]} | {' | '.join(cells)} |")
    print(f"| all | {sum(first.all.values())} | {' | '.join(f'{each.of():.3f}' for each in recalls.values())} |")
    print(
        f"| places in 1,000 words | | {' | '.join(f'{1000 * each.places / each.words:.0f}' for each in recalls.values())} |"
    )
    print(f"| of them on gold | | {' | '.join(f'{each.telling / each.places:.2f}' for each in recalls.values())} |")
    if "--missed" in sys.argv:
        for way, each in recalls.items():
            print(way, each.missed)


if __name__ == "__main__":
    main()
