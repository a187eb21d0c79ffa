"""The texts and how far the review of each is: look through, finish, sign, open again."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from survey_app import jobs, session
from survey_app.actions.identifying import job_key, start_looking, texts_to_look_through
from survey_app.actions.review_state import TextState, asks_second_signature
from survey_app.actions.reviewing import ask_second_signature, finish_review, reopen_review, sign_review
from survey_app.components.deidentify_names import state_names
from survey_app.components.job_watch import watch
from survey_app.components.paging import page_buttons, page_number
from survey_app.components.plain import plain
from survey_app.components.second_person import you_are_the_first
from survey_app.components.telling import telling_problems
from survey_app.language import _, ngettext, translate
from survey_app.store.log import Row
from survey_app.store.team import Role

PAGE = 20


def look_through_texts(study: Row, states: list[TextState]) -> None:
    """What nobody has looked through as it is now, and the work of looking through it."""
    state = jobs.state(job_key(study))
    if state.under_way:
        watch(job_key(study))
        return
    if state.status == "failed" and state.message:
        st.warning(plain(translate(state.message)), icon=":material/info:")
    waiting = texts_to_look_through(session.store(), study["id"])
    if named := [each for each in states if each.state == "new_names"]:
        texts = "; ".join(f"{each.key} ({', '.join(each.new_names)})" for each in named)
        st.warning(
            plain(
                _("Names that came into the roster after these texts were looked through stand in them: {texts}. Their "
                  "reviews are open again until you look through them.", texts=texts)
            ),
            icon=":material/person_alert:",
        )  # fmt: skip
    if waiting:
        st.info(
            ngettext(
                "{count} text waits to be looked through for names, organisations, places, numbers and the like.",
                "{count} texts wait to be looked through for names, organisations, places, numbers and the like.",
                len(waiting),
            ),
            icon=":material/search:",
        )  # fmt: skip
    with st.container(horizontal=True):
        if waiting:
            st.button(
                _("Look through"), type="primary", icon=":material/search:", on_click=_start, args=(study, waiting)
            )
        again = [each.source_id for each in states if each.state not in {"unseen", "corrected", "new_names"}]
        if again:
            st.button(
                _("Look through all again"), type="tertiary", icon=":material/refresh:", on_click=_start,
                args=(study, [*again, *waiting]),
                help=_("After names were added to the roster. What was decided stays."),
            )  # fmt: skip


def _start(study: Row, source_ids: list[str]) -> None:
    with telling_problems():
        start_looking(session.store(), session.current_person(study), study, source_ids)


def text_list(study: Row, states: list[TextState]) -> None:
    """A line a text, those with released quotes first, and what can be said of its review."""
    second = asks_second_signature(study)
    st.toggle(
        _("A second person signs each review"), second, key="deidentify-second", on_change=_ask, args=(study,),
        disabled=not session.may(Role.OWNER), help=_("Words go out only when both have said so. The owner decides it."),
    )  # fmt: skip
    person = session.current_person(study)
    if second and any(each.state == "finished" and each.finished_by == person for each in states):
        you_are_the_first(person)
    decided = [each for each in states if each.state == "open" and not each.undecided]
    if len(decided) > 1:
        st.button(
            ngettext("Finish {count} review", "Finish {count} reviews", len(decided)), icon=":material/done_all:",
            key="deidentify-finish", on_click=_finish_all, args=(study, decided),
        )  # fmt: skip
    states = sorted(states, key=lambda each: not each.released)
    pages = (len(states) + PAGE - 1) // PAGE
    number = page_number(pages, "deidentify-texts")
    for each in states[(number - 1) * PAGE : number * PAGE]:
        _one_text(study, each, second=second)
    page_buttons(pages, "deidentify-texts", "below")


def warn_of_small_letters(states: list[TextState]) -> None:
    """A sentence about texts in which no recogniser sees names."""
    small = [each.key for each in states if each.mostly_lower]
    if small:
        st.warning(
            _("Nearly everything is in small letters here, so only known names were found; read these texts "
              "yourself: {texts}.", texts=plain(", ".join(small))),
            icon=":material/text_fields:",
        )  # fmt: skip


def _one_text(study: Row, each: TextState, *, second: bool) -> None:
    words, colour, icon = state_names()[each.state]
    with st.container(border=True):
        left, right = st.columns([3, 2], vertical_alignment="center")
        left.markdown(f"**{plain(each.key)}** {plain(each.title)} :{colour}-badge[{icon} {words}]")
        left.caption(plain(" · ".join(_facts(each))))
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            if each.state == "open":
                _button(study, each, "finish", _("Finish the review"), ":material/check:", finish_review,
                        disabled=each.undecided > 0)  # fmt: skip
            if each.state == "finished" and second:
                mine = each.finished_by == session.current_person(study)
                _button(study, each, "sign", _("Sign"), ":material/verified:", sign_review, disabled=mine,
                        help=_("A second person signs: you have finished it yourself.") if mine else None)  # fmt: skip
            if each.state in {"finished", "signed"}:
                _button(study, each, "reopen", _("Open again"), ":material/undo:", reopen_review, kind="tertiary")


def _facts(each: TextState) -> list[str]:
    facts = [
        ngettext("{count} place", "{count} places", each.places),
        ngettext("{count} undecided", "{count} undecided", each.undecided),
        ngettext("{count} quote released", "{count} quotes released", each.released) if each.released
        else _("no quote released: needs no review"),
    ]  # fmt: skip
    if each.finished_by:
        facts.append(_("finished by {person}", person=each.finished_by))
    if each.signed_by:
        facts.append(_("signed by {person}", person=each.signed_by))
    return facts


def _button(
    study: Row, each: TextState, name: str, text: str, icon: str, action: Callable[..., None], *,
    kind: str = "secondary", disabled: bool = False, help: str | None = None,
) -> None:  # fmt: skip
    st.button(
        text, key=f"{name}-{each.source_id}", icon=icon, type=kind, disabled=disabled, help=help,  # type: ignore[arg-type]
        on_click=_act, args=(study, each, action),
    )  # fmt: skip


def _act(study: Row, each: TextState, action: Callable[..., None]) -> None:
    with telling_problems():
        action(session.store(), session.current_person(study), study["id"], each.source_id)


def _finish_all(study: Row, decided: list[TextState]) -> None:
    for each in decided:
        _act(study, each, finish_review)


def _ask(study: Row) -> None:
    with telling_problems():
        wanted = bool(st.session_state["deidentify-second"])
        ask_second_signature(session.store(), session.current_person(study), study["id"], wanted)
