"""Columns of which the platform or a definition says what they hold."""

from __future__ import annotations

from survey_app.questionnaires.column import BESIDE, Column
from survey_app.questionnaires.export import AT_PLACE, PLACE, TICK, WORDS, Head

_KINDS = {TICK: "multi", PLACE: "rank", AT_PLACE: "rank", WORDS: BESIDE}


def from_head(name: str, head: Head) -> Column:
    """The column as its head has it: its kind, its points, and the question it is a line or an option of."""
    alone = not head.line or head.role == AT_PLACE
    return Column(
        name, _KINDS.get(head.role, head.kind), head.question if alone else f"{head.question}.{head.line}",
        head.label if alone else head.line_label, parent_id="" if alone else head.question,
        parent_label=("", "") if alone else head.label,
        points=() if head.role in {TICK, PLACE, WORDS} else head.points, cannot_say=head.cannot_say,
        code_id=head.code if alone else head.line_code, parent_code_id="" if alone else head.code,
        lowest=head.lowest, highest=head.highest, place=head.place, separator=head.separator, reverse=head.reverse,
        defined=head.defined,
    )  # fmt: skip
