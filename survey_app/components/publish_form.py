"""Publish: choose the segments, see what the gate says, freeze a version."""

from dataclasses import replace

import streamlit as st

from survey_app import session
from survey_app.actions.findings import findings_of
from survey_app.actions.gate import Own, gate, passing
from survey_app.actions.publishing_job import start_publishing
from survey_app.actions.publishing_plan import take_proposal
from survey_app.actions.quotes_out import quotes_out
from survey_app.actions.released_findings import findings_released, release_findings
from survey_app.actions.released_topics import topics_to_release
from survey_app.actions.standing import standing_releases
from survey_app.actions.study_card import study_card
from survey_app.components.cells_by_hand import cells_by_hand
from survey_app.components.confirmed_words import confirmed_words
from survey_app.components.gate_links import gate_links
from survey_app.components.plain import plain
from survey_app.components.plan_choice import plan_choice
from survey_app.components.publishing_now import is_being_published, publishing_now
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext, translate
from survey_app.publishing.segments import Proposal
from survey_app.publishing.study_card import Card
from survey_app.store import results
from survey_app.store.log import Row
from transcripts.messages import sentence


def publish_form(study: Row) -> None:
    """Choices, gate, button; then what can be released by hand."""
    plan = plan_choice(study)
    with_topics = topics_to_release(session.store(), study) is not None and st.checkbox(
        _("With the topics of the newest run"),
        help=_("Who speaks of which topic, and the words of topics; never single statements. Read the topics first."),
    )
    _with_findings(study)
    before = [row["id"] for row in standing_releases(session.store(), study)]
    instead = bool(before) and st.checkbox(
        _("In place of the versions that readers can open now"), key="in place of versions",
        help=_("These become notices that lead to the newest. Otherwise the gate judges the new version together with "
               "them, since readers can lay them side by side."),
    )  # fmt: skip
    slug = st.text_input(
        _("Name in the address"), _usual_name(study), max_chars=60,
        help=_("Small Latin letters, digits and hyphens. The page will be at /r/ and this name."),
    )  # fmt: skip
    own = Own(with_topics, slug.strip())
    busy = is_being_published(study)  # then the gate is being asked already
    passed, accepted = (False, frozenset[str]()) if busy else _gate(study, own, before if instead else [])
    if st.button(_("Publish a new version"), type="primary", disabled=not passed, icon=":material/public:"):
        with telling_problems():
            start_publishing(
                session.store(), session.current_person(study), study, slug=slug.strip(), with_topics=with_topics,
                segmentation_keys=[each.key for each in plan.segmentations], accepted_words=accepted, instead=instead,
            )  # fmt: skip
            st.rerun()
    publishing_now(study)
    if not busy:
        cells_by_hand(study, plan)


def _with_findings(study: Row) -> None:
    """Whether the page leads with the findings, kept with the study; nothing where there are none."""
    store = session.store()
    if not findings_of(store, study["id"]):
        return
    before = findings_released(store, study["id"])
    wanted = st.checkbox(
        _("With the findings"), before,
        help=_("Readers see them first, in both languages, with released quotes alone. The gate looks for names and "
               "for words that were not released."),
    )  # fmt: skip
    if wanted != before:
        with telling_problems():
            release_findings(store, session.current_person(study), study["id"], wanted=wanted)
            st.rerun()


def _gate(study: Row, own: Own, replacing: list[str]) -> tuple[bool, frozenset[str]]:
    """What the gate says, and what would pass; returns whether it is open, and the words that were confirmed to name
    nobody."""
    with st.spinner(_("The gate is being asked.")):
        report = gate(session.store(), study, replacing=replacing, own=own)
    with st.container(border=True):
        accepted = confirmed_words(report.doubtful)
        if accepted:
            report = gate(session.store(), study, replacing=replacing, own=replace(own, accepted=accepted))
        if report.passed:
            st.markdown(":material/lock_open: **" + _("The gate is open.") + "**")
            _quotes_going(study)
        else:
            st.markdown(":material/lock: **" + _("The gate is shut.") + "** " + _("Before anything is published:"))
        for reason in report.reasons:
            st.markdown(f"- {plain(translate(reason))}")
        for proposal in report.proposals:
            _proposal(study, proposal)
        if report.proposals and (fit := passing(session.store(), study)):
            names = "; ".join(_("“{name}”", name=label(each)) for each in fit)
            st.caption(plain(_("These groupings of the study pass: {names}.", names=names)))
        notices = [*report.notices]
        if study_card(session.store(), study["id"]) == Card():
            notices.append(
                sentence("The study card is empty: the note on methods will say of what is asked there that it is "
                         "missing.")
            )  # fmt: skip
        for notice in notices:
            st.caption(f":material/info: {plain(translate(notice))}")
        gate_links((*report.reasons, *notices))
    return report.passed, accepted


def _proposal(study: Row, proposal: Proposal) -> None:
    st.markdown(f":material/call_merge: {plain(translate(proposal.message))}")
    if st.button(_("Take this merging"), key=f"take-{proposal.refused}", icon=":material/check:"):
        with telling_problems():
            take_proposal(session.store(), session.current_person(study), study, proposal.refused)
            tell(_("The merging was kept and chosen."))
            st.rerun()


def _quotes_going(study: Row) -> None:
    """How many of the released quotes go into a version published now: a warning where most do not."""
    with st.spinner(_("The gate is being asked.")):
        out = quotes_out(session.store(), study)
    if not out.released:
        return
    told = ngettext(
        "{going} of {count} released quote goes into this version.",
        "{going} of {count} released quotes go into this version.",
        out.released, going=out.going,
    )  # fmt: skip
    if out.most_stay:
        st.warning(told, icon=":material/format_quote:")
    else:
        st.markdown(told)


def _published(study: Row) -> list[Row]:
    with session.store().reading() as connection:
        return results.releases(connection, study["id"])


def _usual_name(study: Row) -> str:
    """The name used last, so that the next version stands beside the ones before."""
    return str(next((row["slug"] for row in _published(study)), study["slug"]))
