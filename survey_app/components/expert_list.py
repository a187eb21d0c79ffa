"""The experts of a study, and their consent to be quoted."""

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.people import remove_expert, set_consent
from survey_app.components.edited import key_of
from survey_app.components.expert_withdrawal import expert_withdrawal
from survey_app.components.memo_here import memo_here
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, label, ngettext
from survey_app.store import experts, studies
from survey_app.store.log import Row


def consent_names() -> dict[str, str]:
    """Kinds of consent in the language of the screen."""
    return {"yes": _("yes"), "after_review": _("after review"), "no": _("no"), "unknown": _("not known")}


def expert_list(study: Row) -> None:
    """Everybody who is counted, with group and consent."""
    with session.store().reading() as connection:
        people = experts.taking_part(connection, study["id"])
        groups = {row["key"]: label(row) for row in studies.groups(connection, study["id"])}
    if not people:
        st.info(_("No experts yet: import the roster first."), icon=":material/info:")
        expert_withdrawal(study)
        return
    st.caption(
        _("Without a “yes” nobody is quoted on a published page. “After review” needs the expert's word on each quote.")
    )
    kinds = consent_names()
    table = pd.DataFrame(
        {
            "key": [row["key"] for row in people],
            "name": [row["name"] for row in people],
            "group": [groups.get(row["group_key"] or "", "") for row in people],
            "region": [row["region"] for row in people],
            "consent": [kinds[row["consent"]] for row in people],
        },
        index=[row["id"] for row in people],
    )
    edited = st.data_editor(
        table,
        key=key_of("consent", table),
        hide_index=True,
        disabled=["key", "name", "group", "region"],
        height=min(36 * len(table) + 40, 640),
        column_config={
            "key": st.column_config.TextColumn(_("Expert's id"), width=100),
            "name": st.column_config.TextColumn(_("Name")),
            "group": st.column_config.TextColumn(_("Stakeholder group")),
            "region": st.column_config.TextColumn(_("Region")),
            "consent": st.column_config.SelectboxColumn(
                _("Consent to be quoted"), options=list(kinds.values()), required=True
            ),
        },
        alt=_("Experts of the study"),
    )
    back = {text: kind for kind, text in kinds.items()}
    changed = {
        str(row_id): back[new]
        for (row_id, new), old in zip(edited["consent"].items(), table["consent"], strict=True)
        if new != old
    }
    unasked = [row["id"] for row in people if row["consent"] == "unknown"]
    with st.container(horizontal=True):
        if st.button(_("Save consent"), type="primary", disabled=not changed, icon=":material/save:"):
            _save(study, changed)
        with st.popover(_("Everybody has consented"), icon=":material/done_all:", disabled=not unasked):
            st.markdown(_("Only for a study whose experts have all agreed to be quoted, in writing or on the record."))
            name = ngettext("Set {count} expert to “yes”", "Set {count} experts to “yes”", len(unasked))
            if st.button(name):
                _save(study, changed | dict.fromkeys(unasked, "yes"))
    _remove(study, people)
    expert_withdrawal(study)


def _save(study: Row, consents: dict[str, str]) -> None:
    with telling_problems():
        set_consent(session.store(), session.current_person(study), study["id"], consents)
        tell(_("Saved."))
        st.rerun()


def _remove(study: Row, people: list[Row]) -> None:
    with st.expander(_("Work on an expert")):
        names = {row["id"]: f"{row['key']} · {row['name']}" for row in people}
        chosen = st.selectbox(_("Expert"), list(names), format_func=names.__getitem__)
        if chosen is not None:
            memo_here(study, "expert", chosen)
        st.caption(_("Only somebody without display names and answers can be taken out."))
        if st.button(_("Take out"), key="expert-out") and chosen is not None:
            with telling_problems():
                remove_expert(session.store(), session.current_person(study), study["id"], chosen)
                tell(_("The expert was taken out."))
                st.rerun()
