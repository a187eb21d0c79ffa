"""What presses against change and what drives it."""

import streamlit as st

from survey_app.components.filters import Choice
from survey_app.components.section import choose_root, choose_segment, heading, rows_of, section, words_of_code
from survey_app.language import _
from survey_app.views import balance, force_field


@st.fragment
def pressing(choice: Choice) -> None:
    """Restraining and driving forces on one line."""
    view = force_field
    heading(view)
    rows = rows_of("forces", choice, make=lambda: view.prepare(choice.frames, choice.segmentation, **choice.counted_by))
    paired = view.roots_with_pairs(rows)
    left, right = st.columns(2)
    with left:
        segment = choose_segment("forces-of", _("Whose words"), choice)
    with right:
        pairs = choose_root("pairs", choice, paired, _("every force by itself")) if paired else ""
    section("forces", view, choice, rows, segment=segment, pairs=pairs)
    words_of_code("forces", choice, rows)


@st.fragment
def leaning(choice: Choice) -> None:
    """How much each segment says of either side."""
    rows = rows_of(
        "balance", choice, make=lambda: balance.prepare(choice.frames, choice.segmentation, **choice.counted_by)
    )
    heading(balance)
    section("balance", balance, choice, rows)
    words_of_code("balance", choice, rows)
