"""What one browser tab is about: the store, the study that is open, who is coding, which language."""

from functools import cache
from typing import Any

import streamlit as st

from survey_app import language
from survey_app.settings import settings
from survey_app.store import studies
from survey_app.store.log import Row, Store
from survey_app.store.migrate import migrate


@cache
def open_store(url: str) -> Store:
    """The store at `url`, brought to this version's schema once per process."""
    store = Store(url)
    migrate(store)
    return store


def store() -> Store:
    """The store of this installation."""
    return open_store(settings().database)


def chosen_language() -> str:
    """This tab's language: chosen by hand, else named in the address, else the browser's."""
    chosen = st.session_state.get("language")
    if chosen not in language.LANGUAGES:
        named = st.query_params.get("lang")
        chosen = st.session_state["language"] = named if named in language.LANGUAGES else _first_language()
    return str(chosen)


def keep_language_in_address() -> None:
    """Let a language that was chosen by hand survive a reload; one that the browser prefers needs no mention."""
    chosen = chosen_language()
    if chosen != _first_language():
        st.query_params["lang"] = chosen
    else:
        st.query_params.pop("lang", None)


def _first_language() -> str:
    wished = settings().language or (st.context.locale or "en")[:2].lower()
    return wished if wished in language.LANGUAGES else "en"


def current_study() -> Row | None:
    """The study that is open in this tab: named in the address, else the one opened last."""
    slug = st.query_params.get("study") or st.session_state.get("study")
    if not slug:
        return None
    with store().reading() as connection:
        row = studies.by_slug(connection, str(slug))
    if row is None:
        st.session_state.pop("study", None)
        st.query_params.pop("study", None)
        return None
    st.session_state["study"] = row["slug"]
    st.query_params["study"] = row["slug"]
    return row


def open_study(slug: str) -> None:
    """Make a study the one that this tab is about."""
    st.session_state["study"] = slug
    st.query_params["study"] = slug


def current_coder(study: Row) -> Row:
    """Who codes in this tab: the coder chosen by the local switch, else the study's first."""
    with store().reading() as connection:
        found = studies.coders(connection, study["id"])
    chosen = st.session_state.get(f"coder of {study['id']}")
    return next((coder for coder in found if coder["id"] == chosen), found[0])


def choose_coder(study: Row, coder_id: str) -> None:
    """Switch who codes in this tab."""
    st.session_state[f"coder of {study['id']}"] = coder_id


def current_person(study: Row | None) -> str:
    """Key of whoever acts here, for the log. Accounts will answer this later; alone, it is the coder."""
    return str(current_coder(study)["key"]) if study else ""


def title_of(row: Any) -> str:
    """A study's title in the language of the screen."""
    return language.label(row, "title")
