"""The queue: filters, many at once, and cards to decide on one after another."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from survey_app import session
from survey_app.actions.deidentifying import decide_pseudonyms, undo_deidentifying
from survey_app.actions.review_queue import Card, contexts_of, review_queue, suggestions
from survey_app.actions.review_state import TextState
from survey_app.components.deidentify_card import LATER, OPEN, Around, show_card
from survey_app.components.deidentify_names import how_names, kind_names, level_names, risk_names
from survey_app.components.paging import page_buttons, page_number
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store.log import Row

PAGE = 8
SUGGESTED = "suggested"
_MOST_OF_OPEN = 12


def deidentify_queue(study: Row, states: list[TextState]) -> None:
    """Filters, then the cards that fit them; the first undecided one listens to the keyboard."""
    cards = review_queue(session.store(), study["id"])
    texts = {each.source_id: each.key for each in states}
    shown = _chosen(cards, texts)
    _summary(cards, shown)
    with st.container(horizontal=True):
        _many(study, [card for card in shown if card.undecided])
        st.button(
            _("Undo the last decision"), icon=":material/undo:", key="deidentify-undo", type="tertiary",
            shortcut="0" if _with_keys() else None,
            on_click=_undo, args=(study,),
        )  # fmt: skip
    if not shown:
        st.info(_("Nothing waits here that fits these choices."), icon=":material/task_alt:")
        return
    put_off: list[str] = st.session_state.get(LATER, [])
    shown = sorted(shown, key=lambda card: put_off.index(card.pseudonym_id) if card.pseudonym_id in put_off else -1)
    pages = (len(shown) + PAGE - 1) // PAGE
    number = page_number(pages, "deidentify-page")
    some = shown[(number - 1) * PAGE : number * PAGE]
    _cards(study, some, cards, texts)
    page_buttons(pages, "deidentify-page", "below")


def _chosen(cards: list[Card], texts: dict[str, str]) -> list[Card]:
    decided = {"open": _("undecided"), "done": _("decided"), "all": _("all")}
    state = st.segmented_control(
        _("Show"), list(decided), default="open", required=True, key="deidentify-shown",
        format_func=decided.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    kinds, hows, risks = kind_names(), how_names(), risk_names()
    grid = st.grid(4, min_column_width=150)
    first, second, third, fourth = (grid.cell() for _number in range(4))
    standing = [source_id for source_id in texts if any(source_id in card.source_ids for card in cards)]
    text = first.selectbox(
        _("Text"), ["", *standing], format_func=lambda each: texts[each] if each else _("all texts"),
        key="deidentify-text",
    )  # fmt: skip
    kind = second.selectbox(
        _("Kind"), ["", *(each for each in kinds if any(card.kind == each for card in cards))],
        format_func=lambda each: kinds[each] if each else _("all kinds"), key="deidentify-kind",
    )  # fmt: skip
    how = third.selectbox(
        _("How it was found"), ["", *(each for each in hows if any(card.how == each for card in cards))],
        format_func=lambda each: hows[each] if each else _("in any way"), key="deidentify-how",
    )  # fmt: skip
    risk = fourth.selectbox(
        _("Risk"), [0, *risks], format_func=lambda each: risks[each] if each else _("any risk"), key="deidentify-risk"
    )
    return [
        card
        for card in cards
        if (state == "all" or (card.undecided > 0) == (state == "open"))
        and (not text or text in card.source_ids)
        and (not kind or card.kind == kind)
        and (not how or card.how == how)
        and (not risk or card.risk == risk)
    ]


def _summary(cards: list[Card], shown: list[Card]) -> None:
    undecided = sum(card.undecided for card in cards)
    facts = [
        ngettext("{count} place", "{count} places", sum(len(card.places) for card in cards)),
        ngettext("{count} undecided", "{count} undecided", undecided),
        ngettext("{count} card here", "{count} cards here", len(shown)),
    ]
    keys = _("Keys for the first card: 1, 2, 3 decide, 4 puts it off, 0 undoes.") if _with_keys() else ""
    st.caption(f"{' · '.join(facts)}\n\n{keys}".strip())


def _with_keys() -> bool:
    """Whether the cards that wait are shown alone: only there does the first one listen to the keyboard."""
    return st.session_state.get("deidentify-shown", "open") == "open"


def _many(study: Row, waiting: Sequence[Card]) -> None:
    """Decide on everything undecided that fits the filters."""
    if not waiting:
        return
    names = {SUGGESTED: _("as suggested")} | level_names()
    with st.popover(
        ngettext("Decide on {count} at once", "Decide on {count} at once", len(waiting)), icon=":material/done_all:"
    ):
        st.markdown(_("Everything undecided that fits the choices above, on all pages."))
        level = st.radio(_("All of it becomes"), list(names), format_func=names.__getitem__, key="deidentify-many")
        if st.button(_("Decide"), type="primary", key="deidentify-many-go"):
            levels = suggestions(waiting)
            if level != SUGGESTED:
                levels = dict.fromkeys(levels, level)
            with telling_problems():
                count = decide_pseudonyms(session.store(), session.current_person(study), study["id"], levels)
                tell(ngettext("{count} card was decided.", "{count} cards were decided.", count))
                st.rerun()


def _undo(study: Row) -> None:
    with telling_problems():
        if not undo_deidentifying(session.store(), session.current_person(study), study["id"]):
            tell(_("There is nothing of yours to undo here."))


def _cards(study: Row, some: list[Card], cards: list[Card], texts: dict[str, str]) -> None:
    opened = st.session_state.get(OPEN)
    contexts = contexts_of(session.store(), study["id"], [card for card in some if card.pseudonym_id != opened])
    contexts |= contexts_of(
        session.store(), study["id"], [card for card in some if card.pseudonym_id == opened], _MOST_OF_OPEN
    )
    first = next((card.pseudonym_id for card in some if card.undecided), "")
    for card in some:
        around = Around(texts, contexts[card.pseudonym_id], lambda card=card: _others(card, cards))  # type: ignore[misc]
        show_card(study, card, around, keys=card.pseudonym_id == first and _with_keys())


def _others(card: Card, cards: list[Card]) -> dict[str, str]:
    """Cards that it may be the same as, those of its kind first."""
    kinds = kind_names()
    found = sorted(
        (each for each in cards if each.pseudonym_id != card.pseudonym_id), key=lambda each: each.kind != card.kind
    )
    return {each.pseudonym_id: plain(f"{each.name} ({kinds[each.kind]})") for each in found}
