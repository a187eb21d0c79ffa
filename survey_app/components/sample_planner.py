"""The double-coding sample: how many statements are needed, drawing them, what they cover, giving them to coders."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.assigning import BLIND
from survey_app.actions.opening import plan_of
from survey_app.actions.results import frames_of
from survey_app.actions.sampling import (
    LARGEST_SEED,
    Precision,
    coverage,
    draw_sample,
    give_sample,
    pool_of,
    remove_sample,
    samples_of,
)  # fmt: skip
from survey_app.components.assignment_words import coder_name, mode_names, text_name
from survey_app.components.moments import day
from survey_app.components.plain import plain
from survey_app.components.tables import table_height
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, ngettext
from survey_app.store.log import Row
from survey_app.views.segment_names import group_names, records


def sample_planner(study: Row) -> None:
    """Plan at the left, draw at the right, the samples below."""
    left, right = st.columns(2, gap="large")
    with left:
        precision, needed = _plan()
    with right:
        _draw(study, precision, needed)
    for sample in samples_of(session.store(), study["id"]):
        with st.container(border=True):
            _sample(study, sample)


def _plan() -> tuple[Precision, int | None]:
    st.header(_("How many statements?"), anchor=False)
    first, second = st.columns(2)
    kappa = first.number_input(_("Kappa that you expect"), 0.05, 1.0, 0.8, 0.05)
    lower = second.number_input(_("Lower limit that you want"), 0.0, 0.95, 0.6, 0.05)
    share = first.number_input(
        _("Share with the code, %"), 1, 99, 30, 1,
        help=_("The rarer a code, the more statements are needed; take that of a rare code that matters."),
    )  # fmt: skip
    coders = second.number_input(_("Number of coders"), 2, 10, 2, 1)
    precision = Precision(float(kappa), float(lower), share / 100, int(coders))
    with telling_problems():
        needed = precision.needed
        st.markdown(
            f"### {ngettext('{count} statement', '{count} statements', needed)}\n"
            + _(
                "If coders agree with kappa {kappa} on a code that {share} of the statements have, the lower "
                "limit of kappa is expected at {lower} or above (one-sided, 95 %).",
                kappa=f"{kappa:g}", lower=f"{lower:g}", share=f"{share}\u00a0%",
            )
        )  # fmt: skip
        st.caption(
            _("Donner and Rotondi (2010), goodness of fit. As it is an expectation, half of all samples fall below.")
        )
        return precision, needed
    return precision, None


def _draw(study: Row, precision: Precision, needed: int | None) -> None:
    st.header(_("Draw a sample"), anchor=False)
    pool = pool_of(session.store(), study["id"])
    if pool.empty:
        st.info(_("There is nothing to draw from yet: sessions need statements of confirmed experts."))
        return
    available = set(pool["source_id"])
    texts = {row["id"]: row for row in plan_of(session.store(), study["id"]).texts if row["id"] in available}
    number = len(samples_of(session.store(), study["id"])) + 1
    with st.form(f"draw-{number}", border=False):
        name = st.text_input(_("Name of the sample"), _("Double coding {number}", number=number), max_chars=120)
        chosen = st.multiselect(
            _("From these texts"), list(texts), list(texts), format_func=lambda one: text_name(texts[one]),
            placeholder=_("choose texts"),
        )  # fmt: skip
        first, second = st.columns(2)
        size = first.number_input(
            _("Statements"), 1, len(pool), min(needed or 1, len(pool)), key=f"size-{number}-{needed}",
            help=ngettext("of {count} statement of experts", "of {count} statements of experts", len(pool)),
        )  # fmt: skip
        seed = second.number_input(
            _("Seed"), 1, LARGEST_SEED, None, placeholder=_("by chance"),
            help=_("The same seed draws the same statements again."),
        )  # fmt: skip
        by_text = st.toggle(_("Every group in every text, not only every group"), value=True)
        if st.form_submit_button(_("Draw"), type="primary", icon=":material/casino:"):
            with telling_problems():
                draw_sample(
                    session.store(), session.current_person(study), study["id"], name, int(size), source_ids=chosen,
                    seed=seed, by_text=by_text, precision=precision,
                )  # fmt: skip
                tell(_("The sample was drawn."))
                st.rerun()


def _sample(study: Row, sample: Row) -> None:
    size = ngettext("{count} statement", "{count} statements", sample["size"])
    st.markdown(f"**{plain(sample['name'])}**")
    st.caption(
        plain(
            _("{size} of a topic, kept on {day} as suggestions for this code", size=size, day=day(sample["created_at"]))
            if sample["plan"].get("suggested")
            else _(
                "{size}, drawn on {day} with the seed {seed}",
                size=size,
                day=day(sample["created_at"]),
                seed=sample["seed"],
            )
        )
    )
    left, right = st.columns([2, 3], gap="large")
    with left:
        _coverage(study, sample)
    with right:
        _give(study, sample)


def _coverage(study: Row, sample: Row) -> None:
    found = coverage(session.store(), study["id"], sample["id"])
    rows = records(frames_of(session.store(), study["id"]).groups)
    groups = group_names(rows)
    table = pd.DataFrame(
        {
            _("Group"): [groups.get(key) or _("no group") for key in found["group_id"]],
            _("Drawn"): [_("{k} of {n}", k=k, n=n) for k, n in zip(found["chosen"], found["available"], strict=True)],
        }
    )
    st.dataframe(table, hide_index=True, height=table_height(len(table), 320))


def _give(study: Row, sample: Row) -> None:
    store, person = session.store(), session.current_person(study)
    coders = {row["id"]: row for row in plan_of(store, study["id"]).coders}
    with st.form(f"give-{sample['id']}", border=False):
        whom = st.multiselect(
            _("Coders"), list(coders), format_func=lambda one: coder_name(coders[one]), placeholder=_("choose coders"),
            help=_("Who has a whole text already has its statements of the sample with it."),
        )  # fmt: skip
        mode = st.radio(_("How"), list(mode_names()), format_func=mode_names().__getitem__, horizontal=True)
        if st.form_submit_button(_("Give the sample"), icon=":material/assignment_ind:"):
            with telling_problems():
                made = give_sample(store, person, study["id"], sample["id"], whom, mode or BLIND)
                tell(ngettext("{count} assignment was made.", "{count} assignments were made.", made))
                st.rerun()
    if st.button(_("Remove the sample"), key=f"remove-{sample['id']}", type="tertiary", icon=":material/delete:"):
        with telling_problems():
            remove_sample(store, person, study["id"], sample["id"])
            tell(_("The sample was removed."))
            st.rerun()
