"""Findings as they are read: each sentence with its verdict, the views that show it, and quotes on either side."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.findings import AGAINST, FOR, Finding, Sentence, findings_of, findings_wait, undo_finding
from survey_app.actions.view_addresses import View
from survey_app.components.finding_editor import edit_sentence, editor_of, new_sentence, open_editor
from survey_app.components.finding_names import Spoken, spoken_of
from survey_app.components.finding_verdict import show_verdict
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.components.ways import may_open
from survey_app.language import _, label, ngettext, translate
from survey_app.store.log import Row
from survey_app.store.team import Role

NEW = "new"


def findings_page(study: Row) -> None:
    """All findings in their order; for researchers also the ways to write them."""
    found, spoken = findings_of(session.store(), study["id"]), spoken_of(study)
    writing = session.may(Role.RESEARCHER)
    st.header(_("What the study has shown"), anchor=False)
    st.caption(
        _("Conclusions in whole sentences. What they claim is counted again in every other way that makes sense.")
    )
    if writing:
        _acts(study)
    if findings_wait(session.store(), study["id"]):
        st.info(_("Findings wait until the comparison of all texts is open to you."), icon=":material/visibility_off:")
        return
    if not found and editor_of(study) != NEW:
        _example()
    for number, finding in enumerate(found, 1):
        _finding(study, spoken, finding, number, writing)
    if writing and editor_of(study) == NEW:
        with st.container(border=True, key="finding-new"):
            st.subheader(_("New finding"), anchor=False)
            new_sentence(study, spoken, "")


def _acts(study: Row) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("New finding"), icon=":material/add:", key="finding-add", type="primary"):
            open_editor(study, NEW)
        if st.button(
            _("Undo"), icon=":material/undo:", key="finding-undo", type="tertiary",
            help=_("Undo your last change of the findings"),
        ):  # fmt: skip
            with telling_problems():
                done = undo_finding(session.store(), session.current_person(study), study["id"])
                tell(_("Undone.") if done else _("There is nothing to undo."))
                st.rerun()


def _example() -> None:
    with st.container(border=True, key="finding-example"):
        st.subheader(_("No findings yet"), anchor=False)
        st.markdown(
            _(
                "A finding says in whole sentences what the study has shown. For example: “Seven of the eight experts "
                "of federal, regional and local authorities speak of poor exchange between agencies, and only two of "
                "the twelve others do.” Say what a sentence claims, and it is counted again without each expert, by "
                "other coders and in other groups. Tie charts to it, and quotes that speak for it and against it."
            )
        )


def _finding(study: Row, spoken: Spoken, finding: Finding, number: int, writing: bool) -> None:
    with st.container(border=True, key=f"finding-{finding.id}"):
        for place, one in enumerate(finding.sentences):
            if place:
                st.divider()
            _sentence(study, spoken, finding, one, f"{number}. " if not place else "", writing)
        if writing and editor_of(study) == f"add-{finding.id}":
            st.divider()
            new_sentence(study, spoken, finding.id)
        elif writing and st.button(
            _("Add a sentence"), icon=":material/add:", key=f"add-{finding.id}", type="tertiary"
        ):  # fmt: skip
            open_editor(study, f"add-{finding.id}")


def _sentence(study: Row, spoken: Spoken, finding: Finding, one: Sentence, number: str, writing: bool) -> None:
    st.subheader(plain(f"{number}{label(one, 'text')}"), anchor=False)
    if one.claim is not None:
        show_verdict(study, spoken, one.claim, one.id)
    elif one.problem is not None:
        st.warning(plain(translate(one.problem)), icon=":material/info:")
    _quotes(spoken, one)
    with st.container(horizontal=True, vertical_alignment="center"):
        _views(study, spoken, one.views)
        edited = editor_of(study) == one.id
        closed = writing and not edited
        if closed and st.button(_("Edit"), icon=":material/edit:", key=f"edit-{one.id}", type="tertiary"):
            open_editor(study, one.id)
    if writing and edited:
        edit_sentence(study, spoken, finding.id, one)


def _quotes(spoken: Spoken, one: Sentence) -> None:
    """Both sides beside each other; on a phone one below the other."""
    if one.quotes:
        sides = st.columns(2, gap="medium")
        for side, stance, title in zip(
            sides, (FOR, AGAINST), (_("Speaks for it"), _("Speaks against it")), strict=True
        ):
            with side:
                st.markdown(f"**{title}**")
                spoken_here = [quote for quote in one.quotes if quote.stance == stance]
                for quote in spoken_here:
                    st.markdown(spoken.of_quote(quote.text, quote.expert_id, quote.group_id, quote.label))
                if not spoken_here:
                    st.caption(_("No quote on this side."))
    if one.hidden:
        st.caption(
            ngettext(
                "{count} quote is hidden from you for now.", "{count} quotes are hidden from you for now.", one.hidden
            )
        )


def _views(study: Row, spoken: Spoken, views: tuple[View, ...]) -> None:
    for view in views:
        if may_open(study, view.page):
            st.page_link(
                f"pages/{view.page}.py", label=plain(spoken.of_view(view)), icon=":material/bar_chart:",
                query_params=[("study", study["slug"]), *view.query],
            )  # fmt: skip
