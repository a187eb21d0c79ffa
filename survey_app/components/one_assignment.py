"""One assignment: changed, given back, withdrawn."""

from __future__ import annotations

from functools import partial

import streamlit as st

from survey_app import session
from survey_app.actions.assigning import change_assignment, give_back, withdraw_assignment
from survey_app.actions.opening import Assigned, Plan
from survey_app.actions.sampling import samples_of
from survey_app.components.assignment_words import cell_of, mode_names, purpose_names
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _
from survey_app.store.log import Row
from survey_app.store.sight import TRAINING


def one_assignment(study: Row, plan: Plan) -> None:
    """Choose an assignment, and a popover with what can be done to it."""
    found = {each.row["id"]: each for each in plan.assigned.values()}
    key = f"assignment-{study['id']}"
    if st.session_state.get(key) not in found:
        st.session_state.pop(key, None)
    chosen = st.selectbox(
        _("Assignment"), list(found), index=None, key=key, width=420, placeholder=_("choose an assignment"),
        format_func=lambda one: _name(found[one]),
    )  # fmt: skip
    if chosen in found:
        with st.popover(_("Change"), icon=":material/edit:", key=f"change-{chosen}"):
            _act(study, plan, found[chosen])


def _name(each: Assigned) -> str:
    return f"{each.row['coder_key']} · {each.row['source_key']} · {cell_of(each)}"


def _act(study: Row, plan: Plan, each: Assigned) -> None:
    store, person, row = session.store(), session.current_person(study), each.row
    if each.handed_in:
        if row["purpose"] == TRAINING:
            st.caption(_("This training is over; its result stands under “Training”."))
            return
        if row["source_id"] in plan.opened:
            st.caption(_("The comparison is open: the coder may have seen the others' work already."))
        if st.button(_("Give back"), icon=":material/undo:", help=_("The coder can change the text again.")):
            _do(partial(give_back, store, person, study["id"], row["id"]), _("The text was given back."))
        return
    samples = {"": _("the whole text")} | {one["id"]: one["name"] for one in samples_of(store, study["id"])}
    with st.form(f"change-{row['id']}", border=False):
        modes, purposes = mode_names(), purpose_names()
        mode = st.radio(_("How"), list(modes), list(modes).index(row["mode"]), format_func=modes.__getitem__)
        purpose = st.radio(
            _("What for"), list(purposes), list(purposes).index(row["purpose"]), format_func=purposes.__getitem__
        )
        part = st.selectbox(
            _("Which part"), list(samples), list(samples).index(row["sample_id"] or ""),
            format_func=samples.__getitem__,
        )  # fmt: skip
        if st.form_submit_button(_("Save"), type="primary", icon=":material/save:"):
            change = partial(
                change_assignment, store, person, study["id"], row["id"], mode=str(mode), purpose=str(purpose),
                sample_id=part or None,
            )  # fmt: skip
            _do(change, _("Saved."))
    if st.button(_("Withdraw"), icon=":material/delete:", type="tertiary"):
        _do(partial(withdraw_assignment, store, person, study["id"], row["id"]), _("The assignment was withdrawn."))


def _do(act: partial[None], said: str) -> None:
    with telling_problems():
        act()
        tell(plain(said))
        st.rerun()
