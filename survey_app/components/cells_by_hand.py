"""How many cells readers will see, and those that all experts of a segment are in: released one by one."""

import streamlit as st

from survey_app import session
from survey_app.actions.gate import cells_to_publish
from survey_app.actions.publishing_plan import Plan
from survey_app.actions.released_cells import all_of_n, release_cell, unrelease_cell
from survey_app.actions.results import frames_of
from survey_app.components.plain import plain
from survey_app.components.telling import telling_problems
from survey_app.language import _, label, ngettext
from survey_app.publishing.cells import survives
from survey_app.store.log import Row


def cells_by_hand(study: Row, plan: Plan) -> None:
    """What survives of the cells under either rule, and the list."""
    st.header(_("What the numbers tell"), anchor=False)
    shown, every = survives(cells_to_publish(session.store(), study, strict=False))
    strictly, _every = survives(cells_to_publish(session.store(), study, strict=True))
    lines = [usually_shown(shown, every), _strictly_shown(strictly, every)]
    st.markdown("  \n".join([*reversed(lines)] if plan.rule.strict else lines))
    found = all_of_n(session.store(), study)
    if not found:
        return
    waiting = sum(not row["released"] for row in found)
    title = ngettext(
        "All of a segment say it: {count} cell, {waiting} hidden",
        "All of a segment say it: {count} cells, {waiting} hidden",
        len(found), waiting=waiting,
    )  # fmt: skip
    with st.expander(title, icon=":material/groups:"):
        st.markdown(
            _(
                "Where all experts of a segment say something, each of them does: whoever knows that a person took "
                "part knows what this person says. Such a cell stays hidden until you release it."
            )
        )
        _list(study, plan, found)


def usually_shown(shown: int, every: int) -> str:
    """How many cells readers see under the usual rule, and why they do not see the others, if there are any."""
    if shown == every:
        return ngettext("The only cell is shown.", "All {count} cells are shown.", every)
    told = ngettext("{count} of {every} cells is shown.", "{count} of {every} cells are shown.", shown, every=every)
    hidden = ngettext(
        "{count} is hidden: it says “all of a segment”, or would give such a cell away.",
        "{count} are hidden: they say “all of a segment”, or would give such cells away.",
        every - shown,
    )
    return f"{told} {hidden}"


def _strictly_shown(shown: int, every: int) -> str:
    if shown == every:
        return _("The stricter rule would hide none of them.")
    return ngettext(
        "With the stricter rule {count} of {every} cells is left.",
        "With the stricter rule {count} of {every} cells are left.",
        shown, every=every,
    )  # fmt: skip


def _list(study: Row, plan: Plan, found: list[Row]) -> None:
    codes = {row["code_id"]: label(row) for row in frames_of(session.store(), study["id"]).codes.to_dict("records")}
    names = {(each.key, segment.key): label(segment) for each in plan.segmentations for segment in each.segments}
    groupings = {each.key: label(each) for each in plan.segmentations}
    for row in sorted(found, key=lambda row: row["released"]):
        place = (row["segmentation"], row["segment"], row["code_id"])
        with st.container(horizontal=True, vertical_alignment="center"):
            told = ngettext(
                "“{code}”: {count} expert of {count}, {segment}", "“{code}”: {count} experts of {count}, {segment}",
                row["n"], code=codes[row["code_id"]], segment=names.get(place[:2], _("all experts")),
            )  # fmt: skip
            several = f" ({groupings[row['segmentation']]})" if len(groupings) > 1 else ""
            st.markdown(plain(told + several), width="stretch")
            act, text = (unrelease_cell, _("Hide again")) if row["released"] else (release_cell, _("Release"))
            if st.button(text, key="cell-" + "-".join(place), type="tertiary" if row["released"] else "secondary"):
                with telling_problems():
                    act(session.store(), session.current_person(study), study, place)
                    st.rerun()
