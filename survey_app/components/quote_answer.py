"""What an expert says of a quote of theirs, and writing down that they have withdrawn it."""

import streamlit as st

from survey_app import session
from survey_app.actions.expert_answers import RELEASE, REWORD, WITHDRAW, Standing, is_current
from survey_app.actions.publishing_job import start_publishing_anew
from survey_app.actions.withdrawing import take_statement_back, withdraw_statement
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _
from survey_app.store.log import Row


def expert_says(row: Row) -> None:
    """The answer of the expert, if there is one."""
    if row["standing"].answer is not None:
        text, colour = _said(row)
        st.badge(text, color=colour, icon=":material/how_to_reg:")  # type: ignore[arg-type]


def quote_withdrawal(study: Row, row: Row) -> None:
    """For what an expert takes back by word of mouth; where somebody has written that down by mistake, the way back."""
    if row["standing"].hindrance == "withdrawn":
        if row["standing"].answer.person:
            _take_back(study, row)
        return
    key = row["statement_id"]
    with st.popover(_("Withdraw…"), icon=":material/person_off:", key=f"withdrawing-{key}"):
        st.markdown(
            _(
                "If the expert has told you that these words must not be quoted. They then stay inside, unless the "
                "expert answers anew by a personal link, or you take back what you have written down by mistake."
            )
        )
        st.markdown(withdrawal_means())
        sure = st.checkbox(_("I have read this, and the expert wants it"), key=f"sure-{key}")
        if st.button(_("The expert has withdrawn it"), key=f"withdraw-{key}", type="primary", disabled=not sure):
            store, person = session.store(), session.current_person(study)
            with telling_problems(), st.spinner(_("Notices are left in place of published versions.")):
                withdraw_statement(store, person, study, key, republish=False)
                start_publishing_anew(store, person, study)
                tell(_("The quote was withdrawn."))
                st.rerun()


def _take_back(study: Row, row: Row) -> None:
    """Undo of a withdrawal that a researcher has written down, by whoever confirms that the expert has not asked."""
    key = row["statement_id"]
    with st.popover(_("Undo the withdrawal…"), icon=":material/undo:", key=f"taking-back-{key}"):
        st.markdown(
            _(
                "{person} has written down that the expert withdraws this quote. What was decided before holds again; "
                "nothing is published by that. The log keeps both.",
                person=plain(row["standing"].answer.person),
            )
        )
        sure = st.checkbox(
            _("It was written down by mistake, or the expert has told us that it may be quoted"), key=f"mistaken-{key}"
        )
        if st.button(_("Undo the withdrawal"), key=f"take-back-{key}", type="primary", disabled=not sure):
            with telling_problems():
                take_statement_back(session.store(), session.current_person(study), study, key)
                tell(_("The withdrawal was taken back."))
                st.rerun()


def withdrawal_means() -> str:
    """What happens to published versions and what stays."""
    return _(
        "Every published version is replaced by a notice, and a new one is published through the same gate; if the "
        "gate is shut, only the notices stay. The text itself, the log and copies that were made keep the words, for "
        "you alone."
    )


def _said(row: Row) -> tuple[str, str]:
    standing: Standing = row["standing"]
    assert standing.answer is not None
    changed = standing.hindrance == "changed" or not is_current(row)
    return {
        WITHDRAW: (_("Withdrawn by the expert"), "red"),
        RELEASE: (_("The expert released other words") if changed else _("Released by the expert"), "blue"),
        REWORD: _reworded(standing.hindrance),
    }[standing.answer.answer]


def _reworded(hindrance: str) -> tuple[str, str]:
    return {
        "": (_("Worded by the expert"), "blue"),
        "refused": (_("Other words were refused"), "orange"),
        "unsigned": (_("The expert's words wait for a second signature"), "orange"),
        "changed": (_("The expert wanted other words before these were changed"), "orange"),
    }.get(hindrance, (_("The expert wants other words"), "orange"))
