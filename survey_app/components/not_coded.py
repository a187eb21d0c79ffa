"""Say where a layer of codings leaves experts out: they count as not naming anything."""

from typing import Any

import streamlit as st

from coding.coverage import without_codings
from survey_app.components.filters import Choice
from survey_app.language import ngettext


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


@st.cache_resource(max_entries=64, show_spinner=False)
def _missing(stamp: tuple[Any, ...], _choice: Choice) -> int:
    return len(without_codings(_choice.frames, **_choice.counted_by))
