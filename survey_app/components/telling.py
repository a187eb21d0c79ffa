"""Tell a person what happened: problems as one sentence, successes as a short note that survives a rerun."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from survey_app.components.plain import plain
from survey_app.language import _, translate
from transcripts.messages import Message, MessageError

log = logging.getLogger(__name__)


@contextmanager
def telling_problems() -> Iterator[None]:
    """Show a MessageError of the block as a sentence; everything stored before it stays."""
    try:
        yield
    except MessageError as problem:
        st.error(plain(translate(problem.message)), icon=":material/error:")


def tell(text: str) -> None:
    """Keep a note for after the next rerun."""
    st.session_state["note"] = text


def show_note() -> None:
    """Show the note that was kept, once."""
    note = st.session_state.pop("note", None)
    if note:
        st.toast(plain(note), icon=":material/check:")


def show_messages(messages: list[Message] | tuple[Message, ...]) -> None:
    """Show notices, each as one sentence."""
    for message in messages:
        st.warning(plain(translate(message)), icon=":material/info:")


def tell_unexpected(problem: Exception) -> bool:
    """Show a sentence instead of the frame's English one for what nobody foresaw; the log has the rest."""
    if isinstance(problem, MessageError):
        st.error(plain(translate(problem.message)), icon=":material/error:")
        return True
    log.exception("unexpected", exc_info=problem)
    st.error(
        _("Something went wrong here that should not have. What was stored before is safe. Load the page again."),
        icon=":material/error:",
    )
    return True
