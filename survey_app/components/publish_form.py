"""Publish: choose the segments, see what the gate says, freeze a version; and the versions so far."""

from typing import Any

import streamlit as st

from coding.segments import Segmentation, sizes
from survey_app import session
from survey_app.actions.publishing import gate, publish, topics_to_release
from survey_app.actions.results import frames_of, segmentations
from survey_app.actions.studies import choose
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext, translate
from survey_app.publishing.methods import date_in_words
from survey_app.settings import settings
from survey_app.store import results, studies
from survey_app.store.log import Row


def publish_form(study: Row) -> None:
    """Segments, gate, button."""
    mergings = {each.key: each for each in segmentations(session.store(), study)}
    wished = study["choices"].get("segmentation") or "by_group"
    key = st.selectbox(
        _("Segments that readers see"), list(mergings), format_func=lambda name: label(mergings[name]),
        index=list(mergings).index(wished) if wished in mergings else 0,
        help=_("Groups are merged on the page “Experts”."),
    )  # fmt: skip
    merged = mergings[str(key)]
    _segment_sizes(study, merged)
    with_topics = topics_to_release(session.store(), study) is not None and st.checkbox(
        _("With the topics of the newest run"),
        help=_("Who speaks of which topic, and the words of topics; never single statements. Read the topics first."),
    )
    passed = _gate(study, merged, with_topics)
    slug = st.text_input(
        _("Name in the address"), _usual_name(study), max_chars=60,
        help=_("Small Latin letters, digits and hyphens. The page will be at /r/ and this name."),
    )  # fmt: skip
    if st.button(_("Publish a new version"), type="primary", disabled=not passed, icon=":material/public:"):
        person = session.current_person(study)
        with telling_problems(), st.spinner(_("The charts are being drawn, in both languages.")):
            choose(session.store(), person, study["id"], segmentation=merged.key)
            publish(session.store(), person, study, slug=slug.strip(), segmentation_key=merged.key,
                    with_topics=with_topics)  # fmt: skip
            tell(_("Published."))
            st.rerun()


def releases(study: Row) -> None:
    """Versions so far with their addresses."""
    found = _published(study)
    if not found:
        return
    st.header(_("Published versions"), anchor=False)
    for row in found:
        _one_release(row)


def _gate(study: Row, merged: Segmentation, with_topics: bool) -> bool:
    """What the gate says; returns whether it is open."""
    report = gate(session.store(), study, merged, with_topics=with_topics)
    with st.container(border=True):
        if report.passed:
            st.markdown(":material/lock_open: **" + _("The gate is open.") + f"** {_quotes_released(study)}")
        else:
            st.markdown(":material/lock: **" + _("The gate is shut.") + "** " + _("Before anything is published:"))
        for reason in report.reasons:
            st.markdown(f"- {plain(translate(reason))}")
        for notice in report.notices:
            st.caption(f":material/info: {plain(translate(notice))}")
        if any(row.template.endswith("“Quotes”.") for row in report.reasons) or report.notices:
            st.page_link("pages/quotes.py", label=_("Quotes"), icon=":material/format_quote:")
    return report.passed


def _quotes_released(study: Row) -> str:
    with session.store().reading() as connection:
        count = studies.sizes(connection, study["id"])["quotes_released"]
    return ngettext("{count} quote is released.", "{count} quotes are released.", count)


def _segment_sizes(study: Row, merged: Segmentation) -> None:
    found = sizes(frames_of(session.store(), study["id"]).experts, merged)
    badges = []
    for segment in merged.segments:
        count = found[segment.key]
        small = 0 < count < settings().smallest_segment
        experts = ngettext("{count} expert", "{count} experts", count)
        badges.append(f":{'orange' if small else 'gray'}-badge[{plain(label(segment))}: {experts}]")
    st.markdown(" ".join(badges))


def _published(study: Row) -> list[Row]:
    with session.store().reading() as connection:
        return results.releases(connection, study["id"])


def _usual_name(study: Row) -> str:
    """The name used last, so that the next version stands beside the ones before."""
    return str(next((row["slug"] for row in _published(study)), study["slug"]))


def _one_release(row: Row) -> None:
    manifest: dict[str, Any] = row["manifest"]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(_("**Version {version}**", version=row["version"]), width="content")
        facts = [
            f"{date_in_words(row['created_at'])}, {row['created_at'][11:16]} UTC",
            ngettext("{count} quote", "{count} quotes", manifest.get("quotes", 0)),
            manifest.get("hash", "")[:12],
        ]
        st.caption(plain(" · ".join(fact for fact in facts if fact)), width="stretch")
        if manifest.get("elsewhere"):
            st.caption(plain(_("in the folder {folder}", folder=manifest["elsewhere"])), width="content")
        else:
            address = f"/r/{row['slug']}/v{row['version']}/"
            st.link_button(_("Open"), address, icon=":material/open_in_new:")
