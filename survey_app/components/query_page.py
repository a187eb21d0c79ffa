"""Ask coded statements and read the answer: the query on top, then what it found, at every change."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.askable import Askable, askable
from survey_app.actions.results import frames_of
from survey_app.actions.retrieving import Found, retrieve
from survey_app.components.codebook_names import code_name
from survey_app.components.desk.chooser import kind_name
from survey_app.components.empty import empty_state
from survey_app.components.found_files import found_files
from survey_app.components.found_statements import found_counts, found_list, headline
from survey_app.components.plain import plain
from survey_app.components.query_draft import Draft, draft_of
from survey_app.components.query_form import query_form
from survey_app.components.query_where import KINDS, choose_layer, choose_where, narrowed, question_name, source_name
from survey_app.components.saved_queries import saved_queries
from survey_app.components.telling import telling_problems
from survey_app.language import _, label
from survey_app.store.log import Row
from survey_app.views.query_words import Names, query_words
from survey_app.views.segment_names import group_names


def query_page(study: Row, coder: Row) -> None:
    """The query in hand and its answer."""
    store = session.store()
    frames = frames_of(store, study["id"])
    if frames.statements.empty:
        empty_state(
            "manage_search", _("Nothing to look in yet"), _("Bring in a transcript first; then code it on the desk."),
            page="pages/files.py", label=_("Transcripts"),
        )  # fmt: skip
        return
    asked = askable(store, study["id"], coder["id"])
    draft = draft_of(study, coder, adjudicated=bool((frames.codings["layer"] == "adjudicated").any()))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draft.layer = choose_layer(draft.layer, draft.key)
        saved_queries(study, coder, draft)
    _choose(draft, asked)
    with telling_problems():
        found = retrieve(store, study["id"], coder["id"], draft.query)
        _answer(study, coder, draft, asked, found)


def _choose(draft: Draft, asked: Askable) -> None:
    query_form(draft.blocks, asked, draft.key)
    many = narrowed(draft.where)
    title = _("Where to look") if not many else _("Where to look: {count} chosen", count=many)
    with st.expander(title, icon=":material/filter_alt:", expanded=bool(many), key=f"{draft.key}-where"):
        draft.where = choose_where(draft.where, asked, draft.key)


def _answer(study: Row, coder: Row, draft: Draft, asked: Askable, found: Found) -> None:
    said = query_words(found.query, names_of(asked))
    st.header(headline(found), divider="gray", anchor=False)
    st.caption(plain(said))
    left, right = st.columns([7, 3], gap="small")
    with right:
        found_counts(found)
        found_files(study, found, said)
    with left:
        found_list(study, coder, found, draft.key)


def names_of(asked: Askable) -> Names:
    """What everything that a query names is called."""
    return Names(
        {row["key"]: code_name(row) for row in asked.codes},
        group_names(asked.groups, "key"),
        {row["key"]: question_name(row) for row in asked.questions},
        {row["id"]: source_name(row) for row in asked.sources},
        {kind: kind_name(kind) for kind in KINDS},
        {row["key"]: label(row) for row in asked.attributes},
        {
            (row["key"], value["key"]): label(value) or value["key"]
            for row in asked.attributes
            for value in row["values"]
        },
    )
