"""Statement by statement: the words, who said them, what each coder gave; differences first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from coding.comparing import (
    EXTRA,
    MISSED,
    OTHER_CODE,
    OTHER_SPAN,
    Codes,
    with_code,
    with_coder,
    with_kind,
)
from survey_app import session
from survey_app.actions.comparing import said_by
from survey_app.components.address import CHOICE, write_address
from survey_app.components.codebook_names import code_name
from survey_app.components.comparison import SETTLE, Chosen
from survey_app.components.desk.sheet import clock
from survey_app.components.filters import addressed_select
from survey_app.components.paging import page_buttons, page_number
from survey_app.components.plain import plain
from survey_app.language import _, label, ngettext
from survey_app.store.log import Row
from survey_app.views.segment_names import records

PAGE = 20
"""Statements on one page."""
CHIP = 26
"""Letters of a code's name in a chip."""
PLACE = f"{CHOICE}page"


def statement_rows(study: Row, chosen: Chosen) -> None:
    """Filters, then a page of what fits."""
    found = _filtered(chosen)
    st.caption(
        ngettext("{count} statement", "{count} statements", len(found)) + " · "
        + _("gray: as {reference} gave · :orange-badge[orange]: not given by {reference} · :blue-badge[blue]: the same "
            "code on other words · ~~struck out~~: missed", reference=plain(chosen.names[chosen.reference]))
    )  # fmt: skip
    pages = max(1, (len(found) + PAGE - 1) // PAGE)
    if PLACE not in st.session_state and str(st.query_params.get("page", "")).isdigit():
        st.session_state[PLACE] = max(1, int(st.query_params["page"]))
    number = page_number(pages, PLACE)
    write_address("page", [] if number == 1 else [str(number)])
    shown = found.iloc[(number - 1) * PAGE : number * PAGE]["statement_id"].tolist()
    people = _people(study, chosen, shown)
    codes = {row["code_id"]: code_name(row) for row in records(chosen.comparison.frames.codes)}
    page_buttons(pages, PLACE, "above")
    for statement_id in shown:
        statement = chosen.comparison.statements[statement_id]
        with st.container(border=True):
            _row(study, chosen, statement, people.get((statement["source_id"], statement["turn"]), {}), codes)
    page_buttons(pages, PLACE, "below")


def statement_list(study: Row, chosen: Chosen, statement_ids: list[str]) -> None:
    """The statements behind a cell of the matrix, each with what every coder gave."""
    people = _people(study, chosen, statement_ids[:PAGE])
    codes = {row["code_id"]: code_name(row) for row in records(chosen.comparison.frames.codes)}
    for statement_id in statement_ids[:PAGE]:
        statement = chosen.comparison.statements[statement_id]
        _row(study, chosen, statement, people.get((statement["source_id"], statement["turn"]), {}), codes, "cell")
    if len(statement_ids) > PAGE:
        more = len(statement_ids) - PAGE
        st.caption(ngettext("{count} more statement", "{count} more statements", more))


def _people(study: Row, chosen: Chosen, statement_ids: list[str]) -> dict[tuple[str, int], Row]:
    said = chosen.comparison.statements
    return said_by(session.store(), study["id"], {said[key]["source_id"] for key in statement_ids})


def _filtered(chosen: Chosen) -> pd.DataFrame:
    rows = chosen.comparison.rows
    kinds = {
        MISSED: _("missed"), EXTRA: _("given by the coder alone"), OTHER_CODE: _("another code"),
        OTHER_SPAN: _("other words"),
    }  # fmt: skip
    settled = {"waiting": _("not settled yet"), "settled": _("settled")}
    used = sorted({code for codes in rows["codes"] for each in codes.values() for code in each or ()})
    names = {row["code_id"]: code_name(row) for row in records(chosen.comparison.frames.codes)}
    with st.container(horizontal=True):
        kind = addressed_select(
            "kind", _("Difference"), ["", *kinds], lambda key: kinds.get(key) or _("differing or not"), width=220
        )
        code = addressed_select(
            "code", _("Code"), ["", *used], lambda key: names.get(key, key) or _("Every code"), width=280
        )
        whose = addressed_select(
            "whose", _("Of coder"), ["", *(who for who in chosen.coders if who != chosen.reference)],
            lambda key: chosen.names.get(key, key) if key else _("everybody"), width=180,
        )  # fmt: skip
        state = addressed_select(
            "settled", _("Settled"), ["", *settled], lambda key: settled.get(key) or _("settled or not"), width=180
        )
    found = chosen.comparison.differences(chosen.reference)
    if whose:
        rows, found = with_coder(rows, whose), found[found["coder_id"] == whose]
    if code:
        rows, found = with_code(rows, code), found[(found["code_id"] == code) | (found["other_code_id"] == code)]
    if kind:
        rows = with_kind(rows, found, kind)
    if state:
        done = rows["statement_id"].isin(list(chosen.comparison.settled))
        rows = rows[done if state == "settled" else ~done & ~rows["agree"]]
    return rows


def _row(
    study: Row, chosen: Chosen, statement: Mapping[str, Any], who: Row, codes: Mapping[str, str], where: str = "list"
) -> None:  # fmt: skip
    given = chosen.comparison.given
    key = statement["statement_id"]
    words, *columns, last = st.columns([5, *(2 for _each in chosen.coders), 2], gap="small")
    group = label(who.get("group") or {}, "short")
    facts = [who.get("name", ""), group, statement["label"], clock(who.get("start_s"), who.get("clock", ""))]
    said_by_whom = plain(" · ".join(fact for fact in facts if fact))
    words.markdown(f"{plain(statement['text'])}  \n:small[:gray[{said_by_whom}]]")
    expected = given.of[chosen.reference].get(key)
    for column, coder in zip(columns, chosen.coders, strict=True):
        own = given.of[coder].get(key)
        chips = _chips(own, None if coder == chosen.reference else expected, codes)
        column.markdown(f":small[**{plain(chosen.names.get(coder, coder))}**]  \n{chips}")
    with last:
        st.markdown(_decision(chosen, key, codes))
        st.button(
            _("Settle"), key=f"settle-{where}-{key}", icon=":material/gavel:", type="tertiary", on_click=_go,
            args=(key,),
        )  # fmt: skip


def _chips(own: Codes | None, expected: Codes | None, codes: Mapping[str, str]) -> str:
    """What a coder gave, each code coloured by how it stands to the reference."""
    if own is None:
        return f":gray[:small[{_('not looked at')}]]"
    chips = []
    for code in own:
        same = expected is None or (code in expected and expected[code] == own[code])
        colour = "gray" if same else "blue" if expected is not None and code in expected else "orange"
        chips.append(f":{colour}-badge[{plain(_short(codes.get(code, code)))}]")
    chips += [f":gray-badge[~~{plain(_short(codes.get(code, code)))}~~]" for code in expected or () if code not in own]
    return " ".join(chips) or f":gray[:small[{_('no code')}]]"


def _decision(chosen: Chosen, key: str, codes: Mapping[str, str]) -> str:
    """What was decided, by whom and why."""
    decided = chosen.comparison.given.decided.get(key)
    row = chosen.comparison.decisions.get(key)
    head = f":small[**{_('Decided')}**]  \n"
    if decided is None:
        return head + f":gray[:small[{_('not yet')}]]"
    chips = _chips(decided, None, codes)
    if row is None:
        why = _("brought in, without a reason")
    elif row["how"] == "agreed":
        why = _("all agreed")
    else:
        why = " · ".join(part for part in (chosen.names.get(row["coder_key"], row["coder_key"]), row["reason"]) if part)
    return f"{head}{chips}  \n:gray[:small[{plain(why)}]]"


def _short(name: str) -> str:
    return name if len(name) <= CHIP else f"{name[: CHIP - 1].rstrip()}…"


def _go(statement_id: str) -> None:
    """To where this statement is settled."""
    st.session_state["choice of view"] = SETTLE
    st.query_params["at"] = statement_id
