"""A tick by which somebody says that words of theirs, which are names of the roster too, name nobody."""

from collections.abc import Sequence

import streamlit as st

from survey_app.components.plain import plain
from survey_app.language import _


def confirmed_words(doubtful: Sequence[str]) -> frozenset[str]:
    """The tick, where there are such words; returns those that were confirmed. It holds for just these words."""
    if not doubtful:
        return frozenset()
    words = ", ".join(_("“{name}”", name=word) for word in doubtful)
    ticked = st.checkbox(
        plain(_("I have looked at these words of ours, and they name nobody: {words}", words=words)),
        key=f"own-words-{'|'.join(doubtful)}",
    )
    return frozenset(doubtful) if ticked else frozenset()
