"""What a training has shown: per code, and the statements on which the trainee missed what was decided."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.training import Trained, trainings
from survey_app.components.codebook_names import code_name
from survey_app.components.paging import page_buttons, page_number
from survey_app.components.plain import plain
from survey_app.components.tables import table_height
from survey_app.language import _, label, ngettext
from survey_app.store import codes as code_rows
from survey_app.store.log import Row

PAGE = 15
"""Statements on one page."""


def training_results(study: Row) -> None:
    """Every trainee's result, for researchers."""
    found = trainings(session.store(), study["id"])
    if not found:
        st.info(
            _(
                "No training has been handed in yet. Give a coder a text whose differences are settled, with the "
                "purpose “training”; the result appears here."
            ),
            icon=":material/school:",
        )
        return
    st.caption(_("Training counts nowhere. Give real work, or another text to train on, under “Who codes what”."))
    for each in found:
        with st.expander(plain(f"{each.row['coder_key']} · {each.row['source_key']} · {_alike(each)}")):
            training_result(study, each, coefficients=True)


def training_result(study: Row, trained: Trained, *, coefficients: bool = False) -> None:
    """One training: the table of codes, in the order of the codebook, then what was missed with its definition."""
    book = _book(study)
    if not coefficients:
        st.markdown(plain(_alike(trained)))
    if trained.result.per_code.empty:
        return
    st.dataframe(
        _per_code(trained, book, coefficients=coefficients), hide_index=True,
        height=table_height(len(trained.result.per_code), 420), column_config=_columns(),
    )  # fmt: skip
    _missed(trained, book)


def _alike(trained: Trained) -> str:
    return ngettext(
        "{k} of {count} statement has the very codes that were decided",
        "{k} of {count} statements have the very codes that were decided",
        trained.result.compared, k=trained.result.alike,
    )  # fmt: skip


def _per_code(trained: Trained, book: dict[str, Row], *, coefficients: bool) -> pd.DataFrame:
    places = {key: place for place, key in enumerate(book)}
    found = trained.result.per_code.sort_values("code_id", key=lambda keys: keys.map(places), kind="stable")
    columns = {
        _("Code"): [_name(book, key) for key in found["code_id"]],
        _("Hit"): found["hits"], _("Missed"): found["missed"], _("Extra"): found["extra"],
    }  # fmt: skip
    if coefficients and trained.agreement is not None:
        of_code = [trained.agreement.per_code.get(key) for key in found["code_id"]]
        columns[_("Cohen's kappa")] = [each and each.cohen for each in of_code]
        columns[_("Krippendorff's alpha")] = [each and each.alpha for each in of_code]
    return pd.DataFrame(columns)


def _columns() -> dict[str, Any]:
    rounded = st.column_config.NumberColumn(format="%.2f", width=140)
    counted = st.column_config.NumberColumn(width=80)
    return {
        _("Code"): st.column_config.TextColumn(width=280), _("Hit"): counted, _("Missed"): counted,
        _("Extra"): counted, _("Cohen's kappa"): rounded, _("Krippendorff's alpha"): rounded,
    }  # fmt: skip


def _missed(trained: Trained, book: dict[str, Row]) -> None:
    missed = trained.result.missed.to_dict("records")
    if not missed:
        return
    st.markdown(f"**{_('What was missed')}**")
    pages = (len(missed) + PAGE - 1) // PAGE
    place = f"missed-{trained.row['id']}"
    number = page_number(pages, place)
    for row in missed[(number - 1) * PAGE : number * PAGE]:
        statement = trained.statements[row["statement_id"]]
        with st.container(border=True, gap="xsmall"):
            st.markdown(plain(statement["text"]))
            code = book.get(row["code_id"])
            definition = f": {plain(label(code, 'definition'))}" if code and label(code, "definition") else ""
            st.markdown(f":small[{_('Decided')}: **{plain(_name(book, row['code_id']))}**{definition}]")
            if row["other_code_id"]:
                st.caption(plain(_("Given instead: {code}", code=_name(book, row["other_code_id"]))))
    page_buttons(pages, place, "below")


def _book(study: Row) -> dict[str, Row]:
    with session.store().reading() as connection:
        return {row["key"]: row for row in code_rows.codes(connection, study["id"], archived=True)}


def _name(book: dict[str, Row], key: str) -> str:
    return code_name(book[key]) if key in book else key
