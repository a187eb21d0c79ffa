"""One cell of the framework matrix: what the expert said, beside it the researcher's summary. Kept as one writes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from coding.framework import CODE
from survey_app import session
from survey_app.actions.framework import Cell, Matrix, link_quote, redo_summary, undo_summary, write_summary
from survey_app.components.kept_words import kept_words
from survey_app.components.memo_here import memo_here
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.store.log import Row, Store
from survey_app.views.segment_names import records

PAGE = 40
"""Statements on one page of a cell."""


def framework_cell(study: Row, coder: Row, matrix: Matrix, columns: dict[str, str], sources: dict[str, str]) -> None:
    """Choose a cell; on the left its statements to link, on the right the summary."""
    expert, column = _chosen(study, matrix, columns)
    cell = matrix.cell(expert["key"], column)
    shown = tuple(dict.fromkeys([*cell.quotes, *cell.statements]))
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        with left:
            _statements(study, coder, matrix, cell, shown, sources, partial(_link, study, coder, expert, column))
        with right:
            _summary(study, coder, expert, column, cell)


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
        steps = ((-1, _("Back"), ":material/chevron_left:", _("Previous cell with statements")),
                 (1, _("On"), ":material/chevron_right:", _("Next cell with statements")))  # fmt: skip
        for step, name, icon, help_ in steps:
            st.button(
                name, icon=icon, help=help_, key=f"framework-step-{step}", on_click=_step,
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
    link: Callable[[str, str], None],
) -> None:  # fmt: skip
    """The statements behind the cell, those that are linked ticked: a page of them at a time."""
    st.markdown(f"**{ngettext('{count} statement', '{count} statements', len(cell.statements))}**")
    if not shown:
        st.caption(_("This expert said nothing here."))
        return
    st.caption(_("Tick those that the summary rests on: they are linked to it in the files."))
    table = matrix.frames.statements
    texts = {row["statement_id"]: row for row in records(table[table["statement_id"].isin(shown)])}
    pages = (len(shown) + PAGE - 1) // PAGE
    number = min(int(st.session_state.get("framework-quotes") or 1), pages)
    with st.container(height=420 if len(shown) > 3 else "content", border=False):
        for statement_id in shown[(number - 1) * PAGE : number * PAGE]:
            row = texts[statement_id]
            source = sources.get(row["source_id"], "")
            key = f"quote-{statement_id}-{coder['id']}"
            st.session_state[key] = statement_id in cell.quotes
            st.checkbox(plain(row["text"]), key=key, on_change=link, args=(statement_id, key))
            query = {"study": study["slug"], "source": source, "coder": coder["key"], "at": statement_id}
            facts = " · ".join(fact for fact in (source, row["label"]) if fact)
            st.page_link("pages/desk.py", label=facts or _("Desk"), icon=":material/edit_note:", query_params=query)
    if pages > 1:
        st.session_state["framework-quotes"] = number
        st.pagination(pages, key="framework-quotes")


def _summary(study: Row, coder: Row, expert: Row, column: str, cell: Cell) -> None:
    def write(words: str, seen: str) -> None:
        write_summary(
            session.store(), session.current_person(study), study["id"], coder["id"], expert["id"], column, words, seen
        )

    memo_here(study, "expert", expert["id"])
    kept_words(
        f"{coder['id']}-{expert['id']}-{column}", _("Summary in your own words"), cell.text, write, rows=12,
        placeholder=_("What does this expert say of it?"),
    )  # fmt: skip
    with st.container(horizontal=True):
        for text, icon, turn in (
            (_("Undo"), ":material/undo:", undo_summary), (_("Do again"), ":material/redo:", redo_summary),
        ):  # fmt: skip
            st.button(text, icon=icon, type="tertiary", on_click=_turn, args=(study, turn))


def _link(study: Row, coder: Row, expert: Row, column: str, statement_id: str, key: str) -> None:
    with telling_problems():
        link_quote(
            session.store(), session.current_person(study), study["id"], coder["id"], expert["id"], column,
            statement_id, linked=bool(st.session_state[key]),
        )  # fmt: skip


def _turn(study: Row, turn: Callable[[Store, str, str], tuple[str, str] | None]) -> None:
    """Undo or redo, and open the cell in which it happened."""
    with telling_problems():
        cell = turn(session.store(), session.current_person(study), study["id"])
        if cell is None:
            tell(_("There is nothing to undo.") if turn is undo_summary else _("There is nothing to do again."))
            return
        expert, column = cell
        st.session_state[f"framework-expert-{study['id']}"] = expert
        st.session_state[f"framework-kind-{study['id']}"] = column.partition(":")[0]
        st.session_state[f"framework-column-{study['id']}"] = column
        chosen = st.session_state.get(f"framework-codes-{study['id']}") or []
        if column.startswith(f"{CODE}:") and column.partition(":")[2] not in chosen:
            st.session_state[f"framework-codes-{study['id']}"] = [*chosen, column.partition(":")[2]]
