"""The coding desk: one text, one coder."""

import streamlit as st

from survey_app import session
from survey_app.actions.desk_paper import open_desk
from survey_app.components.desk import coding_desk
from survey_app.components.desk.chooser import choose_coder, choose_source, how_far, new_coder
from survey_app.components.desk.sheet import lay_out
from survey_app.components.empty import empty_state, need_study
from survey_app.components.own_texts import hand_in_here
from survey_app.components.telling import show_note, telling_problems
from survey_app.language import _
from survey_app.store.team import Role

show_note()
study = need_study()
with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(_("Coding desk"), width="content")
    source = choose_source(study)
    coder = choose_coder(study)
    new_coder(study)
    how_far(study)
    if source is not None:
        hand_in_here(study, source["id"], coder)
if source is None and session.role(study) is Role.CODER:
    empty_state(
        "assignment_ind", _("No text is assigned to you yet"), _("The researcher says which texts you code."),
    )  # fmt: skip
    st.stop()
if source is None:
    empty_state(
        "upload_file", _("No text to code yet"), _("Bring in the transcript of a session first."),
        page="pages/files.py", label=_("Transcripts"),
    )  # fmt: skip
    st.stop()
with telling_problems():
    coding_desk(lay_out(open_desk(session.store(), study, source["id"], coder)))
