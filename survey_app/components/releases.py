"""The published versions of a study with their addresses, and how to take them down."""

from typing import Any

import streamlit as st

from survey_app import session
from survey_app.actions.notices import reachable
from survey_app.actions.standing import is_standing
from survey_app.actions.unrecorded import unrecorded
from survey_app.actions.withdrawing import declare_gone, take_down
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.publishing.methods import date_in_words
from survey_app.store import results
from survey_app.store.log import Row


def releases(study: Row) -> None:
    """Versions so far; those that were withdrawn say so."""
    with session.store().reading() as connection:
        found = results.releases(connection, study["id"])
    unknown = unrecorded(session.store(), study)
    if not found and not unknown:
        return
    st.header(_("Published versions"), anchor=False)
    for row in found:
        _one_release(study, row)
    for slug, versions in unknown.items():
        told = ngettext(
            "Readers can open {count} version of “{slug}” that this study does not know.",
            "Readers can open {count} versions of “{slug}” that this study does not know.",
            len(versions), slug=slug,
        )  # fmt: skip
        st.caption(f":material/info: {plain(told)}")
    for slug in dict.fromkeys([*(row["slug"] for row in filter(is_standing, found)), *unknown]):
        _take_down(study, slug)


def _one_release(study: Row, row: Row) -> None:
    manifest: dict[str, Any] = row["manifest"]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(_("**Version {version}**", version=row["version"]), width="content")
        facts = [
            f"{date_in_words(row['created_at'])}, {row['created_at'][11:16]} UTC",
            ngettext("{count} quote", "{count} quotes", manifest.get("quotes", 0)),
            manifest.get("hash", "")[:12],
        ]
        st.caption(plain(" · ".join(fact for fact in facts if fact)), width="stretch")
        if manifest.get("withdrawn_at"):
            st.badge(_("a notice"), color="gray", icon=":material/public_off:")
        if manifest.get("elsewhere"):
            st.caption(plain(_("in the folder {folder}", folder=manifest["elsewhere"])), width="content")
            if not manifest.get("withdrawn_at") and not reachable(row):
                _gone(study, row)
        else:
            address = f"/r/{row['slug']}/v{row['version']}/"
            st.link_button(_("Open"), address, icon=":material/open_in_new:")


def _gone(study: Row, row: Row) -> None:
    """A version in a folder that is not here: whether anybody can still open it only a person knows."""
    with st.popover(_("Not within reach…"), icon=":material/link_off:", key=f"gone-popover-{row['id']}"):
        st.markdown(
            _(
                "The folder of this version cannot be reached from here, so that no notice can be left. As long as "
                "readers may open it, new versions are judged beside it."
            )
        )
        if st.button(_("Nobody can open it any more"), type="primary", key=f"gone-{row['id']}"):
            with telling_problems():
                declare_gone(session.store(), session.current_person(study), study, row["id"])
                tell(_("Saved."))
                st.rerun()


def _take_down(study: Row, slug: str) -> None:
    with st.popover(_("Take down “{slug}”…", slug=plain(slug)), icon=":material/public_off:"):
        st.markdown(
            _(
                "Every version under this name is replaced by a notice, the newest too. What others have downloaded "
                "stays with them. You can publish a new version later."
            )
        )
        english = st.text_input(_("Reason in English, for readers"), max_chars=300, key=f"reason-en-{slug}")
        russian = st.text_input(_("Reason in Russian, for readers"), max_chars=300, key=f"reason-ru-{slug}")
        if st.button(_("Take down"), type="primary", key=f"take-down-{slug}"):
            with telling_problems(), st.spinner(_("The versions are taken down.")):
                person = session.current_person(study)
                count = take_down(session.store(), person, study, slug, reason_en=english, reason_ru=russian)
                tell(ngettext("{count} version is a notice now.", "{count} versions are notices now.", count))
                st.rerun()
