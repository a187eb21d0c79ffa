"""What the chapters of the dashboard, and of a report, are about."""

from typing import TypedDict

from coding.frames import Frames
from survey_app.language import _
from survey_app.views.code_rows import roots


class CountedBy(TypedDict):
    """On whose codings a count rests."""

    layer: str
    coder_id: str | None


def themes(frames: Frames) -> dict[str, str]:
    """Roots of neutral codes, with their names: each is a chapter of its own."""
    neutral = set(frames.codes.loc[frames.codes["polarity"] == "neutral", "root"])
    return {key: name for key, name in roots(frames).items() if key in neutral}


def chapter_names(frames: Frames) -> dict[str, str]:
    """What the chapters are called, in their order, by their keys."""
    return {
        "glance": _("At a glance"), "forces": _("What presses and what drives"),
        **{f"theme-{root}": name for root, name in themes(frames).items()},
        "groups": _("Groups compared"), "together": _("Said together"), "documents": _("Documents and sessions"),
        "besides": _("Stage, state, direction"), "beside": _("Talk and form"), "certainty": _("How far it carries"),
        "people": _("Personas and requirements"), "waves": _("Waves"),
    }  # fmt: skip
