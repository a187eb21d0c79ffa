"""The page of agreement: choices, the figures over everything, then one part at a time."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.agreeing import Agreed, agreement_of
from survey_app.actions.agreement_material import Asked
from survey_app.components.agreement_choice import choose_asked
from survey_app.components.agreement_codes import agreement_codes
from survey_app.components.agreement_downloads import agreement_downloads
from survey_app.components.agreement_head import agreement_head
from survey_app.components.agreement_parts import (
    agreement_attributes,
    agreement_groups,
    agreement_pairs,
    agreement_passages,
)
from survey_app.components.empty import empty_state
from survey_app.components.ways import may_open
from survey_app.language import _, translate
from survey_app.store.log import Row

CODES, PAIRS, GROUPS, ATTRIBUTES, PASSAGES = "codes", "pairs", "groups", "attributes", "passages"


def agreement_page(study: Row) -> None:
    """Everything below the title."""
    asked = choose_asked(study)
    with st.spinner(_("Counting …"), show_time=True):
        agreed = agreement_of(session.store(), study["id"], asked)
    if agreed.result is None:
        _nothing(study, agreed)
        return
    agreement_head(study, agreed)
    agreement_downloads(study, asked)
    _part(study, asked, agreed)


def _part(study: Row, asked: Asked, agreed: Agreed) -> None:
    names = {
        CODES: _("All codes"), PAIRS: _("Pairs of coders"), GROUPS: _("Stakeholder groups"),
        ATTRIBUTES: _("Attributes"), PASSAGES: _("Characters and passages"),
    }  # fmt: skip
    part = st.segmented_control(
        _("Part"), list(names), default=CODES, format_func=names.__getitem__, required=True,
        key=f"agreement-part-{study['id']}", label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    with st.spinner(_("Counting …"), show_time=True):
        if part == PAIRS:
            agreement_pairs(agreed)
        elif part == GROUPS:
            agreement_groups(study, asked, agreed)
        elif part == ATTRIBUTES:
            agreement_attributes(study, asked)
        elif part == PASSAGES:
            agreement_passages(study, asked)
        else:
            agreement_codes(study, asked, agreed)


def _nothing(study: Row, agreed: Agreed) -> None:
    """Why nothing can be compared, and the way to the page on which that can be changed."""
    opens = may_open(study, "assignments")
    empty_state(
        "join_inner", _("Nothing to compare yet"), translate(agreed.problem) if agreed.problem else "",
        page="pages/assignments.py" if opens else "", label=_("Assignments") if opens else "",
    )  # fmt: skip
