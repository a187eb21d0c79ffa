"""What agreement is about: which texts, coders and codes."""

from __future__ import annotations

import streamlit as st

from coding.counts import SESSIONS
from survey_app import session
from survey_app.actions.agreeing import agreement_of
from survey_app.actions.agreement_material import Asked, Material
from survey_app.actions.results import frames_of
from survey_app.components.codebook_names import code_name
from survey_app.components.desk.chooser import kind_name
from survey_app.components.query_where import KINDS
from survey_app.language import _
from survey_app.store.log import Row
from survey_app.views.segment_names import records


def choose_asked(study: Row) -> Asked:
    """The choices in a row; each empty one stands for all there is."""
    place = f"agreement-{study['id']}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = _kinds(place)
        whole = agreement_of(session.store(), study["id"], Asked(kinds=kinds), resamples=0).material
        texts = _texts(place, whole)
        coders = st.multiselect(
            _("Coders"), list(whole.all_coders), key=f"{place}-coders", placeholder=_("all coders"), width=200,
            persist_state="session",
        )  # fmt: skip
        branches = st.segmented_control(
            _("What counts as a code"), [False, True], default=False, required=True, key=f"{place}-branches",
            format_func=lambda whole: _("Whole branches") if whole else _("Each code"), persist_state="session",
        )  # fmt: skip
        codes = _codes(study, place, branches=bool(branches))
    return Asked(tuple(texts), tuple(str(coder) for coder in coders), kinds, tuple(codes), bool(branches))


def _kinds(place: str) -> tuple[str, ...]:
    chosen = st.multiselect(
        _("Kinds of texts"), list(KINDS), list(SESSIONS), format_func=kind_name, key=f"{place}-kinds", width=230,
        placeholder=_("choose"), persist_state="session",
    )  # fmt: skip
    return tuple(str(kind) for kind in chosen) or SESSIONS


def _texts(place: str, whole: Material) -> list[str]:
    opened = {text.source_id: text.key for text in whole.texts if text.opened}
    chosen = st.multiselect(
        _("Texts"), list(opened), format_func=lambda source_id: opened.get(source_id, source_id), width=230,
        key=f"{place}-texts", placeholder=_("all opened texts"), persist_state="session",
    )  # fmt: skip
    return [str(source_id) for source_id in chosen if source_id in opened]


def _codes(study: Row, place: str, *, branches: bool) -> list[str]:
    """Only these codes; of branches those that have codes below them."""
    frames = frames_of(session.store(), study["id"])
    above = set(frames.codes["parent_id"])
    names = {
        row["code_id"]: code_name(row | {"key": row["code_id"]})
        for row in records(frames.codes.sort_values("order", kind="stable"))
        if not branches or row["code_id"] in above or not row["parent_id"]
    }
    chosen = st.multiselect(
        _("Only these"), list(names), format_func=lambda code: names.get(code, code), width="stretch",
        key=f"{place}-only-{branches}", placeholder=_("all branches") if branches else _("all codes"),
        persist_state="session",
    )  # fmt: skip
    return [str(code) for code in chosen]
