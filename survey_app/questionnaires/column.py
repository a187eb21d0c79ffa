"""A column of a questionnaire's file and what it becomes, as proposed or as a person has confirmed it."""

from __future__ import annotations

from dataclasses import dataclass

from survey_app.questionnaires.scales import Scale, says_nothing
from survey_app.questionnaires.wording import plain_key

LEAVE_OUT, BESIDE = "leave_out", "beside"
KINDS = ("likert", "single", "multi", "numeric", "rank", "date", "open", BESIDE, LEAVE_OUT)
"""What a column may become; BESIDE: words of one's own beside an option that another column knows."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the item it becomes.

    `points` are the levels of a scale, ascending, or the options of a choice or a ranking; `cannot_say` the numbers
    that stand for it; `place` the place in a ranking whose options stand in the cells; `separator` what joins the
    choices of a cell, "" where it is to be found. `nothing` are the answers that mean "cannot say" where a person has
    said which. A `reverse` scale is counted from its other end. `defined` columns are known from a definition. `why`
    says why it is proposed to be left out: time, consent, personal, group, empty, respondent, system. `continues` names
    the column whose item it fills where that one is blank; in a row that answers both, its answer goes to its own item.
    """

    name: str
    kind: str
    item_id: str
    label: tuple[str, str]
    parent_id: str = ""
    parent_label: tuple[str, str] = ("", "")
    points: Scale = ()
    code_id: str = ""
    parent_code_id: str = ""
    cannot_say: tuple[float, ...] = ()
    nothing: tuple[str, ...] | None = None
    lowest: float | None = None
    highest: float | None = None
    place: int = 0
    separator: str = ""
    reverse: bool = False
    from_guide: bool = False
    defined: bool = False
    why: str = ""
    continues: str = ""

    @property
    def kept(self) -> bool:
        """Whether its answers are to be stored."""
        return self.kind != LEAVE_OUT

    def cannot_be_said(self, cell: str) -> bool:
        """Whether an answer means "cannot say": by custom, or as a person has said."""
        if self.nothing is None:
            return says_nothing(cell, self.cannot_say)
        return plain_key(cell) in map(plain_key, self.nothing)
