"""Copies of a study: make one now, take one away, and how one is brought back."""

from pathlib import Path

import streamlit as st

from survey_app import session
from survey_app.actions.backing_up import missing_recordings
from survey_app.actions.keeping_copies import Copy, copied, copies_of, copy_now
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.telling import show_messages, telling_problems
from survey_app.daily_copies import failures
from survey_app.language import _, translate
from survey_app.settings import settings
from survey_app.store import studies
from survey_app.store.log import Row
from survey_app.views.style import number

SHOWN = 60.0
"""Megabytes of a copy that a browser is still handed; a larger one is fetched from the folder."""


def study_copies() -> None:
    """The section of the page that is about copies."""
    st.header(_("Copies of a study"), anchor=False)
    st.markdown(
        _(
            "A copy is one file with everything in a study: sources, codings of all coders, memos, answers and the "
            "log, so that undo and history go on in the restored study. Coders need not stop for it."
        )
    )
    _how_they_are_made()
    study, slug = _choose()
    if not slug:
        st.caption(_("There is no study yet, and so there is nothing to copy."))
        return
    if study is not None:
        show_messages(missing_recordings(session.store(), study, settings().recordings_folder))
        _make(study)
    found = copies_of(settings().copies_folder, slug)
    for copy in found:
        _one(copy, newest=copy is found[0])
    if study is not None and not found:
        st.caption(_("There is no copy of this study yet."))
    _how_to_restore(slug, found, there=study is not None)


def _how_they_are_made() -> None:
    if settings().automatic_copies:
        st.caption(
            _(
                "While Rakurs runs, each study that has changed is copied once a day. The newest copies of seven days "
                "and of four weeks stay. Sound and pictures are left out; the command below takes them along."
            )
        )
    else:
        st.caption(_("Automatic copies are turned off by the setting RAKURS_COPIES."))
    for failure in failures():
        st.warning(
            plain(
                _(
                    "The automatic copy of {study} at {time} was not made: {reason}",
                    study=failure.slug, time=moment(failure.at.isoformat()), reason=translate(failure.why),
                )
            ),
            icon=":material/info:",
        )  # fmt: skip


def _choose() -> tuple[Row | None, str]:
    """A study that is there, or the name of one that is gone but has copies; ("" if there is neither)."""
    with session.store().reading() as connection:
        found = studies.all_studies(connection) + studies.all_studies(connection, archived=True)
    there = {str(row["slug"]): row for row in found}
    names = [*there, *(slug for slug in copied(settings().copies_folder) if slug not in there)]
    if not names:
        return None, ""
    current = session.current_study()
    slug = st.selectbox(
        _("Study"), names, index=names.index(current["slug"]) if current else 0,
        format_func=lambda name: _name(there.get(name), name), key="copies-of",
    )  # fmt: skip
    return there.get(slug), slug


def _name(study: Row | None, slug: str) -> str:
    if study is None:
        return _("{slug} (deleted)", slug=slug)
    return f"{session.title_of(study)} ({slug})"


def _make(study: Row) -> None:
    if not st.button(_("Make a copy now"), type="primary", icon=":material/save:", key="copy-now"):
        return
    bar = st.progress(0.0, _("The study is being copied."))
    with telling_problems():
        copy_now(
            session.store(), study, settings().copies_folder,
            progress=lambda share: bar.progress(share, _("The study is being copied.")),
        )  # fmt: skip
        st.success(_("The copy is made. Download it to keep it on another machine."), icon=":material/check:")
    bar.empty()


def _one(copy: Copy, *, newest: bool) -> None:
    size = copy.bytes / 1_000_000
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            plain(
                _(
                    "{time}, {size} MB", time=moment(copy.at.isoformat()),
                    size=number(size, 1 if size >= 0.1 else 2),
                )
            ),
            width=260,
        )  # fmt: skip
        if size <= SHOWN:
            st.download_button(
                _("Download"), copy.file.read_bytes, file_name=copy.file.name, mime="application/zip",
                icon=":material/download:", on_click="ignore", key=f"copy-{copy.file.name}", help=plain(copy.file.name),
                type="secondary" if newest else "tertiary",
            )  # fmt: skip
        else:
            st.caption(_("Too large for the browser; it lies in {folder}.", folder=plain(copy.file.parent)))


def _how_to_restore(slug: str, found: list[Copy], *, there: bool) -> None:
    with st.expander(_("How to restore a study"), icon=":material/settings_backup_restore:", expanded=bool(found)):
        file = found[0].file if found else Path("FILE.rakurs.zip")
        named = f" --as {slug}-restored" if there else ""
        st.markdown(
            _(
                "Type this command where Rakurs is installed. The study that is here stays as it is; the restored one "
                "appears beside it under the name given after --as, independent of it."
            )
            if there
            else _("Type this command where Rakurs is installed. The study comes back as it was.")
        )
        st.code(f'python -m survey_app restore "{file}"{named}', language=None, wrap_lines=True)
        if there:
            st.markdown(_("A copy in a place of your own, with sound and pictures:"))
            st.code(f"python -m survey_app backup --study {slug} --to FOLDER", language=None, wrap_lines=True)
