"""The codebook on screen: the tree at the left, one code at the right; what else a codebook says in tabs of its own."""

import streamlit as st

from survey_app import session
from survey_app.actions.code_merging import preview_move
from survey_app.actions.codebook import add_code, move_code
from survey_app.actions.codebook_seen import codes_seen
from survey_app.actions.codebook_undo import (
    Turned,
    last_codebook_change,
    last_codebook_undone,
    redo_codebook,
    undo_codebook,
)
from survey_app.components.code_acts import move_question
from survey_app.components.code_page import code_page
from survey_app.components.codebook_choice import choose_code, chosen_code
from survey_app.components.codebook_file import codebook_file
from survey_app.components.codebook_names import act_name, places
from survey_app.components.codebook_reading import codebook_to_read
from survey_app.components.codebook_sections import attributes_editor, literature_editor, rules_editor
from survey_app.components.codebook_tree import Act, codebook_tree
from survey_app.components.codebook_versions import codebook_versions
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext, translate
from survey_app.store.log import Row
from survey_app.store.team import Role
from transcripts.messages import MessageError

STALE = "codebook-stale"


def codebook_editor(study: Row) -> None:
    """Everything that coders work by, with undo above it; who may not change it reads it."""
    role = session.role(study)
    if role is None or role < Role.RESEARCHER:
        codebook_to_read(study)
        return
    _turning(study)
    tabs = st.tabs(
        [_("Codes"), _("Rules"), _("Attributes of statements"), _("Literature"), _("Versions"), _("Import and export")]
    )
    for tab, room in zip(
        tabs,
        (_codes, rules_editor, attributes_editor, literature_editor, codebook_versions, codebook_file),
        strict=True,
    ):
        with tab:
            room(study)


def _turning(study: Row) -> None:
    with session.store().reading() as connection:
        done = last_codebook_change(connection, study["id"])
        undone = last_codebook_undone(connection, study["id"])
    person = session.current_person(study)
    with st.container(horizontal=True, vertical_alignment="center"):
        back = st.button(_("Undo"), icon=":material/undo:", disabled=done is None, key="codebook-undo")
        again = st.button(_("Do again"), icon=":material/redo:", disabled=undone is None, key="codebook-redo")
        if done is not None:
            who = _("coder {key}", key=done["person"]) if done["person"] else _("somebody")
            st.caption(
                _("Last change: {act}, {who}, {when}", act=act_name(done["verb"]), who=plain(who),
                  when=plain(moment(done["at"])))
            )  # fmt: skip
    for pressed, turn in ((back, undo_codebook), (again, redo_codebook)):
        if pressed:
            with telling_problems():
                turned = turn(session.store(), person, study["id"])
                text = _("Undone: {act}.") if turn is undo_codebook else _("Done again: {act}.")
                tell(f"{text.format(act=act_name(turned.verb))} {_left(turned)}".strip())
                st.rerun()


def _left(turned: Turned) -> str:
    if not turned.left:
        return ""
    return ngettext(
        "{count} coding was changed since and stays as it is.",
        "{count} codings were changed since and stay as they are.",
        turned.left,
    )


@st.fragment
def _codes(study: Row) -> None:
    if st.session_state.pop(STALE, False):
        st.rerun()  # what a person did in the tree shows everywhere on the page
    found = codes_seen(session.store(), study["id"])
    chosen = chosen_code(study, found)
    left, right = st.columns([2, 3], gap="large")
    with left:
        codebook_tree(study, found, chosen["id"] if chosen else None, lambda act: _act(study, act))
        _new_code(study, found, chosen)
    with right:
        _refused()
        _pending(study, found)
        if chosen is not None:
            code_page(study, chosen, found)


def _act(study: Row, act: Act) -> None:
    """What the tree asks for, before the page is drawn again. A move that turns a polarity waits for a yes."""
    choose_code(study, act.code)
    st.session_state.pop("codebook-pending", None)
    if act.do == "choose":
        return
    try:
        if act.parent is not None:
            effect, turned = preview_move(session.store(), study["id"], act.code, act.parent)
            if turned and effect.codings:
                st.session_state["codebook-pending"] = act
                return
        _carry_out(study, act)
    except MessageError as problem:
        st.session_state["codebook-refused"] = problem.message


def _carry_out(study: Row, act: Act) -> None:
    move_code(
        session.store(), session.current_person(study), study["id"], act.code, act.parent, before=act.before
    )  # fmt: skip
    tell(_("The code was moved."))
    st.session_state[STALE] = True


def _refused() -> None:
    problem = st.session_state.pop("codebook-refused", None)
    if problem is not None:
        st.error(plain(translate(problem)), icon=":material/error:")


def _pending(study: Row, found: list[Row]) -> None:
    act: Act | None = st.session_state.get("codebook-pending")
    if act is None or act.parent is None or act.code not in {row["id"] for row in found}:
        return
    with st.container(border=True):
        with telling_problems():
            move_question(study, act.code, act.parent, found)
        with st.container(horizontal=True):
            yes = st.button(_("Move"), type="primary", key="pending-yes")
            no = st.button(_("Leave it where it is"), key="pending-no")
    if yes or no:
        st.session_state.pop("codebook-pending")
        if yes:
            with telling_problems():
                _carry_out(study, act)
        st.rerun()


def _new_code(study: Row, found: list[Row], chosen: Row | None) -> None:
    with st.expander(_("New code"), icon=":material/add:"), st.form("new-code", clear_on_submit=True, border=False):
        below = places(found)
        root = next((row["id"] for row in found if chosen and row["key"] == chosen["root_key"]), None)
        parent = st.selectbox(
            _("Below"), list(below), format_func=below.__getitem__,
            index=list(below).index(root) if root in below else 0,
        )  # fmt: skip
        label_en = st.text_input(_("Name in English"))
        label_ru = st.text_input(_("Name in Russian"))
        definition = st.text_area(_("Definition"), height=80)
        if st.form_submit_button(_("Add code"), type="primary") and parent is not None:
            tongue = "definition_ru" if study["language"] == "ru" else "definition_en"
            with telling_problems():
                made = add_code(
                    session.store(), session.current_person(study), study["id"], parent_id=parent,
                    label_en=label_en, label_ru=label_ru, **{tongue: definition},
                )  # fmt: skip
                choose_code(study, made)
                tell(_("The code was added."))
                st.rerun()
