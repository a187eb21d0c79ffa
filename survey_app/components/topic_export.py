"""Take a run of topics along: for a notebook, as a model of BERTopic."""

import streamlit as st

from survey_app import jobs, session
from survey_app.actions.results import topics_frame
from survey_app.actions.topic_files import bertopic_file, bertopic_key, start_bertopic_file
from survey_app.components.downloads import download
from survey_app.components.job_watch import watch
from survey_app.components.plain import plain
from survey_app.language import _, translate
from survey_app.store.log import Row


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
        if state.under_way:
            watch(bertopic_key(run))
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
