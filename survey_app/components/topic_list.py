"""What a run of the topic model found, as a person has arranged it: coarser or finer, words, people, statements."""

import pandas as pd
import streamlit as st

from coding.frames import Frames
from coding.topics.crosswalk import experts_per_topic
from coding.topics.speakers import dominant_speakers
from survey_app import session
from survey_app.actions.arrangements import can_undo_arranging, choose_topic_level, undo_arranging
from survey_app.actions.results import frames_of, topics_frame
from survey_app.actions.topics import topic_runs
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.take_along import table_alone
from survey_app.components.telling import telling_problems
from survey_app.components.topic_card import Card, name_of, topic_card
from survey_app.components.topic_quality import topic_quality
from survey_app.language import _, ngettext
from survey_app.store.log import Row
from survey_app.store.team import Role
from survey_app.views import style
from survey_app.views.segment_names import group_names, records

__all__ = ["name_of", "topic_list"]


def topic_list(study: Row) -> Row | None:
    """The run that is chosen, the newest at first; returns it, None if there is none."""
    runs = topic_runs(session.store(), study["id"])
    if not runs:
        return None
    run_id = _chosen(study, runs)
    run, assigned = topics_frame(session.store(), study["id"], run_id)
    if run is None:
        return None
    frames = frames_of(session.store(), study["id"])
    topics = run["result"]["topics"]
    _about(run, assigned, frames, older=run_id != runs[0]["id"])
    _granularity(study, run)
    topic_quality(run["result"], run["n"])
    counts = experts_per_topic(assigned, frames.statements, frames.experts)
    cards, table, statements = st.tabs([_("Topics"), _("By stakeholder group"), _("All statements of a topic")])
    with cards:
        card = Card(
            study, run, frames, _group_names(frames), counts, dominant_speakers(assigned, frames.statements),
            session.may(Role.RESEARCHER),
        )  # fmt: skip
        for pair in (topics[index : index + 2] for index in range(0, len(topics), 2)):
            for column, topic in zip(st.columns(2), pair, strict=False):
                with column, st.container(border=True, height="stretch"):
                    topic_card(card, topic, [each for each in topics if each is not topic])
    with table:
        _table(topics, counts, frames)
    with statements:
        _statements(topics, assigned, frames)
    return run


def run_name(row: Row) -> str:
    """A run as people tell it from others; plain text."""
    found = ngettext("{count} topic", "{count} topics", row["topics"])
    return f"{moment(row['created_at'])} · {row['model']} · {_('seed {seed}', seed=row['seed'])} · {found}"


def _chosen(study: Row, runs: list[Row]) -> str:
    names = {row["id"]: run_name(row) for row in runs}
    if len(runs) == 1:
        return str(runs[0]["id"])
    newest = f"topic-run-{study['id']}-{runs[0]['id']}"  # a new run is shown at once
    return str(st.selectbox(_("Run"), list(names), format_func=names.__getitem__, key=newest))


def _about(run: Row, assigned: pd.DataFrame, frames: Frames, *, older: bool) -> None:
    """What was read and how, and whether it is still the study's."""
    result = run["result"]
    st.header(ngettext("{count} topic", "{count} topics", len(result["topics"])), anchor=False)
    with_answers = "answer" in result.get("source_kinds", [])
    facts = [
        style.statements(run["n"]),
        _("experts in sessions and open answers") if with_answers else _("experts in sessions"),
        _("model {model}", model=run["model"]),
        _("seed {seed}", seed=run["seed"]),
        moment(run["created_at"]),
    ]
    st.caption(plain(" · ".join(facts)))
    st.markdown(_("Topics suggest, coders decide: a topic is never counted as a coding."))
    if older:
        st.info(_("This is an older run. Everywhere else the newest one is shown."), icon=":material/history:")
    gone = int((~assigned["statement_id"].isin(frames.statements["statement_id"])).sum())
    if gone:
        st.warning(
            ngettext(
                "{count} statement of this run is no longer in the study. Run it again.",
                "{count} statements of this run are no longer in the study. Run it again.",
                gone,
            ),
            icon=":material/info:",
        )


def _granularity(study: Row, run: Row) -> None:
    """Coarser and finer topics of the same run, and the way back from what was changed."""
    arranged = run["result"].get("arrangement")
    if arranged is None:
        st.caption(
            _("This run is of an earlier version. Run it again to see coarser and finer topics, and to change them.")
        )
        return
    levels = [len(level["topics"]) for level in run["result"]["levels"]]
    person, may = session.current_person(study), session.may(Role.RESEARCHER)
    key = f"topic-level-{run['id']}"

    def choose() -> None:
        with telling_problems():
            choose_topic_level(session.store(), person, study["id"], run["id"], st.session_state[key])

    def undo() -> None:
        with telling_problems():
            undo_arranging(session.store(), person, study["id"], run["id"])

    if len(levels) > 1:
        st.session_state[key] = arranged["level"]
        st.select_slider(
            _("Coarser or finer"), range(len(levels)), key=key, on_change=choose, disabled=not may,
            format_func=lambda place: ngettext("{count} topic", "{count} topics", levels[place]),
            help=_("No method can say how many topics there are. All these levels are of one run."),
        )  # fmt: skip
    if arranged["by_hand"]:
        st.caption(
            ngettext(
                "Changed by hand, from {count} topic. Moving the slider takes what was merged and split away; names "
                "stay.",
                "Changed by hand, from {count} topics. Moving the slider takes what was merged and split away; names "
                "stay.",
                levels[arranged["level"]],
            )
        )
    if may and can_undo_arranging(session.store(), person, study["id"], run["id"]):
        st.button(_("Take the last change back"), icon=":material/undo:", on_click=undo)


def _table(topics: list[Row], counts: pd.DataFrame, frames: Frames) -> None:
    """Experts of every group who speak of a topic, zeros included."""
    names = _group_names(frames)
    cells = {(row.topic, row.group_id): f"{row.k}/{row.n}" for row in counts.itertuples()}
    groups = [each for each in names if (counts["group_id"] == each).any()]
    rows = [
        {_("Topic"): name_of(topic), _("Statements"): topic["size"]}
        | {names[group]: cells.get((topic["topic"], group), "") for group in groups}
        for topic in topics
    ]
    table_alone("run-groups", pd.DataFrame(rows), height="content")
    st.caption(_("Experts of the group who say something in the topic, of all its experts."))


def _statements(topics: list[Row], assigned: pd.DataFrame, frames: Frames) -> None:
    names = {topic["topic"]: name_of(topic) for topic in topics}
    chosen = st.selectbox(_("Topic"), list(names), format_func=names.__getitem__, key="topic-statements")
    here = assigned[assigned["topic"] == chosen].merge(frames.statements, on="statement_id")
    here = here.sort_values("probability", ascending=False, kind="stable")
    groups = _group_names(frames)
    group_of = dict(zip(frames.experts["expert_id"], frames.experts["group_id"], strict=True))
    table_alone(
        "run-statements",
        pd.DataFrame(
            {
                _("Statement"): here["text"],
                _("Group"): [groups.get(group_of.get(each, ""), "–") for each in here["expert_id"]],
                _("Stays together"): here["probability"],
            }
        ),
        column_config={
            _("Statement"): st.column_config.TextColumn(width="large"),
            _("Stays together"): st.column_config.ProgressColumn(
                help=_("Share of the topic’s other statements that stay with this one in other runs."),
                min_value=0, max_value=1, format="%.2f",
            ),
        },
        height=420, row_height=64,
    )  # fmt: skip


def _group_names(frames: Frames) -> dict[str, str]:
    return group_names(records(frames.groups))
