"""The texts that a coder was given: how far they are, the way to the desk, handing in, and what training has shown."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.assigning import NotAllLookedAt, hand_in
from survey_app.actions.opening import Assigned, own_texts
from survey_app.actions.training import trainings
from survey_app.components.assignment_words import kind_of
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.components.training_result import training_result
from survey_app.language import _, translate
from survey_app.store import sources
from survey_app.store.log import Row


def show_own_texts(study: Row) -> None:
    """What whoever codes in this tab was given; alone, as long as something of it is to be done."""
    if not session.coders(study):
        return
    coder = session.current_coder(study)
    found = own_texts(session.store(), study["id"], coder["id"])
    if not found or (session.alone() and all(each.handed_in for each in found)):
        return
    with session.store().reading() as connection:
        titles = {row["id"]: row["title"] for row in sources.sources(connection, study["id"])}
    with st.container(border=True):
        st.header(_("Your texts") if not session.alone() else _("Texts of {coder}", coder=coder["key"]), anchor=False)
        for each in found:
            _text(study, coder, each, titles.get(each.row["source_id"], ""))
    for trained in trainings(session.store(), study["id"], coder["id"]):
        name = _("Result of the training at {key}", key=trained.row["source_key"])
        with st.expander(plain(name), icon=":material/school:"):
            training_result(study, trained)


def hand_in_here(study: Row, source_id: str, coder: Row) -> None:
    """The way to hand in the text on the desk, where it was given and is not handed in."""
    for each in own_texts(session.store(), study["id"], coder["id"]):
        if each.row["source_id"] == source_id and not each.handed_in:
            _hand_in(study, coder, each)


def _text(study: Row, coder: Row, each: Assigned, title: str) -> None:
    row = each.row
    with st.container(horizontal=True, vertical_alignment="center"):
        name = f"**{plain(row['source_key'])}** {plain(title)}"
        st.markdown(f"{name}  \n:small[{plain(kind_of(each))}]", width="stretch")
        far = _("{k} of {n}", k=each.looked, n=each.total)
        st.progress(each.looked / each.total if each.total else 0.0, far, width=170)
        if each.handed_in:
            st.markdown(f":green-badge[:material/check: {_('handed in')}]", width=130)
            return
        st.page_link(
            "pages/desk.py", label=_("Coding desk"), icon=":material/edit_note:", width="content",
            query_params={"study": study["slug"], "source": row["source_key"], "coder": coder["key"]},
        )  # fmt: skip
        _hand_in(study, coder, each)


def _hand_in(study: Row, coder: Row, each: Assigned) -> None:
    missing = each.total - each.looked
    with st.popover(_("Hand in"), icon=":material/task_alt:", key=f"hand-in-{each.row['id']}"):
        st.markdown(_("The text is then closed for changes until the researcher gives it back."))
        if missing:
            st.warning(plain(translate(NotAllLookedAt(missing).message)), icon=":material/hourglass_top:")
        label = _("Hand in nevertheless") if missing else _("Hand in now")
        if st.button(label, type="primary", key=f"hand-in-now-{each.row['id']}"):
            with telling_problems():
                hand_in(
                    session.store(), session.current_person(study), study["id"], coder["id"], each.row["source_id"],
                    incomplete=bool(missing),
                )  # fmt: skip
                tell(_("The text was handed in."))
                st.rerun()
