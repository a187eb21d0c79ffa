"""What was chosen on a page stands in its address, and an address that is followed shows what it names."""

from __future__ import annotations

import streamlit as st

CHOICE = "choice of "
"""How the key of every choice begins that stands in the address."""
_WRITTEN = "address as written"
_PAGE = "page of the address"
_NO_CHOICES = ("study", "lang", "at")
"""What an address names beside choices: the study, the language, the statement that is looked at."""


def write_address(name: str, values: list[str]) -> None:
    """Put a choice into the address, where it is not there already."""
    st.session_state.setdefault(_WRITTEN, {})[name] = values
    if st.query_params.get_all(name) == values:
        return
    if values:
        st.query_params[name] = values
    else:
        st.query_params.pop(name, None)


def arrive(page: str) -> None:
    """Somebody came to a page from another: a link shows what it names, and nothing of what was chosen before in this
    tab. An address that names nothing leaves the choices as they are."""
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        if _named():
            _let_go()


def follow_link() -> None:
    """The same for links of a page to itself, where choices are made in a fragment: elsewhere an address that is not as
    it was written may just be late."""
    named = _named()
    if named and named != {name: values for name, values in st.session_state.get(_WRITTEN, {}).items() if values}:
        _let_go()


def _named() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params if name not in _NO_CHOICES}


def _let_go() -> None:
    for key in [str(each) for each in st.session_state if str(each).startswith(CHOICE)]:
        del st.session_state[key]
