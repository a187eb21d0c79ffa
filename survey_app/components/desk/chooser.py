"""Which text lies on the desk and who codes it. Both stand in the address, so that a reload changes neither."""

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.studies import add_coder
from survey_app.components.tables import table_height
from survey_app.components.telling import tell
from survey_app.language import _
from survey_app.store import sources, studies
from survey_app.store.log import Row
from survey_app.store.progress import progress
from survey_app.store.sight import assignments
from survey_app.store.team import Role


def kind_name(kind: str) -> str:
    """What a source is, in a word."""
    names = {"session": _("session"), "chat": _("chat"), "answer": _("answers"), "document": _("document")}
    return names.get(kind, kind)


def choose_source(study: Row) -> Row | None:
    """The text to code, each with how far the coder is: in a team, of those that a coder was given, else of all of
    the study's. None when there is none."""
    with session.store().reading() as connection:
        coder = _chosen_coder(study, session.coders(study))
        given = _given(assignments(connection, study["id"]), coder) if session.role(study) is Role.CODER else None
        found = {
            row["key"]: row for row in sources.sources(connection, study["id"]) if given is None or row["id"] in given
        }
        far = {row["source_id"]: row for row in progress(connection, study["id"]) if row["coder_id"] == coder["id"]}
    if not found:
        return None
    last = f"source of {study['id']}"
    wished = st.query_params.get("source") or st.session_state.get(last)
    keys = list(found)
    chosen = st.selectbox(
        _("Text"), keys, index=keys.index(wished) if wished in found else 0, key=f"text-{study['id']}",
        format_func=lambda key: _source_name(found[key], far.get(found[key]["id"])),
    )  # fmt: skip
    st.session_state[last] = st.query_params["source"] = chosen
    return found[chosen]


def choose_coder(study: Row, title: str = "", help: str | None = None) -> Row:
    """Who codes, or does what the title says: a switch of this tab. Nobody sees what another coder has done."""
    found = {row["key"]: row for row in session.coders(study)}
    wished = st.query_params.get("coder") or session.current_coder(study)["key"]
    keys = list(found)
    chosen = st.selectbox(
        title or _("Who codes"), keys, index=keys.index(wished) if wished in found else 0, key=_switch(study),
        format_func=lambda key: _coder_name(found[key]),
        help=help or _("Each coder works alone and sees nobody else's codes."), width=150,
    )  # fmt: skip
    session.choose_coder(study, found[chosen]["id"])
    st.query_params["coder"] = chosen
    return found[chosen]


def how_far(study: Row) -> None:
    """How many statements each coder has looked at in each text: numbers alone, nobody's codes; in a team only
    researchers see those of others."""
    with st.popover("", icon=":material/checklist:", help=_("How far the coders are")):
        with session.store().reading() as connection:
            own = {row["id"] for row in session.coders(study)}
            everybody = session.role(study) is not Role.CODER
            coders = {
                row["id"]: row["key"]
                for row in studies.coders(connection, study["id"])
                if everybody or row["id"] in own
            }
            texts = {row["id"]: row["key"] for row in sources.sources(connection, study["id"])}
            found = progress(connection, study["id"])
        st.caption(_("Statements looked at, of all there are to code"))
        table = pd.DataFrame(
            {coder: {text: _count(found, text_id, coder_id) for text_id, text in texts.items()}
             for coder_id, coder in coders.items()}
        )  # fmt: skip
        narrow = {str(coder): st.column_config.TextColumn(width=68) for coder in table.columns}
        st.dataframe(table.rename_axis(_("Text")), height=table_height(len(table), 420), column_config=narrow)


def _given(given: list[Row], coder: Row) -> set[str] | None:
    """Ids of the sources that a coder was given; None where nobody in the study was given any."""
    return {row["source_id"] for row in given if row["coder_id"] == coder["id"]} if given else None


def _count(found: list[Row], source_id: str, coder_id: str) -> str:
    row = next((row for row in found if (row["source_id"], row["coder_id"]) == (source_id, coder_id)), None)
    return f"{row['looked']}/{row['total']}" if row else ""


def _chosen_coder(study: Row, coders: list[Row]) -> Row:
    wished = st.session_state.get(_switch(study)) or st.query_params.get("coder")
    return next((row for row in coders if row["key"] == wished), coders[0])


def new_coder(study: Row) -> None:
    """Add a coder and switch to them; in a team, coders come by invitation."""
    if not session.alone():
        return
    with st.popover("", icon=":material/person_add:", help=_("Add a coder")):
        name = st.text_input(_("Name of the new coder"), key="new-coder", max_chars=80)
        st.button(_("Add a coder"), type="primary", on_click=_add, args=(study, name))


def _add(study: Row, name: str) -> None:
    key = add_coder(session.store(), session.current_person(study), study["id"], name)
    st.session_state[_switch(study)] = key
    st.session_state["new-coder"] = ""
    tell(_("Coder {key} codes now.", key=key))


def _switch(study: Row) -> str:
    return f"coder-{study['id']}"


def _source_name(row: Row, far: Row | None) -> str:
    kind = "" if row["kind"] == "session" else kind_name(row["kind"])
    looked = _("{k} of {n}", k=far["looked"], n=far["total"]) if far else ""
    return " · ".join(part for part in (row["key"], kind, looked, row["title"]) if part)


def _coder_name(row: Row) -> str:
    return f"{row['key']} · {row['name']}" if row["name"] else str(row["key"])
