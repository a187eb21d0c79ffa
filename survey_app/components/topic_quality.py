"""How far topics can be trusted: each number with the sentence that says what it means."""

import streamlit as st

from coding.topics.quality import TOP
from survey_app.components.plain import plain
from survey_app.language import _, ngettext, translate, two_decimals
from survey_app.store.log import Row
from transcripts.messages import Message

HIGH, MIDDLE, LOW = 0.8, 0.6, 0.3
"""Steps of agreement between groupings, and of statements that stay together."""
MEET = 0.1
"""NPMI from which words clearly meet more often than by chance."""


def topic_quality(result: Row, statements: int) -> None:
    """The expander with what a person should know before reading the topics."""
    with st.expander(_("How far can these topics be trusted?"), icon=":material/help:"):
        for notice in result["notices"]:
            st.markdown(f"- {plain(translate(Message(**notice)))}")
        for title, value, said in _measured(result, statements):
            number, words = st.columns([1, 4], vertical_alignment="center")
            number.metric(title, value)
            words.markdown(said)
        arrangement = result.get("arrangement")
        if arrangement and arrangement["by_hand"]:
            st.caption(
                ngettext(
                    "Stability and coherence are those of the nearest level of the run, {count} topic.",
                    "Stability and coherence are those of the nearest level of the run, {count} topics.",
                    arrangement["measured"],
                )
            )


def holds(stability: float) -> str:
    """How far one topic holds, as a sentence."""
    if stability >= HIGH:
        return _("Its statements stay together in almost every run.")
    if stability >= MIDDLE:
        return _("Most of its statements stay together in other runs.")
    return _("In other runs it often falls apart: read its statements before you rely on it.")


def _measured(result: Row, statements: int) -> list[tuple[str, str, str]]:
    """Title, number and sentence of each measure; "–" where it could not be taken."""
    quality = result["quality"]
    words = sum(len(topic["words"][:TOP]) for topic in result["topics"])
    placed = round(statements * (1 - quality["outliers"]))
    return [
        (_("Stability"), _number(quality["stability"]),
         f"{_('Would other runs find the same topics?')} {_agreement(quality['stability'])}"),
        (_("Without a fifth of the experts"), _number(quality.get("without_experts")),
         _("Would the same topics be found without some of the experts?") + " "
         + _agreement(quality.get("without_experts"))),
        (_("Coherence (NPMI)"), _number(quality["npmi"]), _coherence(quality["npmi"])),
        (_("Diversity of words"), _number(quality["diversity"]),
         _("Different among the first ten words of all topics: {k} of {n}. A word that names several topics tells them "
           "apart less.", k=round(words * quality["diversity"]), n=words)),
        (_("Placed"), _number(1 - quality["outliers"]),
         _("{k} of {n} statements have a topic.", k=placed, n=statements)),
    ]  # fmt: skip


def _agreement(value: float | None) -> str:
    if value is None:
        return _("Not measured: too few experts are known, or the run is of an earlier version.")
    if value >= HIGH:
        return _("Nearly all of them (1: all, 0: as by chance).")
    if value >= MIDDLE:
        return _("Most of them (1: all, 0: as by chance).")
    if value >= LOW:
        return _("Only some of them (1: all, 0: as by chance).")
    return _("Hardly any: take these as one of many possible sortings (1: all, 0: as by chance).")


def _coherence(value: float | None) -> str:
    if value is None:
        return _("Not measured: no topic has two words.")
    if value >= MEET:
        meet = _("A topic’s words meet in the same statements more often than by chance.")
    elif value > -MEET:
        meet = _("A topic’s words meet in the same statements about as often as by chance.")
    else:
        meet = _("A topic’s words seldom meet in the same statement.")
    return meet + " " + _("Statements are short and the number is low for all methods: use it to compare runs.")


def _number(value: float | None) -> str:
    return "–" if value is None else two_decimals(value)
