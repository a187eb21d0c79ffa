"""The key, for its owner alone."""

import streamlit as st

from survey_app import session
from survey_app.actions.pseudonym_key import export_key
from survey_app.components.downloads import CSV, download
from survey_app.language import _
from survey_app.store.log import Row


def deidentify_key(study: Row) -> None:
    """A sentence on what the key is, and the file."""
    st.markdown(
        _("The key says which label stands for whom and what. Whoever has it can undo the de-identification: keep it "
          "apart from the texts, and give it to nobody who need not have it. No other file of Rakurs holds it but the "
          "copy of the whole study.")
    )  # fmt: skip
    store = session.store()
    download(_("Key (CSV)"), f"{study['slug']}-key.csv", CSV, lambda: export_key(store, study["id"]))
