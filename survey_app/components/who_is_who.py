"""Display names beside the people they stand for: proposals and how certain they are, corrections, undo."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.people import Merge, confirm_speakers, merges, notices, undo_merge
from survey_app.actions.proposals import Guess, waiting_speakers
from survey_app.components.edited import key_of
from survey_app.components.moderator_list import moderator_list
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.telling import show_messages, tell, telling_problems
from survey_app.components.turn_by_turn import turn_by_turn
from survey_app.language import _, ngettext
from survey_app.store import experts, sources
from survey_app.store.log import Row
from transcripts.names import ONE_PART, WITH_INITIAL

SHOWN = 6
"""Confirmations offered for undoing."""


def role_names() -> dict[str, str]:
    """Roles in the language of the screen."""
    return {
        "expert": _("expert"), "moderator": _("moderator"), "assistant": _("assistant"),
        "interpreter": _("interpreter"), "observer": _("observer"), "unknown": _("not known"),
    }  # fmt: skip


def certainty(guess: Guess | None, names: Mapping[str, str]) -> str:
    """On what a proposal rests; empty where a person has confirmed. `names` are the experts' by key."""
    if guess is None:
        return ""
    candidates = ", ".join(names.get(key, key) for key in guess.candidates)
    if guess.reason == "likeness" and guess.score in {ONE_PART, WITH_INITIAL}:
        return _("a part of the name fits")
    if guess.reason == "likeness" and guess.runner_up:
        return _("similar, {score} of 100; the next {next}", score=round(guess.score), next=round(guess.runner_up))
    if guess.reason == "tie" and candidates:
        return _("several fit, choose: {names}", names=candidates)
    if guess.reason == "several":
        shared = _("several people on one device: say turn by turn who speaks")
        return f"{shared} ({candidates})" if candidates else shared
    return {
        "memory": _("confirmed before"), "roster": _("the roster says so"), "same name": _("same name"),
        "transcript": _("the name or the manner of speaking"), "tie": _("two experts fit: choose"),
        "likeness": _("similar, {score} of 100", score=round(guess.score)),
    }.get(guess.reason, _("nobody fits: choose"))  # fmt: skip


def who_is_who(study: Row) -> None:
    """The table to confirm; a row a display name and source."""
    with session.store().reading() as connection:
        speakers = sources.speakers(connection, study["id"], "session", "chat")
        people = experts.experts(connection, study["id"])
    if not speakers:
        st.info(_("Display names appear here once a transcript is in the study."), icon=":material/info:")
        return
    if not people:
        st.info(_("Import the roster first: then names and experts are compared."), icon=":material/info:")
    st.caption(
        _(
            "Several names may belong to one expert. Moderators, assistants, interpreters and observers are never "
            "counted. Change what is wrong in the column “Who it is”, then confirm."
        )
    )
    speakers = [row for row in speakers if row["turns"]]
    waiting = [row for row in speakers if not row["confirmed"]]
    shown = speakers
    moderator_list(study)
    if waiting and len(waiting) < len(speakers) and st.toggle(_("Only names that wait"), key=f"waits-{study['id']}"):
        shown = waiting
    shown = sorted(shown, key=lambda row: (row["confirmed"], row["role"] != "unknown"))
    choices = _choices(people)
    table = _table(shown, people, choices, waiting_speakers(session.store(), study["id"]))
    edited = _editor(table, choices)
    _buttons(study, table, edited, choices)
    show_messages(notices(session.store(), study["id"]))
    turn_by_turn(study, speakers, people)


def _choices(people: list[Row]) -> dict[str, tuple[str, str]]:
    """What can be chosen, in words: (role, expert's key)."""
    roles = role_names()
    found = {f"{row['key']} · {row['name']}": ("expert", row["key"]) for row in people}
    found |= {
        _("{role} (not counted)", role=roles[role]): (role, "")
        for role in ("moderator", "assistant", "interpreter", "observer")
    }
    return found | {roles["unknown"]: ("unknown", "")}


def _table(
    speakers: list[Row], people: list[Row], choices: dict[str, tuple[str, str]], guesses: dict[str, Guess]
) -> pd.DataFrame:
    keys = {row["id"]: row["key"] for row in people}
    names = {row["key"]: row["name"] or row["key"] for row in people}
    words = {choice: word for word, choice in choices.items()}
    who = [words.get((row["role"], keys.get(row["expert_id"] or "", "")), role_names()["unknown"]) for row in speakers]
    return pd.DataFrame(
        {
            "name": [row["display_name"] for row in speakers],
            "who": who,
            "confirmed": [bool(row["confirmed"]) for row in speakers],
            "certainty": [certainty(guesses.get(row["id"]), names) for row in speakers],
            "source": [row["source_key"] for row in speakers],
            "turns": [row["turns"] for row in speakers],
        },
        index=[row["id"] for row in speakers],
    )


