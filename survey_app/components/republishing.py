"""Published versions of which something was withdrawn: made anew, taken down, and what came of it."""

import streamlit as st

from survey_app import session
from survey_app.actions.standing import quotes_taken_back
from survey_app.actions.withdrawing import Republished, publish_anew
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext, translate
from survey_app.store import results
from survey_app.store.log import Row

HINDERED = "publishing anew was hindered"


def withdrawn_since_published(study: Row) -> None:
    """Tell that readers still see what experts have withdrawn, with the way to change that."""
    show_hindered()
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
        with telling_problems(), st.spinner(_("The charts are being drawn, in both languages.")):
            tell_republished(study, publish_anew(session.store(), session.current_person(study), study))
            st.rerun()


def fewer_quotes(study: Row) -> str:
    """That the newest version has fewer quotes than the one before it under the same name; "" where it has not."""
    with session.store().reading() as connection:
        found = results.releases(connection, study["id"])
    same = [row for row in found if row["slug"] == found[0]["slug"]][:2]
    if len(same) < 2:
        return ""
    newest, before = same
    has, had = (row["manifest"].get("quotes", 0) for row in same)
    if has >= had:
        return ""
    return ngettext(
        "Version {version} has {count} quote; version {before} had {had}.",
        "Version {version} has {count} quotes; version {before} had {had}.",
        has, version=newest["version"], before=before["version"], had=had,
    )  # fmt: skip


def tell_republished(study: Row, done: Republished, first: str = "") -> None:
    """Say what became of published versions, after what was done `first`; what stood in the way stays on the page."""
    told = [first] if first else []
    if done.made:
        told.append(
            ngettext("{count} new version was published.", "{count} new versions were published.", len(done.made))
        )
        told.append(fewer_quotes(study))
    if done.withdrawn:
        told.append(
            ngettext(
                "{count} older version is a notice now.", "{count} older versions are notices now.", done.withdrawn
            )
        )
    tell(" ".join(filter(None, told)) if told else _("Nothing was published."))
    st.session_state[HINDERED] = [translate(problem) for problem in done.problems]


def show_hindered() -> None:
    """What stood in the way of publishing anew, until it is put away."""
    problems = st.session_state.get(HINDERED)
    if problems:
        for problem in problems:
            st.error(plain(problem), icon=":material/lock:")
        if st.button(_("Understood"), key="hindered-read"):
            st.session_state.pop(HINDERED)
            st.rerun()
