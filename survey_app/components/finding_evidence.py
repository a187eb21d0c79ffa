"""Tie to a sentence what it rests on: quotes that speak for it and against it, and charts by their addresses."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from coding.claims import UnusableClaim
from survey_app import session
from survey_app.actions.finding_ties import (
    speaking_against,
    statements_with,
    tie_quote,
    tie_view,
    untie_quote,
    untie_view,
)
from survey_app.actions.findings import AGAINST, FOR, Sentence
from survey_app.components.finding_names import Spoken
from survey_app.components.paging import page_buttons, page_number
from survey_app.components.plain import plain
from survey_app.components.telling import telling_problems
from survey_app.language import _
from survey_app.store.log import Row
from survey_app.views.segment_names import records

PAGE = 6
SUGGESTED = ""
"""The choice of a code that stands for what may speak against the claim."""


def tie_quotes(study: Row, spoken: Spoken, one: Sentence) -> None:
    """What is tied, then statements by their code, each with a button for either side."""
    for quote in one.quotes:
        _tied(study, spoken, one, quote.statement_id)
    found, place = _found(study, spoken, one)
    tied = {quote.statement_id for quote in one.quotes}
    rows = [row for row in records(found) if row["statement_id"] not in tied]
    if not rows:
        st.caption(_("No further statement."))
        return
    pages = (len(rows) + PAGE - 1) // PAGE
    number = page_number(pages, place)
    for row in rows[(number - 1) * PAGE : number * PAGE]:
        with st.container(border=True, key=f"offered-{one.id}-{row['statement_id']}"):
            _offered(study, spoken, one, row)
    page_buttons(pages, place, "below")


def tie_views(study: Row, spoken: Spoken, one: Sentence) -> None:
    """Charts that are tied, and a field for the address of another one."""
    for number, view in enumerate(one.views):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(spoken.of_view(view)), width="stretch")
            if st.button(_("Untie"), icon=":material/link_off:", key=f"untie-{one.id}-{number}", type="tertiary"):
                with telling_problems():
                    untie_view(session.store(), session.current_person(study), study["id"], one.id, view)
                    st.rerun()
    address = st.text_input(
        _("Address of the page"), key=f"address-{one.id}-{len(one.views)}", placeholder="…/dashboard?…",
        help=_("Open the dashboard, choose what the sentence is about, and copy the address from the browser."),
    )  # fmt: skip
    if st.button(_("Tie it"), icon=":material/add_link:", key=f"tie-{one.id}", disabled=not address):
        with telling_problems():
            tie_view(session.store(), session.current_person(study), study, one.id, address)
            st.rerun()


def _found(study: Row, spoken: Spoken, one: Sentence) -> tuple[pd.DataFrame, str]:
    """The statements that are asked for, and the place under which their page is kept."""
    left, right = st.columns(2)
    codes = {row["code_id"]: f"{row['short']} {spoken.names.codes[row['code_id']]}".strip()
             for row in records(spoken.frames.codes)}  # fmt: skip
    claim = one.claim
    first = claim.code_id if claim is not None and claim.code_id in codes else next(iter(codes), "")
    offered = [SUGGESTED, *codes] if claim is not None else list(codes)
    code = left.selectbox(
        _("Statements with the code"), offered, offered.index(first) if first else 0, key=f"quotes-code-{one.id}",
        format_func=lambda each: codes[each] if each else _("what may speak against it"),
    )  # fmt: skip
    groups = list(spoken.names.groups)
    chosen = right.multiselect(
        _("Only these groups"), groups, [each for each in claim.group_ids if each in groups] if claim else [],
        key=f"quotes-groups-{one.id}", placeholder=_("all groups"), format_func=spoken.names.groups.__getitem__,
        disabled=code == SUGGESTED,
    )  # fmt: skip
    place = f"quotes-page-{one.id}-{code}-{'-'.join(chosen)}"
    if code == SUGGESTED and claim is not None:
        with telling_problems():
            return _against(study, claim), place
    return statements_with(session.store(), study["id"], str(code or ""), tuple(chosen)), place


def _against(study: Row, claim: Any) -> pd.DataFrame:
    try:
        return speaking_against(session.store(), study["id"], claim)
    except UnusableClaim:
        return statements_with(session.store(), study["id"], "")


def _tied(study: Row, spoken: Spoken, one: Sentence, statement_id: str) -> None:
    quote = next(each for each in one.quotes if each.statement_id == statement_id)
    words, right = st.columns([3, 1], vertical_alignment="center")
    words.markdown(spoken.of_quote(quote.text, quote.expert_id, quote.group_id, quote.label))
    with right, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        st.badge(_("for") if quote.stance == FOR else _("against"), color="gray")
        if st.button(_("Untie"), icon=":material/link_off:", key=f"untie-{one.id}-{statement_id}", type="tertiary"):
            with telling_problems():
                untie_quote(session.store(), session.current_person(study), study["id"], one.id, statement_id)
                st.rerun()


def _offered(study: Row, spoken: Spoken, one: Sentence, row: dict[str, Any]) -> None:
    words, right = st.columns([3, 1], vertical_alignment="center")
    words.markdown(spoken.of_quote(row["text"], row["expert_id"], row["group_id"], row["label"]))
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        for stance, title, icon in ((FOR, _("For"), "add"), (AGAINST, _("Against"), "remove")):
            if st.button(title, icon=f":material/{icon}:", key=f"{stance}-{one.id}-{row['statement_id']}"):
                with telling_problems():
                    tie_quote(
                        session.store(), session.current_person(study), study["id"], one.id, row["statement_id"], stance
                    )
                    st.rerun()
