"""Below the answers to a question: how far they agree, and which group answers otherwise than the rest."""

import streamlit as st

from survey_app.components.drawing import Drawn, drawn, look, prepared, show
from survey_app.components.filters import Choice
from survey_app.views import consensus as view


def agreeing(choice: Choice, question: str, kind: str, segment: str, line: str) -> None:
    """Medians, quartiles and measures of consensus of the rows that are shown above; nothing for mere choices."""
    if kind not in view.KINDS:
        return
    rows = prepared(
        ("consensus", choice.stamp, question), lambda: view.prepare(choice.frames, choice.segmentation, question)
    )
    made = drawn(
        ("consensus", choice.stamp, question, segment, line, *look()),
        lambda dark: Drawn(
            view.finding(rows, segment=segment, line=line),
            view.figure(rows, segment=segment, line=line, dark=dark), view.table(rows, segment=segment, line=line),
        ),
    )  # fmt: skip
    st.markdown(f"**{view.title()}**")
    show("consensus", view.title(), made, view.reading(rows))
