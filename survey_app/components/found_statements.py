"""What a query found: how many experts of each group, then their statements, expert by expert, in their context."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import streamlit as st

from coding.queries import Says, conditions
from coding.segments import ALL
from coding.vicinity import neighbours
from survey_app import session
from survey_app.actions.retrieving import Found, by_expert
from survey_app.components.codebook_names import code_name
from survey_app.components.paging import page_buttons, page_number
from survey_app.components.plain import plain
from survey_app.components.tables import table_height
from survey_app.language import _, label, ngettext
from survey_app.store import sources
from survey_app.store.log import Row
from survey_app.views.segment_names import group_names, records
from survey_app.views.spoken import clock, spoken

PAGE = 25
"""Statements on one page."""
AROUND = 300
"""Characters of what was said before and after."""


def found_counts(found: Found) -> None:
    """k of n experts in each stakeholder group."""
    groups = group_names(records(found.frames.groups))
    table = pd.DataFrame(
        {
            _("Group"): [groups.get(key, _("All experts")) for key in found.counts["group_id"]],
            _("Experts"): [
                _("{k} of {n}", k=k, n=n) for k, n in zip(found.counts["k"], found.counts["n"], strict=True)
            ],
            _("Statements"): found.counts["statements"],
        }
    )
    widths = {_("Group"): 86, _("Experts"): 64, _("Statements"): 94}
    columns = {name: st.column_config.Column(width=width) for name, width in widths.items()}
    st.dataframe(table, hide_index=True, height=table_height(len(table), 420), column_config=columns)


def headline(found: Found) -> str:
    """How many statements by how many experts."""
    everybody = found.counts[found.counts["group_id"] == ALL].iloc[0]
    said = ngettext("{count} statement", "{count} statements", len(found.statements))
    return _("{statements} by {k} of {n} experts", statements=said, k=everybody["k"], n=everybody["n"])


def found_list(study: Row, coder: Row, found: Found, key: str) -> None:
    """A page of statements, grouped by expert in the order of the groups."""
    rows = by_expert(found)
    if not rows:
        st.info(_("No statement fits. Take a condition out, or look in more places."), icon=":material/search_off:")
        return
    around = st.toggle(_("Show what was said before and after"), key="query-around")
    pages = (len(rows) + PAGE - 1) // PAGE
    place = f"{key}-page"
    number = page_number(pages, place)
    shown = rows[(number - 1) * PAGE : number * PAGE]
    names = {
        "codes": {row["code_id"]: code_name(row) for row in records(found.frames.codes)},
        "groups": {row["group_id"]: label(row) for row in records(found.frames.groups)},
        "sources": _keys_of_sources(study),
    }  # fmt: skip
    words = [each.words for each in conditions(found.query.that) if isinstance(each, Says)]
    beside = neighbours(found.frames.statements, [row["statement_id"] for row in shown]) if around else {}
    page_buttons(pages, place, "above")
    before = None
    for row in shown:
        if row["expert_id"] != before:
            before = row["expert_id"]
            _expert(row, names["groups"], sum(each["expert_id"] == before for each in rows))
        _statement(study, coder, row, names, words, beside.get(row["statement_id"], (None, None)))
    page_buttons(pages, place, "below")


def _expert(row: dict[str, Any], groups: dict[str, str], count: int) -> None:
    who = row["expert_id"] or _("Not known who said it")
    group = groups.get(row["group_id"], "")
    said = ngettext("{count} statement", "{count} statements", count)
    st.markdown(f"### {plain(who)} :gray[{plain(' · '.join(part for part in (group, said) if part))}]")


def _statement(
    study: Row, coder: Row, row: dict[str, Any], names: dict[str, dict[str, str]], words: list[str],
    beside: tuple[dict[str, object] | None, dict[str, object] | None],
) -> None:  # fmt: skip
    words_in, link = st.columns([5, 1], gap="small")
    with words_in:
        badges = "".join(
            f" :{'blue' if code in row['matched'] else 'gray'}-badge[{plain(names['codes'].get(code, code))}]"
            for code in row["codes"]
        )
        source = names["sources"].get(row["source_id"], "")
        facts = [source, clock(row["start_s"]), row["question_id"], row["label"]]
        place = f":gray[:small[{plain(' · '.join(fact for fact in facts if fact))}]]"
        before, after = beside
        said = [*_said(before, end=True), _marked(row["text"], words), *_said(after), f"{place}{badges}"]
        st.markdown("\n\n".join(said))
    query = {"study": study["slug"], "source": source, "coder": coder["key"], "at": row["statement_id"]}
    link.page_link("pages/desk.py", label=_("Desk"), icon=":material/edit_note:", query_params=query)


def _said(row: dict[str, object] | None, *, end: bool = False) -> list[str]:
    """A neighbour in gray, cut where it is long: at its beginning when it comes before."""
    if row is None:
        return []
    text = str(row["text"])
    if len(text) > AROUND:
        text = f"… {text[-AROUND:]}" if end else f"{text[:AROUND]} …"
    return [f":gray[{plain(spoken(row, text))}]"]


def _marked(text: str, words: list[str]) -> str:
    """The words as Markdown that reads no markup of their own, what was looked for on an orange ground."""
    wanted = [r"\s+".join(_letters(part) for part in each.split()) for each in words if each.strip()]
    if not wanted:
        return plain(text)
    pieces = re.split(f"({'|'.join(wanted)})", " ".join(text.split()), flags=re.IGNORECASE)
    return "".join(
        f":orange-background[{plain(piece)}]" if at % 2 else _spaced(piece) for at, piece in enumerate(pieces) if piece
    )


def _letters(word: str) -> str:
    """A pattern of a word in which ё and е are the same, as `coding.queries.folded` has it."""
    return "".join("[её]" if letter in "её" else re.escape(letter) for letter in word.casefold())


def _spaced(piece: str) -> str:
    """As `plain`, but with the spaces at either end, which separate it from the next."""
    return f"{' ' * piece[:1].isspace()}{plain(piece)}{' ' * (piece[-1:].isspace() and bool(piece.strip()))}"


def _keys_of_sources(study: Row) -> dict[str, str]:
    with session.store().reading() as connection:
        return {row["id"]: row["key"] for row in sources.sources(connection, study["id"])}
