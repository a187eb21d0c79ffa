"""What a reader makes of a file: a table with one row a respondent, and what the platform says of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey_app.questionnaires.headings import plain_heading
from survey_app.questionnaires.instrument import Instrument, Words
from survey_app.questionnaires.scales import Scale
from survey_app.questionnaires.wording import pair
from survey_app.rosters.tables import Table

ANSWER, TICK, PLACE, AT_PLACE, WORDS, ASIDE = "answer", "tick", "place", "at_place", "words", "aside"
"""What a cell holds: the answer to a question or line; whether an option was ticked; the place of an option in a
ranking; the option at a place; words of one's own beside an option; nothing that the questionnaire asked."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a platform says of a column; what it does not say (`kind` "") is inferred from the answers.

    `question` and `line` are keys, `asked` and `line_asked` the words as they stand in the file; labels may be given
    in both languages. Columns of one question share `question`. `why` of an ASIDE: time, consent, personal, group,
    empty, respondent, system. `defined` says that a definition was uploaded which knows the column, `continues` names
    the column with which this one goes on after it was renamed.
    """

    question: str
    asked: str = ""
    line: str = ""
    line_asked: str = ""
    role: str = ANSWER
    kind: str = ""
    points: Scale = ()
    separator: str = ""
    place: int = 0
    cannot_say: tuple[float, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    why: str = ""
    code: str = ""
    line_code: str = ""
    reverse: bool = False
    defined: bool = False
    label_given: Words | None = None
    line_label_given: Words | None = None
    continues: str = ""

    @property
    def label(self) -> Words:
        """The question in both languages, as far as known."""
        return self.label_given or pair(plain_heading(self.asked))

    @property
    def line_label(self) -> Words:
        """The line or option in both languages, as far as known."""
        return self.line_label_given or pair(plain_heading(self.line_asked))


@dataclass(frozen=True)
class Export:
    """A file of answers. Columns without a head speak for themselves («Question [line]»).

    `platform` is a proper name or ""; `instrument` what the file itself defines; `respondent` the column that names
    the respondent, where the platform has one. `worded`: questions have no keys but their words, so that one renamed
    in mid-survey has two columns.
    """

    platform: str
    table: Table
    heads: Mapping[str, Head] = field(default_factory=dict)
    instrument: Instrument | None = None
    respondent: str | None = None
    worded: bool = False
