"""Queries under names: open, save, rename, delete."""

from __future__ import annotations

import streamlit as st

from coding.query_form import read_query
from survey_app import session
from survey_app.actions.retrieving import (
    LONGEST_NAME,
    delete_query,
    follow_merges,
    queries_of,
    replace_query,
    save_query,
    undo_query,
)
from survey_app.components.plain import plain
from survey_app.components.query_draft import Draft, forget_draft, open_draft
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _
from survey_app.store.log import Row


def saved_queries(study: Row, coder: Row, draft: Draft) -> None:
    """What can be done with queries that are kept, beside each other."""
    kept = {row["id"]: row for row in queries_of(session.store(), study["id"], coder["id"])}
    if kept:
        at = list(kept).index(draft.saved_id) + 1 if draft.saved_id in kept else 0
        key = f"{draft.key}-saved-{len(kept)}"
        st.selectbox(
            _("Saved queries"), ["", *kept], at, key=key, width=240, on_change=_open, args=(study, coder, kept, key),
            format_func=lambda one: kept[one]["name"] if one in kept else _("choose"),
        )  # fmt: skip
    with st.popover(_("Save"), icon=":material/bookmark_add:"):
        _save(study, coder, draft, kept)
    if st.button(_("New query"), icon=":material/restart_alt:", key=f"{draft.key}-new"):
        forget_draft(study, coder)
        st.rerun()
    if st.button(
        _("Undo"), icon=":material/undo:", key=f"{draft.key}-undo", type="tertiary",
        help=_("Undo the last change of your saved queries"),
    ):  # fmt: skip
        with telling_problems():
            done = undo_query(session.store(), session.current_person(study), study["id"])
            tell(_("Undone.") if done else _("There is nothing to undo."))
            st.rerun()


def _open(study: Row, coder: Row, kept: dict[str, Row], key: str) -> None:
    row = kept.get(st.session_state[key])
    if row is None:
        return
    with telling_problems():
        query = follow_merges(session.store(), study["id"], read_query(row["query"]))
        if not open_draft(study, coder, query, row["id"]):
            tell(_("This query is deeper than the form shows."))


def _save(study: Row, coder: Row, draft: Draft, kept: dict[str, Row]) -> None:
    present = kept.get(draft.saved_id)
    store, person = session.store(), session.current_person(study)
    with st.form(f"{draft.key}-save", border=False):
        name = st.text_input(_("Name of the query"), present["name"] if present else "", max_chars=LONGEST_NAME)
        if st.form_submit_button(_("Save as a new query"), type="primary"):
            with telling_problems():
                draft.saved_id = save_query(store, person, study["id"], coder["id"], name, draft.query)
                tell(_("Saved."))
                st.rerun()
        if present and st.form_submit_button(plain(_("Save in place of “{name}”", name=present["name"]))):
            with telling_problems():
                replace_query(store, person, study["id"], coder["id"], present["id"], name, draft.query)
                tell(_("Saved."))
                st.rerun()
    if present and st.button(
        plain(_("Delete “{name}”", name=present["name"])), icon=":material/delete:", type="tertiary"
    ):
        with telling_problems():
            delete_query(store, person, study["id"], coder["id"], present["id"])
            draft.saved_id = ""
            tell(_("Deleted. Undo brings it back."))
            st.rerun()
