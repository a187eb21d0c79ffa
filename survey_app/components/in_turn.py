"""Charts one after another: a browser that gets several new ones at once shows none before it has drawn them all.

What is as it was is no work for a browser, and nobody waits for it.
"""

import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar

import streamlit as st

WORDS_AHEAD_S = 0.1
"""How long the words above a new chart have the browser for themselves."""
CHART_AHEAD_S = 0.4
"""How long a new chart has it before the next part of the page."""

_SENT = "charts sent"
_new: ContextVar[list[str] | None] = ContextVar("new charts", default=None)


def visited() -> None:
    """The page is built from nothing: the browser has no chart of it yet."""
    st.session_state[_SENT] = {}


def in_turn(draws: Iterable[Callable[[], None]]) -> None:
    """Draw parts of a page in their order, each after the browser had time for the charts of the one before."""
    new: list[str] = []
    turn = _new.set(new)
    try:
        for draw in draws:
            if new:
                time.sleep(CHART_AHEAD_S)
            new.clear()
            draw()
    finally:
        _new.reset(turn)


def after_its_words(key: str, content: int) -> None:
    """Before a chart is sent under its key: where parts are drawn in turn, a new one lets its words go first."""
    new = _new.get()
    if new is None:
        return
    known = st.session_state.setdefault(_SENT, {})
    before, known[key] = known.get(key), content
    if before != known[key]:
        new.append(key)
        time.sleep(WORDS_AHEAD_S)
