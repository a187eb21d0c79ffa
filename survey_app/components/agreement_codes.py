"""Agreement code by code: forest and table, and behind each code what pulls it down."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from coding.agreement import CodeAgreement
from coding.agreement_words import meaning
from survey_app import session
from survey_app.actions.agreeing import Agreed, agreement_in_groups
from survey_app.actions.agreement_material import Asked
from survey_app.actions.agreement_tables import group_code_rows, pair_code_rows
from survey_app.components.agreement_rows import rows_table
from survey_app.components.chart import chart, picked, words_panel
from survey_app.components.plain import plain
from survey_app.components.pulling_statements import pulling_statements
from survey_app.components.tables import table_height
from survey_app.components.ways import way_to
from survey_app.language import _, translate
from survey_app.store.log import Row
from survey_app.views import agreement_forest as forest
from survey_app.views import measures
from survey_app.views.segment_names import records

KEY = "agreement-codes"
IN_PANEL = ("percent", "cohen", "fleiss", "alpha", "ac1", "brennan_prediger", "prevalence")


def agreement_codes(study: Row, asked: Asked, agreed: Agreed, key: str = KEY) -> None:
    """The chart with its table, the codes without a figure, and the code that was selected."""
    result = agreed.result
    if result is None:
        return
    prepared = forest.prepare(result, agreed.material.codes)
    said = forest.finding(prepared)
    st.header(forest.title(), anchor=False)
    chart(
        key, said, forest.figure(prepared, dark=st.context.theme.type == "dark"),
        forest.table(prepared, agreed.material.coders), alt=f"{forest.title()} {said}", reading=forest.reading(),
        light=lambda: forest.figure(prepared),
    )  # fmt: skip
    codes_without(prepared)
    mark = picked(key)
    if mark and mark[0] in result.per_code:
        code = next(row for row in records(agreed.material.codes) if row["code_id"] == mark[0])
        words_panel(key, forest.code_label(code), "", lambda: _panel(study, asked, agreed, code))


def codes_without(prepared: pd.DataFrame) -> None:
    """For which codes nothing can be computed, by reason."""
    for reason, names in forest.without(prepared).items():
        text = _("Not computable: {reason} This concerns: {codes}.", reason=reason, codes=measures.listed(names))
        st.caption(plain(text))


def _panel(study: Row, asked: Asked, agreed: Agreed, code: dict[str, Any]) -> None:
    assert agreed.result is not None
    one = agreed.result.per_code[code["code_id"]]
    st.markdown(plain(what_it_means(one)))
    if one.table is not None:
        left, right = st.columns(2, gap="medium")
        with left:
            _figures(one)
        with right:
            _two_by_two(agreed, one.table)
    else:
        _figures(one)
        rows_table(pair_code_rows(agreed, code["code_id"]))
        st.caption(_("Statements that both coders of a pair looked at, by who gave the code."))
    _groups(study, asked, agreed, code["code_id"])
    st.markdown(f"**{_('Statements that pull it down')}**")
    pulling_statements(study, agreed, code["code_id"])
    way_to(study, "comparison", _("Compare the coders on this code"), "compare_arrows", code=code["code_id"])


def what_it_means(one: CodeAgreement) -> str:
    """The value of alpha in one sentence, or why there is none."""
    if one.reason is not None or one.alpha is None:
        return _("Not computable: {reason}", reason=translate(one.reason)) if one.reason else measures.NONE
    return translate(meaning("alpha", one.alpha))


def _figures(one: CodeAgreement) -> None:
    rows = []
    for name in IN_PANEL:
        value = getattr(one, name)
        if value is None and name == "cohen" and one.table is None:
            continue
        share = name in ("percent", "prevalence")
        rows.append(
            {
                _("Measure"): measures.name(name),
                _("Value"): measures.percent(value) if share else measures.coefficient(value),
                _("Interval (95 %)"): measures.interval(one.intervals.get(name), name),
            }
        )
    st.dataframe(pd.DataFrame(rows), hide_index=True, height=table_height(len(rows), 420))
    rests = translate(one.ci_reason) if one.ci_reason else measures.resampled(one.resamples, one.degenerate)
    st.caption(plain(rests))


def _two_by_two(agreed: Agreed, table: tuple[int, int, int, int]) -> None:
    first, second = agreed.material.coders
    both, only_first, only_second, neither = table
    yes, no = _("gave it"), _("did not")
    st.dataframe(
        pd.DataFrame(
            {f"{second}: {yes}": [both, only_second], f"{second}: {no}": [only_first, neither]},
            index=[f"{first}: {yes}", f"{first}: {no}"],
        ),
        height=table_height(2, 200),
    )  # fmt: skip
    st.caption(_("Statements that both coders looked at, by who gave the code."))


def _groups(study: Row, asked: Asked, agreed: Agreed, code_id: str) -> None:
    rows = group_code_rows(agreement_in_groups(session.store(), study["id"], asked), agreed, code_id)
    if rows[1]:
        with st.expander(_("By stakeholder group"), icon=":material/groups:"):
            rows_table(rows)
