"""A run of the topic model on screen: choose, start, watch, cancel."""

import streamlit as st

from coding.topics.partition import FEWEST, proposed_number
from survey_app import jobs, session
from survey_app.actions.results import frames_of
from survey_app.actions.topic_guidance import AROUND_CODES, AROUND_DESCRIPTIONS, BY_THEMSELVES, GUIDANCE
from survey_app.actions.topics import (
    SESSIONS_AND_ANSWERS,
    codes_in_use,
    cost_of_run,
    job_key,
    start_topics,
    what_experts_said,
)
from survey_app.components.durations import duration
from survey_app.components.empty import empty_state
from survey_app.components.job_watch import watch
from survey_app.components.plain import plain
from survey_app.components.topic_words import frequent_words, topic_words
from survey_app.language import _, ngettext, translate
from survey_app.settings import settings
from survey_app.store.log import Row
from survey_app.views import style


def topic_run(study: Row) -> None:
    """The form, and beside it how the run stands; a sentence instead while there is too little text."""
    store = session.store()
    said = what_experts_said(store, study)
    answers = len(what_experts_said(store, study, SESSIONS_AND_ANSWERS)) - len(said)
    if len(said) + answers < FEWEST:
        _too_little(len(said) + answers, spoken=not frames_of(store, study["id"]).statements.empty)
        if len(said) + answers:
            frequent_words(study)
        return
    state = jobs.state(job_key(study))
    _form(study, len(said), said["expert_id"].nunique(), answers, busy=state.under_way)
    topic_words(study)
    if state.under_way:
        watch(job_key(study), note=_("You can leave this page: the run goes on, and its result will be here."))
    elif state.status == "failed" and state.message:
        st.warning(plain(translate(state.message)), icon=":material/info:")
        st.button(_("Close this message"), icon=":material/close:", on_click=jobs.forget, args=(job_key(study),))
    elif state.status == "cancelled":
        st.info(_("The run was cancelled. Nothing has changed."), icon=":material/info:")


def _too_little(count: int, *, spoken: bool) -> None:
    what = ngettext(
        "There is {count} statement of an expert; topics need at least {needed}.",
        "There are {count} statements of experts; topics need at least {needed}.",
        count, needed=FEWEST,
    )  # fmt: skip
    if spoken:
        todo, page, label = _("Confirm who is who, or bring in more transcripts."), "pages/people.py", _("Experts")
    else:
        todo, page, label = _("Bring in transcripts first."), "pages/files.py", _("Transcripts")
    empty_state("bubble_chart", _("Too little text for topics"), f"{what} {todo}", page=page, label=label)


def _form(study: Row, statements: int, experts: int, answers: int, *, busy: bool) -> None:
    number = proposed_number(statements, codes_in_use(session.store(), study), experts)
    with st.form("topics"):
        st.markdown(
            " ".join(
                [
                    ngettext("{count} statement will be read:", "{count} statements will be read:", statements),
                    ngettext("what {count} expert said in the sessions.", "what {count} experts said in the sessions.",
                             experts),
                ]
            )
        )  # fmt: skip
        cost = cost_of_run(session.store(), study, statements)
        st.caption(
            _("A run needs about {memory} GB of memory and takes {time}.",
              memory=style.number(cost.megabytes / 1000, 1), time=duration(cost.seconds))
        )  # fmt: skip
        left, middle, right = st.columns([2, 2, 3])
        wished = left.number_input(
            _("Number of topics"), 2, 60, None,
            placeholder=_("{number}, a proposal", number=number),
            help=_("No method can say how many topics there are. Try a coarser and a finer number."),
        )  # fmt: skip
        seed = middle.number_input(_("Random seed"), 0, 10_000, 0, help=_("The same seed gives the same topics."))
        model = right.text_input(
            _("Language model"), settings().model, placeholder=_("the best one on this machine"),
            help=_("The name of a sentence-transformers model that is on this machine, or a folder. Empty: chosen "
                   "by the language of the statements."),
        )  # fmt: skip
        with_answers = bool(answers) and st.checkbox(
            ngettext(
                "With {count} open answer of the questionnaire",
                "With {count} open answers of the questionnaire",
                answers,
            )
        )
        guidance = _guidance() if codes_in_use(session.store(), study) else BY_THEMSELVES
        if st.form_submit_button(_("Find topics"), type="primary", icon=":material/play_arrow:", disabled=busy):
            start_topics(
                session.store(), session.current_person(study), study, model=model.strip(), seed=int(seed),
                n_topics=int(wished) if wished else None, with_answers=with_answers, guidance=guidance,
            )  # fmt: skip
            st.rerun()


def _guidance() -> str:
    names = {
        BY_THEMSELVES: _("by themselves"),
        AROUND_CODES: _("around the codes that statements carry"),
        AROUND_DESCRIPTIONS: _("around codes and what the codebook says of them"),
    }
    return st.radio(
        _("Topics grow"), GUIDANCE, format_func=names.__getitem__, horizontal=True,
        help=_("By themselves shows what the codebook may lack. Around codes finds more of what coders look for: in "
               "seven known topics with a fifth of the statements coded, a fifth better than without."),
    )  # fmt: skip
