"""A chart on a page: finding as title, figure, how to read it, table beside it, and the words behind a mark."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from survey_app.components.in_turn import after_its_words
from survey_app.components.plain import plain
from survey_app.components.take_along import take_along
from survey_app.language import _, ngettext
from survey_app.views.segment_names import records
from survey_app.views.style import config

_UNFOLDED = 6
_BETWEEN_NUMBERS = re.compile(r"(?<=\d) (of|из|\\:) (?=\d)")

Mark = tuple[str, str]
"""What a mark or a row of the table is about: a code, an item or an expert, and a segment."""


def chart(
    key: str, finding: str, figure: Any, table: pd.DataFrame, *, alt: str, light: Callable[[], Any], reading: str = "",
    content: int = 0,
) -> None:  # fmt: skip
    """Draw the figure or, where it is asked for, the table. What a person selects in either is kept for `picked`.

    Both can be taken along, the figure as `light` draws it for paper; `content` tells one figure from another under the
    same key. What is not looked at is no work for a browser, which goes through all that stands on the page at each
    answer.
    """
    st.subheader(_numbers_together(plain(finding)), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        looks = {"chart": _("Chart"), "table": _("Table")}
        look = st.segmented_control(
            _("Show"), list(looks), default="chart", required=True, key=f"{key}-look", format_func=looks.__getitem__,
            label_visibility="collapsed",
        )  # fmt: skip
        take_along(key, table, light)
    if look == "table":
        _rows(key, table, alt)
        return
    after_its_words(key, content)
    drawn = f"{key}-figure-{_closed(key)}"
    st.plotly_chart(
        figure, key=drawn, on_select=partial(_keep_mark, key, drawn), selection_mode="points", alt=alt, theme=None,
        config=config(),
    )  # fmt: skip
    if reading:
        st.caption(reading)


def picked(key: str) -> Mark | None:
    """What was selected last in the chart or its table, until it is closed."""
    return st.session_state.get(f"{key}-picked")


def words_panel(key: str, heading: str, facts: str, show: Callable[[], None]) -> None:
    """The box below a chart that opens with a selection."""
    with st.container(border=True, key=f"{key}-words"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{plain(heading)}**  \n:small[{plain(facts)}]" if facts else f"**{plain(heading)}**")
            st.button(
                _("Close"), key=f"{key}-close", icon=":material/close:", type="tertiary",
                on_click=partial(_forget, key),
            )  # fmt: skip
        show()


def quotes_list(quotes: pd.DataFrame) -> None:
    """Statements in the order spoken with who said them (text, expert_id, group, label); many are folded."""
    if quotes.empty:
        st.caption(_("Nobody has said anything of this."))
        return
    listed = [_quote(row) for row in records(quotes)]
    st.markdown("\n\n".join(listed[:_UNFOLDED]))
    folded = len(listed) - _UNFOLDED
    if folded > 0:
        with st.expander(ngettext("{count} more statement", "{count} more statements", folded)):
            st.markdown("\n\n".join(listed[_UNFOLDED:]))


def _numbers_together(finding: str) -> str:
    """“11 of 20” and “22 : 4” in one line each."""
    return _BETWEEN_NUMBERS.sub("\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", finding)


def _quote(row: dict[str, Any]) -> str:
    said_by = " · ".join(str(row[name]) for name in ("expert_id", "group", "label") if row[name])
    return f"{plain(row['text'])}  \n:small[:gray[{plain(said_by)}]]"


def _rows(key: str, table: pd.DataFrame, alt: str) -> None:
    """The table with the row ticked whose words are open. The frame keeps ticks by number, so other rows are another
    table to it, and so is the same table once the words were closed."""
    marks = list(table.index)
    ticked = [marks.index(picked(key))] if picked(key) in marks else []
    drawn = f"{key}-table-{_closed(key)}-{hash(tuple(marks))}"
    st.dataframe(
        table.reset_index(drop=True), hide_index=True, alt=alt, key=drawn, selection_mode="single-row",
        selection_default={"selection": {"rows": ticked}}, on_select=partial(_keep_row, key, drawn, marks),
    )  # fmt: skip
    st.caption(_("Select a row to read the words behind it; from the keyboard, Shift and the space bar select it."))


def _keep_mark(key: str, drawn: str) -> None:
    points = st.session_state[drawn]["selection"]["points"]
    marks = [point["customdata"] for point in points if point.get("customdata")]
    if marks:
        st.session_state[f"{key}-picked"] = (str(marks[0][0]), str(marks[0][1]))
    elif not points:
        st.session_state.pop(f"{key}-picked", None)


def _keep_row(key: str, drawn: str, marks: list[Mark]) -> None:
    rows = st.session_state[drawn]["selection"]["rows"]
    if rows and rows[0] < len(marks):
        st.session_state[f"{key}-picked"] = marks[rows[0]]
    elif not rows:
        st.session_state.pop(f"{key}-picked", None)


def _closed(key: str) -> int:
    """How often the words behind this chart were closed."""
    return int(st.session_state.get(f"{key}-closed", 0))


def _forget(key: str) -> None:
    """Close the words and take the mark off: the chart and the table are drawn anew with nothing selected."""
    st.session_state.pop(f"{key}-picked", None)
    st.session_state[f"{key}-closed"] = _closed(key) + 1
