"""Whether a claim holds: one plain line, and every re-analysis behind it."""

from __future__ import annotations

import streamlit as st

from coding.claims import Claim, UnusableClaim
from coding.robustness import verdict
from survey_app import session
from survey_app.actions.finding_checks import does_it_hold
from survey_app.components.finding_names import Spoken
from survey_app.components.plain import plain
from survey_app.language import _, translate
from survey_app.store.log import Row
from survey_app.views.claim_words import claim_words, table, verdict_words

TALLEST = 420
"""Pixels of a table of re-analyses that has more rows than `MOST`; it is scrolled, and its words wrap on a phone."""
MOST = 12


def show_verdict(study: Row, spoken: Spoken, claim: Claim, key: str) -> None:
    """Whether a claim holds in one line, and every re-analysis behind it."""
    try:
        rows = does_it_hold(session.store(), study, claim)
    except UnusableClaim as problem:
        st.warning(plain(translate(problem.message)), icon=":material/info:")
        return
    said = verdict(rows)
    picture = "help" if said.holds is None else "block" if not said.holds else "rule" if said.turned else "verified"
    st.markdown(f":material/{picture}: {plain(verdict_words(rows, said, spoken.names))}")
    with st.expander(_("Does it hold?"), icon=":material/table_rows:", key=f"holds-{key}"):
        st.caption(plain(claim_words(claim, spoken.names)))
        listed = table(rows, spoken.names)
        with st.container(height=TALLEST if len(listed) > MOST else "content", border=False):
            st.table(listed.map(plain), border="horizontal", hide_index=True, alt=_("Every re-analysis of this claim"))
        st.caption(
            _(
                "A share goes with the number of experts. Without an expert who is not counted in the claim nothing "
                "changes, so these are not tried. A coder is compared over the experts whom they have read whole."
            )
        )
