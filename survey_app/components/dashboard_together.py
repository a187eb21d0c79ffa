"""Codes that are said together: pairs, clusters, what leads from problems to enablers, and whose codes they are."""

from collections.abc import Hashable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from coding.co_occurrence import Unit, quotes_of_pair
from coding.counts import quotes_of
from coding.segments import ALL
from survey_app.components.chart import picked, quotes_list, words_panel
from survey_app.components.drawing import with_groups
from survey_app.components.filters import Choice, addressed_select
from survey_app.components.section import heading, rows_of, section
from survey_app.language import _, label
from survey_app.views import code_network, code_tree, flows, together
from survey_app.views.code_pairs import codes_of_mark
from survey_app.views.segment_names import records

FEWEST = ("2", "3", "4", "5")
UNITS: tuple[Unit, ...] = ("expert", "turn", "statement")


@st.fragment
def saying_together(choice: Choice) -> None:
    """Pairs of codes as a matrix, then as a network."""
    heading(together)
    left, right = st.columns(2)
    names = {"expert": _("by one expert"), "turn": _("in one turn"), "statement": _("in one statement")}
    with left:
        asked = addressed_select("unit", _("Together means"), UNITS, lambda key: names[key])
        unit = next(each for each in UNITS if each == asked)
    with right:
        fewest = addressed_select("fewest", _("Experts behind a pair, at least"), FEWEST, str, default="3")
    views: dict[str, Any] = {"together": together, "network": code_network}
    for key, view in views.items():
        if view is not together:
            heading(view)
        rows = rows_of(
            key, choice, unit, fewest,
            make=partial(view.prepare, choice.frames, unit=unit, minimum=int(fewest), **choice.counted_by),
        )  # fmt: skip
        told = view.reading(unit=unit, minimum=int(fewest))
        section(key, view, choice, rows, unit, fewest, reading=told)
        _words_of_pair(key, choice, unit)


@st.fragment
def leading_to(choice: Choice) -> None:
    """From groups over problems to enablers."""
    heading(flows)
    fewest = addressed_select("flow-fewest", _("Experts behind a link, at least"), FEWEST, str, default="3", width=360)
    rows = rows_of(
        "flows", choice, fewest,
        make=lambda: flows.prepare(choice.frames, choice.segmentation, minimum=int(fewest), **choice.counted_by),
    )  # fmt: skip
    section("flows", flows, choice, rows, fewest, reading=flows.reading(minimum=int(fewest)))
    mark = picked("flows")
    if mark and "+" in mark[0]:
        _words_of_pair("flows", choice, "expert")
    elif mark and mark[1] in choice.segments:
        _words_of_one("flows", choice, mark[0], mark[1])


@st.fragment
def coming_from(choice: Choice) -> None:
    """Codes of the same people, as a tree."""
    heading(code_tree)
    rows = rows_of("code-tree", choice, make=lambda: code_tree.prepare(choice.frames, **choice.counted_by))
    section("code-tree", code_tree, choice, rows, reading=code_tree.reading(rows))
    mark = picked("code-tree")
    if mark:
        _words_of_one("code-tree", choice, mark[0], ALL)


def _words_of_pair(key: str, choice: Choice, unit: Unit) -> None:
    """What was said of both codes of a selected pair, or of one that was selected alone."""
    mark = picked(key)
    if mark is None:
        return
    names = _names(choice)
    both = codes_of_mark(mark[0], set(names))
    if both is None:
        _words_of_one(key, choice, mark[0], mark[1])
        return
    quotes = quotes_of_pair(choice.frames, *both, unit=unit, **choice.counted_by)
    heading_of_pair = f"{names[both[0]]} + {names[both[1]]}"
    words_panel(key, heading_of_pair, "", lambda: quotes_list(with_groups(quotes, choice)))


def _words_of_one(key: str, choice: Choice, code_id: Hashable, segment: str) -> None:
    names = _names(choice)
    if code_id not in names or segment not in choice.segments:
        return
    quotes = quotes_of(choice.frames, str(code_id), choice.groups_in(segment), **choice.counted_by)
    words_panel(key, names[str(code_id)], choice.name_of(segment), lambda: quotes_list(with_groups(quotes, choice)))


def _names(choice: Choice) -> dict[str, str]:
    listed: pd.DataFrame = choice.frames.codes
    return {row["code_id"]: label(row) or row["code_id"] for row in records(listed)}
