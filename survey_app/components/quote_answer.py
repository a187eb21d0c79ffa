"""What an expert says of a quote of theirs, and writing down that they have withdrawn it."""

import streamlit as st

from survey_app import session
from survey_app.actions.expert_answers import RELEASE, REWORD, Standing
from survey_app.actions.withdrawing import withdraw_statement
from survey_app.components.republishing import tell_republished
from survey_app.components.telling import telling_problems
from survey_app.language import _
from survey_app.store.log import Row


def expert_says(row: Row) -> None:
    """The answer of the expert, if there is one."""
    standing: Standing = row["standing"]
    if standing.answer is not None:
        text, colour = _said(standing, own_words=row["own_words"])
        st.badge(text, color=colour, icon=":material/how_to_reg:")  # type: ignore[arg-type]


def quote_withdrawal(study: Row, row: Row) -> None:
    """For what an expert takes back by word of mouth; nothing where it is withdrawn already."""
    if row["standing"].hindrance == "withdrawn":
        return
    with st.popover(_("Withdraw…"), icon=":material/person_off:"):
        st.markdown(
            _(
                "If the expert has told you that these words must not be quoted. A researcher cannot take it back: "
                "only the expert can, by a personal link."
            )
        )
        st.markdown(withdrawal_means())
        if st.button(_("The expert has withdrawn it"), key=f"withdraw-{row['statement_id']}", type="primary"):
            with telling_problems(), st.spinner(_("Published versions are made anew.")):
                person = session.current_person(study)
                done = withdraw_statement(session.store(), person, study, row["statement_id"])
                tell_republished(done, _("The quote was withdrawn."))
                st.rerun()


def withdrawal_means() -> str:
    """What happens to published versions and what stays."""
    return _(
        "Every published version becomes a notice, and a new one is published through the same gate; if the gate is "
        "shut, only the notices stay. The text itself, the log and copies that were made keep the words, for you "
        "alone."
    )


def _said(standing: Standing, *, own_words: bool) -> tuple[str, str]:
    assert standing.answer is not None
    if standing.hindrance == "withdrawn":
        return _("Withdrawn by the expert"), "red"
    if standing.answer.answer == RELEASE:
        changed = standing.hindrance == "changed"
        return (_("The expert released other words") if changed else _("Released by the expert")), "blue"
    if own_words:
        return _("Worded by the expert"), "blue"
    refused = standing.answer.answer == REWORD and standing.answer.refused
    return (_("Other words were refused") if refused else _("The expert wants other words")), "orange"
