"""Making personal links: for whom, until when, and the new ones, which are shown once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st

from survey_app import session
from survey_app.actions.exporting import as_csv
from survey_app.components.downloads import CSV
from survey_app.components.invitation_list import here
from survey_app.language import _, label, ngettext
from survey_app.store import studies
from survey_app.store.log import Row

LASTS = timedelta(days=14)
WAYS = ("missing", "all", "group", "chosen")


class Linked(Protocol):
    """How far an expert is with a link; ids are "" where there is none."""

    @property
    def expert_id(self) -> str:
        """Whose it is."""

    @property
    def expert_key(self) -> str:
        """The same by key."""

    @property
    def group_id(self) -> str:
        """The stakeholder group."""

    @property
    def link_id(self) -> str:
        """The newest link."""

    @property
    def expires_at(self) -> str:
        """Until when it is good."""

    @property
    def state(self) -> str:
        """How far the expert is."""

    @property
    def done(self) -> int:
        """How much is answered."""

    @property
    def of(self) -> int:
        """Of how much."""


State = TypeVar("State", bound=Linked)


def whom(study: Row, states: Sequence[State], name: str) -> list[State]:
    """The experts for whom links are to be made; `name` begins the keys of the fields."""
    names = {
        "missing": _("Everybody without a link"), "all": _("Everybody"), "group": _("A group"),
        "chosen": _("Chosen experts"),
    }  # fmt: skip
    way = st.radio(_("For whom"), WAYS, format_func=names.__getitem__, horizontal=True, key=f"{name}-whom")
    if way == "group":
        with session.store().reading() as connection:
            groups = {row["id"]: label(row) for row in studies.groups(connection, study["id"])}
        chosen = st.selectbox(_("Stakeholder group"), list(groups), format_func=groups.__getitem__, key=f"{name}-group")
        return [state for state in states if state.group_id == chosen]
    if way == "chosen":
        keys = {state.expert_key: state for state in states}
        return [keys[key] for key in st.multiselect(_("Experts"), list(keys), key=f"{name}-experts")]
    return [state for state in states if way == "all" or not state.link_id]


def keep_new_links(study: Row, name: str, way: str, made: Sequence[tuple[str, str]]) -> None:
    """Remember (the expert's key, token) until they are hidden; `way` is the beginning of their address."""
    st.session_state[_place(name)] = study["id"], [(key, f"{here()}/{way}/{token}") for key, token in made]


def new_links(study: Row, name: str, warning: str) -> None:
    """The links that were just made: they are stored nowhere and cannot be shown again."""
    whose, made = st.session_state.get(_place(name), ("", []))
    if whose != study["id"]:
        st.session_state.pop(_place(name), None)
        return
    with st.container(border=True):
        text = ngettext("{count} link was made.", "{count} links were made.", len(made))
        st.success(
            text + " " + _("Copy or download them now: they are stored nowhere, and cannot be shown again."),
            icon=":material/link:",
        )
        st.code("\n".join(f"{key}\t{link}" for key, link in made), language=None, height=min(40 + 24 * len(made), 320))
        with st.container(horizontal=True):
            st.download_button(
                _("Links as CSV"), as_csv(["expert", "link"], made), f"{study['slug']}-links.csv", CSV,
                icon=":material/download:", on_click="ignore", key=f"{name}-links-csv",
            )  # fmt: skip
            if st.button(_("Hide the links"), key=f"hide-{name}-links"):
                st.session_state.pop(_place(name))
                st.rerun()
        st.caption(warning)


def only_here() -> None:
    """Tell that nobody reaches a link from elsewhere, where Rakurs listens on this machine alone."""
    if session.alone():
        st.info(
            _(
                "Rakurs listens on this machine alone: links open here, such as on a computer that you hand to an "
                "expert. So that experts reach them from elsewhere, set RAKURS_TEAM=1; docs/team.md tells how."
            ),
            icon=":material/info:",
        )


def latest(states: Iterable[Linked]) -> date:
    """The closing date of the links there are, or in two weeks."""
    ends = [state.expires_at for state in states if state.expires_at]
    days = [datetime.fromisoformat(end).astimezone(_zone()).date() for end in ends]
    return max([*days, date.today()]) if days else date.today() + LASTS


def end_of(day: date) -> str:
    """The last second of a day where the researcher is, as the store writes moments."""
    end = datetime.combine(day, time(23, 59, 59), _zone())
    return end.astimezone(UTC).isoformat(timespec="seconds")


def _zone() -> ZoneInfo:
    return ZoneInfo(st.context.timezone or "UTC")


def _place(name: str) -> str:
    return f"{name} links to show"
