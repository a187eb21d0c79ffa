"""A report: chosen questions with their answers, as Word file, PDF, slides and workbook."""

import streamlit as st

from survey_app.components.empty import empty_state, need_study
from survey_app.components.filters import choose
from survey_app.components.hidden_texts import say_what_is_hidden
from survey_app.components.report_form import TEAM, as_published, for_whom, report_form
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
st.title(_("Report"))
st.markdown(
    _(
        "Choose what the report answers. It holds figures, tables and released quotes, and names experts by their "
        "group alone."
    )
)
audience = for_whom()
choice = choose(study) if audience == TEAM else as_published(study)
say_what_is_hidden(study)
if choice.frames.experts.empty or choice.frames.statements.empty:
    empty_state(
        "summarize", _("Nothing to report yet"),
        _("Bring in transcripts, import the roster and confirm who is who first."),
        page="pages/home.py", label=_("Overview"),
    )  # fmt: skip
    st.stop()
report_form(study, choice, audience)
