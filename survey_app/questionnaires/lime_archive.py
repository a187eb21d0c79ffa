"""The parts of a LimeSurvey archive (.lsa), a ZIP: read in memory and behind limits, never unpacked to a path."""

from __future__ import annotations

from survey_app.questionnaires.readers import Brought
from survey_app.rosters.tables import UnreadableTable
from transcripts.decoding import UnreadableTranscript
from transcripts.messages import sentence
from transcripts.zipped import names_of, part

STRUCTURE, RESPONSES = ".lss", ".lsr"
MOST_PARTS = 100
"""Most parts of an archive; LimeSurvey writes four."""


def is_archive(brought: Brought) -> bool:
    """Whether a file is a ZIP that holds a structure or responses."""
    names = names_of(brought.content) if brought.content.startswith(b"PK") else ()
    return any(name.lower().endswith((STRUCTURE, RESPONSES)) for name in names)


def part_of(brought: Brought, ending: str) -> bytes:
    """The structure or the responses. Raises UnreadableTable for what is missing, damaged or suspiciously large."""
    names = sorted(names_of(brought.content))
    if len(names) > MOST_PARTS:
        raise UnreadableTable(sentence("{file} is suspiciously large inside and was not opened.", file=brought.name))
    wanted = next((name for name in names if name.lower().endswith(ending)), None)
    if wanted is None:
        raise UnreadableTable(
            sentence(
                "{file} holds no responses together with their questions. Export the survey archive (.lsa), or the "
                "responses as CSV or XLSX; bring a structure (.lss) where a definition is asked for.",
                file=brought.name,
            )
        )
    try:
        return part(brought.name, brought.content, wanted)
    except UnreadableTranscript as problem:
        raise UnreadableTable(problem.message) from problem
