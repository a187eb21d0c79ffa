"""Say what a figure lacks because its reader may not see it yet."""

import streamlit as st

from survey_app import session
from survey_app.actions.results import Layer, hidden_texts
from survey_app.components.plain import plain
from survey_app.language import _
from survey_app.store.log import Row


def say_what_is_hidden(study: Row, layer: Layer | None = None) -> None:
    """One sentence where codings of others (of one layer, if only that is counted) are hidden from the person before
    this tab; nothing otherwise."""
    hidden = hidden_texts(session.store(), study["id"], layer)
    if hidden:
        st.info(
            _("Not counted here, since what others coded there is hidden from you for now: {texts}.",
              texts=plain(", ".join(hidden))),
            icon=":material/visibility_off:",
        )  # fmt: skip
