"""Who moderates: one line a session, with the reason, confirmed for all at once."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.moderators import Proposed, moderators_to_confirm
from survey_app.actions.people import confirm_speakers
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store.log import Row


def moderator_list(study: Row) -> None:
    """Shown as long as a session has no confirmed moderator."""
    found = moderators_to_confirm(session.store(), study["id"])
    if not found:
        return
    with st.container(border=True):
        st.markdown(f"**{_('Who moderates?')}**")
        st.caption(_("The moderator asks and is never counted; from these words the questions of the guide are found."))
        chosen = {each.source["id"]: _line(each) for each in found}
        decisions = [
            {"id": row["id"], "display_name": row["display_name"], "role": "moderator", "expert_key": ""}
            for row in chosen.values()
            if row is not None
        ]
        label = ngettext("Confirm {count} moderator", "Confirm {count} moderators", len(decisions))
        if st.button(label, icon=":material/done_all:", disabled=not decisions):
            with telling_problems():
                confirm_speakers(session.store(), session.current_person(study), study["id"], decisions)
                tell(ngettext("{count} moderator was confirmed.", "{count} moderators were confirmed.", len(decisions)))
                st.rerun()


def _line(each: Proposed) -> Row | None:
    rows = {row["id"]: row for row in each.speakers}
    title = " · ".join(part for part in (each.source["key"], each.source["title"], each.source["date"]) if part)
    chosen = st.selectbox(
        title, list(rows), index=0 if each.sure else None, key=f"moderator-{each.source['id']}",
        format_func=lambda row_id: rows[row_id]["display_name"], placeholder=_("nobody, or not known yet"),
        help=_why(each) or None,
    )  # fmt: skip
    if each.sure:
        st.caption(plain(_why(each)))
    return rows.get(chosen or "")


def _why(each: Proposed) -> str:
    if not each.sure:
        return ""
    manner = each.manner
    if manner is None:
        return _("The name says so.")
    facts = [
        _("asks in {share} % of the turns", share=round(100 * manner.asks)),
        _("{words} words a turn", words=round(manner.words)),
        _("speaks first") if manner.first else "",
        _("calls on {share} % of the others", share=round(100 * manner.calls_on)) if len(each.speakers) > 2 else "",
    ]
    return ", ".join(fact for fact in facts if fact)
