"""Whom statements describe, as cards, and what is asked of the state, step by step."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from coding.personas import FIELDS, PERSONA, Persona, Step, Trait, personas, requirements
from coding.statement_values import judges
from survey_app import session
from survey_app.actions.statement_attributes import attributes_of
from survey_app.components.chart import quotes_list
from survey_app.components.drawing import with_groups
from survey_app.components.filters import Choice
from survey_app.components.plain import plain
from survey_app.language import _, label, ngettext
from survey_app.views import style

_SHOWN = 4  # traits of a field


def field_name(field: str) -> str:
    """One of the four fields of a card."""
    return {
        "need": _("Needs"), "profile": _("Profile"), "digital_attachment": _("Digital attachments"),
        "life_situation": _("Life situations"),
    }[field]  # fmt: skip


@st.fragment
def being_somebody(choice: Choice) -> None:
    """Persona cards, two beside each other."""
    st.header(_("Whom do they speak of?"), anchor=False)
    cards = personas(choice.frames, attributes_of(session.store(), choice.study_id), **choice.counted_by)
    if not cards:
        st.caption(_("No statement describes a persona yet. Coders name it on the desk, beside the codes."))
        return
    st.caption(
        _(
            "Each card holds what statements about this person say, and nothing else. A number says how many experts "
            "say it; an empty field means that nobody spoke of it."
        )
    )
    if judges(choice.frames, PERSONA) == 1:
        st.caption(_("One coder alone has judged this."))
    for first in range(0, len(cards), 2):
        for column, card in zip(st.columns(2), cards[first : first + 2], strict=False):
            with column:
                _card(choice, card)


@st.fragment
def requiring(choice: Choice) -> None:
    """Proposals by the step that they concern."""
    steps = requirements(choice.frames, attributes_of(session.store(), choice.study_id), **choice.counted_by)
    st.header(_("What is asked, from the result of a service to the assessment of a civil servant?"), anchor=False)
    if not any(step.statement_ids for step in steps):
        st.caption(_("No statement is marked as a requirement or a proposal yet."))
        return
    for step in steps:
        with st.expander(f"**{plain(_step_name(step))}** · {_counts(step.experts, step.statement_ids, choice)}"):
            quotes_list(_quotes(choice, step.statement_ids))


def _card(choice: Choice, card: Persona) -> None:
    with st.container(border=True, key=f"persona-{card.key}", height="stretch"):
        st.subheader(plain(label(card) or card.key), anchor=False)
        st.caption(_counts(card.experts, card.statement_ids, choice))
        for field in FIELDS:
            st.markdown(f"**{field_name(field)}**  \n{_traits(card.fields[field])}")
        with st.popover(_("Words"), icon=":material/format_quote:", type="tertiary"):
            quotes_list(_quotes(choice, card.statement_ids))


def _traits(found: Sequence[Trait]) -> str:
    """Values with the experts behind each; a dash for an empty field."""
    if not found:
        return ":gray[–]"
    told = [f"{plain(label(one) or one.key)} :gray[({one.experts})]" for one in found[:_SHOWN]]
    more = len(found) - _SHOWN
    return " · ".join([*told, *([ngettext("{count} more", "{count} more", more)] if more > 0 else [])])


def _counts(experts: int, statements: Sequence[str], choice: Choice) -> str:
    said = style.k_of_n_experts(experts, len(choice.frames.experts))
    return f"{said} · {style.statements(len(statements))}"


def _step_name(step: Step) -> str:
    return (label(step) or step.key) if step.key else _("Proposals not yet placed")


def _quotes(choice: Choice, statement_ids: Sequence[str]) -> pd.DataFrame:
    said = choice.frames.statements[choice.frames.statements["statement_id"].isin(list(statement_ids))]
    return with_groups(said.merge(choice.frames.experts[["expert_id", "group_id"]], on="expert_id"), choice)
