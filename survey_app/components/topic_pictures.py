"""Pictures of topics, one at a time: each a question, a chart that answers it, and the words behind a mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from coding.segments import ALL
from survey_app import session
from survey_app.actions.topic_codes import FoundTopics, found_topics
from survey_app.components.address import CHOICE, write_address
from survey_app.components.chart import Mark, picked, words_panel
from survey_app.components.drawing import Drawn, drawn, look, prepared, show
from survey_app.components.filters import Choice, addressed_select, choose
from survey_app.components.plain import plain
from survey_app.components.topic_codes import topic_codes
from survey_app.components.topic_statements import of_different_experts, statement_list
from survey_app.language import _
from survey_app.store import sources
from survey_app.store.log import Row
from survey_app.views import style, topic_groups, topic_hierarchy, topic_map, topic_timeline, topic_words
from survey_app.views.topic_rows import said_in_topics, topic_name


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pictures are about: a study, its topics, and the choice of the filters."""

    study: Row
    found: FoundTopics
    choice: Choice

    @property
    def stamp(self) -> tuple[Any, ...]:
        """The key to keep results under."""
        return (*self.choice.stamp, *self.found.stamp)

    @property
    def about(self) -> tuple[list[Row], pd.DataFrame]:
        """Topics and who is in which, as views take them first."""
        return self.found.topics, self.found.assigned


def topic_pictures(study: Row, run: Row) -> None:
    """The pictures of the topics of a run, and topics beside codes; nothing where it has found none."""
    found = found_topics(session.store(), study["id"], run["id"])
    if found is None or not found.topics:
        return
    st.header(_("Topics in pictures"), anchor=False, divider="gray")
    choice = choose(study)
    _pictures(Shown(study, found, choice))


@st.fragment
def _pictures(here: Shown) -> None:
    pictures: dict[str, tuple[str, Callable[[Shown], None]]] = {
        "groups": (_("Groups"), _groups), "words": (_("Words"), _words), "map": (_("Map"), _map),
        "tree": (_("Tree"), _tree), "time": (_("Session"), _time), "voices": (_("Voices"), _voices),
        "codes": (_("Codes"), _codes),
    }  # fmt: skip
    asked = str(st.query_params.get("picture") or "groups")
    chosen = st.segmented_control(
        _("Picture"), list(pictures), default=asked if asked in pictures else "groups", required=True,
        key=f"{CHOICE}picture", persist_state="session", format_func=lambda name: pictures[name][0],
        label_visibility="collapsed",
    )  # fmt: skip
    write_address("picture", [str(chosen)])
    pictures[str(chosen)][1](here)


def _groups(here: Shown) -> None:
    view, choice = topic_groups, here.choice
    rows = prepared(("topic groups", here.stamp), lambda: view.prepare(*here.about, choice.frames, choice.segmentation))
    made = drawn(
        ("topic groups", here.stamp, *look()),
        lambda dark: Drawn(view.finding(rows), view.figure(rows, dark=dark), view.table(rows)),
    )
    _shown("topic-groups", view.title(), made, view.reading(), here)


def _words(here: Shown) -> None:
    view = topic_words
    topic = _one_topic(here)
    rows = prepared(
        ("topic words", here.stamp), lambda: view.prepare(here.found.topics, here.found.run["result"].get("leaves"))
    )
    made = drawn(
        ("topic words", here.stamp, topic["topic"], *look()),
        lambda dark: Drawn(
            view.finding(rows, topic=topic["topic"]), view.figure(rows, topic=topic["topic"], dark=dark),
            view.table(rows, topic=topic["topic"]),
        ),
    )  # fmt: skip
    _shown("topic-words", view.title(), made, view.reading(), here)


def _map(here: Shown) -> None:
    view, choice = topic_map, here.choice
    rows = prepared(
        ("topic map", here.stamp),
        lambda: view.prepare(*here.about, here.found.run["result"], choice.frames, choice.segmentation),
    )
    made = drawn(
        ("topic map", here.stamp, *look()),
        lambda dark: Drawn(view.finding(rows), view.figure(rows, dark=dark), view.table(rows)),
    )
    _shown("topic-map", view.title(), made, view.reading(), here)


