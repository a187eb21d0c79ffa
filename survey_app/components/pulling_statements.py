"""The statements that lower agreement most: their words, who said them, which coder gave what."""

from __future__ import annotations

from typing import Any

import streamlit as st

from survey_app import session
from survey_app.actions.agreeing import Agreed
from survey_app.components.plain import plain
from survey_app.components.ways import way_to
from survey_app.language import _, ngettext
from survey_app.store.log import Row
from survey_app.views import measures
from survey_app.views.agreement_forest import code_label
from survey_app.views.segment_names import group_names, records
from survey_app.views.spoken import clock

SHOWN = 20


def pulling_statements(study: Row, agreed: Agreed, code_id: str | None) -> None:
    """Those on which coders differ, on one code or on anything; the heaviest first."""
    rows = records(agreed.pulling_down(code_id))
    if not rows:
        st.caption(_("There are none: nobody differs."))
        return
    names = {row["code_id"]: code_label(row) for row in records(agreed.material.codes)}
    groups = group_names(records(agreed.material.groups))
    keys = {text.source_id: text.key for text in agreed.material.texts}
    coder = session.current_coder(study)["key"] if session.coders(study) else ""
    for row in rows[:SHOWN]:
        words, link = st.columns([5, 1], gap="small")
        source = keys[row["source_id"]]
        words.markdown(_words(row, names, groups, source, code_id))
        with link:
            way_to(study, "desk", _("Desk"), "edit_note", source=source, coder=coder, at=row["statement_id"])
    if len(rows) > SHOWN:
        st.caption(ngettext("{count} more statement", "{count} more statements", len(rows) - SHOWN))


def _words(row: dict[str, Any], names: dict[str, str], groups: dict[str, str], source: str, code_id: str | None) -> str:
    facts = [row["expert_id"], groups.get(row["group_id"], ""), source, clock(row["start_s"]), row["label"],
             _("{share} of all disagreement", share=measures.percent(row["share"]))]  # fmt: skip
    given = "  \n".join(_given(coder, codes, names, code_id) for coder, codes in row["given"])
    said_by = " · ".join(str(fact) for fact in facts if fact)
    return f"{plain(row['text'])}  \n:small[:gray[{plain(said_by)}]]\n\n{given}"


def _given(coder: str, codes: tuple[str, ...], names: dict[str, str], code_id: str | None) -> str:
    """A coder with the codes given; the one in question on a blue ground."""
    badges = " ".join(
        f":{'blue' if code == code_id else 'gray'}-badge[{plain(names.get(code, code))}]" for code in codes
    )
    return f"**{plain(coder)}** {badges or plain(_('no code'))}"
