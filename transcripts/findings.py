"""What could identify somebody in a transcript, as the command line tells it."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from transcripts.deidentify import Known, find
from transcripts.messages import sentence
from transcripts.model import Transcript
from transcripts.name_recogniser import recogniser
from transcripts.people import KnownPerson, propose
from transcripts.reading import UnreadableTranscript


def read_roster(file: Path) -> list[Known]:
    """People of a file with one of them a line, all names of one parted by semicolons; the first name is the key."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UnreadableTranscript(sentence("{file} is no list of names in UTF-8.", file=str(file))) from None
    people = [tuple(name.strip() for name in line.split(";") if name.strip()) for line in lines]
    return [Known(names[0], names) for names in people if names]


def findings(transcript: Transcript, roster: Sequence[Known]) -> list[dict[str, Any]]:
    """Places with their words, the riskiest first; whoever speaks is known beside the roster."""
    text = transcript.text
    found = find(
        text, transcript.language, _with_speakers(roster, transcript.speakers), recogniser(transcript.language)
    )
    return [
        asdict(each) | {"kind": str(each.kind), "how": str(each.how), "words": text[each.start : each.end]}
        for each in sorted(found, key=lambda each: each.risk)
    ]


def _with_speakers(roster: Sequence[Known], speakers: Sequence[str]) -> list[Known]:
    """The roster with the display names of its people, and whoever else speaks."""
    proposals = propose(speakers, [KnownPerson(each.key, each.names) for each in roster], {})
    names = {each.key: [*each.names] for each in roster}
    for speaker in speakers:
        names.setdefault(proposals[speaker].expert_id or speaker, []).append(speaker)
    return [Known(key, tuple(each)) for key, each in names.items()]
