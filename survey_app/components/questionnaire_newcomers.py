"""Respondents who are not on the roster, and experts without a group: shown first, then put there in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.people import import_roster
from survey_app.components.questionnaire_draft import Draft
from survey_app.components.tables import table_height
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.questionnaires.newcomers import MANY, Newcomers, group_column, newcomers
from survey_app.rosters.tables import Table
from survey_app.store.log import Row

MOST_SHOWN = 300


def add_newcomers(
    study: Row, draft: Draft, column: str | None, strangers: Sequence[int], groupless: Mapping[int, str],
    groups: Sequence[Row], roster: Sequence[Row],
) -> None:  # fmt: skip
    """Say which column gives the group, see who would be added, add them all with one button."""
    title = ngettext(
        "{count} row is of somebody whom the roster does not have, or who has no group there",
        "{count} rows are of people whom the roster does not have, or who have no group there",
        len(strangers) + len(groupless),
    )
    with st.expander(title, icon=":material/group_add:", expanded=not roster):
        st.markdown(
            _(
                "If they belong to the study, put them on the roster here. You see first who would be added; nothing "
                "is added before you press the button."
            )
        )
        group, all_in = _group(draft, groups)
        if group is None and not all_in:
            return
        if group and len(set(draft.export.table.values(group))) > MANY:
            st.error(
                _("This column has more than {many} different values: hardly groups. Choose another.", many=MANY),
                icon=":material/error:",
            )
            return
        found: Newcomers = draft.once(
            "newcomers", (list(strangers), dict(groupless), column, group, all_in, list(groups), list(roster)),
            lambda: newcomers(
                draft.export.table, strangers, groups, roster, name=column, group=group, all_in=all_in,
                groupless=groupless,
            ),
        )  # fmt: skip
        _shown(draft.export.table, found, groups)
        _add(study, found)


def _group(draft: Draft, groups: Sequence[Row]) -> tuple[str | None, str]:
    """The column that gives the group, or the key of the one group that everybody is in."""
    table = draft.export.table
    marked = [column.name for column in draft.proposed if column.why == "group"]
    likely = draft.once("group", [row["key"] for row in groups], lambda: group_column(table, groups, marked))
    columns = [None, *table.columns]
    group = st.selectbox(
        _("Which column gives the stakeholder group?"), columns, index=columns.index(likely), key=draft.key("group"),
        format_func=lambda name: _("none: all are in one group") if name is None else " ".join(name.split())[:160],
    )  # fmt: skip
    if group is not None or not groups:
        return group, ""
    names = {row["key"]: label(row) for row in groups}
    one = st.selectbox(
        _("Group of all of them"), list(names), index=None, key=draft.key("all in"),
        format_func=lambda key: names[key], placeholder=_("(choose)"),
    )  # fmt: skip
    return None, one or ""


def _shown(table: Table, found: Newcomers, groups: Sequence[Row]) -> None:
    names = {row["key"]: label(row) for row in groups}
    fresh = {one.key: (one.label_en or one.label_ru) for one in found.groups}
    names |= {key: _("{group} (new)", group=words) for key, words in fresh.items()}
    shown = found.people[:MOST_SHOWN]
    frame = pd.DataFrame(
        {
            "row": [table.row_number(each.place) for each in shown],
            "id": [each.person.expert_id for each in shown],
            "name": [each.person.name for each in shown],
            "group": [names.get(each.person.group_id, each.person.group_id) for each in shown],
            "act": [_("is added") if each.new else _("is given the group") for each in shown],
        }
    )
    if shown:
        st.dataframe(
            frame, hide_index=True, height=table_height(len(frame), 260),
            alt=_("Who would be put on the roster"),
            column_config={
                "row": st.column_config.NumberColumn(_("Row"), width=70),
                "id": st.column_config.TextColumn(_("Expert's id"), width=110),
                "name": st.column_config.TextColumn(_("Name"), width=180),
                "group": st.column_config.TextColumn(_("Stakeholder group"), width=220),
                "act": st.column_config.TextColumn(_("What happens"), width=140),
            },
        )  # fmt: skip
    if found.without_group:
        rows = [str(table.row_number(place)) for place in found.without_group[:12]] + ["…"] * (
            len(found.without_group) > 12
        )
        st.caption(_("No group is given, so they stay out: row {rows}.", rows=", ".join(rows)))


def _add(study: Row, found: Newcomers) -> None:
    count = len(found.people)
    text = ngettext("Put {count} person on the roster", "Put {count} people on the roster", count)
    if st.button(text, icon=":material/group_add:", disabled=not count):
        with telling_problems():
            store = session.store()
            import_roster(
                store, session.current_person(study), study["id"], found.roster, new_groups=found.groups
            )  # fmt: skip
            tell(ngettext("{count} person is on the roster now.", "{count} people are on the roster now.", count))
            st.rerun()
