"""The deposit package: made when it is asked for, refused with the gate's own words."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.depositing import SUFFIX, deposit
from survey_app.actions.gate import PublishingRefused
from survey_app.actions.results import stamp_of
from survey_app.components.confirmed_words import confirmed_words
from survey_app.components.plain import plain
from survey_app.components.telling import telling_problems
from survey_app.language import _, ngettext
from survey_app.store.log import Row


def deposit_button(study: Row) -> None:
    """A button that makes the package, and one that hands it over as long as the study is as it was."""
    kept = f"deposit-{study['id']}"
    stamp = stamp_of(session.store(), study["id"])
    words = f"{kept}-words"
    accepted = confirmed_words(st.session_state.get(words, ()))
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            _("Make the deposit package"), icon=":material/inventory_2:",
            help=_("For a repository: README, instrument, codebook, released quotes, tables, methods note, citation. "
                   "The gate of publishing is asked first."),
        )  # fmt: skip
        if pressed:
            with telling_problems(), st.spinner(_("The package is being made.")):
                try:
                    person = session.current_person(study)
                    content, count = deposit(session.store(), study, person=person, accepted_words=accepted)
                except PublishingRefused as refused:
                    st.session_state[words] = refused.doubtful
                    raise
                stamp = stamp_of(session.store(), study["id"])  # what was given out is noted in the study itself
                st.session_state[kept] = (stamp, content, count)
        made = st.session_state.get(kept)
        if made and made[0] == stamp:
            st.download_button(
                f"{study['slug']}{SUFFIX}", made[1], f"{study['slug']}{SUFFIX}", "application/zip",
                icon=":material/download:", key="take the deposit package", on_click="ignore",
            )  # fmt: skip
            st.caption(plain(ngettext("{count} file", "{count} files", made[2])), width="content")
