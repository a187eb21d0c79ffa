"""Say where nobody is left to be counted, and where a layer of codings leaves experts out."""

from typing import Any

import streamlit as st

from coding.coverage import without_codings
from survey_app.components.empty import empty_state
from survey_app.components.filters import Choice
from survey_app.language import _, ngettext


def say_what_is_not_coded(choice: Choice) -> None:
    """One sentence where the sessions of some experts have no coding of the layer that is counted, but others have."""
    missing, all_of_them = _missing(choice.stamp, choice), len(choice.frames.experts)
    if 0 < missing < all_of_them:
        st.info(
            ngettext(
                "The words of {count} expert of {n} have no coding in this layer yet; here the expert counts as naming "
                "nothing, so that every k of n is a lower limit.",
                "The words of {count} experts of {n} have no coding in this layer yet; here they count as naming "
                "nothing, so that every k of n is a lower limit.", missing, n=all_of_them,
            ), icon=":material/hourglass_top:",
        )  # fmt: skip


def nobody_here(choice: Choice) -> bool:
    """Whether there is nobody or nothing to count; then says what to do first."""
    if choice.chosen and choice.frames.experts.empty:
        empty_state(
            "bar_chart", _("Nothing to count yet"), _("Nobody of the chosen groups took part. Choose others above.")
        )
        return True
    if choice.frames.experts.empty or choice.frames.statements.empty:
        empty_state(
            "bar_chart", _("Nothing to count yet"),
            _("Bring in transcripts, import the roster and confirm who is who first."),
            page="pages/home.py", label=_("Overview"),
        )  # fmt: skip
        return True
    return False


@st.cache_resource(max_entries=64, show_spinner=False)
def _missing(stamp: tuple[Any, ...], _choice: Choice) -> int:
    return len(without_codings(_choice.frames, **_choice.counted_by))
