"""A dropped file that will not be stored: said once, for transcripts and documents alike."""

import streamlit as st

from survey_app.components.plain import plain
from survey_app.language import _, translate
from transcripts.messages import Message


def show_unstorable(file: str, problem: Message | None, known_as: str, same_as: str) -> bool:
    """Say what is wrong with a file, or that it is in the study (`known_as`, a source's key) or in the batch
    (`same_as`, a name) already. False: it can be stored."""
    if problem is not None:
        st.error(plain(translate(problem)), icon=":material/error:")
        return True
    if known_as:
        text = _("This very file is in the study already, as {key}; it will not be stored again.", key=known_as)
    elif same_as:
        text = _("It says the very same as {file}; it will not be stored twice.", file=same_as)
    else:
        return False
    st.info(f"**{plain(file)}**: {plain(text)}", icon=":material/content_copy:")
    return True


def show_failure(file: str, problem: Message) -> None:
    """Say why a file was not stored after all, with its name where the sentence does not have it."""
    told = translate(problem)
    name = "" if file in told else f"**{plain(file)}**: "
    st.error(name + plain(told), icon=":material/error:")
