"""Which question of the guide is asked where: proposed for each session, confirmed by a person."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.guide import (
    Alignment,
    Asked,
    alignment,
    confirm_sections,
    questions_of,
    sessions_of_guide,
    undo_sections,
)
from survey_app.components.desk.sheet import clock
from survey_app.components.empty import empty_state
from survey_app.components.tables import TALL_ROW, table_height
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.store.log import Row

CLOSE = 0.08
"""Difference of two likenesses under which a proposal is called close."""
WEAK = 0.65
SHOWN = 70
"""Code points of a question in the list to choose from."""
Choice = tuple[str, str]
"""A kind of section and, for a question, its key."""


def guide_sections(study: Row) -> None:
    """Choose a session, look at what its moderator asks, confirm."""
    found = sessions_of_guide(session.store(), study["id"])
    if not found:
        empty_state(
            "upload_file", _("No session yet"), _("Bring in the transcript of a session first."),
            page="pages/files.py", label=_("Transcripts"),
        )  # fmt: skip
        return
    rows = {row["id"]: row for row in found}
    wished = next((row["id"] for row in found if not row["confirmed"]), found[0]["id"])
    chosen = st.selectbox(
        _("Session"), list(rows), index=list(rows).index(wished), format_func=lambda each: _session_name(rows[each]),
        key=f"guide-session-{study['id']}",
    )  # fmt: skip
    anew = st.session_state.get(f"anew-{chosen}", False)
    aligned = alignment(session.store(), study["id"], chosen, anew=anew)
    if not aligned.moderated:
        empty_state(
            "record_voice_over", _("Nobody moderates this session yet"),
            _("Say on the page “Experts” who the moderator is; then the questions can be found."),
            page="pages/people.py", label=_("Experts"),
        )  # fmt: skip
        return
    if aligned.confirmed and not anew:
        st.caption(_("These sections are confirmed. What you change here counts once it is confirmed again."))
    else:
        st.caption(
            _("Proposed by comparing the moderator’s words with the guide. Nothing counts before it is confirmed.")
        )
    _table(study, aligned, anew=anew)


def choices_of(questions: Sequence[Row], asked: Sequence[Asked]) -> dict[str, Choice]:
    """What a section can be, by the words that the list shows."""
    found: dict[str, Choice] = {}
    for number, row in enumerate(questions, start=1):
        words = label(row, "ask")
        found[f"{number}. {words if len(words) <= SHOWN else words[:SHOWN].rstrip() + '…'}"] = ("question", row["key"])
    known = {row["key"] for row in questions}
    for key in dict.fromkeys(each.question_key for each in asked):
        if key and key not in known:
            found[key] = ("question", key)
    found[_("follow-up of the question above")] = ("follow_up", "")
    found[_("introduction")] = ("intro", "")
    found[_("off the guide")] = ("off_guide", "")
    return found


def chosen_sections(
    asked: Sequence[Asked], picked: Sequence[str], choices: dict[str, Choice]
) -> list[tuple[int, str, str]]:
    """What `confirm_sections` is to store: a follow-up takes the question above it."""
    found: list[tuple[int, str, str]] = []
    current = ""
    for each, name in zip(asked, picked, strict=True):
        kind, key = choices.get(name, (each.kind, each.question_key))
        if kind == "question":
            current = key
        elif kind in {"intro", "off_guide"}:
            current = "" if kind == "intro" else current
        found.append((each.turn.index, kind, current if kind in {"question", "follow_up"} else ""))
    return found


def certainty(each: Asked, *, confirmed: bool) -> str:
    """How sure a proposal is, in words."""
    if confirmed:
        return ""
    if each.kind == "question":
        if each.score - each.runner_up < CLOSE:
            return _("close: another question is as likely")
        return _("clear") if each.score >= WEAK else _("weak: look at the words")
    return "" if each.kind == "intro" else _("no question of the guide in these words")


def _table(study: Row, aligned: Alignment, *, anew: bool) -> None:
    with session.store().reading() as connection:
        questions = questions_of(connection, study["id"])
    choices = choices_of(questions, aligned.asked)
    settled = aligned.confirmed and not anew
    table = pd.DataFrame(
        {
            "time": [clock(each.turn.start_s, aligned.source["clock"]) for each in aligned.asked],
            "words": [each.turn.text for each in aligned.asked],
            "choice": [_name_of(each, choices) for each in aligned.asked],
            "certainty": [certainty(each, confirmed=settled) for each in aligned.asked],
        }
    )
    key = f"sections-{aligned.source['id']}-{aligned.source['version']}-{anew}"
    edited = st.data_editor(
        table, key=key, hide_index=True, disabled=["time", "words", "certainty"],
        column_order=[name for name in table.columns if name != "certainty" or not settled],
        row_height=TALL_ROW, height=table_height(len(table), 640, TALL_ROW),
        alt=_("What the moderator asks, and which question of the guide it is"),
        column_config={
            "time": st.column_config.TextColumn(_("Time"), width=80),
            "words": st.column_config.TextColumn(_("The moderator says"), width=340),
            "choice": st.column_config.SelectboxColumn(
                _("Question of the guide"), options=list(choices), required=True, width=270
            ),
            "certainty": st.column_config.TextColumn(_("How sure"), width=150),
        },
    )  # fmt: skip
    picked = [str(name) for name in edited["choice"]]
    changed = picked != list(table["choice"])
    with st.container(horizontal=True):
        pressed = st.button(
            _("Confirm this session"), type="primary", icon=":material/done_all:",
            disabled=settled and not changed,
        )  # fmt: skip
        if aligned.confirmed and st.button(
            _("Back to what was confirmed") if anew else _("Propose anew"), icon=":material/refresh:",
            help=_("Shows fresh proposals; what was confirmed stays until you confirm again."),
        ):  # fmt: skip
            st.session_state[f"anew-{aligned.source['id']}"] = not anew
            st.rerun()
        if aligned.confirmed and st.button(_("Undo the confirmation"), icon=":material/undo:"):
            with telling_problems():
                done = undo_sections(session.store(), session.current_person(study), study["id"], aligned.source["id"])
                tell(_("The confirmation was undone.") if done else _("There is nothing to undo."))
                st.rerun()
    if pressed:
        with telling_problems():
            changed_now = confirm_sections(
                session.store(), session.current_person(study), study["id"], aligned.source["id"],
                chosen_sections(aligned.asked, picked, choices),
            )  # fmt: skip
            st.session_state[f"anew-{aligned.source['id']}"] = False
            tell(
                ngettext(
                    "Confirmed. {count} statement has another question now.",
                    "Confirmed. {count} statements have another question now.", changed_now,
                )
            )  # fmt: skip
            st.rerun()


def _name_of(each: Asked, choices: dict[str, Choice]) -> str:
    wanted = (each.kind, each.question_key if each.kind == "question" else "")
    return next((name for name, choice in choices.items() if choice == wanted), "")


def _session_name(row: Row) -> str:
    state = _("confirmed") if row["confirmed"] else _("not confirmed yet")
    return " · ".join(part for part in (row["key"], row["title"], row["date"], state) if part)
