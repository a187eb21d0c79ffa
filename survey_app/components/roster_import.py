"""The roster of experts: template, upload, columns mapped on screen, the roster's own groups, import."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.people import import_roster
from survey_app.components.expert_list import consent_names
from survey_app.components.plain import plain
from survey_app.components.telling import show_messages, tell, telling_problems
from survey_app.components.who_is_who import role_names
from survey_app.language import _, current, label, ngettext
from survey_app.rosters.groups import RosterGroup, groups_of_roster
from survey_app.rosters.roster import folded, propose_columns, read_roster, same_words, template
from survey_app.rosters.tables import LARGEST_FILE, Table, read_table
from survey_app.settings import settings
from survey_app.store import experts, studies
from survey_app.store.log import Row
from transcripts.messages import MessageError

MANY = 24
"""More different groups than this are hardly groups."""


def field_names() -> dict[str, str]:
    """What a column of a roster may mean, in the language of the screen."""
    return {
        "name": _("Name"), "group": _("Stakeholder group"), "expert_id": _("Expert's id"), "role": _("Role"),
        "consent": _("Consent to be quoted"), "region": _("Region"), "level": _("Level of authority"),
        "sector": _("Sector"), "organisation": _("Organisation"), "other_names": _("Other names"),
    }  # fmt: skip


def roster_import(study: Row) -> None:
    """Upload, map, look, import."""
    with session.store().reading() as connection:
        groups = studies.groups(connection, study["id"])
        present = experts.experts(connection, study["id"])
    st.markdown(
        _(
            "One row an expert: a name and a stakeholder group are needed, everything else helps. People of another "
            "role (moderator, assistant, interpreter, observer) may be in it; they are never counted."
        )
    )
    st.download_button(
        _("Template (XLSX)"), template(current(), groups), "rakurs-roster.xlsx", icon=":material/download:",
        on_click="ignore",
    )  # fmt: skip
    limit = min(settings().upload_megabytes, LARGEST_FILE // 1_000_000)
    dropped = st.file_uploader(
        _("Roster of experts"), type=["csv", "xlsx"], key=f"roster-{study['id']}-{st.session_state.get('rosters', 0)}",
        max_upload_size=limit,
    )  # fmt: skip
    st.caption(_("CSV or XLSX, one row an expert, at most {limit} MB.", limit=limit))
    if dropped is None:
        return
    with telling_problems():
        table = read_table(dropped.name, dropped.getvalue())
        columns = _map_columns(table, groups, dropped.file_id)
        new, only_used = _own_groups(table, columns, groups, dropped.file_id, bool(present))
        _preview(study, table, columns, [*groups, *(asdict(group) for group in new)], present, new, only_used)


def _map_columns(table: Table, groups: list[Row], file_id: str) -> dict[str, Any]:
    proposed = propose_columns(table, groups)
    st.markdown("**" + _("Which column says what") + "**")
    chosen: dict[str, Any] = {}
    grid = st.columns(3)
    nothing = _("(none)")
    for number, (field, name) in enumerate(field_names().items()):
        value = proposed.get(field)
        if field == "other_names":
            default = [value] if isinstance(value, str) else list(value or [])
            chosen[field] = st.multiselect(
                name, table.columns, default, key=f"{file_id}-{field}", placeholder=nothing,
                help=_("Names under which a person appears in Zoom, or the same name in another script."),
            )  # fmt: skip
            continue
        options = [nothing, *table.columns]
        index = options.index(value) if value in options else 0
        picked = grid[number % 3].selectbox(name, options, index, key=f"{file_id}-{field}")
        chosen[field] = None if picked == nothing else picked
    return {field: column for field, column in chosen.items() if column}


def _own_groups(
    table: Table, columns: dict[str, Any], groups: list[Row], file_id: str, has_experts: bool
) -> tuple[tuple[RosterGroup, ...], bool]:
    """The roster's own groups, if the researcher takes them, and whether the empty ones shall leave."""
    strange = groups_of_roster(table, columns, groups)
    if not strange:
        return (), False
    with st.container(border=True):
        st.markdown(
            ngettext(
                "**The roster has {count} group that the study does not know.**",
                "**The roster has {count} groups that the study does not know.**", len(strange),
            )
        )  # fmt: skip
        st.markdown(" ".join(f":gray-badge[{plain(label(asdict(group)))}]" for group in strange[:MANY]))
        if len(strange) > MANY:
            st.warning(_("That is many. Is this the column of the stakeholder group?"), icon=":material/info:")
        known = same_words(groups)
        none_known = not any(folded(value) in known for value in table.values(columns["group"]))
        own = st.checkbox(_("Use the groups of this roster"), none_known, key=f"{file_id}-own")
        if not own:
            return (), False
        only = st.checkbox(
            _("Remove the groups of the study that nobody is in"), not has_experts, key=f"{file_id}-only",
            help=_("The starter's eight groups leave, unless an expert belongs to them."),
        )  # fmt: skip
        st.caption(_("Names in the other language, short names and colours can be changed under “Groups” later."))
    return strange, only


def _preview(
    study: Row, table: Table, columns: dict[str, Any], groups: list[Row], present: list[Row],
    new: tuple[RosterGroup, ...], only_used: bool,
) -> None:  # fmt: skip
    try:
        roster = read_roster(table, columns, groups, present)
    except MessageError:
        st.dataframe(pd.DataFrame(table.rows).head(5), hide_index=True, alt=_("The first rows of the file"))
        raise
    show_messages([*table.warnings, *roster.warnings])
    labels = {row["key"]: label(row) for row in groups}
    roles, consents = role_names(), consent_names()
    columns_shown: dict[str, list[Any]] = {
        _("Expert's id"): [entry.expert_id for entry in roster.people],
        _("Name"): [entry.name for entry in roster.people],
        _("Other names"): [list(entry.other_names) for entry in roster.people],
        _("Role"): [roles[entry.role] for entry in roster.people],
        _("Stakeholder group"): [labels.get(entry.group_id, "") for entry in roster.people],
        _("Region"): [entry.region for entry in roster.people],
        _("Consent to be quoted"): [consents[entry.consent] for entry in roster.people],
    }
    st.dataframe(
        pd.DataFrame({name: values for name, values in columns_shown.items() if any(values)}), hide_index=True,
        height=300, alt=_("The roster as it would be stored"),
    )  # fmt: skip
    count = sum(entry.role == "expert" for entry in roster.people)
    name = ngettext("Import {count} expert", "Import {count} experts", count)
    if st.button(name, type="primary", icon=":material/save:"):
        import_roster(
            session.store(), session.current_person(study), study["id"], roster, new_groups=new,
            only_used_groups=only_used,
        )  # fmt: skip
        st.session_state["rosters"] = st.session_state.get("rosters", 0) + 1
        tell(ngettext("{count} expert was imported.", "{count} experts were imported.", count))
        st.rerun()
