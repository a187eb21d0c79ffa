"""Documents as a table that can be written in: title, number, date, issuer, level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from survey_app.components.tables import date_column, table_height
from survey_app.language import _
from transcripts.acts import Metadata


def level_names() -> dict[str, str]:
    """Levels of government in the language of the screen."""
    return {"": "–", "federal": _("federal"), "regional": _("regional"), "local": _("local")}


def describe(described: Mapping[str, Metadata], facts: Sequence[Mapping[str, object]], key: str) -> dict[str, Metadata]:
    """Draw the table; returns what it says of each row now. `facts` are further columns, which cannot be changed."""
    levels = level_names()
    table = pd.DataFrame(
        [
            {
                "title": each.title, "number": each.number, "issuer": each.issuer, "level": levels[each.level],
                "date": each.date,
            }
            | dict(fact)
            for each, fact in zip(described.values(), facts, strict=True)
        ],
        index=list(described),
    )  # fmt: skip
    fixed = list(facts[0]) if facts else []
    edited = st.data_editor(
        table, key=key, hide_index=True, disabled=fixed, height=table_height(len(table), 520),
        column_order=[fixed[0], "title", "number", "date", "issuer", "level", *fixed[1:]],
        column_config={
            "title": st.column_config.TextColumn(_("Title"), width="large", max_chars=500),
            "number": st.column_config.TextColumn(_("Number"), width="small", max_chars=80),
            "date": date_column(),
            "issuer": st.column_config.TextColumn(_("Issued by"), width="medium", max_chars=200),
            "level": st.column_config.SelectboxColumn(_("Level"), options=list(levels.values()), width=120),
        },
        alt=_("Documents and what is said of them"),
    )  # fmt: skip
    back = {name: level for level, name in levels.items()}
    found: dict[str, Metadata] = {}
    for row_id in described:
        row = edited.loc[row_id]
        found[row_id] = Metadata(
            str(row["title"] or ""), str(row["number"] or ""), str(row["date"] or ""),
            str(row["issuer"] or ""), back.get(str(row["level"]), ""),
        )  # fmt: skip
    return found
