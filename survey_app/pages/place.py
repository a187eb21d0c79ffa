"""Where the data lies, and with which versions it is worked on."""

from importlib.metadata import version

import streamlit as st

from survey_app.components.plain import plain
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
            _("Published releases"),
            _("Language models"),
        ],
        _("Where"): [
            plain(settings().data_folder),
            plain(settings().data_folder / "rakurs.db") if in_folder else _("the database that DATABASE_URL names"),
            plain(settings().data_folder / "backups") if in_folder else _("kept by the database's own means"),
            plain(settings().releases_folder),
            plain(settings().models_folder),
        ],
    }
)
st.caption(
    _(
        "The environment variable RAKURS_DATA names another folder. To keep a copy, stop Rakurs and copy the folder. "
        "The folder of language models can be deleted at any time."
    )
)
st.caption(f"Rakurs {version('survey-app')} · Streamlit {version('streamlit')}")
