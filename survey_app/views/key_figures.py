"""How much stands behind the charts: experts, sessions, statements, coded statements, answers."""

from dataclasses import dataclass

from coding.counts import expert_statements, mentions, statements_by_expert
from coding.frames import Frames
from survey_app.language import _, ngettext


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number under its name; `of` is the whole that it is a part of, or None where it is no part."""

    key: str
    name: str
    count: int
    of: int | None = None


def key_figures(frames: Frames, *, layer: str = "adjudicated", coder_id: str | None = None) -> list[KeyFigure]:
    """What was collected and how much of it is coded; experts alone are counted, as everywhere."""
    spoken = expert_statements(frames)
    coded = mentions(frames, layer=layer, coder_id=coder_id)
    experts = len(frames.experts)
    sessions = int(spoken["source_id"].nunique())
    figures = [
        KeyFigure("experts", _("experts spoke"), int((statements_by_expert(frames) > 0).sum()), experts),
        KeyFigure("sessions", ngettext("session", "sessions", sessions), sessions),
        KeyFigure("statements", _("statements of experts"), len(spoken)),
        KeyFigure("coded", _("statements are coded"), int(coded["statement_id"].nunique()), len(spoken)),
    ]
    if not frames.answers.empty:
        answered = int(frames.answers["expert_id"][~frames.answers["unfit"]].nunique())
        figures.append(KeyFigure("answered", _("experts answered the questionnaire"), answered, experts))
    return figures
