"""An uploaded questionnaire while it is looked at: what is proposed, what a person has changed, what was counted.

A draft lives in the session, made once an upload: a rerun of the page reads no file and counts nothing again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from survey_app.questionnaires.column import LEAVE_OUT, Column
from survey_app.questionnaires.confirming import Question, questions_of
from survey_app.questionnaires.export import ANSWER, Export
from survey_app.questionnaires.previewing import Preview, preview
from transcripts.messages import Message

KEPT = "questionnaire"
DEFINITION, PROFILE, GUIDE, PLATFORM, ANSWERS, PERSON = (
    "definition",
    "profile",
    "guide",
    "platform",
    "answers",
    "person",
)
"""Where what is said of a column comes from."""


@dataclass
class Draft:
    """What became of an upload so far. `columns` are as the person has them; `look` is the question looked at."""

    id: str
    export: Export
    proposed: tuple[Column, ...]
    likely: str | None
    from_profile: frozenset[str] = frozenset()
    profile: str = ""
    """Name of the kept mapping that is in use."""
    unknown: tuple[str, ...] = ()
    """Headers that an uploaded definition does not know."""
    told: tuple[Message, ...] = ()
    """What was left out of that definition."""
    columns: list[Column] = field(default_factory=list)
    questions: tuple[Question, ...] = ()
    look: int = 0
    _once: dict[Hashable, tuple[Any, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = list(self.proposed)
        self.questions = questions_of(self.proposed)
        self.look = next((at for at, each in enumerate(self.questions) if self.columns[each.first].points), 0)

    def key(self, *parts: object) -> str:
        """The key of a widget of this upload."""
        return "-".join(map(str, (self.id, *parts)))

    def look_at(self, at: int) -> None:
        """Choose a question: in the table, where its row is marked, and beside it."""
        self.look = st.session_state[self.key("look")] = at
        st.session_state[self.key("questions")] = {"selection": {"rows": [at], "columns": [], "cells": []}}

    def said(self, respondent: str | None) -> list[Column]:
        """The columns as the person has them; the one that names the expert is not stored."""
        return [
            replace(column, kind=LEAVE_OUT, why="respondent") if column.name == respondent else column
            for column in self.columns
        ]

    def change(self, places: Iterable[int], how: Callable[[Column], Column]) -> None:
        """Let a person's decision hold for the columns at these places."""
        for place in places:
            self.columns[place] = how(self.columns[place])

    def cells(self, name: str) -> Counter[str]:
        """How often each answer stands in a column."""
        return self.once(("cells", name), (), lambda: Counter(self.export.table.values(name)))

    def preview(self, column: Column, language: str) -> Preview:
        """What becomes of a column."""
        return self.once(
            ("preview", column.name), (column, language),
            lambda: preview(column, self.cells(column.name), language),
        )  # fmt: skip

    def once(self, what: Hashable, given: Any, make: Callable[[], Any]) -> Any:
        """What `make` returns, made again only when `given` is no longer the same."""
        kept = self._once.get(what)
        if kept is None or kept[0] != given:
            kept = self._once[what] = (given, make())
        return kept[1]

    def has(self, what: Hashable, given: Any) -> bool:
        """Whether it was made already, of the same."""
        return what in self._once and self._once[what][0] == given

    def source(self, place: int) -> str:
        """Where what is said of the column at this place comes from."""
        return self.source_proposed(place) if self.columns[place] == self.proposed[place] else PERSON

    def source_proposed(self, place: int) -> str:
        """Where what was proposed comes from."""
        column = self.proposed[place]
        head = self.export.heads.get(column.name)
        if column.name in self.from_profile:
            return PROFILE
        if column.defined:
            return DEFINITION
        if column.from_guide:
            return GUIDE
        told = head is not None and (head.kind or head.points or head.role != ANSWER)
        return PLATFORM if told and self.export.platform else ANSWERS


def draft_of(slot: str, key: object, make: Callable[[], Draft]) -> Draft:
    """The draft of this upload, made when it is asked for first; the one that was in its slot is forgotten."""
    kept = st.session_state.setdefault(KEPT, {})
    if slot not in kept or kept[slot][0] != key:
        kept.pop(slot, None)
        kept[slot] = (key, make())
    found: Draft = kept[slot][1]
    return found
