"""The questionnaire in four steps: the file, its columns, whose the rows are, storing it."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.questionnaire import Present, present_questionnaires, take_out_questionnaire
from survey_app.actions.survey_files import known_people
from survey_app.components.plain import plain
from survey_app.components.questionnaire_columns import bilingual, confirm_columns
from survey_app.components.questionnaire_file import bring_file, language_to_keep, make_draft
from survey_app.components.questionnaire_people import confirm_respondents, respondent_column
from survey_app.components.questionnaire_storing import look_and_store
from survey_app.components.questionnaire_words import title_of_questionnaire
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store import codes
from survey_app.store.log import Row


def questionnaire_import(study: Row) -> None:
    """What is there; then upload, say who is named, confirm columns and respondents, store with the last button."""
    present = present_questionnaires(session.store(), study["id"])
    for each in present:
        _show_present(study, each)
    people = known_people(session.store(), study["id"])
    if not people:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                _("The roster is empty. Import it first, or put the respondents on it in step 3."), width="stretch"
            )
            st.page_link("pages/people.py", label=_("Experts"), icon=":material/arrow_forward:")
    st.header(_("1. File"), anchor=False)
    dropped, definition = bring_file(study)
    if dropped is None:
        return
    with telling_problems():
        draft = make_draft(study, dropped, definition, people)
        respondent = respondent_column(draft)
        st.header(_("2. Columns"), anchor=False)
        keep = language_to_keep(study, draft, bilingual(draft))
        with session.store().reading() as connection:
            codebook = codes.codes(connection, study["id"])
        columns = confirm_columns(draft, respondent, keep, codebook)
        st.header(_("3. Respondents"), anchor=False)
        whose = confirm_respondents(study, draft, respondent, people)
        st.header(_("4. Store"), anchor=False)
        look_and_store(
            study, draft, columns, whose, keep, respondent=respondent, file_name=dropped.name, present=present
        )


def _show_present(study: Row, present: Present) -> None:
    locked = None
    if present.codings:
        locked = ngettext(
            "{count} coding hangs on its open answers: remove it first.",
            "{count} codings hang on its open answers: remove them first.", present.codings,
        )  # fmt: skip
    facts = [
        ngettext("{count} question", "{count} questions", present.questions),
        ngettext("{count} expert answered", "{count} experts answered", present.experts),
        ngettext("{count} closed answer", "{count} closed answers", present.answers),
        ngettext("{count} open answer", "{count} open answers", present.open_answers),
    ]
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(" · ".join(["**" + plain(title_of_questionnaire(present)) + "**", *facts]), width="content")
        with st.popover(_("Take out"), icon=":material/delete:", disabled=present.codings > 0, help=locked):
            st.markdown(_("All answers of the questionnaire leave the study. The file stays where it is."))
            links = _may_lose_links(present)
            if st.button(_("Take the questionnaire out"), type="primary", key=f"take-out-{present.key}"):
                with telling_problems():
                    take_out_questionnaire(
                        session.store(), session.current_person(study), study, present.key, links=links
                    )
                    tell(_("The questionnaire was taken out."))
                    st.rerun()


def _may_lose_links(present: Present) -> bool:
    """Ask whether links and drafts may go; False where there are none."""
    if not (present.links or present.drafts):
        return False
    told = [
        ngettext("{count} link leads to it", "{count} links lead to it", present.links),
        ngettext(
            "{count} expert has answers that are not sent", "{count} experts have answers that are not sent",
            present.drafts,
        ),
    ]  # fmt: skip
    st.warning(" · ".join(told), icon=":material/link_off:")
    return st.checkbox(_("These are lost for good, and that is meant"), key=f"take-out-links-{present.key}")
