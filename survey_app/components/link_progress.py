"""Personal links of one kind on a page: made for some, how far each expert is, withdrawn and closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.components.link_making import WAYS, State, end_of, keep_new_links, latest, new_links, only_here, whom
from survey_app.components.moments import moment
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.store import studies
from survey_app.store.log import Row, Store


@dataclass(frozen=True)
class Links(Generic[State]):
    """What a kind of links is called, and what is done with it. `name` begins the keys of fields, `way` addresses."""

    name: str
    way: str
    names: dict[str, str]
    """How far an expert is, in the order in which it is counted."""
    answered: str
    changed: str
    """Heads of the columns of how much is answered, and when last."""
    changed_at: Callable[[State], str]
    warning: str
    replaced: Callable[[int], str]
    """What becomes of so many links that experts have already."""
    make: Callable[[Store, str, str, Sequence[str], str], list[tuple[str, str]]]
    withdraw: Callable[[Store, str, str, Sequence[str]], int]
    close: Callable[[Store, str, str, str], object]


def personal_links(
    study: Row, states: list[State], links: Links[State], *, told: Callable[[list[State]], None] = lambda _states: None,
    beside: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Make links, show the new ones, and say how far everybody is.

    `told` says more of those for whom links are to be made, `beside` more of how far they are.
    """
    st.header(_("Personal links"), anchor=False)
    only_here()
    new_links(study, links.name, links.warning)
    _make(study, states, links, told)
    st.header(_("How far they are"), anchor=False)
    counts = Counter(state.state for state in states)
    st.markdown(" · ".join(f"{name}: **{counts[key]}**" for key, name in links.names.items() if counts[key]))
    beside()
    _act(study, states, links, _chosen(study, states, links))


def _make(study: Row, states: list[State], links: Links[State], told: Callable[[list[State]], None]) -> None:
    again_key, made_key = f"{links.name}-again", f"{links.name}-links-made"
    if st.session_state.pop(made_key, False):
        st.session_state.update({f"{links.name}-whom": WAYS[0], f"{links.name}-experts": [], again_key: False})
    with st.container(border=True):
        left, right = st.columns([2, 1])
        with left:
            wanted = whom(study, states, links.name)
        closes = right.date_input(
            _("Closes at the end of"), latest(states), min_value=date.today(), key=f"{links.name}-closes-{study['id']}",
            format="DD.MM.YYYY",
        )  # fmt: skip
        again = sum(state.link_id != "" and state.state != "withdrawn" for state in wanted)
        if again:
            st.caption(links.replaced(again))
        told(wanted)
        sure = not again or st.checkbox(_("The links that they have stop working: make new ones"), key=again_key)
        text = ngettext("Make {count} link", "Make {count} links", len(wanted))
        if st.button(text, type="primary", disabled=not (wanted and sure), key=f"make-{links.name}-links"):
            with telling_problems():
                people = [state.expert_id for state in wanted]
                person = session.current_person(study)
                made = links.make(session.store(), person, study["id"], people, end_of(closes))
                keep_new_links(study, links.name, links.way, made)
                st.session_state[made_key] = True
                st.rerun()


def _chosen(study: Row, states: list[State], links: Links[State]) -> list[str]:
    """The table of everybody; returns the links that are chosen in it."""
    with session.store().reading() as connection:
        groups = {row["id"]: label(row) for row in studies.groups(connection, study["id"])}
    table = pd.DataFrame(
        {
            "key": [state.expert_key for state in states],
            "group": [groups.get(state.group_id, "") for state in states],
            "state": [links.names[state.state] for state in states],
            "answered": [
                _("{done} of {count}", done=state.done, count=state.of) if state.of else "" for state in states
            ],
            "changed": [moment(at) if (at := links.changed_at(state)) else "" for state in states],
            "until": [moment(state.expires_at) if state.expires_at else "" for state in states],
        }
    )
    picked = st.dataframe(
        table, hide_index=True, key=f"{links.name}-states-{study['id']}", on_select="rerun",
        selection_mode="multi-row", height=min(36 * len(table) + 40, 640),
        column_config={
            "key": st.column_config.TextColumn(_("Expert's id"), width=80),
            "group": st.column_config.TextColumn(_("Stakeholder group"), width=185),
            "state": st.column_config.TextColumn(_("State"), width=140),
            "answered": st.column_config.TextColumn(links.answered, width=120),
            "changed": st.column_config.TextColumn(links.changed, width=135),
            "until": st.column_config.TextColumn(_("Open until"), width=135),
        },
        alt=_("How far each expert is"),
    )  # fmt: skip
    return [states[place].link_id for place in picked["selection"]["rows"] if states[place].link_id]


def _act(study: Row, states: list[State], links: Links[State], chosen: list[str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(_("Withdraw the chosen links"), disabled=not chosen, icon=":material/link_off:"):
            with telling_problems():
                count = links.withdraw(session.store(), session.current_person(study), study["id"], chosen)
                tell(ngettext("{count} link was withdrawn.", "{count} links were withdrawn.", count))
                st.rerun()
        if any(state.link_id for state in states):
            with st.popover(_("Another closing date"), icon=":material/event:"):
                closes = st.date_input(
                    _("Closes at the end of"), latest(states), min_value=date.today(), key=f"{links.name}-closes-all",
                    format="DD.MM.YYYY",
                )  # fmt: skip
                st.caption(_("For every link, also for those whose time is over."))
                if st.button(_("Set the closing date"), type="primary", key=f"close-{links.name}"):
                    with telling_problems():
                        links.close(session.store(), session.current_person(study), study["id"], end_of(closes))
                        tell(_("Saved."))
                        st.rerun()
