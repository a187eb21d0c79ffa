"""The sources of a study as a list, and taking one out again."""

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.bringing_in import take_out_source
from survey_app.components.source_words import kind_names, shape_name
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, language_name
from survey_app.store import sources
from survey_app.store.log import Row


def source_list(study: Row) -> None:
    """What is in the study already."""
    with session.store().reading() as connection:
        found = sources.sources(connection, study["id"])
    if not found:
        return
    kinds = kind_names()
    st.header(_("In the study"), anchor=False)
    table = pd.DataFrame(
        {
            _("Source"): [row["key"] for row in found],
            _("Kind"): [kinds[row["kind"]] for row in found],
            _("Title"): [row["title"] for row in found],
            _("Date"): [row["date"] for row in found],
            _("Language"): [language_name(row["language"]) for row in found],
            _("Turns"): [row["turns"] for row in found],
            _("Statements"): [row["statements"] for row in found],
            _("File"): [row["file_name"] for row in found],
            _("Recognised as"): [shape_name(row["shape"]) for row in found],
        }
    )
    st.dataframe(
        table, hide_index=True, height=min(36 * len(table) + 40, 420), alt=_("Sources of the study"),
        column_config={
            _("Source"): st.column_config.TextColumn(width=90), _("Title"): st.column_config.TextColumn(width="medium")
        },
    )  # fmt: skip
    with st.expander(_("Take a source out")):
        _take_out(study, [row for row in found if row["kind"] != "answer"])


def _take_out(study: Row, found: list[Row]) -> None:
    if not found:
        st.caption(_("Answers are taken out together with the questionnaire."))
        return
    names = {row["id"]: f"{row['key']} · {row['title']}" for row in found}
    chosen = st.selectbox(_("Source"), list(names), format_func=names.__getitem__)
    st.caption(_("Only a source without codings can be taken out; the file on your disk stays where it is."))
    if st.button(_("Take out")) and chosen is not None:
        with telling_problems():
            take_out_source(session.store(), session.current_person(study), study["id"], chosen)
            st.session_state.pop("recognised", None)
            tell(_("The source was taken out."))
            st.rerun()
