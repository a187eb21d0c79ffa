"""The dashboard as the browser prints it."""

from datetime import UTC, datetime

import streamlit as st

from survey_app import session
from survey_app.components.filters import Choice, layer_name
from survey_app.components.plain import plain
from survey_app.language import _, label
from survey_app.publishing.methods import date_in_words
from survey_app.store.log import Row
from survey_app.theme import printed


def on_paper(study: Row, choice: Choice) -> None:
    """Charts and words without menus; in their place one line, unseen on the screen, says what was chosen."""
    st.html(printed(st.context.theme.type == "dark"))
    chosen = [
        session.title_of(study),
        _("segments: {name}", name=label(choice.segmentation)),
        _("codings: {name}", name=layer_name(choice.layer)),
        date_in_words(datetime.now(UTC).isoformat()),
    ]
    with st.container(key="printed"):
        st.caption(plain(" · ".join(each for each in chosen if each)))
