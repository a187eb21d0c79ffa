"""Where the data lies, and with which versions it is worked on."""

from importlib.metadata import version

import streamlit as st

from survey_app.components.plain import plain
from survey_app.components.study_copies import study_copies
from survey_app.components.telling import show_note
from survey_app.language import _
from survey_app.settings import settings

show_note()
st.title(_("Where the data lies"))
st.markdown(
    _(
        "Everything stays on this machine. Rakurs asks no other machine for anything, unless a researcher names "
        "a language model to download."
    )
)
in_folder = not settings().database_url
st.table(
    {
        _("What"): [
            _("Data folder"),
            _("Database"),
            _("Backups before updates"),
            _("Copies of studies"),
            _("Published releases"),
            _("Recordings"),
            _("Language models"),
            _("Vectors of statements"),
        ],
        _("Where"): [
            plain(settings().data_folder),
            plain(settings().data_folder / "rakurs.db") if in_folder else _("the database that DATABASE_URL names"),
            plain(settings().data_folder / "backups") if in_folder else _("kept by the database's own means"),
            plain(settings().copies_folder),
            plain(settings().releases_folder),
            plain(settings().recordings_folder),
            plain(settings().models_folder),
            plain(settings().vectors_folder),
        ],
    }
)
st.caption(
    _(
        "The environment variable RAKURS_DATA names another folder. To keep everything at once, stop Rakurs and copy "
        "the folder; one study is copied below. The folders of language models and of vectors can be deleted at any "
        "time."
    )
)
study_copies()
st.caption(f"Rakurs {version('survey-app')} · Streamlit {version('streamlit')}")