def _editor(table: pd.DataFrame, choices: dict[str, tuple[str, str]]) -> pd.DataFrame:
    return st.data_editor(
        table,
        key=key_of("who", table),
        hide_index=True,
        disabled=["name", "certainty", "source", "turns"],
        column_order=[name for name in table.columns if name != "certainty" or table["certainty"].any()],
        height=min(36 * len(table) + 40, 640),
        column_config={
            "name": st.column_config.TextColumn(_("Display name"), width="medium"),
            "who": st.column_config.SelectboxColumn(
                _("Who it is"), options=list(choices), required=True, width="medium"
            ),
            "confirmed": st.column_config.CheckboxColumn(_("Confirmed"), width=100),
            "certainty": st.column_config.TextColumn(_("The proposal rests on"), width="medium"),
            "source": st.column_config.TextColumn(_("Source"), width=100),
            "turns": st.column_config.NumberColumn(_("Turns"), width=80),
        },
        alt=_("Display names and who is behind them"),
    )


def decisions(
    table: pd.DataFrame, edited: pd.DataFrame, choices: dict[str, tuple[str, str]], *, everything: bool
) -> list[Row]:
    """What `confirm_speakers` is to store: the rows that were edited and, with `everything`, all that propose somebody.

    A row that was moved to somebody is confirmed by that. One that nobody knows is confirmed only by its tick.
    """
    found: list[Row] = []
    for row_id in edited.index:
        before, after = table.loc[row_id], edited.loc[row_id]
        role, key = choices[after["who"]]
        moved = before["who"] != after["who"]
        proposed = role != "unknown" and not before["confirmed"]
        if moved or before["confirmed"] != after["confirmed"] or (everything and proposed):
            sure = bool(after["confirmed"]) or (role != "unknown" and (moved or (everything and proposed)))
            found.append(
                {"id": row_id, "display_name": after["name"], "role": role, "expert_key": key, "confirmed": sure}
            )
    return found


def _buttons(study: Row, table: pd.DataFrame, edited: pd.DataFrame, choices: dict[str, tuple[str, str]]) -> None:
    changed = decisions(table, edited, choices, everything=False)
    every = decisions(table, edited, choices, everything=True)
    with st.container(horizontal=True):
        confirmed = st.button(
            ngettext("Confirm {count} name", "Confirm {count} names", len(every)) if every else _("All confirmed"),
            type="primary", icon=":material/done_all:", disabled=not every,
        )  # fmt: skip
        saved = st.button(
            _("Save changed rows only"), icon=":material/save:", disabled=not changed,
            help=_("A row that you have changed is confirmed; all others stay as they are."),
        )  # fmt: skip
        _undo_list(study)
    if confirmed or saved:
        wanted = every if confirmed else changed
        with telling_problems():
            confirm_speakers(session.store(), session.current_person(study), study["id"], wanted)
            tell(ngettext("{count} name was saved.", "{count} names were saved.", len(wanted)))
            st.rerun()


def _undo_list(study: Row) -> None:
    done = merges(session.store(), study["id"])[:SHOWN]
    with st.popover(_("Undo a confirmation"), icon=":material/undo:", disabled=not done):
        st.caption(_("Names go back to whom they belonged before; no coding is lost."))
        for merge in done:
            with st.container(border=True):
                st.markdown(_described(merge))
                if st.button(_("Undo"), key=f"undo-{merge.number}"):
                    with telling_problems():
                        undone = undo_merge(session.store(), session.current_person(study), study["id"], merge.number)
                        tell(_("The confirmation was undone.") if undone else _("There is nothing to undo."))
                        st.rerun()


def _described(merge: Merge) -> str:
    roles = role_names()
    first = [f"{plain(name)} → **{plain(roles.get(who, who))}**" for name, who in merge.names[:3]]
    more = len(merge.names) - len(first)
    if more:
        first.append(ngettext("and {count} more", "and {count} more", more))
    return f"{moment(merge.at)} · {plain(merge.person)}  \n" + ", ".join(first)
