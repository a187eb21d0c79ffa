"""Stakeholder groups on screen: rename, recolour, add, remove; and ways to merge them for counting."""

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.groups import add_group, change_group, merge_groups, remove_group, remove_merging
from survey_app.components.edited import key_of
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.settings import settings
from survey_app.store import experts, studies
from survey_app.store.log import Row


def group_editor(study: Row) -> None:
    """The groups at the left, one of them with its names at the right, mergings below."""
    with session.store().reading() as connection:
        groups = studies.groups(connection, study["id"])
        people = experts.experts(connection, study["id"])
        merged = studies.segmentations(connection, study["id"])
    sizes = {row["id"]: sum(expert["group_id"] == row["id"] for expert in people) for row in groups}
    left, right = st.columns([2, 3], gap="large")
    with left:
        chosen = _choose(groups, sizes)
        _new(study)
    with right:
        if chosen is not None:
            _one(study, chosen, sizes[chosen["id"]])
    st.divider()
    _mergings(study, groups, sizes, merged)


def _choose(groups: list[Row], sizes: dict[str, int]) -> Row | None:
    by_id = {row["id"]: row for row in groups}
    names = {row["id"]: plain(label(row)) for row in groups}
    chosen = st.radio(
        _("Stakeholder groups"), list(by_id), key="group",
        format_func=names.__getitem__,
        captions=[ngettext("{count} expert", "{count} experts", sizes[row_id]) for row_id in by_id],
    )  # fmt: skip
    return by_id.get(str(chosen))


def _one(study: Row, group: Row, size: int) -> None:
    person = session.current_person(study)
    with st.form(f"group-{group['id']}"):
        values: dict[str, str] = {}
        left, right = st.columns(2)
        values["label_en"] = left.text_input(_("Name in English"), group["label_en"])
        values["label_ru"] = right.text_input(_("Name in Russian"), group["label_ru"])
        values["short_en"] = left.text_input(_("Short in English"), group["short_en"])
        values["short_ru"] = right.text_input(_("Short in Russian"), group["short_ru"])
        values["colour"] = st.color_picker(_("Colour"), group["colour"] or "#666666")
        st.caption(_("Charts show the short name. The key {key} never changes.", key=plain(group["key"])))
        if st.form_submit_button(_("Save"), type="primary", icon=":material/save:"):
            with telling_problems():
                change_group(session.store(), person, study["id"], group["id"], **values)
                tell(_("Saved."))
                st.rerun()
    if st.button(_("Remove this group"), disabled=size > 0, help=_("Only a group that no expert is in.")):
        with telling_problems():
            remove_group(session.store(), person, study["id"], group["id"])
            tell(_("The group was removed."))
            st.rerun()


def _new(study: Row) -> None:
    with st.expander(_("New group"), icon=":material/add:"), st.form("new-group", clear_on_submit=True, border=False):
        label_en = st.text_input(_("Name in English"))
        label_ru = st.text_input(_("Name in Russian"))
        if st.form_submit_button(_("Add group"), type="primary"):
            with telling_problems():
                add_group(
                    session.store(), session.current_person(study), study["id"], label_en=label_en, label_ru=label_ru
                )
                tell(_("The group was added."))
                st.rerun()


def _mergings(study: Row, groups: list[Row], sizes: dict[str, int], merged: list[Row]) -> None:
    st.header(_("Merged for counting"), anchor=False)
    smallest = settings().smallest_segment
    st.markdown(
        _(
            "A published page shows no segment of fewer than {smallest} experts. Merge small groups here; the groups "
            "themselves stay as they are.",
            smallest=smallest,
        )
    )
    of_key = {row["key"]: sizes[row["id"]] for row in groups}
    for row in merged:
        with st.container(border=True):
            words, button = st.columns([9, 1], vertical_alignment="center")
            badges = " ".join(
                _badge(label(segment), sum(of_key.get(key, 0) for key in segment["group_ids"]), smallest)
                for segment in row["segments"]
            )
            words.markdown(f"**{plain(label(row))}**  \n{badges}")
            if button.button(
                "",
                key=f"unmerge-{row['key']}",
                type="tertiary",
                icon=":material/delete:",
                help=_("Remove this merging"),
            ):
                with telling_problems():
                    remove_merging(session.store(), session.current_person(study), study["id"], row["id"])
                    tell(_("Removed."))
                    st.rerun()
    with st.expander(_("Merge groups"), icon=":material/call_merge:"):
        _merge(study, groups, sizes)


def _badge(name: str, count: int, smallest: int) -> str:
    colour = "gray" if count >= smallest else "orange"
    size = ngettext("{count} expert", "{count} experts", count)
    return f":{colour}-badge[{plain(name)}: {size}]"


def _merge(study: Row, groups: list[Row], sizes: dict[str, int]) -> None:
    number = st.session_state.get("mergings", 0)
    st.caption(_("Give groups that belong together the same name; an empty name leaves a group out."))
    title = st.text_input(_("Name of this way of merging"), key=f"merging-{number}")
    table = pd.DataFrame(
        {
            "group": [label(row) for row in groups],
            "experts": [sizes[row["id"]] for row in groups],
            "name": [label(row) for row in groups],
        },
        index=[row["key"] for row in groups],
    )
    edited = st.data_editor(
        table, key=key_of(f"merge-{number}", table), hide_index=True, disabled=["group", "experts"],
        height=36 * len(table) + 40,
        column_config={
            "group": st.column_config.TextColumn(_("Stakeholder group")),
            "experts": st.column_config.NumberColumn(_("Experts"), width=90),
            "name": st.column_config.TextColumn(_("Counted as")),
        },
        alt=_("Groups and the names under which they are counted"),
    )  # fmt: skip
    names = {str(key): str(name or "").strip() for key, name in edited["name"].items()}
    found: dict[str, int] = {}
    for row in groups:
        if names[row["key"]]:
            found[names[row["key"]]] = found.get(names[row["key"]], 0) + sizes[row["id"]]
    smallest = settings().smallest_segment
    st.markdown(" ".join(_badge(name, count, smallest) for name, count in found.items()))
    if st.button(_("Keep this merging"), type="primary", icon=":material/save:"):
        with telling_problems():
            merge_groups(session.store(), session.current_person(study), study["id"], title=title, counted_as=names)
            st.session_state["mergings"] = number + 1
            tell(_("Saved."))
            st.rerun()
