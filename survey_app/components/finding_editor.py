"""A sentence of a finding is written here: its words in both languages, what it claims, what it rests on, its place."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

import streamlit as st

from coding.claims import Claim
from survey_app import session
from survey_app.actions.findings import (
    LONGEST,
    Sentence,
    add_finding,
    add_sentence,
    change_sentence,
    move_finding,
    move_sentence,
    remove_finding,
    remove_sentence,
)
from survey_app.components.claim_choice import claim_choice
from survey_app.components.finding_evidence import tie_quotes, tie_views
from survey_app.components.finding_names import Spoken
from survey_app.components.finding_verdict import show_verdict
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _
from survey_app.store.log import Row

OPEN = "finding-open"


def editor_of(study: Row) -> str:
    """What is written in this tab now: the id of a sentence, or what shall be added; "" for nothing."""
    return str(st.session_state.get(OPEN, {}).get(study["id"], ""))


def open_editor(study: Row, what: str) -> None:
    """Write something, instead of whatever was written before."""
    st.session_state[OPEN] = {study["id"]: what}
    st.rerun()


def new_sentence(study: Row, spoken: Spoken, finding_id: str) -> None:
    """A sentence that is not there yet: of a finding, or the first of a new one."""
    key = f"sentence-{finding_id or 'new'}"
    text_en, text_ru, claim, complete = _said(study, spoken, None, key)

    def add() -> None:
        store, person = session.store(), session.current_person(study)
        if finding_id:
            add_sentence(store, person, study["id"], finding_id, text_en=text_en, text_ru=text_ru, claim=claim)
        else:
            add_finding(store, person, study["id"], text_en=text_en, text_ru=text_ru, claim=claim)
        _leave(study)

    with st.container(horizontal=True):
        _button(_("Add"), ":material/save:", f"{key}-save", add, _("Saved."), kind="primary", disabled=not complete)
        _close(study, key)


def edit_sentence(study: Row, spoken: Spoken, finding_id: str, one: Sentence) -> None:
    """A sentence that is there: words and claim, quotes, views, and its place."""
    with st.container(border=True, key=f"editing-{one.id}"):
        words, quotes, views, place = st.tabs(
            [_("Sentence"), _("Quotes"), _("Charts"), _("Place")], key=f"tabs-{one.id}"
        )
        with words:
            _words(study, spoken, one)
        with quotes:
            tie_quotes(study, spoken, one)
        with views:
            tie_views(study, spoken, one)
        with place:
            _place(study, finding_id, one)
        _close(study, one.id)


def _words(study: Row, spoken: Spoken, one: Sentence) -> None:
    text_en, text_ru, claim, complete = _said(study, spoken, one, one.id)

    def save() -> None:
        change_sentence(
            session.store(), session.current_person(study), study["id"], one.id, text_en=text_en, text_ru=text_ru,
            claim=claim,
        )  # fmt: skip

    _button(_("Save"), ":material/save:", f"save-{one.id}", save, _("Saved."), kind="primary", disabled=not complete)


def _said(study: Row, spoken: Spoken, one: Sentence | None, key: str) -> tuple[str, str, Claim | None, bool]:
    """Words and claim as they stand in the fields, and whether nothing is missing in the claim.

    A claim that is new shows at once whether it holds.
    """
    words = []
    for side, tongue, title in zip(st.columns(2), ("en", "ru"), (_("In English"), _("In Russian")), strict=True):
        before = getattr(one, f"text_{tongue}") if one else ""
        words.append(
            side.text_area(
                title, before, max_chars=LONGEST, height=120, key=f"{key}-{tongue}-{crc32(before.encode()):08x}"
            )
        )
    before = one.claim if one else None
    claim, complete = claim_choice(spoken, before, f"{key}-{crc32(repr(before).encode()):08x}")
    if claim is not None and claim != before:
        show_verdict(study, spoken, claim, f"new-{key}")
    return words[0], words[1], claim, complete


def _place(study: Row, finding_id: str, one: Sentence) -> None:
    here = session.store(), session.current_person(study), study["id"]
    for what, move, row_id in (
        (_("This sentence"), move_sentence, one.id),
        (_("The finding"), move_finding, finding_id),
    ):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(what, width=140)
            for step, title, icon in ((-1, _("Move up"), "arrow_upward"), (1, _("Move down"), "arrow_downward")):

                def act(step: int = step, move: Callable[..., None] = move, row_id: str = row_id) -> None:
                    move(*here, row_id, step)

                _button(title, f":material/{icon}:", f"{title}-{row_id}-{one.id}", act, "")
            remove = remove_sentence if row_id == one.id else remove_finding

            def take(remove: Callable[..., None] = remove, row_id: str = row_id) -> None:
                remove(*here, row_id)
                _leave(study)

            _button(
                _("Delete it"), ":material/delete:", f"delete-{row_id}-{one.id}", take,
                _("Deleted. Undo brings it back."), kind="tertiary",
            )  # fmt: skip


def _button(
    title: str,
    icon: str,
    key: str,
    act: Callable[[], None],
    told: str,
    *,
    kind: str = "secondary",
    disabled: bool = False,
) -> None:
    if st.button(title, icon=icon, key=key, type=kind, disabled=disabled):  # type: ignore[arg-type]
        with telling_problems():
            act()
            if told:
                tell(told)
            st.rerun()


def _close(study: Row, key: str) -> None:
    if st.button(_("Close"), icon=":material/close:", key=f"close-{key}", type="tertiary"):
        _leave(study)
        st.rerun()


def _leave(study: Row, what: str = "") -> None:
    st.session_state[OPEN] = {study["id"]: what}
