"""Which code of the codebook is on the page, and what is being done to it."""

import streamlit as st

from survey_app.store.log import Row


def chosen_code(study: Row, found: list[Row]) -> Row | None:
    """The code that a link names by its key (`?chosen=`), else the one chosen last, else the first one in use."""
    key = st.query_params.pop("chosen", None)
    named = next((row["id"] for row in found if row["key"] == key), None)
    if named:
        choose_code(study, named)
    wished = st.session_state.get(f"chosen code of {study['id']}")
    in_use = [row for row in found if not row["archived"]]
    first = next((row for row in in_use if row["parent_id"]), in_use[0] if in_use else None)
    return next((row for row in found if row["id"] == wished), first)


def choose_code(study: Row, code_id: str) -> None:
    """Let a code be the one on the page."""
    st.session_state[f"chosen code of {study['id']}"] = code_id


def act_in_hand(code_id: str) -> str:
    """What is being done to a code: merge, split, move, archive, or nothing ("")."""
    return str(st.session_state.get("code act", ("", ""))[1]) if _is_of(code_id) else ""


def take_in_hand(code_id: str, act: str) -> None:
    """Begin an act; the same again, or "", lets it go."""
    st.session_state["code act"] = (code_id, "" if act == act_in_hand(code_id) else act)


def _is_of(code_id: str) -> bool:
    return bool(st.session_state.get("code act", ("", ""))[0] == code_id)
