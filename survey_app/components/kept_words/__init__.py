"""A field whose words keep themselves: stored as one rests, and kept in the browser until they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from survey_app.language import _, translate
from transcripts.messages import MessageError

MOST = 20_000
"""Letters that a field holds."""


class Said(BaseModel):
    """What the browser sends: words, what was stored when their typing began, and a name of the message."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    n: str = Field(max_length=80)
    words: str = Field(max_length=MOST)
    seen: str = Field(max_length=2 * MOST)


def kept_words(
    key: str, title: str, words: str, write: Callable[[str, str], None], *, placeholder: str = "", rows: int = 6
) -> None:
    """Show a field with the words that are stored; `write(words, seen)` stores what is typed, or raises a MessageError.

    `key` names the field in the browser too: an unsent draft comes back under it.
    """
    place = f"words-{key}"

    def heard() -> None:
        try:
            said = Said.model_validate((st.session_state.get(place) or {}).get("said"))
        except ValidationError:
            return
        answer: dict[str, str] = {}
        try:
            write(said.words, said.seen)
            answer["heard"] = said.n
        except MessageError as problem:
            answer |= {"refused": said.n, "problem": translate(problem.message)}
        st.session_state[f"{place}-answer"] = answer

    data = {
        "name": key, "title": title, "placeholder": placeholder, "rows": rows, "most": MOST, "words": words,
        "states": {
            "saved": _("Saved"), "saving": _("Saving…"),
            "late": _("Not saved yet. Waiting for the server; this browser keeps your words."),
        },
    }  # fmt: skip
    _component()(key=place, data=data | st.session_state.get(f"{place}-answer", {}), on_said_change=heard)


@cache
def _component() -> Callable[..., Any]:
    """Registered at the first use: outside a running application Streamlit cannot know the packaged files."""
    return st.components.v2.component("survey-app.kept_words", css="field.css", js="field.js", isolate_styles=False)
