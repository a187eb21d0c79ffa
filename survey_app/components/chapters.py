"""The dashboard's chapters: what it is asked, one at a time, so that a first chart is there at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from coding.frames import Frames
from survey_app import language
from survey_app.components import (
    dashboard,
    dashboard_certainty,
    dashboard_documents,
    dashboard_forces,
    dashboard_groups,
    dashboard_people,
    dashboard_themes,
    dashboard_together,
    dashboard_values,
    dashboard_waves,
)
from survey_app.components.address import CHOICE, write_address
from survey_app.components.filters import Choice
from survey_app.components.plain import plain
from survey_app.language import _
from survey_app.views.chapter_names import chapter_names, themes


@dataclass(frozen=True, slots=True)
class Section:
    """A question with its chart; `needs_codes`: it says nothing before something is coded."""

    draw: Callable[[Choice], None]
    needs_codes: bool = True


@dataclass(frozen=True, slots=True)
class Chapter:
    """A name on the screen and sections in their order."""

    name: str
    sections: tuple[Section, ...]


def chapters(choice: Choice) -> dict[str, Chapter]:
    """Every chapter that the study has something for, by its key in the address; the first is shown first."""
    names, roots = _named(choice.stamp, language.current(), choice.frames)
    found = {
        "glance": Chapter(names["glance"], (
            Section(dashboard.hindering_and_helping), Section(dashboard.speaking_of_what),
            Section(dashboard.answering, False), Section(dashboard.speaking_how_much, False),
        )),
        "forces": Chapter(names["forces"], (Section(dashboard_forces.pressing), Section(dashboard_forces.leaning))),
        **{
            f"theme-{root}": Chapter(name, tuple(Section(draw) for draw in dashboard_themes.sections_of(root)))
            for root, name in roots.items()
        },
        "groups": Chapter(names["groups"], (
            Section(dashboard_groups.differing), Section(dashboard_groups.comparing_two),
            Section(dashboard_groups.counting_heads),
        )),
        "together": Chapter(names["together"], (
            Section(dashboard_together.saying_together), Section(dashboard_together.leading_to),
            Section(dashboard_together.coming_from),
        )),
        "documents": Chapter(names["documents"], (
            Section(dashboard_documents.declaring_and_reflecting), Section(dashboard_documents.coming_up),
        )),
        "certainty": Chapter(names["certainty"], (
            Section(dashboard_certainty.saying_anything_new), Section(dashboard_certainty.carrying_alone),
        )),
    }  # fmt: skip
    if dashboard_values.used_attributes(choice):
        found["besides"] = Chapter(names["besides"], (Section(dashboard_values.saying_besides),))
        found["people"] = Chapter(
            names["people"],
            (Section(dashboard_people.being_somebody), Section(dashboard_people.requiring)),
        )
    if dashboard_waves.other_studies(choice):
        found["waves"] = Chapter(names["waves"], (Section(dashboard_waves.laying_beside),))
    return found


@st.cache_resource(max_entries=64, show_spinner=False)
def _named(stamp: tuple[Any, ...], words: str, _frames: Frames) -> tuple[dict[str, str], dict[str, str]]:
    """What the chapters are called, and the roots with a chapter of their own; shared, nobody writes into it."""
    return chapter_names(_frames), themes(_frames)


def choose_chapter(found: dict[str, Chapter]) -> str:
    """The chapter that is read; it stands in the address."""
    keys = list(found)
    asked = st.query_params.get("chapter", keys[0])
    chosen = st.pills(
        _("Chapter"), keys, default=asked if asked in found else keys[0], required=True, key=f"{CHOICE}chapter",
        format_func=lambda key: plain(found[key].name), label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    key = str(chosen)
    write_address("chapter", [] if key == keys[0] else [key])
    return key
