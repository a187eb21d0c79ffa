"""The documents of a study: what is said of each, its text and its revisions."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.documents import describe_documents, documents
from survey_app.components.document_table import describe
from survey_app.components.source_details import source_details
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store.log import Row
from transcripts.acts import Metadata


def document_list(study: Row) -> None:
    """What is in the study already, to be described and worked on."""
    found = documents(session.store(), study["id"])
    if not found:
        return
    st.header(_("In the study"), anchor=False)
    st.caption(_("Documents are coded like sessions and counted apart: a document is no expert."))
    before = {
        row["id"]: Metadata(row["title"], row["number"], row["date"], row["issuer"], row["level"]) for row in found
    }
    facts = [
        {
            _("Source"): row["key"], _("Paragraphs"): row["turns"], _("Statements"): row["statements"],
            _("Codings"): row["codings"], _("File"): row["file_name"],
        }
        for row in found
    ]  # fmt: skip
    after = describe(before, facts, f"documents-{study['id']}")
    changed = {row_id: words for row_id, words in after.items() if words != before[row_id]}
    if st.button(_("Save changed documents"), icon=":material/save:", disabled=not changed):
        with telling_problems():
            describe_documents(session.store(), session.current_person(study), study["id"], changed)
            tell(ngettext("{count} document was saved.", "{count} documents were saved.", len(changed)))
            st.rerun()
    source_details(study, found)
