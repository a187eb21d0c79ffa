"""What one browser tab is about: the store, the study that is open, who is coding, which language."""

import secrets
from functools import cache
from typing import Any

import streamlit as st

from survey_app import language
from survey_app.settings import settings
from survey_app.store import sign_ins, studies, team
from survey_app.store.log import Row, Store
from survey_app.store.migrate import migrate
from survey_app.store.team import Member, Role

COOKIE = "rakurs-sign-in"
"""Holds the token of a sign-in; nothing that runs in the browser can read it."""


@cache
def open_store(url: str) -> Store:
    """The store at `url`, brought to this version's schema once per process."""
    store = Store(url)
    migrate(store)
    return store


def machine_store() -> Store:
    """The store of this installation, in the hands of whoever runs it: for what no person asks for."""
    return open_store(settings().database)


def store() -> Store:
    """The store of this installation, in the hands of the person before this tab."""
    return machine_store() if alone() else machine_store().acting(account_id())


def alone() -> bool:
    """Whether one person works here without signing in."""
    return not settings().team


def account() -> Row | None:
    """The account that is signed in, asked for anew each time: signing out elsewhere holds here at once.

    The one place that decides who is before a tab. An identity provider would come in here: the account that belongs
    to issuer and subject of `st.user`, where `st.user.is_logged_in`, in place of the one of our own cookie; roles would
    still be read from the store.
    """
    return None if alone() else sign_ins.signed_in(machine_store(), token())


def token() -> str:
    """What the browser showed when this tab was opened: the token of a sign-in, or ""."""
    return str(st.context.cookies.get(COOKIE, ""))


def account_id() -> str:
    """Its id, "" where nobody is signed in."""
    found = account()
    return str(found["id"]) if found else ""


def member(study: Row) -> Member | None:
    """Who the person before this tab is in a study; None: whoever sits at the machine, or nobody of the study."""
    if alone():
        return None
    with machine_store().reading() as connection:
        return team.member(connection, study["id"], account_id())


def role(study: Row) -> Role | None:
    """What the person before this tab is in a study; None: nothing."""
    found = member(study)
    return Role.OWNER if alone() else found.role if found else None


def may(least: Role) -> bool:
    """Whether the person before this tab is at least this in the study that is open."""
    study = current_study()
    found = role(study) if study is not None else None
    return found is not None and found >= least


def is_admin() -> bool:
    """Whether the person before this tab may make studies, restore copies and see where the data lies."""
    if alone():
        return True
    with machine_store().reading() as connection:
        return team.is_admin(connection, account_id())


def studies_here(*, archived: bool = False) -> list[Row]:
    """The studies that the person before this tab can open, newest first."""
    with machine_store().reading() as connection:
        found = studies.all_studies(connection, archived=archived)
        mine = None if alone() else team.studies_of(connection, account_id())
    return [row for row in found if mine is None or row["id"] in mine]


def tab() -> str:
    """A name of this tab of a browser, for as long as it is open."""
    if "tab" not in st.session_state:
        st.session_state["tab"] = secrets.token_hex(8)
    return str(st.session_state["tab"])


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
    mine = account() or {}
    wished = mine.get("language") or settings().language or (st.context.locale or "en")[:2].lower()
    return wished if wished in language.LANGUAGES else "en"


def current_study() -> Row | None:
    """The study that is open in this tab: named in the address, else the one opened last."""
    slug = st.query_params.get("study") or st.session_state.get("study")
    if not slug:
        return None
    with machine_store().reading() as connection:
        row = studies.by_slug(connection, str(slug))
    if row is None or role(row) is None:
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


def coders(study: Row) -> list[Row]:
    """As whom one may code in this tab: alone, as any of the study's coders; in a team, as oneself."""
    with machine_store().reading() as connection:
        found = studies.coders(connection, study["id"])
    if alone():
        return found
    mine = member(study)
    return [coder for coder in found if mine is not None and coder["id"] == mine.coder_id]


def current_coder(study: Row) -> Row:
    """Who codes in this tab: in a team the person who has signed in; alone the one chosen by the local switch, else
    the study's first."""
    found = coders(study)
    chosen = st.session_state.get(f"coder of {study['id']}")
    return next((coder for coder in found if coder["id"] == chosen), found[0])


def choose_coder(study: Row, coder_id: str) -> None:
    """Switch who codes in this tab."""
    st.session_state[f"coder of {study['id']}"] = coder_id


def current_person(study: Row | None) -> str:
    """Key of whoever acts here, for the log; "" for a reader."""
    return str(current_coder(study)["key"]) if study and coders(study) else ""


def title_of(row: Any) -> str:
    """A study's title in the language of the screen."""
    return language.label(row, "title")
