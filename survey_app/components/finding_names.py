"""What codes, groups and tied views of a study are called where findings are read and written."""

from __future__ import annotations

from dataclasses import dataclass

from coding.frames import Frames
from survey_app import navigation, session
from survey_app.actions.results import frames_of, segmentations
from survey_app.actions.view_addresses import View
from survey_app.components.plain import plain
from survey_app.language import label
from survey_app.store.log import Row
from survey_app.views.claim_words import Names
from survey_app.views.segment_names import group_names, records

THEME = "theme-"
"""Stands in an address before the branch of the codebook that a chapter is about."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The frames of a study with the names of what is in them; `short` are groups under quotes."""

    frames: Frames
    names: Names
    short: dict[str, str]
    mergings: dict[str, str]

    def of_view(self, view: View) -> str:
        """A page by its title, with what is chosen there as far as it has a name."""
        known = {**self.mergings, **self.names.codes, **self.names.groups}
        titles = {place.name: place.title for several in navigation.places().values() for place in several}
        values = [value.removeprefix(THEME) for _name, value in view.query]
        chosen = [known[value] for value in values if value in known]
        return ": ".join([titles.get(view.page, view.page), *([", ".join(chosen)] if chosen else [])])

    def root_of(self, code_id: str) -> str:
        """The top of the branch in which a code stands."""
        return dict(zip(self.frames.codes["code_id"], self.frames.codes["root"], strict=True)).get(code_id, code_id)

    def of_quote(self, text: str, expert_id: str, group_id: str, name: str) -> str:
        """A quote with who said it, as Markdown."""
        facts = (expert_id, self.short.get(group_id, ""), name)
        return f"{plain(text)}  \n:small[:gray[{plain(' · '.join(fact for fact in facts if fact))}]]"


def spoken_of(study: Row) -> Spoken:
    """The names as the screen speaks now."""
    frames = frames_of(session.store(), study["id"])
    groups = records(frames.groups)
    mergings = {merged.key: label(merged) for merged in segmentations(session.store(), study)}
    return Spoken(
        frames,
        Names(
            {row["code_id"]: label(row) or row["code_id"] for row in records(frames.codes)},
            {row["group_id"]: label(row) or row["group_id"] for row in groups},
        ),
        group_names(groups), mergings,
    )  # fmt: skip