def _tree(here: Shown) -> None:
    view = topic_hierarchy
    rows = prepared(
        ("topic tree", here.stamp), lambda: view.prepare(here.found.topics, here.found.run["result"].get("leaves"))
    )
    made = drawn(
        ("topic tree", here.stamp, *look()),
        lambda dark: Drawn(view.finding(rows), view.figure(rows, dark=dark), view.table(rows)),
    )
    _shown("topic-tree", view.title(), made, view.reading(), here)


def _time(here: Shown) -> None:
    view, choice = topic_timeline, here.choice
    said = choice.frames.statements[choice.frames.statements["source_kind"] == "session"]
    with session.store().reading() as connection:
        keys = {row["id"]: row["key"] for row in sources.sources(connection, here.study["id"])}
    listed = [each for each in keys if each in set(said["source_id"])]
    by_key = {keys[each]: each for each in listed}
    source = ""
    if len(listed) > 1:
        chosen = addressed_select("of-session", _("Session"), ["", *by_key], lambda key: key or _("all sessions"))
        source = by_key.get(chosen, "")
    rows = prepared(
        ("topic time", here.stamp, source),
        lambda: view.prepare(*here.about, choice.frames, choice.segmentation, source),
    )
    made = drawn(
        ("topic time", here.stamp, source, *look()),
        lambda dark: Drawn(view.finding(rows), view.figure(rows, dark=dark), view.table(rows)),
    )
    _shown("topic-time", view.title(), made, view.reading(), here)


def _voices(here: Shown) -> None:
    """Statements of different experts: what the same topic sounds like in different mouths."""
    topic = _one_topic(here)
    frames = here.choice.frames
    said = said_in_topics([topic], here.found.assigned, frames, here.choice.segmentation)
    ids = [
        each for each in of_different_experts(frames, here.found.assigned, topic) if each in set(said["statement_id"])
    ]
    st.header(_("What do different experts say of it?"), anchor=False)
    people = style.k_of_n_experts(int(said["expert_id"].nunique()), len(frames.experts))
    st.markdown(plain(f"{topic_name(topic)}: {style.statements(len(said))} · {people}"))
    st.caption(
        _("One statement of each expert: those that stand for the topic first, then what lies most surely in it.")
    )
    statement_list(here.study, frames, ids, f"voices-{topic['topic']}")


def _codes(here: Shown) -> None:
    topic_codes(here.study, here.found, here.choice)


def _one_topic(here: Shown) -> Row:
    topics = {str(topic["topic"]): topic for topic in here.found.topics}
    chosen = addressed_select("topic", _("Topic"), list(topics), lambda key: topic_name(topics[key]))
    return topics[chosen]


def _shown(key: str, title: str, made: Drawn, reading: str, here: Shown) -> None:
    """The question, the chart, and the statements of the mark that was selected."""
    st.header(title, anchor=False)
    show(key, title, made, reading)
    mark = picked(key)
    if mark:
        _said(key, mark, here)


def _said(key: str, mark: Mark, here: Shown) -> None:
    topics = {str(topic["topic"]): topic for topic in here.found.topics}
    if mark[0] not in topics or mark[1] not in {ALL, "", *here.choice.segmentation.keys}:
        return
    said = said_in_topics([topics[mark[0]]], here.found.assigned, here.choice.frames, here.choice.segmentation)
    if mark[1] != ALL:
        said = said[said["segment"] == mark[1]]
    said = said.sort_values("probability", ascending=False, kind="stable")
    whose = here.choice.name_of(mark[1]) if mark[1] else _("in no segment")
    facts = f"{whose} · {style.statements(len(said))}"
    words_panel(
        key, topic_name(topics[mark[0]]), facts,
        lambda: statement_list(here.study, here.choice.frames, list(said["statement_id"]), f"{key}-said-{mark[0]}"),
    )  # fmt: skip
