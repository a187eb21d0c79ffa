"""Whose the rows of a questionnaire are: confirmed row by row, newcomers put on the roster, one row a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.components.edited import key_of
from survey_app.components.plain import plain
from survey_app.components.questionnaire_draft import Draft
from survey_app.components.questionnaire_newcomers import add_newcomers
from survey_app.components.tables import table_height
from survey_app.language import _, ngettext
from survey_app.questionnaires.confirming import FIRST, LAST, NEITHER, doubles, without_doubles
from survey_app.questionnaires.respondents import Respondent, respondents
from survey_app.store import experts as expert_rows
from survey_app.store import studies
from survey_app.store.log import Row
from transcripts.people import KnownPerson

MOST_ROWS = 300
"""Most rows that are shown to be confirmed one by one, those of nobody first."""
MOST_NAMED = 12


def respondent_column(draft: Draft) -> str | None:
    """Which column names the expert, as proposed or as a person says."""
    columns = [None, *draft.export.table.columns]
    found = st.selectbox(
        _("Which column names the expert?"), columns, index=columns.index(draft.likely), key=draft.key("respondent"),
        format_func=lambda name: _("none: whose a row is will be said in step 3") if name is None
        else " ".join(name.split())[:160],
        help=_("By an id or a name of the roster. It is not stored."),
    )  # fmt: skip
    if found is None:
        st.warning(
            _("No column names the expert. Choose one, or say row by row in step 3 whose it is."),
            icon=":material/person_search:",
        )
    return found


def confirm_respondents(
    study: Row, draft: Draft, column: str | None, people: Sequence[KnownPerson]
) -> dict[int, str] | None:
    """Expert ids by the row's place; rows of nobody are left out. None: one person has two rows, and it is not said
    yet which of them counts."""
    with session.store().reading() as connection:
        roster = expert_rows.experts(connection, study["id"])
        groups = studies.groups(connection, study["id"])
    columns = list(draft.columns)
    consents = [each.name for each in columns if each.why == "consent"]
    found: Sequence[Respondent] = draft.once(
        "respondents", (column, tuple(people), consents),
        lambda: sorted(
            respondents(draft.export.table, column, people, columns),
            key=lambda row: (bool(row.expert_id), row.place),
        ),
    )  # fmt: skip
    names = {row["key"]: f"{row['key']} · {row['name']}" for row in roster}
    said = st.container()
    whose = _table(draft, found, names)
    with said:
        _say_who(draft, found, whose, list(names))
    strangers = [row.place for row in found if row.place not in whose and row.how != "refused"]
    groupless = _groupless(whose, roster)
    if strangers or groupless:
        add_newcomers(study, draft, column, sorted(strangers), groupless, groups, roster)
    return _one_row_each(draft, whose)


def _table(draft: Draft, found: Sequence[Respondent], names: Mapping[str, str]) -> dict[int, str]:
    """Every row with its expert, to be changed; a long file's first rows, those of nobody before all others."""
    nobody, shown = _("(leave out)"), found[:MOST_ROWS]
    frame = pd.DataFrame(
        {
            "row": [draft.export.table.row_number(row.place) for row in shown],
            "written": [" ".join(row.written.split())[:160] for row in shown],
            "expert": [names.get(row.expert_id, nobody) for row in shown],
            "how": [_how(row) for row in shown],
        },
    )
    edited = st.data_editor(
        frame, key=key_of(draft.key("whose"), frame), hide_index=True, disabled=["row", "written", "how"],
        height=table_height(len(frame), 330),
        column_config={
            "row": st.column_config.NumberColumn(_("Row"), width=70),
            "written": st.column_config.TextColumn(_("In the file"), width="medium"),
            "expert": st.column_config.SelectboxColumn(
                _("Expert"), options=[nobody, *names.values()], required=True, width="medium"
            ),
            "how": st.column_config.TextColumn(_("The proposal rests on"), width="medium"),
        },
        alt=_("Rows of the questionnaire and whose they are"),
    )  # fmt: skip
    if len(found) > len(shown):
        st.caption(
            _("The first {shown} of {all} rows; all others are taken as proposed.", shown=len(shown), all=len(found))
        )
    back = {text: key for key, text in names.items()}
    whose = {row.place: back[text] for row, text in zip(shown, edited["expert"], strict=True) if text in back}
    whose |= {row.place: row.expert_id for row in found[MOST_ROWS:] if row.expert_id in names}
    return dict(sorted(whose.items()))


def _say_who(draft: Draft, rows: Sequence[Respondent], whose: Mapping[int, str], keys: list[str]) -> None:
    st.caption(_("{k} of {n} rows belong to an expert of the roster.", k=len(whose), n=len(rows)))
    number = draft.export.table.row_number
    left = [f"{number(row.place)} {row.written}".strip() for row in rows if row.place not in whose]
    if left:
        text = _("Left out unless you say whose they are: row {rows}.", rows=_some(left))
        st.warning(text, icon=":material/person_search:")
    here = set(whose.values())
    silent = [key for key in keys if key not in here]
    if silent:
        st.caption(_("Experts without a row: {keys}.", keys=_some(silent)))


def _some(named: list[str]) -> str:
    more = len(named) - MOST_NAMED
    rest = ngettext("and {count} more", "and {count} more", more) if more > 0 else ""
    return ", ".join([*map(plain, named[:MOST_NAMED]), *filter(None, [rest])])


def _groupless(whose: Mapping[int, str], roster: Sequence[Row]) -> dict[int, str]:
    """Experts without a group, by the first of their rows."""
    without = {row["key"] for row in roster if not row["group_key"]}
    found: dict[int, str] = {}
    for place, key in whose.items():
        if key in without and key not in found.values():
            found[place] = key
    return found


def _one_row_each(draft: Draft, whose: dict[int, str]) -> dict[int, str] | None:
    """Ask which row counts where one person has several."""
    several = doubles(whose)
    if not several:
        return whose
    number = draft.export.table.row_number
    listed = [f"{expert} ({', '.join(str(number(place)) for place in places)})" for expert, places in several.items()]
    st.warning(
        ngettext(
            "{count} expert has more than one row: {who}. Say which of them counts.",
            "{count} experts have more than one row: {who}. Say which of them counts.", len(several),
            who=_some(listed),
        ),
        icon=":material/content_copy:",
    )  # fmt: skip
    names = {FIRST: _("the first row"), LAST: _("the last row"), NEITHER: _("leave them all out")}
    which = st.segmented_control(
        _("Of several rows of one person counts"), list(names), format_func=lambda one: names[one],
        key=draft.key("doubles"),
    )  # fmt: skip
    return None if which is None else without_doubles(whose, which)


def _how(row: Respondent) -> str:
    return {
        "key": _("the id"), "name": _("the name"), "likeness": _("a similar name"),
        "tie": _("two experts fit: choose"), "refused": _("said no to the question of consent"),
    }.get(row.how, _("nobody on the roster"))  # fmt: skip
