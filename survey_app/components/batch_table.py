"""What was recognised in a batch, file by file, and where each shall go: its meeting, and what becomes of a double."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from survey_app.actions.bringing_in import Recognised
from survey_app.actions.placing import Act, Meeting, Plan
from survey_app.components.desk.sheet import clock
from survey_app.components.source_words import kind_names, shape_name
from survey_app.components.tables import date_column, table_height
from survey_app.language import _, language_name
from transcripts.model import Transcript

OWN = "own"


@dataclass(frozen=True, slots=True)
class Placed:
    """What a person decided: the plan with their meetings, and what to do with each file by its place in the batch."""

    plan: Plan
    acts: dict[int, Act]

    def storing(self, batch: Sequence[Recognised]) -> int:
        """How many files will be stored."""
        return sum(found.new and self.acts.get(place) != "leave" for place, found in enumerate(batch))


def act_names() -> dict[Act, str]:
    """What can be done with a file whose talk is there already."""
    return {
        "store": _("store"), "replace": _("new revision"), "leave": _("leave out"),
    }  # fmt: skip


def place_files(batch: Sequence[Recognised], plan: Plan, key: str) -> Placed:
    """Draw the table of files and that of new meetings; returns what was decided in them."""
    shown = [place for place, found in enumerate(batch) if found.new]
    names = _meeting_names(plan)
    if shown:
        chosen = _files(batch, plan, shown, names, key)
        slots = {
            place: (slot if slot != OWN else f"{OWN}-{place}") for place, slot in _slots(chosen, names, plan).items()
        }
        acts = _acts(chosen, plan)
    else:
        slots, acts = {}, {}
    meetings = dict(plan.meetings)
    for place, slot in slots.items():
        meetings.setdefault(slot, Meeting(batch[place].file, batch[place].date))
    used = [slot for slot in dict.fromkeys(slots.values()) if not meetings[slot].id]
    storing = [slot for slot in used if any(acts.get(p) != "leave" for p, s in slots.items() if s == slot)]
    meetings |= _new_meetings(storing, meetings, names, key)
    return Placed(replace(plan, slots=dict(plan.slots) | slots, meetings=meetings), acts)


def _files(batch: Sequence[Recognised], plan: Plan, shown: list[int], names: dict[str, str], key: str) -> pd.DataFrame:
    kinds, acts = kind_names(), act_names()
    rows = [_row(batch[place], kinds) for place in shown]
    table = pd.DataFrame(rows, index=shown)
    table["meeting"] = [names.get(plan.slots.get(place, ""), "") for place in shown]
    table["act"] = [acts[plan.act(place)] for place in shown]
    fixed = [name for name in table.columns if name not in {"meeting", "act"}]
    columns = [name for name in table.columns if (name != "act" or plan.twins) and (name != "time" or any(table[name]))]
    edited: pd.DataFrame = st.data_editor(
        table, key=f"files-table-{key}", hide_index=True, disabled=fixed, column_order=columns,
        height=table_height(len(table), 480),
        column_config={
            "file": st.column_config.TextColumn(_("File"), width=145),
            "shape": st.column_config.TextColumn(_("Recognised as"), width=180),
            "kind": st.column_config.TextColumn(_("Kind"), width=130),
            "time": st.column_config.TextColumn(_("Time"), width=150),
            "meeting": st.column_config.SelectboxColumn(
                _("Meeting"), options=[*dict.fromkeys([*names.values(), _("a meeting of its own")])], width=135,
                help=_("Files of one meeting belong together: the talk, its chat, who was there."),
            ),
            "act": st.column_config.SelectboxColumn(
                _("What to do"), options=list(acts.values()), width=112,
                help=_("A talk that is there already is left out, takes the place of its text, or counts as another."),
            ),
            "language": st.column_config.TextColumn(_("Language"), width=90),
            "speakers": st.column_config.NumberColumn(_("Speakers"), width=88),
            "turns": st.column_config.NumberColumn(_("Turns"), width=70),
            "statements": st.column_config.NumberColumn(_("Statements"), width=108),
        },
        alt=_("Files and what was recognised in them"),
    )  # fmt: skip
    return edited


def _row(found: Recognised, kinds: dict[str, str]) -> dict[str, object]:
    transcript = found.transcript
    assert transcript is not None
    people = transcript.attendees if found.kind == "participants" else transcript.speakers
    return {
        "file": found.file, "shape": shape_name(transcript.shape), "meeting": "", "act": "", "speakers": len(people),
        "turns": len(transcript.turns), "statements": len(transcript.statements), "kind": kinds[found.kind],
        "language": language_name(transcript.language), "time": _span(transcript),
    }  # fmt: skip


def _span(transcript: Transcript) -> str:
    """From when to when somebody said something, or "" where there are no times."""
    starts = [unit.start_s for unit in transcript.units if unit.start_s is not None]
    ends = [each for unit in transcript.units for each in (unit.start_s, unit.end_s) if each is not None]
    return f"{clock(min(starts), transcript.clock)}–{clock(max(ends), transcript.clock)}" if starts else ""


def _meeting_names(plan: Plan) -> dict[str, str]:
    """A name for each slot: what a meeting of the study is called, or a number for a new one."""
    names: dict[str, str] = {}
    new = 0
    for slot, meeting in plan.meetings.items():
        if meeting.id:
            told = " · ".join(part for part in (meeting.title, meeting.date) if part) or slot[:8]
            names[slot] = told if told not in names.values() else f"{told} ({len(names) + 1})"
    for slot in dict.fromkeys(plan.slots.values()):
        if slot not in names:
            new += 1
            names[slot] = _("New meeting {number}", number=new)
    return names


def _slots(edited: pd.DataFrame, names: dict[str, str], plan: Plan) -> dict[int, str]:
    back = {name: slot for slot, name in names.items()} | {_("a meeting of its own"): OWN}
    return {
        place: back.get(name, plan.slots[place])
        for place, name in zip(edited.index.tolist(), edited["meeting"], strict=True)
        if place in plan.slots
    }


def _acts(edited: pd.DataFrame, plan: Plan) -> dict[int, Act]:
    back: dict[str, Act] = {name: act for act, name in act_names().items()}
    acts: dict[int, Act] = {}
    for place, name in zip(edited.index.tolist(), edited["act"], strict=True):
        act = back.get(name, "store")
        twin = plan.twins.get(place)
        if act == "replace" and (twin is None or not twin.source_id):
            act = "leave" if twin else "store"
        acts[place] = act
    return acts


def _new_meetings(
    slots: list[str], meetings: dict[str, Meeting], names: dict[str, str], key: str
) -> dict[str, Meeting]:
    """Titles and days of the meetings that will be made; what was written stays when a file moves between them."""
    if not slots:
        return {}
    table_key = f"meetings-table-{key}-{' '.join(slots)}"
    written: dict[str, Meeting] = st.session_state.setdefault(f"meetings-written-{key}", {})
    before = st.session_state.setdefault(f"{table_key}-before", [written.get(slot, meetings[slot]) for slot in slots])
    table = pd.DataFrame(
        {
            "name": [names.get(slot, _("a meeting of its own")) for slot in slots],
            "title": [each.title for each in before],
            "date": [each.date for each in before],
        },
        index=slots,
    )
    edited = st.data_editor(
        table, key=table_key, hide_index=True, disabled=["name"],
        height=table_height(len(table), 320),
        column_config={
            "name": st.column_config.TextColumn(_("Meeting"), width=140),
            "title": st.column_config.TextColumn(_("Title"), width="large", max_chars=200),
            "date": date_column(),
        },
        alt=_("New meetings with their titles and days"),
    )  # fmt: skip
    found = {
        slot: replace(meetings[slot], title=_text(edited.loc[slot, "title"]), date=_text(edited.loc[slot, "date"]))
        for slot in slots
    }
    written.update(found)
    return found


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
