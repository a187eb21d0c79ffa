"""The publication that is under way, and what came of the last one: told on every page where one is begun."""

from functools import partial
from pathlib import Path

import streamlit as st

from survey_app import session
from survey_app.actions.publishing_job import (
    Published,
    cancel_publishing,
    forget_published,
    published_lately,
    publishing_state,
)
from survey_app.components.job_watch import watch
from survey_app.components.plain import plain
from survey_app.components.telling import telling_problems
from survey_app.jobs import JobState
from survey_app.language import _, current, ngettext, translate
from survey_app.settings import settings
from survey_app.store import results
from survey_app.store.log import Row, Store


def is_being_published(study: Row) -> bool:
    """Whether a publication of the study is under way."""
    return publishing_state(session.store(), study)[0].under_way


def publishing_now(study: Row, *, anew: bool = False) -> None:
    """How far it is, with a way to stop it, and the outcome of the last; `anew`: of what is published anew."""
    store = session.store()
    for number, told in enumerate(published_lately(store, study)):
        if told.anew == anew:
            _outcome(study, told, f"{anew}-{number}")
    state, now_anew = publishing_state(store, study)
    if state.under_way and now_anew == anew:
        note = (
            _("Notices stand already in place of the older versions. You can leave this page: publishing goes on.")
            if anew
            else _("You can leave this page: publishing goes on. Cancelled in time, it leaves nothing behind.")
        )
        watch(f"publishing-{study['id']}-{anew}", note=note, cancel=partial(_cancel, study),
              ask=partial(_state, store, study))  # fmt: skip


def _state(store: Store, study: Row) -> JobState:
    return publishing_state(store, study)[0]


def _cancel(study: Row) -> None:
    with telling_problems():
        cancel_publishing(session.store(), study)


def _forget(study: Row) -> None:
    forget_published(session.store(), study)


def _outcome(study: Row, told: Published, key: str) -> None:
    done = [*_made(told), *_withdrawn(told)]
    if told.too_late:
        done.append(_("It was being written already when it was cancelled."))
    with st.container(border=True, key=f"published-{key}"):
        for problem in told.problems(current()):
            st.error(plain(translate(problem)), icon=":material/lock:")
        if told.status == "cancelled":
            st.info(_cancelled(told), icon=":material/info:")
        with st.container(horizontal=True, vertical_alignment="center"):
            if done:
                sign = "public" if told.made else "public_off"
                st.markdown(f":material/{sign}: {plain(' '.join(filter(None, done)))}", width="stretch")
            for folder in told.made:
                name, version = folder.parent.name, folder.name
                if folder.parent.parent == settings().releases_folder:
                    label = _("Open") if len(told.made) == 1 else _("Open “{slug}”", slug=plain(name))
                    st.link_button(label, f"/r/{name}/{version}/", icon=":material/open_in_new:")
            st.button(_("Close this message"), icon=":material/close:", key=f"published-read-{key}", type="tertiary",
                      on_click=_forget, args=(study,))  # fmt: skip


def _cancelled(told: Published) -> str:
    if told.anew:
        return _(
            "Publishing anew was cancelled. Notices stay where nothing new was published; a new version is published "
            "on the page “Publish”."
        )
    return _("Publishing was cancelled. Nothing was published and nothing has changed.")


def _made(told: Published) -> list[str]:
    if not told.made:
        return []
    count = len(told.made)
    said = (
        ngettext("{count} new version was published.", "{count} new versions were published.", count)
        if told.anew
        else _("Version {version} was published.", version=_number(told.made[0]))
    )
    return [said, *(_fewer_quotes(folder) for folder in told.made)]


def _withdrawn(told: Published) -> list[str]:
    if not told.withdrawn:
        return []
    return [
        ngettext("{count} older version is a notice now.", "{count} older versions are notices now.", told.withdrawn)
    ]


def _fewer_quotes(folder: Path) -> str:
    """That a version has fewer quotes than the one before it under the same name; "" where it has not."""
    with session.store().reading() as connection:
        found = results.versions_of(connection, folder.parent.name)
    two = [row for row in found if row["version"] <= _number(folder)][:2]
    if len(two) < 2:
        return ""
    has, had = (row["manifest"].get("quotes", 0) for row in two)
    if has >= had:
        return ""
    return ngettext(
        "Version {version} has {count} quote; version {before} had {had}.",
        "Version {version} has {count} quotes; version {before} had {had}.",
        has, version=two[0]["version"], before=two[1]["version"], had=had,
    )  # fmt: skip


def _number(folder: Path) -> int:
    return int(folder.name.removeprefix("v"))
