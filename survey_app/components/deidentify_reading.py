"""A text as readers would see it, statement by statement, and words that are marked by hand."""

from __future__ import annotations

import streamlit as st

from survey_app import session
from survey_app.actions.deidentified import text_for_readers
from survey_app.actions.marking import mark_words
from survey_app.actions.review_state import TextState
from survey_app.components.deidentify_names import kind_names
from survey_app.components.paging import page_buttons, page_number
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store import deidentification, sources
from survey_app.store.log import Row
from transcripts.identifying import Kind
from transcripts.pseudonyms import Replaced

PAGE = 20
_LONGEST_CHOICE = 90


def deidentify_reading(study: Row, states: list[TextState]) -> None:
    """Choose a text, read it with labels, mark what was missed."""
    names = {each.source_id: f"{each.key} {each.title}" for each in states}
    chosen = st.selectbox(_("Text"), list(names), format_func=names.__getitem__, key="deidentify-reading")
    with session.store().reading() as connection:
        source = sources.source(connection, chosen)
        statements = sources.statements(connection, chosen)
        places = deidentification.places(connection, study["id"], [chosen])
    pages = max(1, (len(statements) + PAGE - 1) // PAGE)
    number = page_number(pages, "deidentify-read")
    some = statements[(number - 1) * PAGE : number * PAGE]
    original = st.toggle(_("Show what was said"), key="deidentify-original")
    page_buttons(pages, "deidentify-read", "above")
    _mark_form(study, source, some)
    for row in some:
        shown = text_for_readers(source["text"], source["language"], places, row["start"], row["end"])
        st.markdown(with_labels(shown))
        if original and shown.cuts:
            st.caption(plain(source["text"][row["start"] : row["end"]]))
    page_buttons(pages, "deidentify-read", "below")


def with_labels(shown: Replaced) -> str:
    """A text with labels as Markdown that reads no markup of its own, the labels on a violet ground."""
    return labelled(shown.text, [(here, after) for _start, _end, here, after in shown.cuts])


def labelled(text: str, labels: list[tuple[int, int]]) -> str:
    """The same for a text and the places of its labels."""
    pieces, done = [], 0
    for start, end in labels:
        pieces += [_edged(text[done:start]), f":violet-background[{plain(text[start:end])}]"]
        done = end
    return "".join([*pieces, _edged(text[done:])])


def _edged(piece: str) -> str:
    """As `plain`, but with the spaces at either end, which separate it from the next."""
    lead = " " if piece[:1].isspace() else ""
    trail = " " if piece[-1:].isspace() and piece.strip() else ""
    return f"{lead}{plain(piece)}{trail}"


def _mark_form(study: Row, source: Row, some: list[Row]) -> None:
    kinds = kind_names()
    texts = {row["id"]: " ".join(source["text"][row["start"] : row["end"]].split()) for row in some}
    with st.expander(_("Mark words that were missed"), icon=":material/ink_highlighter:"):
        with st.form("mark-words", clear_on_submit=True, border=False):
            statement = st.selectbox(
                _("Statement"), list(texts), format_func=lambda each: _shortened(texts[each]), key="mark-statement"
            )
            left, middle = st.columns([2, 1])
            words = left.text_input(_("Words as they stand in it"))
            kind = middle.selectbox(_("Kind"), list(kinds), format_func=kinds.__getitem__)
            everywhere = st.checkbox(_("Wherever else they stand in texts that were looked through"), value=True)
            sent = st.form_submit_button(_("Mark"), icon=":material/ink_highlighter:")
        if sent and words.strip() and statement:
            with telling_problems():
                count = mark_words(
                    session.store(), session.current_person(study), study["id"], statement, words, Kind(kind),
                    everywhere=everywhere,
                )  # fmt: skip
                tell(ngettext("{count} place was marked.", "{count} places were marked.", count))
                st.rerun()


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_CHOICE else f"{text[:_LONGEST_CHOICE]}…"
