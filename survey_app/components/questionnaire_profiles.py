"""Kept mappings of a questionnaire's columns: which one is in use, and taking, bringing and forgetting them."""

from __future__ import annotations

import json
from zlib import crc32

import streamlit as st

from survey_app import session
from survey_app.actions.mapping_profiles import Profile, delete_mapping, keep_mapping
from survey_app.components.downloads import download
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.questionnaires.profiles import LIMITS, Applied, likest, read_mapping_file
from survey_app.rosters.tables import Table
from survey_app.store.log import Row

BROUGHT = "mappings brought"
"""Counts what this tab has brought: the uploader is emptied after each."""


def choose_profile(profiles: list[Profile], table: Table, file_id: str) -> Profile | None:
    """The mapping in use: the one whose headers are like the file's, or one chosen by hand, or none."""
    if not profiles:
        return None
    best = likest([each.mapped for each in profiles], table)
    names = {each.id: each.name for each in profiles}
    likely = next((each.id for each in profiles if best is each.mapped), "")
    found = st.selectbox(
        _("Mapping of the columns"), ["", *names], index=["", *names].index(likely), key=f"profile-{file_id}",
        format_func=lambda one: names.get(one, _("as recognised afresh")),
        help=_("What was confirmed for an earlier file is proposed again for one with the same or mostly the same "
               "columns."),
        width=360,
    )  # fmt: skip
    return next((each for each in profiles if each.id == found), None)


def say_applied(profile: Profile, applied: Applied) -> None:
    """How much of a kept mapping fits, which columns are new and which are missing."""
    text = ngettext(
        "{count} column is mapped as in “{name}”.", "{count} columns are mapped as in “{name}”.",
        len(applied.taken), name=plain(profile.name),
    )  # fmt: skip
    if applied.new:
        text += " " + _("New in the file, proposed afresh: {columns}.", columns=_listed(applied.new))
    if applied.missing:
        text += " " + _("Missing in the file: {columns}.", columns=_listed(applied.missing))
    show = st.warning if applied.new or applied.missing else st.info
    show(text, icon=":material/bookmark_added:")


def manage_profiles(study: Row, profiles: list[Profile]) -> None:
    """Download, forget, and bring kept mappings."""
    with st.popover(_("Kept mappings"), icon=":material/bookmarks:"):
        if not profiles:
            st.caption(_("None yet. A mapping is kept when a questionnaire is stored."))
        for each in profiles:
            _one(study, each)
        limit = LIMITS.file // 1_000_000
        brought = st.file_uploader(
            _("Bring a mapping (JSON)"), type=["json"], max_upload_size=limit,
            key=f"mapping-{study['id']}-{st.session_state.get(BROUGHT, 0)}",
        )  # fmt: skip
        if brought is not None:
            with telling_problems():
                mapped = read_mapping_file(brought.name, brought.getvalue())
                name = mapped.name or brought.name.removesuffix(".json")
                keep_mapping(session.store(), session.current_person(study), study["id"], name, mapped)
                st.session_state[BROUGHT] = st.session_state.get(BROUGHT, 0) + 1
                tell(_("The mapping “{name}” is kept.", name=name))
                st.rerun()


def _one(study: Row, profile: Profile) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        columns = ngettext("{count} column", "{count} columns", len(profile.mapped.columns))
        st.markdown(f"**{plain(profile.name)}** · {columns}", width="stretch")
        file = f"rakurs-mapping-{crc32(profile.name.encode()):08x}.json"
        download("JSON", file, "application/json", lambda: _as_file(profile))
        if st.button(_("Forget"), key=f"forget-{profile.id}", icon=":material/delete:"):
            with telling_problems():
                delete_mapping(session.store(), session.current_person(study), study["id"], profile.id)
                tell(_("The mapping “{name}” was forgotten.", name=profile.name))
                st.rerun()


def _as_file(profile: Profile) -> bytes:
    plain_values = profile.mapped.to_json() | {"name": profile.name}
    return json.dumps(plain_values, ensure_ascii=False, indent=1).encode()


def _listed(names: tuple[str, ...]) -> str:
    shown = [f"“{plain(' '.join(name.split())[:60])}”" for name in names[:6]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (" " + ngettext("and {count} more", "and {count} more", more) if more > 0 else "")
