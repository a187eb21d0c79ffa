"""Where what stands in the way of publishing is put right: a link for each kind of reason."""

import re
from collections.abc import Iterable

import streamlit as st

from survey_app.language import _
from transcripts.messages import Message


def gate_links(messages: Iterable[Message]) -> None:
    """A link to each page that one of the sentences of the gate is about; nothing where there is none."""
    told = " ".join(f"{each.template} {' '.join(str(value) for value in each.values.values())}" for each in messages)
    found = [(page, name, icon) for page, name, icon, about in _pages() if re.search(about, told)]
    if not found:
        return
    with st.container(horizontal=True):
        for page, name, icon in found:
            st.page_link(page, label=name, icon=icon)


def _pages() -> tuple[tuple[str, str, str, str], ...]:
    """Page, its name, its sign, and what a sentence says that is put right there."""
    return (
        ("pages/deidentify.py", _("De-identification"), ":material/shield_person:", r"“De-identification”|[Rr]eview"),
        ("pages/quotes.py", _("Quotes"), ":material/format_quote:", r"quote"),
        ("pages/own_check.py", _("Experts' own check"), ":material/how_to_reg:", r"personal link|own check|own word"),
        ("pages/people.py", _("Experts"), ":material/group:", r"“Experts”|who is who|import the roster|has not agreed"),
        ("pages/card.py", _("Study card"), ":material/badge:", r"study card"),
    )
