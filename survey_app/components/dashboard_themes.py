"""One theme of the codebook that is neither problem nor enabler: role, platforms, principles, targets."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from survey_app import session
from survey_app.actions.targets import indicators_of
from survey_app.components.beside import Asked, of_one_question
from survey_app.components.beside_targets import reaching_targets
from survey_app.components.dashboard_values import by_value, used_attributes
from survey_app.components.filters import Choice
from survey_app.components.plain import plain
from survey_app.components.section import rows_of, section, words_of_code
from survey_app.store.team import Role
from survey_app.views import chosen_and_said, codes_by_value, groups_and_codes, priorities

_DIRECTION = "direction"


def sections_of(root: str) -> tuple[Callable[[Choice], None], ...]:
    """What is asked of a theme."""

    @st.fragment
    def speaking(choice: Choice) -> None:
        """Its codes by segment."""
        view = groups_and_codes
        st.header(view.title(), anchor=False)
        rows = rows_of(
            "codes", choice, make=lambda: view.prepare(choice.frames, choice.segmentation, **choice.counted_by)
        )
        section(f"theme-{root}", view, choice, rows, root=root)
        words_of_code(f"theme-{root}", choice, rows)

    def answering(choice: Choice) -> None:
        """What the questionnaire asks of the same, beside what was said."""
        if _has_targets(choice, root):
            return
        asked = Asked(choice, ("session",), session.may(Role.RESEARCHER))
        for view in (chosen_and_said, priorities):
            for question in _questions(choice, view, root):
                of_one_question(asked, view, question)

    @st.fragment
    def addressing(choice: Choice) -> None:
        """Between authority and society: in which direction."""
        found = [one for one in used_attributes(choice) if one.key == _DIRECTION]
        if found:
            st.header(plain(codes_by_value.title(found[0])), anchor=False)
            by_value(f"direction-{root}", choice, found[0], root)

    def reaching(choice: Choice) -> None:
        """The board of targets, where the theme has any."""
        if _has_targets(choice, root):
            there = indicators_of(session.store(), choice.study_id)
            reaching_targets(Asked(choice, ("session",), session.may(Role.RESEARCHER)), there)

    return speaking, answering, addressing, reaching


def _has_targets(choice: Choice, root: str) -> bool:
    """Whether a code of the theme has a declared figure: the board of targets then says what was answered."""
    own = set(choice.frames.codes.loc[choice.frames.codes["root"] == root, "code_id"])
    return bool(own & set(indicators_of(session.store(), choice.study_id)))


def _questions(choice: Choice, view: Any, root: str) -> list[str]:
    """Questions of a view whose lines measure codes of a theme."""
    codes = set(choice.frames.codes.loc[choice.frames.codes["root"] == root, "code_id"])
    items = choice.frames.items
    measuring = set(items.loc[items["code_id"].isin(codes), "item_id"])
    listed = view.questions(choice.frames)
    return [key for key, lines in listed.items() if measuring & set(getattr(lines, "lines", lines))]
