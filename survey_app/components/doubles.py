"""A dropped file that is there already: said once, for transcripts and documents alike."""

import streamlit as st

from survey_app.components.plain import plain
from survey_app.language import _


def show_double(file: str, known_as: str, same_as: str) -> bool:
    """Say that a file is in the study (`known_as`, a source's key) or in the batch (`same_as`, a name) already."""
    if known_as:
        text = _("This very file is in the study already, as {key}; it will not be stored again.", key=known_as)
    elif same_as:
        text = _("It says the very same as {file}; it will not be stored twice.", file=same_as)
    else:
        return False
    st.info(f"**{plain(file)}**: {plain(text)}", icon=":material/content_copy:")
    return True
