"""Which words may name a topic, on screen: own stop words, names, phrases; each change keeps itself."""

from typing import Any
from zlib import crc32

import streamlit as st

from coding.topics.terms import LONGEST_PHRASE, Wording
from survey_app import jobs, session
from survey_app.actions.topic_wording import (
    MOST_EXPERTS,
    count_words,
    keep_topic_wording,
    propose_words,
    topic_wording,
    words_key,
)
from survey_app.components.job_watch import watch
from survey_app.components.plain import plain
from survey_app.language import _, ngettext, translate
from survey_app.store.log import Row
from survey_app.views import style


def topic_words(study: Row) -> None:
    """The part of the form that most runs need not open."""
    with st.expander(_("Advanced: which words may name a topic"), icon=":material/tune:"):
        wording = topic_wording(session.store(), study["id"])
        st.caption(
            _(
                "Kept with the study, for the next run. Names of people are always left out, and so are words without "
                "a subject, such as “of course” or “actually”."
            )
        )
        left, right = st.columns(2)
        with left:
            _number(
                study, "phrases", wording.phrases, LONGEST_PHRASE, _("Words of a phrase, at most"),
                _("1: single words. 2 or 3: also phrases as they are said, such as “digital signature”."),
            )  # fmt: skip
        with right:
            _number(
                study, "fewest_experts", wording.fewest_experts, MOST_EXPERTS, _("Experts who say a word, at least"),
                _("A word that one person alone uses names no topic."),
            )  # fmt: skip
        _lists(study, wording)
        _proposals(study, wording)


def frequent_words(study: Row) -> None:
    """What can be said of too little text for topics: the words of several experts."""
    key = count_words(session.store(), study)
    state = jobs.state(key)
    if state.under_way:
        watch(key)
    elif state.status == "failed" and state.message:
        st.warning(plain(translate(state.message)), icon=":material/info:")
    elif state.status == "done" and not state.result:
        st.markdown(_("No word is said by two experts yet."))
    elif state.status == "done":
        st.markdown(f"**{_('Words that two or more experts say')}**")
        st.markdown("\n".join(f"- {_counted(row)}" for row in state.result))


def _counted(row: Row) -> str:
    people = ngettext("{count} expert", "{count} experts", row["experts"])
    return f"{plain(row['form'])}: {people}, {style.statements(row['statements'])}"


def _number(study: Row, field: str, value: int, most: int, title: str, help_: str) -> None:
    key = _key(field, value)
    st.number_input(
        title, 1, most, value, help=help_, key=key, on_change=_keep, args=(study, field, key),
    )  # fmt: skip


def _lists(study: Row, wording: Wording) -> None:
    fields = {
        "stop_words": (_("Words left out"), _("One a line: words, or turns of phrase as they are said.")),
        "joined": (_("Names that count as one word"),
                   _("One a line, such as “Smart City” or “quality of life”; found in every case and number.")),
        "left_out": (_("Names left out"), _("One a line: names, programmes or places that shall name no topic.")),
    }  # fmt: skip
    for column, (field, (title, help_)) in zip(st.columns(3), fields.items(), strict=True):
        words = getattr(wording, field)
        key = _key(field, words)
        column.text_area(
            title, "\n".join(words), help=help_, height=150, key=key, on_change=_keep, args=(study, field, key)
        )


def _keep(study: Row, field: str, key: str) -> None:
    value = st.session_state[key]
    changed: dict[str, Any] = {field: value.splitlines() if isinstance(value, str) else int(value)}
    keep_topic_wording(session.store(), session.current_person(study), study["id"], **changed)


def _proposals(study: Row, wording: Wording) -> None:
    """Words of the moderator to tick; they become words left out."""
    key = words_key(study)
    state = jobs.state(key)
    if state.under_way:
        watch(key)
        return
    if state.status == "failed" and state.message:
        st.warning(plain(translate(state.message)), icon=":material/info:")
    if state.status == "done" and not state.result:
        st.markdown(_("The moderator says no word much more often than the experts."))
    elif state.status == "done":
        _ticks(study, wording, state.result)
    st.button(
        _("Propose words of the moderator"), icon=":material/lightbulb:", on_click=propose_words,
        args=(session.store(), study),
        help=_("Words that the moderator says three times as often as the experts, or more: “block”, “thank you”."),
    )  # fmt: skip


def _ticks(study: Row, wording: Wording, proposed: list[Row]) -> None:
    rows = {row["form"]: row for row in proposed}
    ticked = [form for form in rows if form in wording.stop_words]
    key = _key("proposed", (ticked, list(rows)))

    def keep() -> None:
        others = [word for word in wording.stop_words if word not in rows]
        keep_topic_wording(
            session.store(), session.current_person(study), study["id"],
            stop_words=[*others, *st.session_state[key]],
        )  # fmt: skip

    st.pills(
        _("Said much more often by the moderator: choose which shall name no topic"), list(rows), default=ticked,
        selection_mode="multi", key=key, on_change=keep,
        format_func=lambda form: plain(f"{form} {rows[form]['moderator']} : {rows[form]['experts']}"),
        help=_("How often the moderator and how often the experts say it."),
    )  # fmt: skip


def _key(field: str, value: object) -> str:
    """A field is a new one whenever what is kept has changed elsewhere."""
    return f"topic-words-{field}-{crc32(repr(value).encode()):08x}"
