"""Published versions of which something was withdrawn: taken down and made anew, and what came of it."""

import streamlit as st

from survey_app import session
from survey_app.actions.publishing_job import start_publishing_anew
from survey_app.actions.standing import quotes_taken_back
from survey_app.components.publishing_now import publishing_now
from survey_app.components.telling import telling_problems
from survey_app.language import _, ngettext
from survey_app.store.log import Row


def withdrawn_since_published(study: Row) -> None:
    """Tell that readers still see what experts have withdrawn, with the way to change that."""
    publishing_now(study, anew=True)
    count = quotes_taken_back(session.store(), study)
    if not count:
        return
    text = ngettext(
        "Readers can open {count} quote that would not be published today: it was withdrawn, withheld or worded anew, "
        "or its expert no longer agrees to be quoted.",
        "Readers can open {count} quotes that would not be published today: they were withdrawn, withheld or worded "
        "anew, or their experts no longer agree to be quoted.",
        count,
    )
    st.warning(text, icon=":material/public_off:")
    if st.button(_("Publish anew without what was withdrawn"), icon=":material/published_with_changes:"):
        with telling_problems():
            start_publishing_anew(session.store(), session.current_person(study), study)
            st.rerun()
