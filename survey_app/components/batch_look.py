"""A look into a file of a batch: its first turns, and another language or encoding where the proposal reads badly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from survey_app.actions.bringing_in import Recognised, is_first
from survey_app.components.plain import plain
from survey_app.language import LANGUAGES, _, language_name, translate
from transcripts.messages import Message

FIRST_TURNS = 5
LONGEST_SHOWN = 240
ENCODINGS = {
    "": "", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1251": "Windows-1251", "koi8_r": "KOI8-R", "cp866": "CP866",
    "mac_cyrillic": "Mac Cyrillic", "iso8859_5": "ISO 8859-5", "cp1252": "Windows-1252",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person wants a file to be read; "" leaves it to Rakurs."""

    language: str = ""
    encoding: str = ""


def reading_of(file_id: str) -> Reading:
    """What was chosen for a file."""
    state = st.session_state
    return Reading(state.get(f"language-{file_id}") or "", state.get(f"encoding-{file_id}") or "")


def ask_about_encodings(batch: Sequence[tuple[str, Recognised]]) -> None:
    """Where an encoding had to be guessed: three lines as they read now, and a choice. `batch`: (file id, file)."""
    for file_id, found in batch:
        if not is_first(found):
            continue
        transcript = found.transcript
        lines = [turn.text for turn in transcript.turns[:3]] if transcript is not None else []
        warnings = transcript.warnings if transcript is not None else ()
        ask_about_encoding(file_id, found.file, lines, warnings, transcript.encoding if transcript is not None else "")


def ask_about_encoding(
    file_id: str, file: str, lines: Sequence[str], warnings: Sequence[Message], guessed: str
) -> None:
    """Lines of a file as they read now, what speaks for it, and another encoding to choose.

    The question stays where a choice has made the file unreadable; nothing is asked where nothing was guessed.
    """
    if not guessed and not reading_of(file_id).encoding:
        return
    with st.container(border=True):
        st.markdown(_("**{file}**: does this read well?", file=plain(file)))
        st.markdown("  \n".join(plain(line[:LONGEST_SHOWN]) for line in lines))
        for warning in warnings:
            st.caption(plain(translate(warning)))
        _choose_encoding(file_id, guessed)


def look_inside(batch: Sequence[tuple[str, Recognised]]) -> None:
    """The first turns of a file, and its language; interviews out of one file share its id and its language."""
    readable = {
        f"{file_id} {found.file}": (file_id, found)
        for file_id, found in batch
        if found.transcript is not None and found.transcript.turns
    }
    if not readable:
        return
    with st.expander(_("Look inside")):
        chosen = st.selectbox(
            _("File"), list(readable), format_func=lambda each: readable[each][1].file, key="look-file"
        )
        file_id, found = readable[chosen]
        transcript = found.transcript
        assert transcript is not None
        if transcript.speakers:
            st.caption(_("Names on the screen: {names}", names=plain(", ".join(transcript.speakers))))
        for turn in transcript.turns[:FIRST_TURNS]:
            words = turn.text if len(turn.text) <= LONGEST_SHOWN else f"{turn.text[:LONGEST_SHOWN].rstrip()}…"
            who = f"**{plain(turn.speaker)}**  \n" if turn.speaker else ""
            st.markdown(f"{who}{plain(words)}")
        options = ["", *LANGUAGES]
        first = st.session_state.setdefault(f"recognised-{chosen}", transcript.language)
        st.selectbox(
            _("Language of what is said"), options, key=f"language-{file_id}", width=260, persist_state="page",
            format_func=lambda each: (
                language_name(each) if each else _("as recognised: {name}", name=language_name(first))
            ),
        )  # fmt: skip


def _choose_encoding(file_id: str, guessed: str) -> None:
    first = st.session_state.setdefault(f"guessed-{file_id}", guessed)
    st.selectbox(
        _("Encoding"), list(ENCODINGS), key=f"encoding-{file_id}", width=260, persist_state="page",
        format_func=lambda each: ENCODINGS[each] or _("as guessed: {name}", name=ENCODINGS.get(first) or first),
    )  # fmt: skip
