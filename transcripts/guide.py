"""The moderator's questions and the guide: which question of the interview guide is asked where."""

from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.model import Unit


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A question of the interview guide: its key, and its wording in each language that is known."""

    key: str
    wordings: tuple[str, ...]


def units_that_ask(units: Sequence[Unit], questions: Sequence[GuideQuestion]) -> frozenset[int]:
    """Indices of units that begin one of the questions, so that no turn runs across them."""
    wordings = {wording.casefold() for question in questions for wording in question.wordings if wording}
    return frozenset(
        index for index, unit in enumerate(units) if any(unit.text.casefold().startswith(each) for each in wordings)
    )
