"""What readers may choose from: groupings, the fewest experts of a segment, and the stricter rule for cells."""

from functools import partial

import streamlit as st

from coding.segments import Segmentation, sizes
from survey_app import session
from survey_app.actions.publishing_plan import ADVISED, CEILING, FLOOR, Plan, choose_plan, plan_of
from survey_app.actions.results import frames_of, segmentations
from survey_app.components.plain import plain
from survey_app.components.telling import telling_problems
from survey_app.language import _, current, label, ngettext
from survey_app.settings import settings
from survey_app.store.log import Row


def plan_choice(study: Row) -> Plan:
    """The choices, kept as soon as they are made; returns the plan that holds."""
    plan = plan_of(session.store(), study)
    mergings = {each.key: label(each) for each in segmentations(session.store(), study)}
    boxes = groupings, fewest, strictly = _boxes(study, plan)
    keep = partial(_keep, study, boxes)
    st.multiselect(
        _("Groupings that readers may choose from"), list(mergings), format_func=mergings.__getitem__, key=groupings,
        help=_("The first one is shown first. Groups are merged on the page “Experts”."),
        on_change=keep,
    )  # fmt: skip
    least = max(FLOOR, settings().smallest_segment)
    left, right = st.columns([1, 2], vertical_alignment="bottom", gap="medium")
    left.number_input(
        _("Fewest experts of a segment"), min_value=least, max_value=max(CEILING, least), key=fewest,
        help=_("A segment of fewer experts is not published. {advised} are advised where the page is open to all.",
               advised=ADVISED), on_change=keep,
    )  # fmt: skip
    right.toggle(
        _("Also hide cells of fewer experts than that"), key=strictly,
        help=_(
            "Readers then see no “1 of 5” and “2 of 5”, nor what these could be computed from. That nobody says "
            "it stays visible."
        ), on_change=keep,
    )  # fmt: skip
    if plan.minimum < ADVISED:
        st.caption(_("{advised} experts a segment are advised; fewer are easily recognised.", advised=ADVISED))
    for each in plan.segmentations:
        _segment_sizes(study, each, plan.minimum, named=len(plan.segmentations) > 1)
    return plan


def _boxes(study: Row, plan: Plan) -> tuple[str, str, str]:
    """Keys of the three boxes, which say what holds; they stay the same, so that no second click is lost;
    a browser knows groupings by their names, which are others in another language."""
    names = f"groupings-{study['id']}-{current()}", f"fewest-{study['id']}", f"strictly-{study['id']}"
    holds = [each.key for each in plan.segmentations], plan.minimum, plan.rule.strict
    told = _told(study)
    for name, value in zip(names, holds, strict=True):
        if name not in st.session_state or (st.session_state.get(told) != holds and st.session_state[name] != value):
            st.session_state[name] = value
    st.session_state[told] = holds
    return names


def _told(study: Row) -> str:
    return f"plan-{study['id']}"


def _keep(study: Row, boxes: tuple[str, str, str]) -> None:
    """What was just chosen; without any grouping nothing yet."""
    keys, smallest, strict = (st.session_state[name] for name in boxes)
    if not keys:
        return
    with telling_problems():
        choose_plan(
            session.store(), session.current_person(study), study["id"], keys=keys, smallest=int(smallest),
            strict=strict,
        )  # fmt: skip
        return
    st.session_state.pop(_told(study), None)  # the boxes say again what holds


def _segment_sizes(study: Row, merged: Segmentation, minimum: int, *, named: bool) -> None:
    found = sizes(frames_of(session.store(), study["id"]).experts, merged)
    badges = []
    for segment in merged.segments:
        count = found[segment.key]
        experts = ngettext("{count} expert", "{count} experts", count)
        badges.append(f":{'orange' if 0 < count < minimum else 'gray'}-badge[{plain(label(segment))}: {experts}]")
    head = f"**{plain(label(merged))}**  \n" if named else ""
    st.markdown(head + " ".join(badges))
