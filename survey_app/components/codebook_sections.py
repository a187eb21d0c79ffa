"""The rules of coding, the attributes of statements and the works, each a table to write in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.codebook_sections import change_attributes, change_literature, change_rules
from survey_app.components.codebook_names import section_name
from survey_app.components.edited import key_of
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.store.codebooks import codebook_of
from survey_app.store.log import Row

LONGEST = 2_000


def rules_editor(study: Row) -> None:
    """What coders agree on; shown beside the text on the desk."""
    rules = _said(study)["rules"]
    st.caption(_("What all coders keep to. The desk shows the rules on one key."))
    table = pd.DataFrame(rules, columns=["key", "en", "ru"])
    edited = _table("rules", table, _("Rule in English"), _("Rule in Russian"), ("en", "ru"))
    _save("rules", table, edited, lambda rows: change_rules(session.store(), _who(study), study["id"], rows))


def literature_editor(study: Row) -> None:
    """The works that codes rest on."""
    works = _said(study)["literature"]
    st.caption(_("The works that codes can name as their basis."))
    table = pd.DataFrame(works, columns=["key", "en", "ru"])
    edited = _table("literature", table, _("Work in English"), _("Work in Russian"), ("en", "ru"))

    def save(rows: list[Row]) -> None:
        listed = [(row["key"], row["en"], row["ru"]) for row in rows]
        change_literature(session.store(), _who(study), study["id"], listed)

    _save("literature", table, edited, save)


def attributes_editor(study: Row) -> None:
    """What coders may say of a statement besides its codes: the list, and the values of one of them."""
    stored = _said(study)["attributes"]
    st.caption(
        _("What coders can say of a statement besides its codes. An attribute without values is an open list: "
          "coders write what they find.")
    )  # fmt: skip
    by_key = {one["key"]: one for one in stored}
    table = pd.DataFrame(
        [
            {"key": one["key"], "label_en": one["label_en"], "label_ru": one["label_ru"],
             "values": ", ".join(label(value) for value in one["values"]) or _("open list")}
            for one in stored
        ],
        columns=["key", "label_en", "label_ru", "values"],
    )  # fmt: skip
    edited = _table(
        "attributes", table, _("Attribute in English"), _("Attribute in Russian"), ("label_en", "label_ru"),
        values=st.column_config.TextColumn(_("Values"), width="large", disabled=True),
    )  # fmt: skip

    def save(rows: list[Row]) -> None:
        kept = [
            {"values": [], "literature": []} | by_key.get(row["key"], {})
            | {name: row[name] for name in ("key", "label_en", "label_ru")}
            for row in rows
        ]  # fmt: skip
        change_attributes(session.store(), _who(study), study["id"], kept)

    _save("attributes", table, edited, save)
    if stored:
        st.subheader(_("Values of an attribute"), anchor=False)
        _values(study, stored)


def _values(study: Row, stored: list[Row]) -> None:
    names = {one["key"]: label(one) for one in stored}
    chosen = st.selectbox(_("Attribute"), list(names), format_func=names.__getitem__, key="attribute-values")
    one = next(one for one in stored if one["key"] == chosen)
    table = pd.DataFrame(one["values"], columns=["key", "label_en", "label_ru"])
    edited = _table(
        f"values-{chosen}", table, _("Value in English"), _("Value in Russian"), ("label_en", "label_ru")
    )  # fmt: skip

    def save(rows: list[Row]) -> None:
        kept = [each | ({"values": rows} if each["key"] == chosen else {}) for each in stored]
        change_attributes(session.store(), _who(study), study["id"], kept)

    _save(f"values-{chosen}", table, edited, save)


def _table(
    name: str, table: pd.DataFrame, english: str, russian: str, pair: tuple[str, str], **more: Any
) -> pd.DataFrame:
    return st.data_editor(
        table, key=key_of(name, table), hide_index=True, num_rows="dynamic", width="stretch", row_height=44,
        height=min(44 * len(table) + 90, 520), disabled=["values"],
        alt=section_name(name.partition("-")[0]),
        column_order=[*pair, *more, "key"],
        column_config={
            "key": st.column_config.TextColumn(_("Key"), width=110, max_chars=80,
                                               help=_("Never shown to coders. Made where it is left empty.")),
            pair[0]: st.column_config.TextColumn(english, width="large", max_chars=LONGEST),
            pair[1]: st.column_config.TextColumn(russian, width="large", max_chars=LONGEST),
            **more,
        },
    )  # fmt: skip


def _save(name: str, table: pd.DataFrame, edited: pd.DataFrame, save: Callable[[list[Row]], None]) -> None:
    columns = [column for column in table.columns if column != "values"]
    wanted, before = _rows(edited, columns), _rows(table, columns)
    lost = len({row["key"] for row in before} - {row["key"] for row in wanted})
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            _("Save"), type="primary", icon=":material/save:", disabled=wanted == before, key=f"save-{name}"
        )
        if lost:
            st.caption(plain(ngettext("{count} entry goes.", "{count} entries go.", lost)))
    if pressed:
        with telling_problems():
            save(wanted)
            tell(_("Saved."))
            st.rerun()


def _rows(table: pd.DataFrame, columns: list[str]) -> list[Row]:
    """The rows with words in them, every cell as text."""
    found = [
        {column: "" if pd.isna(row[column]) else str(row[column]).strip() for column in columns}
        for row in table.to_dict("records")
    ]
    return [row for row in found if any(row[column] for column in columns if column != "key")]


def _said(study: Row) -> Row:
    with session.store().reading() as connection:
        return codebook_of(connection, study["id"])


def _who(study: Row) -> str:
    return session.current_person(study)
