"""The methods note as files to take away, and how the study is cited."""

from __future__ import annotations

from functools import partial
from typing import TypedDict

import streamlit as st

from survey_app import session
from survey_app.actions.gate import cells_to_publish
from survey_app.actions.methods import citation_files, cited_of, methods_of
from survey_app.actions.publishing_plan import plan_of
from survey_app.actions.released_quotes import fit_quotes
from survey_app.actions.results import frames_of, layers
from survey_app.components.downloads import DOCX, download
from survey_app.language import LANGUAGES, _, current, language_name
from survey_app.publishing.citations import apa, gost
from survey_app.store import results
from survey_app.store.log import Row, Store, now


class _Newest(TypedDict):
    created: str
    version: int
    slug: str


def methods_files(study: Row) -> None:
    """Buttons for the note in both languages, and the study as it is cited; files are made when they are asked for."""
    store = session.store()
    newest = _newest(store, study)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**" + _("Methods note") + "**", width="content")
        for language in LANGUAGES:
            for form, name, kind in (("docx", "Word", DOCX), ("html", "HTML", "text/html")):
                download(
                    _("{form}, {language}", form=name, language=language_name(language)),
                    f"{study['slug']}-methods-{language}.{form}", kind,
                    partial(_note, store, study, newest, language, form),
                )  # fmt: skip
    cited = cited_of(store, study, **newest)
    with st.expander(_("How it will be cited")):
        for name, write in (("APA 7", apa), (_("GOST R 7.0.5-2008"), gost)):
            st.caption(name)
            st.code(write(cited[current()]), language=None, wrap_lines=True)
        with st.container(horizontal=True):
            for name, content in citation_files(cited[current()]).items():
                download(name, name, "text/plain", partial(bytes, content))


def _newest(store: Store, study: Row) -> _Newest:
    """When, in which version and where the study was published last; what it would be where it was not."""
    with store.reading() as connection:
        row = next(iter(results.releases(connection, study["id"])), None)
    if row is None:
        return {"created": now(), "version": 0, "slug": ""}
    served = not row["manifest"].get("elsewhere")
    return {"created": row["created_at"], "version": row["version"], "slug": row["slug"] if served else ""}


def _note(store: Store, study: Row, newest: _Newest, language: str, form: str) -> bytes:
    plan = plan_of(store, study)
    released, _left_out = fit_quotes(store, study, plan, layers(frames_of(store, study["id"]))[0])
    made = methods_of(
        store, study, plan.segmentations[0], cells=cells_to_publish(store, study), quotes=len(released), **newest
    )
    return made.note(language, form)
