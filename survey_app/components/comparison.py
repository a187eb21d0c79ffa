"""What is compared: texts, coders, against whom. Every choice stands in the address: a link leads to the same."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from coding.adjudication import progress
from coding.comparing import ADJUDICATED
from coding.counts import SESSIONS
from survey_app import session
from survey_app.actions.adjudicating import settle_agreed
from survey_app.actions.comparing import CLOSED, OPEN, UNFINISHED, Comparison, Text, compare, texts_to_compare
from survey_app.components.address import CHOICE, write_address
from survey_app.components.empty import empty_state
from survey_app.components.filters import addressed_select, addressed_several
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.components.ways import may_open
from survey_app.language import _, ngettext
from survey_app.store import studies
from survey_app.store.log import Row

STATEMENTS, CONFUSIONS, SETTLE = "statements", "confusions", "settle"
DECIDED = "decided"
"""In the address: the reference is what was decided."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Coders beside each other, and the one (or "" for what was decided) against whom the others are held."""

    comparison: Comparison
    reference: str
    coders: tuple[str, ...]
    names: dict[str, str]
    """Of coders and of the reference, as they are called on the screen."""


def choose_comparison(study: Row) -> Chosen | None:
    """The choices in a row; None, with a sentence that says what to do, where there is nothing to compare.

    Sessions are compared unless other texts are asked for: documents have a denominator of their own.
    """
    texts = {text.key: text for text in texts_to_compare(session.store(), study["id"])}
    can = {key: text for key, text in texts.items() if text.state == OPEN}
    if not can:
        _say_why(study, list(texts.values()))
        return None
    sessions = {key: text for key, text in can.items() if text.kind in SESSIONS} or can
    names = _names(study) | {ADJUDICATED: _("what was decided")}
    with st.container(horizontal=True):
        chosen = addressed_several(
            "texts", _("Texts"), list(can), lambda key: key, width=300,
            nothing=_("all that are open") if len(sessions) == len(can) else _("all open sessions"),
        )  # fmt: skip
        compared = [can[key] for key in chosen] or list(sessions.values())
        who = sorted({coder for text in compared for coder in text.coders})
        several = addressed_several(
            "coders", _("Coders"), who, lambda key: names.get(key, key), nothing=_("everybody"), width=260
        )
        coders = several if len(several) > 1 else who
        reference = addressed_select(
            "reference", _("Held against"), [*coders, DECIDED],
            lambda key: names[ADJUDICATED] if key == DECIDED else names.get(key, key), width=240,
        ) if coders else DECIDED  # fmt: skip
    if len(several) == 1 and len(who) > 1:
        st.caption(_("Two coders or more make a comparison: with one chosen, everybody is compared."))
    if len(coders) < 2:
        empty_state(
            "group", _("Only one has coded here"), _("A comparison needs a text that two coders have looked at.")
        )
        return None
    found = compare(session.store(), study["id"], [text.source_id for text in compared], coders)
    _say_what_is_closed(list(texts.values()))
    return Chosen(found, ADJUDICATED if reference == DECIDED else reference, tuple(coders), names)


def choose_view() -> str:
    """Statement by statement, the matrix of confusions, or settling."""
    names = {STATEMENTS: _("Statement by statement"), CONFUSIONS: _("Confusions"), SETTLE: _("Settle")}
    asked = st.query_params.get("view", STATEMENTS)
    chosen = st.segmented_control(
        _("View"), list(names), default=asked if asked in names else STATEMENTS, format_func=names.__getitem__,
        required=True, key=f"{CHOICE}view", persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    write_address("view", [] if chosen == STATEMENTS else [str(chosen)])
    return str(chosen)


def how_far_settled(study: Row, coder: Row, chosen: Chosen) -> None:
    """How many differences are settled, and the button that takes over what nobody differs on."""
    found = chosen.comparison
    done = progress(found.rows, found.settled)
    there = set(found.given.decided)
    agreed = int((found.rows["agree"] & ~found.rows["statement_id"].isin(there)).sum())
    differing = int((~found.rows["agree"]).sum())
    settled = differing - done.waiting
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            ngettext("{k} of {count} difference settled", "{k} of {count} differences settled", differing, k=settled)
        )
        if agreed and st.button(
            ngettext("Take over {count} statement that all agree on", "Take over {count} statements that all agree on",
                     agreed),
            icon=":material/done_all:", help=_("Statements that all who looked gave the same codes, two or more."),
        ):  # fmt: skip
            _take_over(study, coder, chosen)
    brought_in = found.frames.codings["layer"].eq("adjudicated").any()
    if settled < differing and brought_in and not settled:
        st.caption(_("Adjudicated codings that were brought in have no reason: their differences still wait."))


def _take_over(study: Row, coder: Row, chosen: Chosen) -> None:
    with telling_problems():
        with st.spinner(_("Taking over…"), show_time=True):
            count = settle_agreed(
                session.store(), coder["key"], study["id"], chosen.comparison.sources, chosen.coders,
                reference=chosen.reference or chosen.coders[0],
            )  # fmt: skip
        tell(ngettext("{count} statement was taken over.", "{count} statements were taken over.", count))
        st.rerun()


def _names(study: Row) -> dict[str, str]:
    with session.store().reading() as connection:
        found = studies.coders(connection, study["id"])
    return {row["key"]: f"{row['key']} · {row['name']}" if row["name"] else str(row["key"]) for row in found}


def _say_why(study: Row, texts: list[Text]) -> None:
    if any(text.state != CLOSED for text in texts):
        empty_state(
            "visibility_off", _("You have not finished coding"),
            _("You code these texts blind. Finish your coding first; then you see how the others coded them."),
        )  # fmt: skip
        return
    empty_state(
        "visibility_off", _("No comparison is open yet"),
        _("Coders do not see each other's work until it is opened. Whoever leads the study opens the comparison of a "
          "text on the page “Assignments”, once its coders have finished."),
        page="pages/assignments.py" if may_open(study, "assignments") else "", label=_("Assignments"),
    )  # fmt: skip


def _say_what_is_closed(texts: list[Text]) -> None:
    closed = sum(text.state == CLOSED for text in texts)
    unfinished = [text.key for text in texts if text.state == UNFINISHED]
    told = []
    if closed:
        told.append(ngettext("{count} text is not open yet.", "{count} texts are not open yet.", closed))
    if unfinished:
        told.append(_("You have not handed in yet: {texts}.", texts=", ".join(unfinished)))
    if told:
        st.caption(plain(" ".join(told)))
