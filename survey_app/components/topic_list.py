"""What the newest run of the topic model found: words, who speaks of it, the statements behind it."""

import pandas as pd
import streamlit as st

from coding.frames import Frames
from coding.topics.crosswalk import experts_per_topic
from survey_app import session
from survey_app.actions.results import frames_of, topics_frame
from survey_app.components.plain import plain
from survey_app.language import _, label, ngettext, translate
from survey_app.store.log import Row
from survey_app.views import style
from transcripts.messages import Message

WORDS_IN_NAME = 3


def topic_list(study: Row) -> None:
    """The newest run; nothing if there is none."""
    run, assigned = topics_frame(session.store(), study["id"])
    if run is None:
        return
    frames = frames_of(session.store(), study["id"])
    topics = run["result"]["topics"]
    _about(run, assigned, frames)
    counts = experts_per_topic(assigned, frames.statements, frames.experts)
    cards, table, statements = st.tabs([_("Topics"), _("By stakeholder group"), _("All statements of a topic")])
    with cards:
        for pair in (topics[index : index + 2] for index in range(0, len(topics), 2)):
            for column, topic in zip(st.columns(2), pair, strict=False):
                with column, st.container(border=True, height="stretch"):
                    _card(topic, counts[counts["topic"] == topic["topic"]], frames)
    with table:
        _table(topics, counts, frames)
    with statements:
        _statements(topics, assigned, frames)


def name_of(topic: Row) -> str:
    """A topic is called by its first words; no model can name it."""
    return ", ".join(topic["words"][:WORDS_IN_NAME])


def _about(run: Row, assigned: pd.DataFrame, frames: Frames) -> None:
    """What was read and how, how far it can be trusted, and the notices of the run."""
    result, quality = run["result"], run["result"]["quality"]
    st.header(ngettext("{count} topic", "{count} topics", len(result["topics"])), anchor=False)
    with_answers = "answer" in result.get("source_kinds", [])
    facts = [
        style.statements(run["n"]),
        _("experts in sessions and open answers") if with_answers else _("experts in sessions"),
        _("model {model}", model=run["model"]),
        _("seed {seed}", seed=run["seed"]),
        _("{moment} UTC", moment=run["created_at"][:16].replace("T", " ")),
    ]
    st.caption(plain(" · ".join(facts)))
    st.markdown(_("Topics suggest, coders decide: a topic is never counted as a coding."))
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
    with st.expander(_("How far can these topics be trusted?"), icon=":material/help:"):
        for notice in result["notices"]:
            st.markdown(f"- {plain(translate(Message(**notice)))}")
        measured = {
            _("Stability"): (quality["stability"], _("Do other runs find the same groups? 1: always, 0: by chance.")),
            _("Coherence (NPMI)"): (quality["npmi"], _("Do a topic’s words meet in statements? 1: always, −1: never.")),
            _("Diversity of words"): (quality["diversity"], _("Share of words that name one topic only.")),
            _("Left out"): (quality["outliers"], _("Share of statements without a topic.")),
        }
        for column, (title, (value, help_)) in zip(st.columns(4), measured.items(), strict=True):
            column.metric(title, "–" if value is None else style.number(value, 2), help=help_)


def _card(topic: Row, counts: pd.DataFrame, frames: Frames) -> None:
    st.markdown(f"### {plain(name_of(topic))}")
    st.markdown(plain(", ".join(topic["words"][WORDS_IN_NAME:])))
    people = style.k_of_n_experts(int(counts["k"].sum()), len(frames.experts))
    st.caption(f"{style.statements(topic['size'])} · {people}")
    names = _group_names(frames)
    said = counts[counts["k"] > 0].sort_values("k", ascending=False, kind="stable")
    badges = [f":gray-badge[{plain(names.get(str(row.group_id), '–'))} {row.k}/{row.n}]" for row in said.itertuples()]
    st.markdown(" ".join(badges))
    with st.expander(_("Representative statements")):
        texts = frames.statements.set_index("statement_id")
        here = texts.loc[[each for each in topic["representative"] if each in texts.index]]
        group_of = _group_of(frames)
        for row in here.itertuples():
            st.markdown(plain(row.text))
            st.caption(plain(names.get(group_of.get(str(row.expert_id), ""), "–")))


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
    st.dataframe(pd.DataFrame(rows), hide_index=True, height="content")
    st.caption(_("Experts of the group who say something in the topic, of all its experts."))


def _statements(topics: list[Row], assigned: pd.DataFrame, frames: Frames) -> None:
    names = {topic["topic"]: name_of(topic) for topic in topics}
    chosen = st.selectbox(_("Topic"), list(names), format_func=names.__getitem__)
    here = assigned[assigned["topic"] == chosen].merge(frames.statements, on="statement_id")
    here = here.sort_values("probability", ascending=False, kind="stable")
    groups, group_of = _group_names(frames), _group_of(frames)
    st.dataframe(
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
        hide_index=True, height=420, row_height=64,
    )  # fmt: skip


def _group_names(frames: Frames) -> dict[str, str]:
    return {row["group_id"]: label(row, "short") or label(row) for row in frames.groups.to_dict("records")}


def _group_of(frames: Frames) -> dict[str, str]:
    return dict(zip(frames.experts["expert_id"], frames.experts["group_id"], strict=True))
