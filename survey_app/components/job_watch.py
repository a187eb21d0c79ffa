"""A job while it is under way: how far it is, how long it still takes, and a way to stop it."""

from collections.abc import Callable

import streamlit as st

from survey_app import jobs
from survey_app.components.durations import duration
from survey_app.components.plain import plain
from survey_app.jobs.remaining import seconds_left
from survey_app.language import _, translate


@st.fragment(run_every=1)
def watch(
    key: str, *, note: str = "", label: str = "", cancel: Callable[[], None] | None = None,
    ask: Callable[[], jobs.JobState] | None = None,
) -> None:  # fmt: skip
    """Show the job of a key; the whole page comes again when it ends.

    `note` stands below. The button says “Cancel” and cancels the job, unless `label` and `cancel` say otherwise. `ask`
    tells how work stands that is not the worker's.
    """
    state = ask() if ask else jobs.state(key)
    if not state.under_way:
        st.rerun()
    said = [plain(translate(state.message)) if state.message else _("Waiting for the worker")]
    left = seconds_left(state.progress, state.seconds)
    if left is not None:
        said.append(_("{time} left", time=duration(left)))
    st.progress(min(1.0, state.progress), " · ".join(said))
    stop = cancel or (lambda: jobs.cancel(key))
    st.button(label or _("Cancel"), icon=":material/stop:", key=f"cancel {key}", on_click=stop,
              disabled=state.stopping)  # fmt: skip
    if note:
        st.caption(note)
