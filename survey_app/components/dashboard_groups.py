"""Groups beside each other: where they differ, two of them, and how many of each name one code."""

import streamlit as st

from survey_app.components.filters import Choice, addressed_select
from survey_app.components.section import choose_root, heading, rows_of, section, words_of_code
from survey_app.language import _
from survey_app.views import compare_segments, differences, group_dots
from survey_app.views.code_rows import roots


@st.fragment
def differing(choice: Choice) -> None:
    """Segments and codes, shaded by what all experts together let expect."""
    heading(differences)
    root = choose_root("differ", choice, roots(choice.frames))
    rows = rows_of(
        "differ", choice, root,
        make=lambda: differences.prepare(choice.frames, choice.segmentation, root=root, **choice.counted_by),
    )  # fmt: skip
    section("differ", differences, choice, rows, root)
    words_of_code("differ", choice, rows)


@st.fragment
def comparing_two(choice: Choice) -> None:
    """Two segments that the reader chooses."""
    view, segments = compare_segments, choice.segments[1:]
    if len(segments) < 2:
        return
    heading(view)
    left, middle, right = st.columns(3)
    with left:
        first = addressed_select("first", _("One group"), segments, choice.name_of)
    with middle:
        second = addressed_select("second", _("Another group"), segments, choice.name_of, default=segments[1])
    with right:
        root = choose_root("compared", choice, roots(choice.frames))
    rows = rows_of(
        "compared", choice, first, second, root,
        make=lambda: view.prepare(
            choice.frames, choice.segmentation, first, second, root=root, **choice.counted_by
        ),
    )  # fmt: skip
    section("compared", view, choice, rows, first, second, root)
    words_of_code("compared", choice, rows)


@st.fragment
def counting_heads(choice: Choice) -> None:
    """One code, a dot an expert."""
    view = group_dots
    heading(view)
    names = view.codes(choice.frames)
    code_id = addressed_select(
        "code", _("Code"), ["", *names], lambda key: names.get(key) or _("the most named of all"), width=480
    )
    rows = rows_of(
        "heads", choice, code_id,
        make=lambda: view.prepare(choice.frames, choice.segmentation, code_id, **choice.counted_by),
    )  # fmt: skip
    section("heads", view, choice, rows, code_id)
    words_of_code("heads", choice, rows)
