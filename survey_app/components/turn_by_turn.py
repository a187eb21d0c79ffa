"""Turn by turn: who speaks from a device that several people share, and in turns without a name."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.devices import (
    Device,
    assign_turns,
    device_of,
    devices,
    same_as_before,
    turns_of,
    undo_assignment,
)
from survey_app.components.desk.sheet import clock
from survey_app.components.tables import TALL_ROW, table_height
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store import sources
from survey_app.store.log import Row


def turn_by_turn(study: Row, speakers: list[Row], people: list[Row]) -> None:
    """An expander; open where a name speaks of several people or turns have none."""
    found = devices(session.store(), study["id"])
    if not found or not people:
        return
    waiting = sum(each.shared for each in found)
    title = _("Several people on one device, turns without a name")
    if waiting:
        title += " · " + ngettext("{count} to look at", "{count} to look at", waiting)
    with st.expander(title):
        st.caption(
            _(
                "A name that several people share counts for nobody until you say who speaks in each turn. The name "
                "of the file stays readable."
            )
        )
        listed = {f"{each.source['id']} {each.name}": each for each in found}
        chosen = st.selectbox(
            _("Name"), list(listed), format_func=lambda key: _device_name(listed[key]), key=f"device-{study['id']}"
        )
        _turns(study, listed[chosen], speakers, people)


def _turns(study: Row, device: Device, speakers: list[Row], people: list[Row]) -> None:
    nobody = _("not said yet") if device.shared else device.name
    choices: dict[str, str | None] = {nobody: None}
    choices |= {f"{row['key']} · {row['name']}": row["key"] for row in people}
    if not device.name:
        here = [row["display_name"] for row in speakers if row["source_id"] == device.source["id"]]
        choices |= {name: f"={name}" for name in here if name not in choices}
    turns = turns_of(session.store(), study["id"], device)
    names = {row["name"] or row["key"]: f"{row['key']} · {row['name']}" for row in people}
    table = pd.DataFrame(
        {
            "time": [clock(turn["start_s"], device.source["clock"]) for turn in turns],
            "words": [turn["text"] for turn in turns],
            "who": [_who(turn["speaker"], device.name, names, nobody) for turn in turns],
        },
        index=[turn["index"] for turn in turns],
    )
    edited = st.data_editor(
        table, key=f"turns-{device.source['id']}-{device.source['version']}-{device.name}", hide_index=True,
        disabled=["time", "words"], row_height=TALL_ROW,
        height=table_height(len(table), 520, TALL_ROW), alt=_("Turns and who speaks in them"),
        column_config={
            "time": st.column_config.TextColumn(_("Time"), width=80),
            "words": st.column_config.TextColumn(_("Words"), width="large"),
            "who": st.column_config.SelectboxColumn(
                _("Who speaks"), options=list(choices), required=True, width="medium"
            ),
        },
    )  # fmt: skip
    wanted: dict[int, str | None] = {
        index: choices[str(now)]
        for index, now, before in zip(table.index.tolist(), edited["who"], table["who"], strict=True)
        if now != before and str(now) in choices
    }
    with st.container(horizontal=True):
        saved = st.button(
            ngettext("Save {count} turn", "Save {count} turns", len(wanted)), type="primary",
            icon=":material/save:", disabled=not wanted, key="save-turns",
        )  # fmt: skip
        before_them = False
        if not device.name:
            before_them = st.button(_("All of them: the same as the turn before"), icon=":material/vertical_align_top:")
        if st.button(_("Undo the last assignment"), icon=":material/undo:", key="undo-turns"):
            with telling_problems():
                done = undo_assignment(session.store(), session.current_person(study), study["id"], device.source["id"])
                tell(_("The assignment was undone.") if done else _("There is nothing to undo."))
                st.rerun()
    if before_them:
        with session.store().reading() as connection:
            wanted = dict(same_as_before(sources.turns(connection, device.source["id"])))
    if saved or before_them:
        with telling_problems():
            count = assign_turns(
                session.store(), session.current_person(study), study["id"], device.source["id"], wanted
            )
            tell(ngettext("{count} turn has its speaker.", "{count} turns have their speaker.", count))
            st.rerun()


def _device_name(device: Device) -> str:
    name = device.name or _("turns without a name")
    count = ngettext("{count} turn", "{count} turns", device.turns)
    return f"{device.source['key']} · {name} · {count}"


def _who(said_by: str, device: str, names: dict[str, str], nobody: str) -> str:
    """What the list shows for the name that a turn has now."""
    if said_by == device:
        return nobody
    person = said_by.removeprefix(f"{device} · ") if device_of(said_by) == device else said_by
    return names.get(person, nobody)
