"""Every field of a code, English and Russian side by side; a coded statement can be taken as its anchor example."""

from typing import Any
from zlib import crc32

import streamlit as st

from survey_app import session
from survey_app.actions.codebook import change_code
from survey_app.actions.coded_words import CodedWords, coded_words
from survey_app.components.codebook_names import WORDS, code_name, field_name, in_tree_order
from survey_app.components.codebook_tree import polarity_names
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label
from survey_app.store.codebooks import codebook_of
from survey_app.store.log import Row

LONGEST = 4_000
SHOWN = 90


def code_form(study: Row, code: Row, found: list[Row]) -> None:
    """Change a code; what is written stays in the form until it is saved."""
    with st.container(key=f"code-{code['id']}"), st.form(f"form-{code['id']}", border=False):
        values = _words(code) | _facts(study, code, found)
        if st.form_submit_button(_("Save"), type="primary", icon=":material/save:"):
            with telling_problems():
                change_code(session.store(), session.current_person(study), study["id"], code["id"], **values)
                tell(_("Saved."))
                st.rerun()
    if code["parent_id"]:
        _take_example(study, code)


def field_key(code: Row, field: str) -> str:
    """A field's key is new whenever what is stored is: an undo shows, and what is half written elsewhere stays."""
    return f"{code['id']}-{field}-{crc32(str(code[field]).encode()):08x}"


def _words(code: Row) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for word in ("label", *WORDS):
        for column, tongue in zip(st.columns(2), ("en", "ru"), strict=True):
            field = f"{word}_{tongue}"
            asked: dict[str, Any] = {"key": field_key(code, field), "placeholder": _placeholder(code, word, tongue)}
            if word == "label":
                values[field] = column.text_input(field_name(field), code[field], max_chars=200, **asked)
            else:
                values[field] = column.text_area(
                    field_name(field), code[field], height="content", max_chars=LONGEST, **asked
                )
    return values


def _placeholder(code: Row, word: str, tongue: str) -> str:
    other = code[f"{word}_{'ru' if tongue == 'en' else 'en'}"]
    return _("Translation missing") if other and not code[f"{word}_{tongue}"] else ""


def _facts(study: Row, code: Row, found: list[Row]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    left, middle, right = st.columns([1, 1, 3])
    values["short"] = left.text_input(
        _("Short name"), code["short"], key=field_key(code, "short"), max_chars=12,
        help=_("One word, like P01: what coders type."),
    )  # fmt: skip
    values["colour"] = middle.color_picker(_("Colour"), code["colour"] or "#666666", key=field_key(code, "colour"))
    if code["parent_id"] is None:
        names = polarity_names()
        values["polarity"] = right.selectbox(
            _("Polarity"), list(names), list(names).index(code["polarity"]), format_func=names.__getitem__,
            key=field_key(code, "polarity"), help=_("It goes for all codes below the root."),
        )  # fmt: skip
    else:
        values["counterpart"] = _opposite(right, code, found)
    values["literature"] = _literature(study, code)
    return values


def _opposite(place: Any, code: Row, found: list[Row]) -> str:
    offered = {
        row["key"]: code_name(row)
        for row in in_tree_order(found)
        if row["parent_id"] and row["id"] != code["id"] and (not row["archived"] or row["key"] == code["counterpart"])
    }
    chosen = place.selectbox(
        _("Opposite"), list(offered), format_func=offered.__getitem__, key=field_key(code, "counterpart"),
        index=list(offered).index(code["counterpart"]) if code["counterpart"] in offered else None,
        placeholder=_("None"), help=_("The code that says the contrary. The two name each other."),
    )  # fmt: skip
    return chosen or ""


def _literature(study: Row, code: Row) -> list[str]:
    with session.store().reading() as connection:
        listed = codebook_of(connection, study["id"])["literature"]
    works = {key: label({"label_en": english, "label_ru": russian}) for key, english, russian in listed}
    works |= {key: key for key in code["literature"] if key not in works}
    return st.multiselect(
        _("Literature"), list(works), code["literature"], key=field_key(code, "literature"),
        format_func=lambda key: f"{key} · {works[key]}" if works[key] != key else key,
        placeholder=_("Works that the code rests on"), help=_("The list of works has a tab of its own."),
    )  # fmt: skip


def _take_example(study: Row, code: Row) -> None:
    """A statement of the coder's own, as the example in the language that it is in."""
    with st.popover(_("Take a coded statement as the anchor example"), icon=":material/format_quote:"):
        own = coded_words(session.store(), study["id"], code["id"], session.current_person(study))
        if not own:
            st.caption(_("You have not used this code yet. Code a statement with it first."))
            return
        by_id = {one.coding_id: one for one in own}
        chosen = st.selectbox(
            _("Statement"), list(by_id), format_func=lambda row_id: _shown(by_id[row_id]), key=f"example-{code['id']}"
        )
        one = by_id[chosen]
        st.markdown(f"> {plain(one.text)}")
        st.caption(plain(one.source))
        tongue = one.language if one.language in {"en", "ru"} else study["language"]
        st.button(
            _("Put it into the form"), type="primary", key=f"take-{code['id']}", on_click=_put,
            args=(field_key(code, f"example_{tongue}"), one.text),
            help=_("Save the form to keep it. These are an expert’s words: mind who reads the codebook."),
        )  # fmt: skip


def _put(key: str, text: str) -> None:
    st.session_state[key] = text[:LONGEST]


def _shown(one: CodedWords) -> str:
    text = " ".join(one.text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rpartition(' ')[0]} …"
