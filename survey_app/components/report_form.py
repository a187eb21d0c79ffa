"""What a report is to hold, the making of it, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from coding.counts import mentions
from coding.segments import sizes
from survey_app import session
from survey_app.actions.figures import browser, no_browser
from survey_app.actions.gate import PublishingRefused
from survey_app.actions.publishing_plan import plan_of
from survey_app.actions.quotes_out import quotes_out
from survey_app.actions.released_quotes import consenting, released_quotes
from survey_app.actions.report_files import FIRST, FORMS, NEED_A_BROWSER, ForReaders, Step, report_files
from survey_app.actions.reporting import Wish, material_of
from survey_app.actions.results import frames_of, layers, stamp_of
from survey_app.components.confirmed_words import confirmed_words
from survey_app.components.downloads import DOCX, XLSX
from survey_app.components.filters import Choice
from survey_app.components.plain import plain
from survey_app.components.telling import telling_problems
from survey_app.jobs import threads
from survey_app.language import LANGUAGES, _, current, label, language_name, ngettext, translate
from survey_app.settings import settings
from survey_app.store.log import Row, Store
from survey_app.views.chapter_names import chapter_names
from survey_app.views.registry import Section, sections

BOTH = "both"
READERS, TEAM = "readers", "team"
_AT_ONCE_S = 0.5
"""Seconds after which a report that is not there yet is told of as under way."""
KINDS = {
    "docx": DOCX, "pdf": "application/pdf", "xlsx": XLSX,
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was chosen; files are shown as long as it is the same."""

    keys: tuple[str, ...]
    languages: tuple[str, ...]
    forms: tuple[str, ...]
    quotes: bool
    internal: bool
    accepted_words: frozenset[str] = frozenset()


def for_whom() -> str:
    """Whom the report is for: it decides what else can be chosen."""
    audiences = {READERS: _("Readers outside"), TEAM: _("The team alone")}
    return str(
        st.segmented_control(
            _("For whom"), list(audiences), default=READERS, required=True, key="for whom the report is",
            format_func=audiences.__getitem__, persist_state="session",
            help=_("For readers: the numbers and quotes that the gate of publishing lets out, as charts and tables, by "
                   "the groupings that are published. For the team: any questions and segments, marked as internal."),
        )
    )  # fmt: skip


def as_published(study: Row) -> Choice:
    """What a report for readers is about: nothing of it is chosen here."""
    store = session.store()
    frames = frames_of(store, study["id"])
    plan = plan_of(store, study)
    stamp = (*stamp_of(store, study["id"]), READERS)
    return Choice(frames, plan.segmentations[0], layers(frames)[0], stamp)


def _stamp(store: Store, study: Row, choice: Choice, asked: _Asked) -> tuple[Any, ...]:
    """With what a report is still as the study is. That one was given to readers is itself written down."""
    return choice.stamp if asked.internal else (*stamp_of(store, study["id"]), READERS)


def report_form(study: Row, choice: Choice, audience: str) -> None:
    """Choices, the button, and the files once they are made. The page may be left while they are."""
    asked = _ask(study, choice, audience)
    _cautions(choice, asked)
    kept = f"report-{study['id']}"
    key = f"{kept}-{session.tab()}"
    work = threads.find(key)
    under_way = work is not None and not work.done
    ready = bool((asked.keys or not asked.internal) and asked.forms) and not under_way
    if st.button(_("Make the report"), type="primary", icon=":material/summarize:", disabled=not ready):
        person = session.current_person(study)
        work = threads.begin(key, partial(_make, session.store(), person, study, choice, asked), asked)
        if not work.wait(_AT_ONCE_S):
            st.rerun()
    if work is not None and not work.done:
        st.session_state.pop(kept, None)
        _watch(key)
        return
    if (ended := threads.take(key)) is not None and not ended.cancelled:
        with telling_problems():
            try:
                stamp, files = ended.result()
                st.session_state[kept] = (stamp, ended.about, files)
            except PublishingRefused as refused:
                st.session_state[f"{kept}-words"] = refused.doubtful
                raise
    made: tuple[Any, _Asked, dict[str, bytes]] | None = st.session_state.get(kept)
    if made is None:
        return
    if made[:2] != (_stamp(session.store(), study, choice, asked), asked):
        st.caption(_("The study or your choices have changed since the report was made. Make it again."))
        return
    _files(made[2])


