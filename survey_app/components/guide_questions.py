"""The questions of the guide: written, ordered, loaded from a file, taken away as a template."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.guide import questions_of, save_questions
from survey_app.actions.guide_files import LARGEST_FILE, guide_as_yaml, read_guide_file
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.store.log import Row

ENDINGS = ["yaml", "yml", "txt", "md", "docx", "odt"]


def guide_questions_editor(study: Row) -> None:
    """The table of questions, and a file in its place."""
    with session.store().reading() as connection:
        present = questions_of(connection, study["id"])
    st.caption(
        _("Write in the table; add a row at its end, choose rows to delete them. Numbers say the order of the guide.")
    )
    table = pd.DataFrame(
        {
            "position": range(1, len(present) + 1),
            "ask_en": [row["ask_en"] for row in present],
            "ask_ru": [row["ask_ru"] for row in present],
            "task": [row["task"] for row in present],
            "key": [row["key"] for row in present],
            "used": [row["used"] for row in present],
        }
    )
    edited = st.data_editor(
        table, key=f"guide-{study['id']}-{st.session_state.get('guide-saved', 0)}", hide_index=True,
        num_rows="dynamic", disabled=["key", "used"], height=min(36 * len(table) + 80, 520),
        alt=_("Questions of the interview guide"),
        column_config={
            "position": st.column_config.NumberColumn(_("No."), width=60, step=1),
            "ask_en": st.column_config.TextColumn(_("Question in English"), width="large", max_chars=1000),
            "ask_ru": st.column_config.TextColumn(_("Question in Russian"), width="large", max_chars=1000),
            "task": st.column_config.TextColumn(_("Task"), width=80, max_chars=80),
            "key": st.column_config.TextColumn(_("Key"), width=80),
            "used": st.column_config.NumberColumn(_("Asked"), width=80, help=_("Sections and statements with it")),
        },
    )  # fmt: skip
    wanted = wanted_questions(edited)
    with st.container(horizontal=True):
        before = [{name: row[name] for name in ("key", "task", "ask_en", "ask_ru")} for row in present]
        if st.button(_("Save the guide"), type="primary", icon=":material/save:", disabled=wanted == before):
            with telling_problems():
                save_questions(session.store(), session.current_person(study), study["id"], wanted)
                _saved(len(wanted))
        st.download_button(
            _("Download the guide"), guide_as_yaml(present), file_name="interview_guide.yaml",
            mime="application/yaml", icon=":material/download:",
            help=_("As YAML: also the template to write another one."),
        )  # fmt: skip
    _from_file(study, present)


def wanted_questions(edited: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of the table in the order of their numbers; rows without words and without a key are left out."""
    rows = edited.reset_index(drop=True)
    order = rows["position"].fillna(len(rows) + 1).astype(float)
    found = []
    for place in order.sort_values(kind="stable").index:
        row = {name: _text(rows.loc[place, name]) for name in ("key", "task", "ask_en", "ask_ru")}
        if any(row.values()):
            found.append(row)
    return found


def _from_file(study: Row, present: list[Row]) -> None:
    with st.expander(_("Load a guide from a file")):
        file = st.file_uploader(
            _("Guide"), type=ENDINGS, key=f"guide-file-{st.session_state.get('guide-saved', 0)}",
            max_upload_size=max(1, LARGEST_FILE // 1_000_000), label_visibility="collapsed",
        )  # fmt: skip
        st.caption(_("YAML in the form of the template, or a text with a question in each line."))
        if file is None:
            return
        with telling_problems():
            found = read_guide_file(file.name, file.getvalue())
            for number, row in enumerate(found, start=1):
                st.markdown(f"{number}\\. {plain(label(row, 'ask'))}")
            keep = st.radio(
                _("What to do with the questions that are there"), ["add", "replace"], horizontal=True,
                format_func={"add": _("keep them and add these"), "replace": _("put these in their place")}.__getitem__,
            )  # fmt: skip
            if st.button(ngettext("Take {count} question", "Take {count} questions", len(found)), type="primary"):
                old = [{name: row[name] for name in ("key", "task", "ask_en", "ask_ru")} for row in present]
                names = {row["key"] for row in old}
                new = [row | {"key": "" if keep == "add" and row["key"] in names else row["key"]} for row in found]
                save_questions(
                    session.store(), session.current_person(study), study["id"], [*old, *new] if keep == "add" else new
                )
                _saved(len(found))


def _saved(count: int) -> None:
    st.session_state["guide-saved"] = st.session_state.get("guide-saved", 0) + 1
    tell(ngettext("The guide was saved with {count} question.", "The guide was saved with {count} questions.", count))
    st.rerun()


def _text(value: object) -> str:
    return "" if value is None or (isinstance(value, float) and pd.isna(value)) else str(value).strip()
