"""How many cells readers will see, and those that all experts of a segment are in: released one by one."""

from collections.abc import Callable

import streamlit as st

from survey_app import session
from survey_app.actions.gate import cells_to_publish
from survey_app.actions.publishing_plan import Plan
from survey_app.actions.released_cells import all_of_n, release_cell, unrelease_cell
from survey_app.actions.results import frames_of
from survey_app.components.plain import plain
from survey_app.components.telling import telling_problems
from survey_app.language import _, label, ngettext
from survey_app.publishing.cells import Place, survives
from survey_app.publishing.segments import obstacles
from survey_app.store.log import Row, Store


def cells_by_hand(study: Row, plan: Plan) -> None:
    """What survives of the cells under either rule, and the list; nothing where segments are too small to count."""
    frames = frames_of(session.store(), study["id"])
    if frames.experts.empty or obstacles(frames.experts, frames.groups, plan.segmentations, plan.minimum):
        return
    with st.spinner(_("The numbers are worked out anew.")):
        shown, every = survives(cells_to_publish(session.store(), study, strict=False))
        strictly, _every = survives(cells_to_publish(session.store(), study, strict=True))
    if not every:
        return
    st.header(_("What the numbers tell"), anchor=False)
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
    """Hidden cells to release and released ones to hide, each with a tick."""
    hidden, shown = [row for row in found if not row["released"]], [row for row in found if row["released"]]
    if hidden:
        _ticked(study, plan, hidden, "cell", _("Release the ticked ones"), release_cell)
    if shown:
        _ticked(study, plan, shown, "shown-cell", _("Hide the ticked ones again"), unrelease_cell)


def _ticked(
    study: Row, plan: Plan, found: list[Row], name: str, text: str, act: Callable[[Store, str, Row, Place], None]
) -> None:  # fmt: skip
    """One form of cells with ticks, so that the numbers are worked out once for all of them."""
    codes = {row["code_id"]: label(row) for row in frames_of(session.store(), study["id"]).codes.to_dict("records")}
    names = {(each.key, segment.key): label(segment) for each in plan.segmentations for segment in each.segments}
    groupings = {each.key: label(each) for each in plan.segmentations}
    with st.form(f"{name}s-by-hand", border=False):
        ticked = []
        for row in found:
            place = (row["segmentation"], row["segment"], row["code_id"])
            told = ngettext(
                "“{code}”: {count} expert of {count}, {segment}", "“{code}”: {count} experts of {count}, {segment}",
                row["n"], code=codes[row["code_id"]], segment=names.get(place[:2], _("all experts")),
            )  # fmt: skip
            several = f" ({groupings[row['segmentation']]})" if len(groupings) > 1 else ""
            if st.checkbox(plain(told + several), key=f"{name}-" + "-".join(place)):
                ticked.append(place)
        if st.form_submit_button(text) and ticked:
            with telling_problems(), st.spinner(_("The numbers are worked out anew.")):
                for place in ticked:
                    act(session.store(), session.current_person(study), study, place)
                st.rerun()
