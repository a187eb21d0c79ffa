"""What readers may have although no page of ours shows it, and how to say that nobody can read it any more."""

import streamlit as st

from survey_app import session
from survey_app.actions.handed_out import called, handed_out, nobody_reads
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _
from survey_app.store.log import Row


def given_out(study: Row) -> None:
    """A quiet list; nothing where nothing was given out."""
    found = handed_out(session.store(), study)
    if not found:
        return
    st.header(_("Given out besides"), anchor=False)
    st.caption(
        _(
            "Whoever has one of these can lay it beside what is published, so every new version is judged together "
            "with them."
        )
    )
    for row in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(plain(called(row)), width="stretch")
            _over(study, row)


def _over(study: Row, row: Row) -> None:
    name, icon = _("Nobody can read this any more…"), ":material/visibility_off:"
    with st.popover(name, icon=icon, key=f"over-popover-{row['id']}"):
        st.markdown(
            _(
                "Say so only of what never left the house or was deleted wherever it lay. What is published from then "
                "on may give away, together with it, what both hide."
            )
        )
        if st.button(_("Nobody can read this any more"), type="primary", key=f"over-{row['id']}"):
            with telling_problems():
                nobody_reads(session.store(), session.current_person(study), study, row["id"])
                tell(_("Nothing is judged beside it any more."))
                st.rerun()
