"""Take the codebook out as a file, or bring one in after a look at what it would change."""

from functools import partial

import streamlit as st

from survey_app import session
from survey_app.actions.codebook_files import (
    Brought,
    ImportPreview,
    export_codebook,
    import_codebook,
    preview_import,
    read_codebook_file,
)
from survey_app.components.codebook_names import section_name
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store.log import Row

MIME = {
    "yaml": "application/yaml", "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
NAMED = 12


def codebook_file(study: Row) -> None:
    """Both ways."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Download"), anchor=False)
        codebook_downloads(study)
    with right:
        st.subheader(_("Bring in"), anchor=False)
        _bring_in(study)


def codebook_downloads(study: Row) -> None:
    """A button a format."""
    st.caption(_("YAML holds everything: codes, rules, attributes, periods and works. Tables hold the codes alone."))
    with st.container(horizontal=True):
        for form, mime in MIME.items():
            st.download_button(
                form.upper(), partial(export_codebook, session.store(), study["id"], form),
                file_name=f"codebook_{study['slug']}.{form}", mime=mime, icon=":material/download:",
                on_click="ignore", key=f"codebook-{form}",
            )  # fmt: skip


def _bring_in(study: Row) -> None:
    file = st.file_uploader(
        _("A codebook as YAML, CSV or XLSX"), type=["yaml", "yml", "csv", "xlsx"],
        key=f"codebook-file-{st.session_state.get('codebook-brought', 0)}", max_upload_size=20,
    )  # fmt: skip
    st.caption(_("Codes are matched by their key. What the file does not name stays as it is."))
    if file is None:
        return
    with telling_problems():
        brought = read_codebook_file(file.name, file.getvalue())
        found = preview_import(session.store(), study["id"], brought)
        _preview(found)
        retire = bool(found.missing) and st.toggle(
            _("Take out of use what the file does not have"), key="codebook-retire",
            help=_("Their codings stay and count."),
        )  # fmt: skip
        nothing = not (found.added or found.changed or found.sections or retire)
        if st.button(_("Bring it in"), type="primary", icon=":material/upload:", disabled=nothing):
            _carry_out(study, brought, retire)


def _preview(found: ImportPreview) -> None:
    shown = (
        (found.added, _("New codes")), (found.changed, _("Codes that change")),
        (found.missing, _("Codes that the file does not have")), ([section_name(one) for one in found.sections],
                                                                  _("Other parts that change")),
    )  # fmt: skip
    lines = [
        f"- {title} ({len(names)}): {plain(', '.join(names[:NAMED]))}{' …' if len(names) > NAMED else ''}"
        for names, title in shown
        if names
    ]
    st.markdown("\n".join(lines) if lines else _("The file says what the codebook says already."))


def _carry_out(study: Row, brought: Brought, retire: bool) -> None:
    import_codebook(session.store(), session.current_person(study), study["id"], brought, retire=retire)
    st.session_state["codebook-brought"] = st.session_state.get("codebook-brought", 0) + 1
    count = len(brought.book.codes)
    tell(ngettext("The file with {count} code was brought in.", "The file with {count} codes was brought in.", count))
    st.rerun()
