"""Take a run of topics along: for a notebook, as a model of BERTopic."""

import streamlit as st

from survey_app import jobs, session
from survey_app.actions.results import topics_frame
from survey_app.actions.topic_files import bertopic_file, bertopic_key, start_bertopic_file
from survey_app.components.downloads import download
from survey_app.components.plain import plain
from survey_app.language import _, translate
from survey_app.store.log import Row

UNDER_WAY = {"waiting", "running"}


def topic_export(study: Row) -> None:
    """The section, closed until somebody asks; open while the file is made and once it is there."""
    run, _assigned = topics_frame(session.store(), study["id"])
    if run is None:
        return
    state = jobs.state(bertopic_key(run))
    with st.expander(_("Take the topics along"), icon=":material/download:", expanded=state.status != "none"):
        st.markdown(
            _(
                "A model of BERTopic in its safe form (safetensors), with the topics as they are shown here, their "
                "words and names: for people who go on in a notebook. It holds no statement."
            )
        )
        if state.status in UNDER_WAY:
            _watch(run)
            return
        if state.status == "failed" and state.message:
            st.warning(plain(translate(state.message)), icon=":material/info:")
        content = bertopic_file(session.store(), study)
        with st.container(horizontal=True):
            st.button(
                _("Make it again") if content else _("Make the file"), icon=":material/build:",
                on_click=start_bertopic_file, args=(session.store(), study),
            )  # fmt: skip
            if content:
                download(_("Download the model"), f"topics-{study['slug']}.zip", "application/zip", lambda: content)


@st.fragment(run_every=1)
def _watch(run: Row) -> None:
    """Progress of the file; the whole page comes again when it ends."""
    state = jobs.state(bertopic_key(run))
    if state.status not in UNDER_WAY:
        st.rerun()
    st.progress(state.progress, plain(translate(state.message)) if state.message else _("Waiting for the worker"))
    st.button(
        _("Cancel"), icon=":material/stop:", key="cancel bertopic", on_click=jobs.cancel, args=(bertopic_key(run),)
    )
