"""What a coder has done, as a table that is narrowed to a text or a code."""

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.history import NEWEST, Deed, history_of, statement_words
from survey_app.components.codebook_names import code_name
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.tables import table_height
from survey_app.language import _, current, translate
from survey_app.store import codes, sources
from survey_app.store.log import Row


def deed_list(study: Row, coder: Row) -> None:
    """Choose a text, a code; read what happened, the newest first."""
    with session.store().reading() as connection:
        texts = {row["id"]: row["key"] for row in sources.sources(connection, study["id"])}
        found = codes.codes(connection, study["id"], archived=True)
    book = {row["id"]: _name(row) for row in found}
    with st.container(horizontal=True):
        text = st.selectbox(_("Text"), ["", *texts], format_func=lambda key: texts.get(key, _("Every text")))
        code = st.selectbox(_("Code"), ["", *book], format_func=lambda key: book.get(key, _("Every code")))
    statement = str(st.query_params.get("at") or "")
    if statement:
        st.info(_("Only what was done to one statement is shown."), icon=":material/filter_alt:")
        words = statement_words(session.store(), study["id"], statement)
        st.markdown(f"“{plain(words)}”" if words else _("This statement is no longer there."))
        if st.button(_("Show everything")):
            del st.query_params["at"]
            st.rerun()
    deeds = history_of(
        session.store(), study["id"], coder, source_id=text, code_id=code, statement_id=statement, language=current()
    )
    if not deeds:
        st.caption(_("Nothing was done here yet."))
        return
    kinds = {"do": "", "undo": _("taken back"), "redo": _("done again")}
    table = pd.DataFrame(
        [
            {_("When"): moment(deed.at), _("Text"): deed.source_key, _("What was done"): _said(deed),
             _("Afterwards"): kinds[deed.kind]}
            for deed in deeds
        ]
    )  # fmt: skip
    widths = {_("When"): 130, _("Text"): 80, _("What was done"): 505, _("Afterwards"): 125}
    columns = {name: st.column_config.TextColumn(width=width) for name, width in widths.items()}
    st.dataframe(table, hide_index=True, height=table_height(len(table), 620), column_config=columns)
    if len(deeds) == NEWEST:
        st.caption(_("These are the newest {count}. Choose a text or a code to see older ones.", count=NEWEST))


def _name(code: Row) -> str:
    name = code_name(code)
    return _("{code} (out of use)", code=name) if code["archived"] else name


def _said(deed: Deed) -> str:
    said = translate(deed.said)
    return _("{said} (by {who})", said=said, who=deed.by) if deed.by else said
