"""What experts want in other words, beside what they said: decide on what could identify somebody, accept or refuse;
where the study asks for it, sign as a second person."""

import streamlit as st

from survey_app import session
from survey_app.actions.looking_through import FoundWords
from survey_app.actions.rewordings import (
    Rewording,
    accept_rewording,
    as_told,
    refuse_rewording,
    rewordings,
    sign_rewording,
)
from survey_app.components.deidentify_names import how_names, kind_names, level_names
from survey_app.components.plain import plain
from survey_app.components.second_person import you_are_the_first
from survey_app.components.telling import telling_problems
from survey_app.language import _
from survey_app.store.log import Row
from transcripts.pseudonyms import GENERAL, KEPT


def rewording_list(study: Row) -> None:
    """Those that wait first; nothing where there are none."""
    found = rewordings(session.store(), study)
    if not found:
        return
    st.header(_("Other words that experts want"), anchor=False)
    st.caption(
        _(
            "Accepted words take the place of what was said, in releases and reports; readers are told that the "
            "expert worded them. The text and its codings stay as they are."
        )
    )
    person = session.current_person(study)
    if any(each.state == "accepted" and not each.signed_by and each.decided_by == person for each in found):
        you_are_the_first(person)
    for each in found:
        _one(study, each)


def _one(study: Row, each: Rewording) -> None:
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        left.caption(plain(" · ".join([_("As it was said"), each.expert_key, each.label])))
        left.markdown(plain(each.text))
        right.caption(_("As the expert wants it"))
        right.markdown(plain(each.wording))
        with right:
            decisions = _decisions(each)
            told = as_told(each.wording, each.found, decisions)
            if told != each.wording:
                st.caption(_("As readers would see it"))
                st.markdown(plain(told))
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
            _state(study, each)
            if (each.state in {"waits", "refused"} or decisions != each.decisions) and st.button(
                _("Accept these words"), key=f"accept-{each.statement_id}", icon=":material/check:",
                disabled=len(decisions) < len(each.found),
            ):  # fmt: skip
                with telling_problems():
                    person = session.current_person(study)
                    accept_rewording(session.store(), person, study, each.statement_id, each.wording, decisions)
                    st.rerun()
            if each.state != "refused" and st.button(
                _("Refuse"), key=f"refuse-{each.statement_id}", icon=":material/block:", type="tertiary",
                help=_("The quote then does not go out at all, unless the expert answers anew."),
            ):  # fmt: skip
                with telling_problems():
                    refuse_rewording(
                        session.store(), session.current_person(study), study, each.statement_id, each.wording
                    )
                    st.rerun()


def _decisions(each: Rewording) -> dict[int, str]:
    """What is chosen for each place that could identify somebody, by where it begins."""
    if not each.found:
        return {}
    st.warning(
        _("This could tell who is meant. Decide on each before the words are accepted."),
        icon=":material/person_alert:",
    )
    chosen = {place.start: _decision(each, place) for place in each.found}
    return {start: level for start, level in chosen.items() if level}


def _decision(each: Rewording, place: FoundWords) -> str:
    levels = {GENERAL: place.label} | ({} if place.named else {KEPT: level_names()[KEPT]})
    before = each.decisions.get(place.start)
    facts = _("{words}: {kind}, {how}", words=place.words, kind=kind_names()[place.kind], how=how_names()[place.how])
    return (
        st.segmented_control(
            plain(facts), list(levels), default=before if before in levels else None,
            format_func=lambda level: plain(levels[level]), key=f"level-{each.statement_id}-{place.start}",
        )
        or ""
    )  # fmt: skip


def _state(study: Row, each: Rewording) -> None:
    """What has become of the words, and the second signature where it waits."""
    if each.state == "waits":
        return
    if each.state == "refused":
        st.badge(_("Refused"), color="gray", icon=":material/block:")
        return
    st.badge(_("Accepted"), color="blue", icon=":material/check:")
    if each.state == "accepted":
        if each.signed_by:
            st.badge(_("Signed"), color="green", icon=":material/verified:")
        return
    person = session.current_person(study)
    st.badge(_("Waits for the signature of a second person"), color="orange", icon=":material/pending:")
    if st.button(
        _("Sign"), key=f"sign-{each.statement_id}", icon=":material/verified:", disabled=person == each.decided_by,
        help=_("You have accepted these words yourself. A second person signs them.")
        if person == each.decided_by
        else None,
    ):  # fmt: skip
        with telling_problems():
            sign_rewording(session.store(), person, study, each.statement_id, each.wording)
            st.rerun()
