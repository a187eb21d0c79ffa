"""A word processor's file without marks of speakers: one person's words, or running text."""

from transcripts.containers import Grid, Opened
from transcripts.messages import sentence
from transcripts.model import Unit
from transcripts.readers import Reading

_CONTAINERS = {"docx", "odt", "rtf", "pdf"}


def sniff(opened: Opened) -> float:
    """The last resort for a file of a word processor that holds sentences."""
    return 0.05 if opened.container in _CONTAINERS and len(opened.text.split()) >= 10 else 0.0


def read(opened: Opened) -> Reading:
    """One unit a paragraph."""
    if opened.blocks:
        texts = [
            text
            for block in opened.blocks
            for text in ([cell for row in block.rows for cell in row] if isinstance(block, Grid) else [block.text])
        ]
    else:
        texts = opened.text.split("\n")
    units = tuple(Unit(words) for text in texts if (words := " ".join(text.split())))
    told = sentence("The file names no speakers; it was read paragraph by paragraph.")
    return Reading(units, f"{opened.container}_no_speaker", "none", (told,))
