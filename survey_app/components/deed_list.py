"""What a coder has done, as a table that is narrowed to a text or a code."""

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.history import NEWEST, history_of
from survey_app.components.moments import moment
from survey_app.components.tables import table_height
from survey_app.language import _, label, translate
from survey_app.store import codes, sources
from survey_app.store.log import Row


def deed_list(study: Row, coder: Row) -> None:
    """Choose a text, a code; read what happened, the newest first."""
    with session.store().reading() as connection:
        texts = {row["id"]: row["key"] for row in sources.sources(connection, study["id"])}
        book = {row["id"]: f"{row['short']} {label(row)}".strip() for row in codes.codes(connection, study["id"])}
    with st.container(horizontal=True):
        text = st.selectbox(_("Text"), ["", *texts], format_func=lambda key: texts.get(key, _("Every text")))
        code = st.selectbox(_("Code"), ["", *book], format_func=lambda key: book.get(key, _("Every code")))
    statement = str(st.query_params.get("at") or "")
    if statement:
        st.info(_("Only what was done to one statement is shown."), icon=":material/filter_alt:")
        if st.button(_("Show everything")):
            del st.query_params["at"]
            st.rerun()
    found = history_of(
        session.store(), study["id"], coder, source_id=text, code_id=code, statement_id=statement
    )  # fmt: skip
    if not found:
        st.caption(_("Nothing was done here yet."))
        return
    kinds = {"do": "", "undo": _("taken back"), "redo": _("done again")}
    table = pd.DataFrame(
        [
            {_("When"): moment(deed.at), _("Text"): deed.source_key, _("What was done"): translate(deed.said),
             _("Afterwards"): kinds[deed.kind]}
            for deed in found
        ]
    )  # fmt: skip
    widths = {_("When"): 130, _("Text"): 90, _("What was done"): 600, _("Afterwards"): 130}
    columns = {name: st.column_config.TextColumn(width=width) for name, width in widths.items()}
    st.dataframe(table, hide_index=True, height=table_height(len(table), 620), column_config=columns)
    if len(found) == NEWEST:
        st.caption(_("These are the newest {count}. Choose a text or a code to see older ones.", count=NEWEST))
