"""One code on the page: what it is, what can be done with it, and every field in both languages side by side."""

import streamlit as st

from survey_app.components.code_acts import archive_panel, merge_panel, move_panel
from survey_app.components.code_form import code_form
from survey_app.components.code_split import split_panel
from survey_app.components.codebook_choice import act_in_hand, take_in_hand
from survey_app.components.codebook_names import code_name, path_of, word_names
from survey_app.components.codebook_tree import missing_translations
from survey_app.components.memo_here import memo_here
from survey_app.components.plain import plain
from survey_app.language import _, ngettext
from survey_app.store.log import Row

PANELS = {"merge": merge_panel, "split": split_panel, "move": move_panel, "archive": archive_panel}


def code_page(study: Row, code: Row, found: list[Row]) -> None:
    """The chosen code."""
    st.header(plain(code_name(code)), anchor=False)
    below = [row for row in found if row["root_key"] == code["key"]] if code["parent_id"] is None else [code]
    used = ngettext("{count} coding", "{count} codings", sum(row["codings"] for row in below))
    st.caption(" · ".join([plain(path_of(code, found)), plain(code["key"]), used]))
    _notices(code, found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(
            "pages/find.py", label=_("Statements with this code"), icon=":material/manage_search:",
            query_params={"study": study["slug"], "code": code["key"]},
        )  # fmt: skip
        memo_here(study, "code", code["id"])
    if code["parent_id"]:
        _acts(code)
        panel = PANELS.get(act_in_hand(code["id"]))
        if panel is not None:
            with st.container(border=True):
                panel(study, code, found)
    code_form(study, code, found)


def _notices(code: Row, found: list[Row]) -> None:
    names = word_names()
    lacking = missing_translations(code)
    for tongue, text in (("ru", _("Missing in Russian: {fields}")), ("en", _("Missing in English: {fields}"))):
        if lacking[tongue]:
            fields = ", ".join(names[name].lower() for name in lacking[tongue])
            st.caption(f":material/translate: {plain(text.format(fields=fields))}")
    into = next((row for row in found if row["id"] == code["merged_into_id"]), None)
    if into is not None:
        st.info(_("This code was merged into {code}.", code=plain(code_name(into))), icon=":material/merge:")
    elif code["archived"]:
        st.info(_("This code is out of use: its codings stay and count."), icon=":material/inventory_2:")


def _acts(code: Row) -> None:
    """What can be begun; the panel of an act shows its effect before anything happens."""
    offered = {
        "merge": (_("Merge…"), ":material/merge:"), "split": (_("Split…"), ":material/call_split:"),
        "move": (_("Move…"), ":material/drive_file_move:"),
        "archive": (_("Bring back…") if code["archived"] else _("Take out of use…"), ":material/inventory_2:"),
    }  # fmt: skip
    if code["archived"]:
        offered = {"archive": offered["archive"]}
    with st.container(horizontal=True):
        for act, (text, icon) in offered.items():
            st.button(
                text, icon=icon, key=f"act-{act}-{code['id']}", on_click=take_in_hand, args=(code["id"], act),
                type="secondary",
            )  # fmt: skip
