"""The questionnaire that experts fill in: which one is in use, and how another is taken into use."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.form_links import FormInUse, effects_of, form_in_use, use_form
from survey_app.actions.survey_files import study_guide
from survey_app.components.downloads import XLSX, download
from survey_app.components.plain import plain
from survey_app.components.telling import show_messages, tell, telling_problems
from survey_app.form.showing import plain as in_language
from survey_app.language import _, ngettext
from survey_app.questionnaires.definitions import read_definition
from survey_app.questionnaires.filling_rules import sheets
from survey_app.questionnaires.guide_form import instrument_of_guide
from survey_app.questionnaires.instrument import NOTE, Instrument
from survey_app.questionnaires.readers import LIMITS
from survey_app.questionnaires.writing import template, template_yaml, to_xlsform, to_yaml
from survey_app.settings import settings
from survey_app.store.log import Row

TAKEN = "forms taken into use"
"""Counts what this tab has taken into use: the uploader is emptied after each."""
YAML = "application/yaml"


def form_choice(study: Row) -> FormInUse | None:
    """What is in use, and the ways to another; returns the form in use."""
    found = form_in_use(session.store(), study["id"])
    if found is not None:
        _in_use(study, found)
    title = _("Take another questionnaire into use") if found else _("Take a questionnaire into use")
    with st.expander(title, expanded=found is None, icon=":material/upload_file:"):
        _from_guide(study)
        _from_file(study)
    return found


def _in_use(study: Row, found: FormInUse) -> None:
    instrument = found.instrument
    questions = sum(item.kind != NOTE for item in instrument.questions())
    facts = [
        _("version {version}", version=found.version),
        ngettext("{count} question", "{count} questions", questions),
        ngettext("{count} page", "{count} pages", len(sheets(instrument))),
        ngettext("{count} expert has sent their answers", "{count} experts have sent their answers", found.answered),
    ]
    with st.container(border=True):
        name = plain(title_of(instrument) or _("without a title"))
        st.markdown(f"**{name}**  \n:small[{plain(' · '.join(facts))}]")
        with st.container(horizontal=True):
            st.link_button(_("Look at it as an expert"), f"/form-preview/{study['id']}", icon=":material/visibility:")
            download(_("As XLSForm"), f"{study['slug']}-form.xlsx", XLSX, lambda: to_xlsform(instrument))
            download(_("As YAML"), f"{study['slug']}-form.yaml", YAML, lambda: to_yaml(instrument).encode())


def _from_guide(study: Row) -> None:
    st.markdown("**" + _("From the interview guide") + "**")
    st.caption(_("Its closed items and open questions become a form, with a page for each task."))
    _take(study, instrument_of_guide(study_guide()), "guide", _("Take the interview guide as the form"))


def _from_file(study: Row) -> None:
    st.markdown("**" + _("From a file") + "**")
    limit = min(LIMITS.file // 1_000_000, settings().upload_megabytes)
    dropped = st.file_uploader(
        _("Definition of a questionnaire"), type=["xlsx", "yaml", "yml"], max_upload_size=limit,
        key=f"form-{study['id']}-{st.session_state.get(TAKEN, 0)}",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_("An XLSForm, as KoboToolbox and ODK have it, or the same rows as YAML. To begin with:"))
        download(_("Template (XLSX)"), "rakurs-form-template.xlsx", XLSX, template)
        download(_("Template (YAML)"), "rakurs-form-template.yaml", YAML, lambda: template_yaml().encode())
    if dropped is None:
        return
    with telling_problems():
        instrument = read_definition(dropped.name, dropped.getvalue())
        show_messages(instrument.warnings)
        told = ngettext("{count} question was read.", "{count} questions were read.", len(instrument.questions()))
        st.markdown(f"**{plain(title_of(instrument) or dropped.name)}** · {told}")
        _take(study, instrument, "form", _("Take this file as the form"))


def _take(study: Row, instrument: Instrument, origin: str, text: str) -> None:
    """A button, below what it would do where experts have links or have answered."""
    show_messages(effects_of(session.store(), study["id"], instrument))
    if st.button(text, key=f"take-{origin}", type="primary" if origin == "form" else "secondary"):
        with telling_problems():
            version = use_form(session.store(), session.current_person(study), study, instrument, origin)
            st.session_state[TAKEN] = st.session_state.get(TAKEN, 0) + 1
            tell(_("The form is in use, in version {version}.", version=version))
            st.rerun()


def title_of(instrument: Instrument) -> str:
    """Its title in the language of the screen, else in the other."""
    return in_language(instrument.title)
