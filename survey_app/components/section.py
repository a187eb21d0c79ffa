"""A section of a page: a question, the chart that answers it, and the words behind a mark."""

from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd
import streamlit as st

from coding.counts import quotes_of
from survey_app.components.chart import picked, quotes_list, words_panel
from survey_app.components.drawing import Drawn, drawn, look, prepared, show, with_groups
from survey_app.components.filters import Choice, addressed_select
from survey_app.language import _, label
from survey_app.views import style
from survey_app.views.segment_names import records


def rows_of(key: str, choice: Choice, *parts: Hashable, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """What a view prepares of a choice, kept under the section's key and the `parts` that it depends on besides."""
    return prepared((key, choice.stamp, *parts), make)


def section(
    key: str, view: Any, choice: Choice, rows: pd.DataFrame, *parts: Hashable, title: str = "", reading: str = "",
    **shown: Any,
) -> None:  # fmt: skip
    """Draw a view's rows. `shown` goes to its finding, figure and table alike; `parts` are what `rows` depend on."""
    made = drawn(
        (key, choice.stamp, *parts, *shown.items(), *look()),
        lambda dark: Drawn(
            view.finding(rows, **shown), view.figure(rows, dark=dark, **shown), view.table(rows, **shown)
        ),
    )
    show(key, title or view.title(), made, reading or view.reading())


def choose_root(name: str, choice: Choice, roots: dict[str, str], everything: str = "") -> str:
    """One of the roots of the codebook, or "" for all of them, which is called `everything`."""
    return addressed_select(
        name, _("Codes"), ["", *roots], lambda key: roots.get(key) or everything or _("all codes"), width=360
    )


def choose_segment(name: str, title: str, choice: Choice) -> str:
    """All experts or one of the segments."""
    return addressed_select(name, title, choice.segments, choice.name_of, width=360)


def words_of_code(key: str, choice: Choice, rows: pd.DataFrame) -> None:
    """The panel for a selected code and segment of `rows` (code_id, segment, k, n, statements, labels)."""
    mark = picked(key)
    if mark is None:
        return
    found = records(rows[(rows["code_id"] == mark[0]) & (rows["segment"] == mark[1])])
    if not found or mark[1] not in choice.segments:
        return
    code_id, segment = mark
    facts = [choice.name_of(segment), style.k_of_n_experts(found[0]["k"], found[0]["n"])]
    if "statements" in found[0]:
        facts.append(style.statements(found[0]["statements"]))
    quotes = quotes_of(choice.frames, code_id, choice.groups_in(segment), **choice.counted_by)
    words_panel(key, label(found[0]), " · ".join(facts), lambda: quotes_list(with_groups(quotes, choice)))


def heading(view: Any) -> None:
    """The question that a section answers."""
    st.header(view.title(), anchor=False)
