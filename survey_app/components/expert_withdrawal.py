"""Take an expert out of the study because they have withdrawn; and who has."""

import streamlit as st

from survey_app import session
from survey_app.actions.publishing_job import start_publishing_anew
from survey_app.actions.withdrawing import take_expert_back, withdraw_expert
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.quote_answer import withdrawal_means
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _
from survey_app.store import experts
from survey_app.store.log import Row


def expert_withdrawal(study: Row) -> None:
    """A confirmation that says what will happen, and the experts who have withdrawn."""
    with session.store().reading() as connection:
        people = experts.experts(connection, study["id"])
    here = {row["key"]: f"{row['key']} · {row['name']}" for row in people if not row["withdrawn_at"]}
    if here:
        with st.expander(_("Withdraw from the study…")):
            _withdraw(study, here)
    for row in people:
        if row["withdrawn_at"]:
            _withdrawn(study, row)


def _withdraw(study: Row, people: dict[str, str]) -> None:
    key = st.selectbox(_("Who has withdrawn"), list(people), format_func=people.__getitem__, key="withdrawing")
    st.markdown(
        "- "
        + "\n- ".join(
            [
                _("The expert is out of every count, quote, matrix and file that is taken out; n becomes one less."),
                _("Their personal links stop working."),
                withdrawal_means(),
                _("You can take it back as long as the study exists; what was published stays as it is then."),
            ]
        )
    )
    sure = st.checkbox(_("I have read this, and the expert wants it"), key=f"sure-{key}")
    if st.button(_("Withdraw the expert"), type="primary", disabled=not sure, key="withdraw-expert"):
        store, person = session.store(), session.current_person(study)
        with telling_problems(), st.spinner(_("Notices are left in place of published versions.")):
            withdraw_expert(store, person, study, str(key), republish=False)
            start_publishing_anew(store, person, study)
            tell(_("{key} was withdrawn.", key=key))
            st.rerun()


def _withdrawn(study: Row, row: Row) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        when = _("withdrawn on {moment}", moment=moment(row["withdrawn_at"]))
        st.markdown(plain(f"{row['key']} · {row['name']} · {when}"), width="stretch")
        if st.button(_("Take back the withdrawal"), key=f"back-{row['key']}", type="tertiary"):
            with telling_problems():
                take_expert_back(session.store(), session.current_person(study), study, row["key"])
                tell(_("{key} is counted again.", key=row["key"]))
                st.rerun()
