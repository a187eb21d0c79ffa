"""Turn the pages of a list: the same buttons above and below it."""

from __future__ import annotations

import streamlit as st


def page_number(pages: int, place: str) -> int:
    """The page that is open, from 1; the last one where there are fewer by now."""
    return min(int(st.session_state.get(place) or 1), pages)


def page_buttons(pages: int, place: str, where: str) -> None:
    """Buttons for the pages, if there are several. `where` tells those above the list from those below.

    The page is kept under `place` and given to buttons that are made anew, since buttons that one sets cannot be given
    a page as well.
    """
    if pages < 2:
        return
    number = page_number(pages, place)
    key = f"{place}-{where}-{number}-{pages}"
    with st.container(horizontal_alignment="center"):
        st.pagination(pages, default=number, key=key, on_change=_turn, args=(place, key))


def _turn(place: str, key: str) -> None:
    st.session_state[place] = st.session_state[key]
