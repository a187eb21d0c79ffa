"""Charts for the screen: prepared and drawn once for each choice, language and theme, and shared by everybody."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from survey_app import language
from survey_app.components.chart import chart
from survey_app.components.filters import Choice
from survey_app.views.segment_names import group_names, records


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart ready for the screen; `light` draws its figure as it is on paper."""

    finding: str
    figure: Any
    table: pd.DataFrame
    light: Callable[[], Any] | None = None
    content: int = 0
    """Equal where the figures are, reckoned once."""


def look() -> tuple[str, bool]:
    """Language and theme, on which every figure depends."""
    return language.current(), st.context.theme.type == "dark"


@st.cache_resource(max_entries=128, show_spinner=False)
def prepared(key: tuple[Any, ...], _make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The prepared frame of a view, by what it was made of; nobody writes into it."""
    return _make()


def drawn(key: tuple[Any, ...], make: Callable[[bool], Drawn]) -> Drawn:
    """A chart; the last of the key is whether it is dark."""
    return replace(_kept(key, make), light=lambda: make(False).figure)  # not kept: it holds the study's tables


@st.cache_resource(max_entries=256, show_spinner=False)
def _kept(key: tuple[Any, ...], _make: Callable[[bool], Drawn]) -> Drawn:
    made = _make(bool(key[-1]))
    return replace(made, content=hash(made.figure.to_json(validate=False)))


def show(key: str, title: str, one: Drawn, reading: str) -> None:
    """Put a chart on the page under its key, with the title and its finding for those who cannot see it."""
    chart(
        key, one.finding, one.figure, one.table, alt=f"{title} {one.finding}", reading=reading,
        light=one.light or (lambda: one.figure), content=one.content,
    )  # fmt: skip


def with_groups(quotes: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Quotes with the name of the speaker's group (`group`), as a list of quotes shows it."""
    groups = group_names(records(choice.frames.groups))
    return quotes.assign(group=quotes["group_id"].map(groups).fillna(""))
