"""One topic on screen: what it is called, who speaks of it, how far it holds; and changing it."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from coding.frames import Frames
from coding.topics.speakers import Speaker
from survey_app import session
from survey_app.actions.arrangements import LONGEST_NAME, merge_topics, rename_topic, split_topic
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.components.topic_quality import holds
from survey_app.language import _, label, two_decimals
from survey_app.store.log import Row, Store
from survey_app.views import style

WORDS_IN_NAME = 3
SHOWN_WORDS = 7


@dataclass(frozen=True, slots=True)
class Card:
    """What a card needs besides its topic: the run, everybody, how groups are called, and who dominates which topic."""

    study: Row
    run: Row
    frames: Frames
    groups: dict[str, str]
    counts: pd.DataFrame
    dominant: dict[int, Speaker]
    may_change: bool


def name_of(topic: Row) -> str:
    """What a person calls a topic, else its first words; no model can name it."""
    return label(topic, "name") or ", ".join(topic["words"][:WORDS_IN_NAME])


def topic_card(card: Card, topic: Row, others: Sequence[Row]) -> None:
    """A topic; `others` are those that it can be merged into."""
    st.markdown(f"### {plain(name_of(topic))}")
    _words(topic)
    counts = card.counts[card.counts["topic"] == topic["topic"]]
    people = style.k_of_n_experts(int(counts["k"].sum()), len(card.frames.experts))
    st.caption(f"{style.statements(topic['size'])} · {people}")
    said = counts[counts["k"] > 0].sort_values("k", ascending=False, kind="stable")
    badges = [
        f":gray-badge[{plain(card.groups.get(str(row.group_id), '–'))} {row.k}/{row.n}]" for row in said.itertuples()
    ]
    st.markdown(" ".join(badges))
    if topic.get("grown_around"):
        named = card.frames.codes.set_index("code_id")
        codes = [label(named.loc[each]) if each in named.index else each for each in topic["grown_around"]]
        st.caption(plain(_("Grew around: {codes}", codes="; ".join(codes))))
    if "stability" in topic:
        st.caption(f"{_('Holds: {value}.', value=two_decimals(topic['stability']))} {holds(topic['stability'])}")
    speaker = card.dominant.get(topic["topic"])
    if speaker is not None:
        st.markdown(f":material/record_voice_over: {_dominated(speaker)}")
    _representative(card, topic)
    if card.may_change and topic.get("leaves"):
        with st.popover(_("Change"), icon=":material/edit:"):
            _change(card, topic, others)


def _words(topic: Row) -> None:
    """Words as bars of their weights; of a run that has kept no weights the words alone."""
    weights = topic.get("weights") or []
    if not any(weights):
        st.markdown(plain(", ".join(topic["words"][WORDS_IN_NAME:])))
        return
    colour = style.shade(0.55, st.context.theme.type == "dark")
    rows = "".join(
        f"<div style='overflow-wrap:anywhere'>{html.escape(word)}</div>"
        f"<div aria-hidden='true' style='background:{colour};border-radius:2px;height:0.6rem;align-self:center;"
        f"width:{max(2, round(100 * weight / max(weights)))}%'></div>"
        for word, weight in zip(topic["words"][:SHOWN_WORDS], weights[:SHOWN_WORDS], strict=True)
    )
    st.html(
        f"<div style='display:grid;grid-template-columns:minmax(7rem,40%) 1fr;gap:0.1rem 0.75rem;font-size:0.875rem'>"
        f"{rows}</div>"
    )


def _dominated(speaker: Speaker) -> str:
    who = plain(speaker.expert_id)
    if speaker.k == speaker.n:
        return _("Only {expert} speaks of it: is it a topic, or a person’s own subject?", expert=who)
    return _("{expert} speaks most of it: {k} of {n} statements.", expert=who, k=speaker.k, n=speaker.n)


def _representative(card: Card, topic: Row) -> None:
    with st.expander(_("Representative statements")):
        texts = card.frames.statements.set_index("statement_id")
        here = texts.loc[[each for each in topic["representative"] if each in texts.index]]
        group_of = dict(zip(card.frames.experts["expert_id"], card.frames.experts["group_id"], strict=True))
        for row in here.itertuples():
            st.markdown(plain(row.text))
            st.caption(plain(card.groups.get(group_of.get(str(row.expert_id), ""), "–")))


def _change(card: Card, topic: Row, others: Sequence[Row]) -> None:
    leaves = topic["leaves"]
    key = "-".join(map(str, (card.run["id"], *leaves)))
    with st.form(f"name-{key}", border=False):
        english, russian = (
            st.text_input(
                title,
                topic[name],
                key=f"{name}-{key}",
                max_chars=LONGEST_NAME,
                help=_("Empty: called by its first words. Names stay with their statements in later runs."),
            )
            for name, title in (("name_en", _("Own name, in English")), ("name_ru", _("Own name, in Russian")))
        )
        if st.form_submit_button(_("Keep the name")):
            _act(
                _("The name was kept."),
                lambda: rename_topic(*_where(card), leaves, name_en=english, name_ru=russian),
            )
    into = st.selectbox(
        _("Merge into"), range(len(others)), None, key=f"into-{key}", placeholder=_("another topic"),
        format_func=lambda place: name_of(others[place]), disabled=not others,
    )  # fmt: skip
    can_split = len(leaves) > 1
    with st.container(horizontal=True):  # one row: below a card there is little room
        merging = st.button(_("Merge"), key=f"merge-{key}", icon=":material/merge:", disabled=into is None)
        splitting = st.button(
            _("Split in two"), key=f"split-{key}", icon=":material/call_split:", disabled=not can_split,
            help=_("Into the two topics that it was made of.") if can_split else _("This topic is one of the finest."),
        )  # fmt: skip
    if merging and into is not None:
        target = others[into]["leaves"]
        _act(_("The topics were merged."), lambda: merge_topics(*_where(card), leaves, target))
    if splitting:
        _act(_("The topic was split."), lambda: split_topic(*_where(card), leaves))


def _where(card: Card) -> tuple[Store, str, str, str]:
    return session.store(), session.current_person(card.study), card.study["id"], card.run["id"]


def _act(done: str, act: Callable[[], None]) -> None:
    with telling_problems():
        act()
        tell(done)
        st.rerun()
