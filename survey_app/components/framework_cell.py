"""One cell of the framework matrix: what the expert said, beside it the researcher's summary. Kept as one writes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from survey_app import session
from survey_app.actions.framework import LONGEST, VERBS, Cell, Matrix, write_summary
from survey_app.actions.undoing import undo_own
from survey_app.components.memo_here import memo_here
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.store.log import Row


def framework_cell(study: Row, coder: Row, matrix: Matrix, columns: dict[str, str], sources: dict[str, str]) -> None:
    """Choose a cell; on the left its statements to link, on the right the summary."""
    expert, column = _chosen(study, matrix, columns)
    cell = matrix.cell(expert["key"], column)
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        shown = tuple(dict.fromkeys([*cell.quotes, *cell.statements]))
        keep = partial(_keep, study, coder, expert, column, shown)
        with left:
            _statements(study, coder, matrix, cell, shown, sources, keep)
        with right:
            memo_here(study, "expert", expert["id"])
            _summary(study, cell, _text_key(coder, expert, column), keep)


def _chosen(study: Row, matrix: Matrix, columns: dict[str, str]) -> tuple[Row, str]:
    people = {row["key"]: row for row in matrix.experts}
    groups = {row["group_id"]: label(row) for row in matrix.frames.groups.to_dict("records")}
    names = {
        key: " · ".join(part for part in (key, groups.get(row["group_key"], "")) if part) for key, row in people.items()
    }
    for kind, options in (("expert", names), ("column", columns)):
        key = f"framework-{kind}-{study['id']}"
        if st.session_state.get(key) not in options:
            st.session_state[key] = next(iter(options))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("Expert"), list(names), format_func=names.__getitem__, key=f"framework-expert-{study['id']}", width=320
        )
        column = st.selectbox(
            _("Column"), list(columns), format_func=columns.__getitem__, key=f"framework-column-{study['id']}"
        )
        steps = ((-1, ":material/chevron_left:", _("Previous cell with statements")),
                 (1, ":material/chevron_right:", _("Next cell with statements")))  # fmt: skip
        for step, icon, help_ in steps:
            st.button(
                "", icon=icon, help=help_, key=f"framework-step-{step}", on_click=_step,
                args=(study, matrix, list(columns), str(chosen), str(column), step),
            )  # fmt: skip
    return people[str(chosen)], str(column)


def _step(study: Row, matrix: Matrix, columns: list[str], expert: str, column: str, step: int) -> None:
    """Go on to the next cell, in the order of reading, in which something was said or written."""
    places = [(row["key"], one) for row in matrix.experts for one in columns]
    at = places.index((expert, column))
    order = places[at + 1 :] + places[:at] if step > 0 else places[:at][::-1] + places[at + 1 :][::-1]
    found = next((place for place in order if place in matrix.cells), None)
    if found:
        st.session_state[f"framework-expert-{study['id']}"], st.session_state[f"framework-column-{study['id']}"] = found


def _statements(
    study: Row, coder: Row, matrix: Matrix, cell: Cell, shown: tuple[str, ...], sources: dict[str, str],
    keep: Callable[[], None],
) -> None:  # fmt: skip
    """The statements behind the cell, those that are linked ticked."""
    texts = {row["statement_id"]: row for row in matrix.frames.statements.to_dict("records")}
    st.markdown(f"**{ngettext('{count} statement', '{count} statements', len(cell.statements))}**")
    if not shown:
        st.caption(_("This expert said nothing here."))
        return
    st.caption(_("Tick those that the summary rests on: they are linked to it in the files."))
    with st.container(height=420 if len(shown) > 3 else "content", border=False):
        for statement_id in shown:
            row = texts[statement_id]
            source = sources.get(row["source_id"], "")
            key = _tick_key(coder, statement_id)
            st.session_state[key] = statement_id in cell.quotes
            st.checkbox(plain(row["text"]), key=key, on_change=keep)
            query = {"study": study["slug"], "source": source, "coder": coder["key"], "at": statement_id}
            facts = " · ".join(fact for fact in (source, row["label"]) if fact)
            st.page_link("pages/desk.py", label=facts or _("Desk"), icon=":material/edit_note:", query_params=query)


def _summary(study: Row, cell: Cell, key: str, keep: Callable[[], None]) -> None:
    if st.session_state.get(f"{key}-stored") != cell.text:
        st.session_state[key] = st.session_state[f"{key}-stored"] = cell.text
    st.text_area(
        _("Summary in your own words"), key=key, height=300, max_chars=LONGEST, on_change=keep,
        placeholder=_("What does this expert say of it?"),
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("Kept when you leave the field or press Ctrl+Enter."))
        if st.button("", icon=":material/undo:", type="tertiary", help=_("Undo the last change of the matrix")):
            with telling_problems():
                done = undo_own(session.store(), session.current_person(study), study["id"], VERBS)
                tell(_("Undone.") if done else _("There is nothing to undo."))
                st.rerun()


def _keep(study: Row, coder: Row, expert: Row, column: str, shown: tuple[str, ...]) -> None:
    """Write the cell as it stands in the fields: a tick and a text may arrive together."""
    text = st.session_state[_text_key(coder, expert, column)]
    ticked = [each for each in shown if st.session_state.get(_tick_key(coder, each))]
    with telling_problems():
        write_summary(
            session.store(), session.current_person(study), study["id"], coder["id"], expert["id"], column, text, ticked
        )


def _text_key(coder: Row, expert: Row, column: str) -> str:
    return f"summary-{expert['id']}-{column}-{coder['id']}"


def _tick_key(coder: Row, statement_id: str) -> str:
    return f"quote-{statement_id}-{coder['id']}"
