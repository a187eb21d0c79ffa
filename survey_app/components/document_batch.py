"""Dropped documents: what their first page says of them, to be mended before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from survey_app import session
from survey_app.actions.documents import (
    RecognisedDocument,
    bring_in_documents,
    mark_double_documents,
    recognise_document,
)
from survey_app.components.batch_look import ask_about_encoding, reading_of
from survey_app.components.document_table import describe
from survey_app.components.plain import plain
from survey_app.components.telling import tell
from survey_app.components.unstorable import show_failure, show_unstorable
from survey_app.language import _, language_name, ngettext, translate
from survey_app.settings import settings
from survey_app.store.log import Row
from transcripts.reading import LARGEST_TEXT

ENDINGS = ["docx", "odt", "pdf", "txt", "html", "htm", "rtf", "md"]
FIRST_PARAGRAPHS = 6


def drop_documents(study: Row) -> None:
    """The uploader, the table of proposals, and the button that stores."""
    batch = st.session_state.setdefault("document-batch", 0)
    limit = min(settings().upload_megabytes, LARGEST_TEXT // 1_000_000)
    dropped = st.file_uploader(
        _("Regulations, strategies and other documents"), accept_multiple_files=True, key=f"documents-{batch}",
        type=ENDINGS, max_upload_size=limit,
    )  # fmt: skip
    st.caption(
        _("Word, OpenDocument, PDF with text, web pages and plain text. At most {limit} MB a file.", limit=limit)
    )
    _show_failures(study)
    if not dropped:
        return
    found = mark_double_documents([_recognise(study, file) for file in dropped])
    for file, each in zip(dropped, found, strict=True):
        document = each.document
        if document is not None:
            ask_about_encoding(file.file_id, each.file, document.paragraphs[:3], document.warnings, document.encoding)
        else:
            ask_about_encoding(file.file_id, each.file, (), (), "")
        _show_notices(each)
    new = {str(place): each for place, each in enumerate(found) if each.new}
    if not new:
        return
    st.header(_("Recognised"), anchor=False)
    st.caption(_("Look over what the first page seems to say, and mend it here."))
    facts = [
        {
            _("File"): each.file, _("Paragraphs"): len(each.document.paragraphs),
            _("Language"): language_name(each.document.language),
        }
        for each in new.values()
        if each.document is not None
    ]  # fmt: skip
    described = describe(
        {place: each.proposed for place, each in new.items()}, facts, f"new-documents-{batch}-{'-'.join(new)}"
    )
    _look_inside(list(new.values()))
    if st.button(
        ngettext("Store {count} document", "Store {count} documents", len(new)), type="primary", icon=":material/save:"
    ):
        bar = st.progress(0.0)

        def told(place: int) -> None:
            bar.progress((place + 1) / len(found), text=plain(found[place].file))

        done = bring_in_documents(
            session.store(), session.current_person(study), study, found,
            {int(place): words for place, words in described.items()}, told,
        )  # fmt: skip
        failures = [(each.file, each.problem) for each in done if each.problem is not None and not each.stored]
        st.session_state["document-failures"] = (study["id"], failures)
        stored = sum(each.stored for each in done)
        if stored:
            st.session_state["document-batch"] += 1
            tell(ngettext("{count} document was stored.", "{count} documents were stored.", stored))
        st.rerun()


def _recognise(study: Row, file: UploadedFile) -> RecognisedDocument:
    """Read once per upload: a rerun of the page reads no file again."""
    kept: dict[tuple[str, str, str], RecognisedDocument] = st.session_state.setdefault("recognised-documents", {})
    encoding = reading_of(file.file_id).encoding
    key = (study["id"], file.file_id, encoding)
    if key not in kept:
        if len(kept) > 40:
            kept.clear()
        kept[key] = recognise_document(
            session.store(), study["id"], file.name, file.getvalue(), encoding=encoding or None
        )
    return kept[key]


def _look_inside(found: Sequence[RecognisedDocument]) -> None:
    names = [each.file for each in found]
    with st.expander(_("Look inside")):
        chosen = st.selectbox(_("File"), range(len(names)), format_func=names.__getitem__, key="look-document")
        document = found[chosen].document
        for paragraph in document.paragraphs[:FIRST_PARAGRAPHS] if document else ():
            st.markdown(plain(paragraph))


def _show_notices(entry: RecognisedDocument) -> None:
    name = f"**{plain(entry.file)}**: "
    if show_unstorable(entry.file, entry.problem, entry.known_as, entry.same_as):
        return
    for warning in entry.document.warnings if entry.document and not entry.document.encoding else ():
        st.warning(name + plain(translate(warning)), icon=":material/info:")


def _show_failures(study: Row) -> None:
    owner, failures = st.session_state.pop("document-failures", ("", []))
    for file, problem in failures if owner == study["id"] else ():
        show_failure(file, problem)
