"""Where a query looks, and on whose codings: groups, questions, texts, a period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from coding.queries import ADJUDICATED, OWN, Where
from survey_app.actions.askable import Askable
from survey_app.components.desk.chooser import kind_name
from survey_app.language import _, label
from survey_app.store.log import Row
from survey_app.views.segment_names import group_names

KINDS = ("session", "chat", "answer", "document")


def choose_layer(layer: str, key: str) -> str:
    """Own codings or the adjudicated ones."""
    names = {OWN: _("own codings"), ADJUDICATED: _("adjudicated codings")}
    return str(
        st.selectbox(
            _("Codings"), list(names), list(names).index(layer), format_func=names.__getitem__, key=f"{key}-layer",
            width=220, help=_("Nobody can ask for what another coder has coded."),
        )
    )  # fmt: skip


def choose_where(where: Where, asked: Askable, key: str) -> Where:
    """The choices in two rows; an empty one leaves everything in."""
    groups = group_names(asked.groups, "key")
    questions = {row["key"]: question_name(row) for row in asked.questions}
    texts = {row["id"]: source_name(row) for row in asked.sources}
    kinds = {kind: kind_name(kind) for kind in KINDS if any(row["kind"] == kind for row in asked.sources)}
    left, right = st.columns(2)
    with left:
        groups_in = _several(_("Stakeholder groups"), groups, where.groups, f"{key}-groups", _("all groups"))
        texts_in = _several(_("Texts"), texts, where.sources, f"{key}-sources", _("all texts of these kinds"))
    with right:
        questions_in = _several(
            _("Questions of the guide"), questions, where.questions, f"{key}-questions", _("all questions")
        )
        kinds_in = _several(_("Kinds of texts"), kinds, where.kinds, f"{key}-kinds", _("sessions"))
    since, until = _period(where, asked.periods, key)
    return Where(groups_in, questions_in, texts_in, kinds_with(kinds_in, texts_in, asked.sources), since, until)


def kinds_with(kinds: tuple[str, ...], texts: tuple[str, ...], sources: list[Row]) -> tuple[str, ...]:
    """The kinds that were chosen, else the usual ones, and those of the texts that were chosen."""
    brought = {row["kind"] for row in sources if row["id"] in texts}
    chosen = kinds or Where().kinds
    return chosen + tuple(kind for kind in KINDS if kind in brought - set(chosen))


def narrowed(where: Where) -> int:
    """How many of the choices leave something out."""
    usual = Where()
    return sum(
        getattr(where, name) != getattr(usual, name)
        for name in ("groups", "questions", "sources", "kinds", "since", "until")
    )


def question_name(row: Row) -> str:
    """A question of the guide, briefly."""
    return f"{row['key']} · {label(row, 'ask')}" if label(row, "ask") else str(row["key"])


def source_name(row: Row) -> str:
    """A text by its key and title."""
    return " · ".join(part for part in (row["key"], row["title"]) if part)


def _several(title: str, names: dict[str, str], chosen: tuple[str, ...], key: str, none: str) -> tuple[str, ...]:
    present = [each for each in chosen if each in names]
    name: Callable[[str], str] = names.__getitem__
    return tuple(str(one) for one in st.multiselect(title, list(names), present, name, key=key, placeholder=none))


def _period(where: Where, periods: list[Row], key: str) -> tuple[str, str]:
    """Two days, each of which may be left open; a stage of the codebook fills both."""
    named = {"": _("no stage")} | {one["key"]: _stage(one) for one in periods}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if periods:
            st.selectbox(
                _("Stage of the codebook"), list(named), format_func=named.__getitem__, key=f"{key}-stage",
                on_change=_fill, args=(periods, key), width=340,
            )  # fmt: skip
        since = _day(_("Held since"), where.since, f"{key}-since")
        until = _day(_("Held until"), where.until, f"{key}-until")
    return since, until


def _day(title: str, chosen: str, key: str) -> str:
    st.session_state.setdefault(key, date.fromisoformat(chosen) if chosen else None)
    found = st.date_input(
        title, key=key, format="DD.MM.YYYY", min_value=date(1990, 1, 1), max_value=date(2100, 12, 31), width=150
    )
    return found.isoformat() if isinstance(found, date) else ""


def _fill(periods: list[Row], key: str) -> None:
    stage = next((one for one in periods if one["key"] == st.session_state[f"{key}-stage"]), None)
    first, last = (stage["first"], stage["last"]) if stage else (None, None)
    st.session_state[f"{key}-since"] = date(first, 1, 1) if first else None
    st.session_state[f"{key}-until"] = date(last, 12, 31) if last else None


def _stage(one: Row) -> str:
    years = f"{one['first'] or '…'}–{one['last'] or '…'}"
    return f"{years} {label(one)}"
