"""Compare what coders gave, statement by statement, and settle what they differ on."""

import streamlit as st

from survey_app.components.comparison import (
    CONFUSIONS,
    SETTLE,
    choose_comparison,
    choose_view,
    how_far_settled,
)
from survey_app.components.comparison_confusions import confusion_matrix
from survey_app.components.comparison_rows import statement_rows
from survey_app.components.desk.chooser import choose_coder
from survey_app.components.empty import need_study
from survey_app.components.settling import settling
from survey_app.components.telling import show_note
from survey_app.language import _

show_note()
study = need_study()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(_("Comparison"), width="content")
    coder = choose_coder(study, _("Who settles"), _("Decisions are kept under this name."))
chosen = choose_comparison(study)
if chosen is None:
    st.stop()
view = choose_view()
if view == SETTLE:
    settling(study, coder, chosen)
elif view == CONFUSIONS:
    confusion_matrix(study, chosen)
else:
    how_far_settled(study, coder, chosen)
    statement_rows(study, chosen)
