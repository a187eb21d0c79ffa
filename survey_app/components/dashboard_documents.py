"""What documents declare beside what experts speak of, and when it was spoken of."""

import streamlit as st

from survey_app.components.chart import picked, quotes_list, words_panel
from survey_app.components.drawing import with_groups
from survey_app.components.filters import Choice, addressed_select
from survey_app.components.section import choose_root, choose_segment, heading, rows_of, section, words_of_code
from survey_app.language import _, label
from survey_app.views import code_timeline, declared_and_reflected
from survey_app.views.code_rows import roots
from survey_app.views.segment_names import records


@st.fragment
def declaring_and_reflecting(choice: Choice) -> None:
    """Documents at the left, experts at the right."""
    view = declared_and_reflected
    heading(view)
    left, right = st.columns(2)
    with left:
        segment = choose_segment("reflected-by", _("Whose words"), choice)
    with right:
        root = choose_root("declared", choice, roots(choice.frames))
    rows = rows_of(
        "declared", choice, make=lambda: view.prepare(choice.frames, choice.segmentation, **choice.counted_by)
    )
    section("declared", view, choice, rows, segment=segment, root=root)
    words_of_code("declared", choice, rows)


@st.fragment
def coming_up(choice: Choice) -> None:
    """Codes along the minutes of one session."""
    view = code_timeline
    sessions = choice.frames.sources[choice.frames.sources["kind"] == "session"]
    names = {row["source_id"]: row["title"] or row["key"] for row in records(sessions)}
    if not names:
        return
    heading(view)
    keys = {row["key"]: row["source_id"] for row in records(sessions)}
    left, right = st.columns(2)
    with left:
        key = addressed_select("session", _("Session"), list(keys), lambda each: f"{each}: {names[keys[each]]}")
    rows = rows_of(
        "timeline", choice, key,
        make=lambda: view.prepare(choice.frames, choice.segmentation, keys[key], **choice.counted_by),
    )  # fmt: skip
    with right:
        root = choose_root("timeline-of", choice, view.roots(rows))
    section("timeline", view, choice, rows, key, reading=view.reading(rows), root=root)
    mark = picked("timeline")
    said = choice.frames.statements[choice.frames.statements["statement_id"] == (mark[1] if mark else "")]
    if mark and len(said):
        named = records(choice.frames.codes[choice.frames.codes["code_id"] == mark[0]])
        quotes = said.merge(choice.frames.experts[["expert_id", "group_id"]], on="expert_id")
        words_panel("timeline", label(named[0]) if named else "", "", lambda: quotes_list(with_groups(quotes, choice)))
