"""One card of the queue: a person or thing, where it stands, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from survey_app import session
from survey_app.actions.deidentifying import (
    LONGEST_LABEL,
    decide_place,
    decide_pseudonym,
    merge_pseudonyms,
)
from survey_app.actions.marking import unmark_place
from survey_app.actions.review_queue import Card, Context, Place
from survey_app.components.deidentify_names import how_names, kind_names, level_names
from survey_app.components.plain import plain
from survey_app.components.telling import telling_problems
from survey_app.language import _, current, ngettext
from survey_app.store.log import Row
from transcripts.identifying import How
from transcripts.pseudonyms import KEPT, label

OPEN, LATER = "deidentify-open", "deidentify-later"
KEYS = ("1", "2", "3", "4")
"""Of the levels in their order, and for later."""
_MOST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Around:
    """What a card is shown with: the keys of texts, contexts of its places, other cards it may be the same as."""

    texts: dict[str, str]
    contexts: Sequence[Context]
    others: Callable[[], dict[str, str]]


def show_card(study: Row, card: Card, around: Around, *, keys: bool) -> None:
    """The card; `keys`: the keyboard decides on this one."""
    with st.container(border=True, key=f"card-{card.pseudonym_id}"):
        st.markdown(f"**{plain(card.name)}** {_badge(card)}")
        st.caption(plain(_facts(card, around.texts)))
        for each in around.contexts:
            st.markdown(f":gray[{plain(around.texts[each.source_id])}] {marked(each)}")
        more = len(card.places) - len(around.contexts)
        if more > 0:
            st.caption(ngettext("{count} more place", "{count} more places", more))
        _levels(study, card, keys=keys)
        if st.session_state.get(OPEN) == card.pseudonym_id:
            _more(study, card, around)


def marked(context: Context) -> str:
    """The words around a place as Markdown that reads no markup of their own, the place on an orange ground."""
    lead = " " if context.before[-1:].isspace() else ""
    trail = " " if context.after[:1].isspace() else ""
    return f"{plain(context.before)}{lead}:orange-background[{plain(context.words)}]{trail}{plain(context.after)}"


def label_of_card(card: Card, level: str) -> str:
    """What would stand in the place of it, in the language of the screen."""
    words = {"en": card.label_en, "ru": card.label_ru}[current()] if level == card.level else ""
    return label(card.kind, level, card.number, current(), words, expert=card.expert)


def _badge(card: Card) -> str:
    if not card.undecided:
        return f":gray-badge[{plain(label_of_card(card, card.level) or level_names()[KEPT])}]"
    return f":orange-badge[{plain(_('undecided'))}]"


def _facts(card: Card, texts: dict[str, str]) -> str:
    where = [texts[source_id] for source_id in card.source_ids]
    listed = ", ".join(where[:4]) + (", …" if len(where) > 4 else "")
    count = ngettext("{count} place", "{count} places", len(card.places))
    facts = [kind_names()[card.kind], how_names()[card.how], f"{count}: {listed}"]
    others = [words for words in card.written if words != card.name]
    if others:
        facts.append(_("written: {words}", words=", ".join(others[:6])))
    return " · ".join(facts)


def _levels(study: Row, card: Card, *, keys: bool) -> None:
    with st.container(horizontal=True):
        for place, (level, name) in enumerate(level_names().items()):
            shown = label_of_card(card, level)
            wished = card.level if not card.undecided else card.suggestion
            st.button(
                plain(f"{name} {shown}".strip()), key=f"{level}-{card.pseudonym_id}",
                shortcut=KEYS[place] if keys else None, type="primary" if level == wished else "secondary",
                on_click=_decide, args=(study, card, level),
            )  # fmt: skip
        if card.undecided:
            st.button(
                _("Later"), key=f"later-{card.pseudonym_id}", type="tertiary", shortcut=KEYS[3] if keys else None,
                on_click=_put_off, args=(card,),
            )  # fmt: skip
        opened = st.session_state.get(OPEN) == card.pseudonym_id
        st.button(
            _("Less") if opened else _("More"), key=f"more-{card.pseudonym_id}", type="tertiary",
            icon=":material/unfold_less:" if opened else ":material/unfold_more:", on_click=_toggle, args=(card,),
        )  # fmt: skip


def _decide(study: Row, card: Card, level: str) -> None:
    """A card that waited is decided once: a key pressed quickly reaches the card before the one that it is for, too."""
    with telling_problems():
        decide_pseudonym(
            session.store(), session.current_person(study), study["id"], card.pseudonym_id, level,
            words_en=card.label_en, words_ru=card.label_ru, if_waiting=card.undecided > 0,
        )  # fmt: skip


def _put_off(card: Card) -> None:
    put_off = st.session_state.setdefault(LATER, [])
    if card.pseudonym_id in put_off:
        put_off.remove(card.pseudonym_id)
    put_off.append(card.pseudonym_id)


def _toggle(card: Card) -> None:
    st.session_state[OPEN] = "" if st.session_state.get(OPEN) == card.pseudonym_id else card.pseudonym_id


def _more(study: Row, card: Card, around: Around) -> None:
    """Own words for the label, the same as another, single places."""
    store, person = session.store(), session.current_person(study)
    with st.form(f"words-{card.pseudonym_id}"):
        left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
        words_en = left.text_input(_("Words within the brackets, in English"), card.label_en, max_chars=LONGEST_LABEL)
        words_ru = middle.text_input(_("... and in Russian"), card.label_ru, max_chars=LONGEST_LABEL)
        if right.form_submit_button(_("Use these words")):
            with telling_problems():
                level = card.level if card.level and card.level != KEPT else card.suggestion
                decide_pseudonym(
                    store, person, study["id"], card.pseudonym_id, level, words_en=words_en, words_ru=words_ru
                )
                st.rerun()
    others = around.others()
    with st.form(f"same-{card.pseudonym_id}"):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        other = left.selectbox(
            _("The same as"), list(others), index=None, format_func=others.__getitem__, placeholder=_("Choose"),
        )  # fmt: skip
        if right.form_submit_button(_("Make one of both")) and other:
            with telling_problems():
                merge_pseudonyms(store, person, study["id"], card.pseudonym_id, other)
                st.rerun()
    for context in around.contexts[:_MOST_PLACES]:
        _one_place(study, context.place, f"{around.texts[context.source_id]}: {context.words}")


def _one_place(study: Row, place: Place, words: str) -> None:
    names = {"": _("as the others")} | level_names()
    left, middle, right = st.columns([3, 2, 1], vertical_alignment="center")
    left.caption(plain(words))
    middle.selectbox(
        _("Only this place: {words}", words=words), list(names),
        index=list(names).index(place.own_level) if place.own_level in names else None,
        format_func=names.__getitem__, key=f"own-{place.id}", label_visibility="collapsed",
        placeholder=_("its words were corrected: decide"), on_change=_decide_place, args=(study, place),
    )  # fmt: skip
    if place.how == How.HAND:
        right.button(_("Unmark"), key=f"unmark-{place.id}", type="tertiary", on_click=_unmark, args=(study, place))


def _decide_place(study: Row, place: Place) -> None:
    level = st.session_state[f"own-{place.id}"]
    if level is not None:
        with telling_problems():
            decide_place(session.store(), session.current_person(study), study["id"], place.id, level)


def _unmark(study: Row, place: Place) -> None:
    with telling_problems():
        unmark_place(session.store(), session.current_person(study), study["id"], place.id)
