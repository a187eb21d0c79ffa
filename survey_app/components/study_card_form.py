"""The study card on the screen: a part at a time, each text in both languages, saved as one act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.study_card import fill_study_card, study_card, undo_study_card
from survey_app.components.study_card_words import meaning_of, name_of, sections
from survey_app.components.telling import tell, telling_problems
from survey_app.language import LANGUAGES, _, language_name, ngettext
from survey_app.publishing.study_card import (
    ASKED,
    LICENCES,
    LONGEST,
    LONGEST_LINE,
    NOTHING,
    Author,
    Card,
)
from survey_app.store.log import Row

SAVED = "study cards saved"
"""Counts what this tab has saved or taken back: fields are laid out anew after each."""


def study_card_form(study: Row) -> None:
    """All fields, and below them the way to save them. What they were laid out with is kept, so that saving them
    changes only what was written here, whatever another tab has saved meanwhile."""
    key = f"card-{study['id']}-{st.session_state.get(SAVED, 0)}"
    seen: Card = st.session_state.setdefault(f"{key}-seen", study_card(session.store(), study["id"]))
    _how_far(seen)
    _undo(study)
    words = dict[str, tuple[str, str]]()
    with st.form(key, border=False):
        fields = _authors_and_rights(seen, key)
        for title, keys in sections().items():
            filled = sum(one in seen.words for one in keys)
            with st.expander(f"{title} · {filled}/{len(keys)}"):
                for one in keys:
                    words[one] = _pair(one, seen.words.get(one, NOTHING), key)
        pressed = st.form_submit_button(_("Save the card"), type="primary", icon=":material/save:")
    if pressed:
        _save(study, Card(words=words, **fields), seen)


def _how_far(card: Card) -> None:
    count = len(card.words)
    told = ngettext("{count} of {all} text is filled in.", "{count} of {all} texts are filled in.", count,
                    all=len(ASKED))  # fmt: skip
    st.progress(count / len(ASKED), told)


def _undo(study: Row) -> None:
    if st.button(_("Undo"), icon=":material/undo:", type="tertiary", help=_("Undo your last change of the card")):
        with telling_problems():
            done = undo_study_card(session.store(), session.current_person(study), study["id"])
            tell(_("Undone.") if done else _("There is nothing to undo."))
            _anew()


def _authors_and_rights(seen: Card, key: str) -> dict[str, Any]:
    with st.expander(_("Authors, licence, keywords"), expanded=True):
        st.caption(_("Whoever signs the study. An ORCID iD is optional. Add a row at the end of the table."))
        authors = _authors(seen, key)
        left, right = st.columns(2)
        contact = left.text_input(
            _("Contact for readers"), seen.contact, max_chars=LONGEST_LINE, key=f"{key}-contact",
            help=_("An e-mail address or a page. Readers will see it."),
        )  # fmt: skip
        doi = right.text_input(
            "DOI", seen.doi, max_chars=LONGEST_LINE, key=f"{key}-doi",
            help=_("Of the data set, once a repository has given one: 10.5281/zenodo.1234."),
        )  # fmt: skip
        listed = list(LICENCES)
        licence = st.selectbox(
            _("Licence"), listed, listed.index(seen.licence), format_func=lambda one: LICENCES[one] or _("none chosen"),
            key=f"{key}-licence", help=_("Under which others may use what is published."),
        )  # fmt: skip
        columns = st.columns(2)
        keywords = [
            column.text_input(
                _("Keywords ({language})", language=language_name(language)),
                ", ".join(seen.keywords_ru if language == "ru" else seen.keywords_en), key=f"{key}-{language}",
                help=_("With commas between them, at most twenty."),
            )
            for column, language in zip(columns, LANGUAGES, strict=True)
        ]  # fmt: skip
    split = [tuple(word for word in text.split(",") if word.strip()) for text in keywords]
    return {
        "authors": authors, "contact": contact, "doi": doi, "licence": licence or "", "keywords_en": split[0],
        "keywords_ru": split[1],
    }  # fmt: skip


def _authors(seen: Card, key: str) -> tuple[Author, ...]:
    names: Mapping[str, str] = {
        "family_en": _("Family name, English"), "given_en": _("Given names, English"),
        "family_ru": _("Family name, Russian"), "given_ru": _("Given names, Russian"), "orcid": "ORCID iD",
        "affiliation_en": _("Affiliation, English"), "affiliation_ru": _("Affiliation, Russian"),
    }  # fmt: skip
    table = pd.DataFrame(
        [{name: getattr(one, name) for name in names} for one in seen.authors], columns=list(names), dtype=str
    )
    edited = st.data_editor(
        table, key=f"{key}-authors", hide_index=True, num_rows="dynamic", alt=_("Authors of the study"),
        column_config={
            name: st.column_config.TextColumn(title, max_chars=LONGEST_LINE) for name, title in names.items()
        },
    )  # fmt: skip
    return tuple(Author(**{name: str(row[name] or "") for name in names}) for row in _rows(edited))


def _rows(edited: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of the table; a cell that nobody has touched is empty."""
    return [{str(name): value for name, value in row.items()} for row in edited.fillna("").to_dict("records")]


def _pair(one: str, seen: tuple[str, str], key: str) -> tuple[str, str]:
    st.markdown(f"**{name_of(one)}**  \n:small[{meaning_of(one)}]")
    columns = st.columns(2)
    texts = [
        column.text_area(
            f"{name_of(one)}, {language_name(language)}", text, height=90, max_chars=LONGEST,
            key=f"{key}-{one}-{language}", placeholder=language_name(language), label_visibility="collapsed",
        )
        for column, language, text in zip(columns, LANGUAGES, seen, strict=True)
    ]  # fmt: skip
    return texts[0], texts[1]


def _save(study: Row, card: Card, seen: Card) -> None:
    with telling_problems():
        fill_study_card(session.store(), session.current_person(study), study["id"], card, seen=seen)
        tell(_("The card is saved."))
        _anew()


def _anew() -> None:
    st.session_state[SAVED] = st.session_state.get(SAVED, 0) + 1
    st.rerun()