def _ask(study: Row, choice: Choice, audience: str) -> _Asked:
    internal = audience == TEAM
    chosen = _questions(study, choice) if internal else []
    accepted = frozenset() if internal else confirmed_words(st.session_state.get(f"report-{study['id']}-words", ()))
    left, right = st.columns(2)
    language = left.segmented_control(
        _("Language of the report"), [*LANGUAGES, BOTH], default=current(), required=True,
        format_func=lambda key: _("both") if key == BOTH else language_name(key), key="language of the report",
        persist_state="session",
    )  # fmt: skip
    possible = [form for form in FORMS if form not in NEED_A_BROWSER or browser() is not None]
    names = {"docx": "Word", "pdf": "PDF", "pptx": _("Slides"), "xlsx": _("Workbook of the tables")}
    forms = right.pills(
        _("Files"), possible, selection_mode="multi", default=possible, format_func=lambda form: names[form],
        key="files of the report", persist_state="session",
    )  # fmt: skip
    store = session.store()
    count = len(consenting(released_quotes(store, study, choice.layer))) if internal else quotes_out(store, study).going
    quotes = st.checkbox(
        _("With quotes"), value=count > 0, disabled=not count, persist_state="session", key="quotes in the report",
        help=_("Up to three under each question, and only what was released on the page “Quotes”."),
    )  # fmt: skip
    if internal:
        st.caption(ngettext("{count} quote is released.", "{count} quotes are released.", count))
    else:
        _what_goes_out(study, count)
    return _Asked(
        tuple(chosen), tuple(LANGUAGES) if language == BOTH else (str(language),), tuple(forms), bool(quotes and count),
        internal, accepted,
    )  # fmt: skip


def _what_goes_out(study: Row, count: int) -> None:
    """What a report for readers is bound to, and where that is chosen."""
    names = "; ".join(label(each) for each in plan_of(session.store(), study).segmentations)
    told = ngettext(
        "Segments and quotes as on the page Publish: {grouping}, {count} quote.",
        "Segments and quotes as on the page Publish: {grouping}, {count} quotes.",
        count, grouping=names,
    )  # fmt: skip
    st.caption(plain(told))
    st.page_link("pages/publish.py", label=_("Publish"), icon=":material/public:")


def _questions(study: Row, choice: Choice) -> list[str]:
    """Which questions a report for the team answers, in their order."""
    material = material_of(session.store(), study["id"], choice.frames, choice.segmentation, choice.layer)
    found, chapters = _sections(choice, sections(material)), chapter_names(material.frames)
    return st.multiselect(
        _("Questions, in the order of the report"), list(found), [key for key in FIRST if key in found],
        format_func=lambda key: f"{chapters[found[key].chapter]}: {found[key].title()}",
        key=f"report-questions-{study['id']}", placeholder=_("Choose questions"), persist_state="session",
    )  # fmt: skip


def _sections(choice: Choice, found: dict[str, Section]) -> dict[str, Section]:
    """Without those that say nothing before something is coded, as long as nothing is."""
    coded = not mentions(choice.frames, **choice.counted_by).empty
    return {key: each for key, each in found.items() if coded or not each.needs_codes}


def _cautions(choice: Choice, asked: _Asked) -> None:
    """What whoever hands a report on should know of it."""
    if browser() is None:
        st.info(
            f"{translate(no_browser().message)} {_('The other files have tables in place of figures.')}",
            icon=":material/image_not_supported:",
        )
    if not asked.internal:
        return
    st.warning(
        _("This report is for the team: nobody asked the gate of publishing about it. Do not hand it on."),
        icon=":material/lock:",
    )
    small = [size for size in sizes(choice.frames.experts, choice.segmentation).values() if size > 0]
    fewest = min(small, default=0)
    if 0 < fewest < settings().smallest_segment:
        told = ngettext(
            "The smallest segment has {count} expert: who knows the panel may know who said what. Choose merged "
            "segments for a report that leaves the house.",
            "The smallest segment has {count} experts: who knows the panel may know who said what. Choose merged "
            "segments for a report that leaves the house.",
            fewest,
        )
        st.caption(f":material/info: {told}")


def _make(
    store: Store, person: str, study: Row, choice: Choice, asked: _Asked, tell: threads.Tell
) -> tuple[tuple[Any, ...], dict[str, bytes]]:
    """The files, on a thread: pictures need this machine's browser, one after another. With the stamp that they are
    of, for what is given to readers is noted in the study itself."""
    wish = (
        Wish(choice.frames, choice.segmentation, choice.layer, asked.keys, asked.quotes)
        if asked.internal
        else ForReaders(asked.quotes, asked.accepted_words)
    )
    files = report_files(
        store, study, wish, languages=asked.languages, forms=asked.forms, person=person, tell=tell
    )  # fmt: skip
    return _stamp(store, study, choice, asked), files


@st.fragment(run_every=0.5)
def _watch(key: str) -> None:
    """How far the report is; the whole page comes again when it ends."""
    work = threads.find(key)
    if work is None or work.done:
        st.rerun()
    step: Step | None = work.step
    if step is None:
        st.progress(0.0, _("Counting"))
    else:
        st.progress(step.done / step.of, _("Figures drawn: {done} of {of}", done=step.done, of=step.of))
    if st.button(_("Cancel"), icon=":material/stop:", disabled=work.cancelled):
        work.cancel()
    st.caption(_("You can leave this page: the report goes on, and its files will be here."))


def _files(files: dict[str, bytes]) -> None:
    with st.container(border=True, horizontal=True, key="report-files"):
        for name, content in files.items():
            st.download_button(
                name, content, name, KINDS[name.rsplit(".", 1)[1]], icon=":material/download:", key=f"take {name}",
                on_click="ignore",
            )  # fmt: skip
